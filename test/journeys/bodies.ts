import type { ApiClient } from '../../libs/testing/service';

/** Bodies of commands, as clients write them. Each takes what matters to a test over a sound whole. */
type Body = Readonly<Record<string, unknown>>;

export const CDD = { officeId: 'phrae-cdd', officeName: 'สำนักงานพัฒนาชุมชนจังหวัดแพร่' };
export const PROVINCE = { officeId: 'phrae-province', officeName: 'จังหวัดแพร่' };

/** An agreement of the community development office with its governor, to be signed, for fiscal year 2566. */
export function agreementBody(changes: Body = {}): Body {
  return {
    title: 'คำรับรองการปฏิบัติราชการ สำนักงานพัฒนาชุมชนจังหวัดแพร่ ประจำปีงบประมาณ พ.ศ. 2566',
    level: 'provincialOffice',
    basis: 'signed',
    fiscalYear: 2566,
    province: 'TH-54',
    parties: [
      { side: 'maker', ...CDD },
      { side: 'receiver', ...PROVINCE },
    ],
    ...changes,
  };
}

/** Figures of a province that are followed without an agreement: every one of them is a stream of its own. */
export function monitoringBody(changes: Body = {}): Body {
  return agreementBody({ title: 'การติดตามตัวชี้วัด', level: 'province', basis: 'monitoringOnly', parties: [], ...changes });
}

export function indicatorBody(changes: Body = {}): Body {
  return {
    displayNumber: '1',
    name: 'รายได้จากการท่องเที่ยว',
    unit: 'millionBaht',
    direction: 'higher',
    weight: '60',
    ...changes,
  };
}

export function targetBody(changes: Body = {}): Body {
  return { span: { from: '2022-10-01', to: '2023-06-30' }, value: '1887', unit: 'millionBaht', ...changes };
}

/** Terms as they were frozen: what a signature has to name. */
export interface FrozenTerms {
  readonly termsHash: string;
  readonly termsRevision: number;
}

export function signatureBody({ termsHash, termsRevision }: FrozenTerms, changes: Body = {}): Body {
  return {
    side: 'maker',
    officeId: CDD.officeId,
    signatoryName: 'สุสังข์ ชุ่มมะโน',
    position: 'พัฒนาการจังหวัดแพร่',
    capacity: 'holder',
    termsHash,
    termsRevision,
    ...changes,
  };
}

export function actualBody(changes: Body = {}): Body {
  return {
    span: { from: '2022-10-01', to: '2023-06-30' },
    value: '2446.88',
    unit: 'millionBaht',
    finality: 'provisional',
    ...changes,
  };
}

/** The same figure as a document states it. */
export function transcribedActualBody(changes: Body = {}): Body {
  return actualBody({ source: SOURCE, ...changes });
}

/** Five levels, from 1 to 5, by a straight line between them. */
export function scoringRuleBody(changes: Body = {}): Body {
  return {
    fiveLevels: ['1', '2', '3', '4', '5'],
    threeAnchors: ['1', '3', '5'],
    between: 'linear',
    belowLowest: '1',
    single: { met: '5', notMet: '1' },
    judged: { min: '1', max: '5' },
    ...changes,
  };
}

/** Rounds of 6, 9 and 12 months, each from the beginning of the fiscal year. */
export function calendarBody(fiscalYear: number, changes: Body = {}): Body {
  const year = fiscalYear - 543;
  const round = (months: number, end: string, next: string) => ({
    round: `${months}m`,
    nameTh: `รอบ ${months} เดือน`,
    span: { from: `${year - 1}-10-01`, to: `${year}-${end}` },
    opensOn: `${year}-${next}-01`,
    reportDueOn: `${year}-${next}-15`,
    certifyDueOn: `${year}-${next}-25`,
    graceDays: 0,
  });
  return {
    fiscalYear,
    rounds: [round(6, '03-31', '04'), round(9, '06-30', '07'), round(12, '09-30', '10')],
    ...changes,
  };
}

export function goalSetBody(changes: Body = {}): Body {
  return {
    goalSetId: 'phrae-2566',
    nameTh: 'เป้าหมายร่วม จังหวัดแพร่',
    province: 'TH-54',
    fiscalYear: 2566,
    goals: [{ number: 8, nameTh: 'เศรษฐกิจสร้างสรรค์' }],
    ...changes,
  };
}

export function sourceDocumentBody(sha256: string, changes: Body = {}): Body {
  return { sha256, language: 'th', description: 'ข่าวพิธีลงนามคำรับรองของส่วนราชการประจำจังหวัด', ...changes };
}

export function awardBody(changes: Body = {}): Body {
  return {
    category: 'gecc',
    grantors: [{ name: PROVINCE.officeName, officeId: PROVINCE.officeId }],
    recipients: [{ name: 'สำนักงานที่ดินจังหวัดแพร่', officeId: 'phrae-land', province: 'TH-54' }],
    awardYear: { year: 2566 },
    forms: ['plaque'],
    ...changes,
  };
}

export function announcementBody(changes: Body = {}): Body {
  return {
    category: 'gecc',
    grantors: [{ name: 'สำนักนายกรัฐมนตรี' }],
    statedCount: 14,
    awardYear: { notStated: true },
    province: 'TH-54',
    source: SOURCE,
    ...changes,
  };
}

const SOURCE = { document: 'ab'.repeat(32), passage: 'paragraph 2' };

/** Registers the document from which announcements and figures are transcribed. */
export async function registerSource(recorder: ApiClient): Promise<void> {
  const { status } = await recorder.post('/v1/source-documents', sourceDocumentBody(SOURCE.document));
  if (status !== 201) throw new Error(`the document was answered with ${status}`);
}
