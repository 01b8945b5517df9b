import { toldFrom, toldSpan, type BothLanguages, type PrivateText } from '@khamrap/kernel';
import type { ActualReported, AmendmentRequested } from '../domain/agreement.events';
import { figureKey } from '../domain/agreement.state';
import { toldDecimal, toldFigure, toldTarget } from './amounts';
import { toldChanges } from './facts.decisions';
import { observed } from './facts.indicator';
import { capital } from './tells.terms';
import type { Tells, ToldAgreement } from './told-agreement';
import { toldIndicator, toldParty } from './told-indicator';
import { STEPS, VERDICTS } from './words';

type Basis = AmendmentRequested['data']['basisDocument'];

/** The paper that a change rests on. */
export function onDocument(basisDocument: Basis) {
  if (!basisDocument) return {};
  const { reference, sha256 } = basisDocument;
  return { document: { reference, ...(sha256 !== undefined && { sha256 }) } };
}

const documentOnly = ({ basisDocument }: { readonly basisDocument?: Basis }) =>
  basisDocument ? onDocument(basisDocument) : undefined;
const ofOne = ({ indicatorId }: { readonly indicatorId: string }) => [indicatorId];
const sinceWhen = <Day>({ effectiveFrom }: { readonly effectiveFrom: Day }) => effectiveFrom;

/** What was amended, and what was achieved. */
export const progressTells: Tells<
  | 'AmendmentRequested'
  | 'AmendmentApproved'
  | 'AmendmentRejected'
  | 'TargetAmended'
  | 'WeightAmended'
  | 'IndicatorCancelled'
  | 'ActualReported'
  | 'ActualCorrected'
  | 'ActualCertified'
  | 'ActualReturned'
  | 'ActualExamined'
  | 'ExemptionGranted'
> = {
  AmendmentRequested: {
    act: { th: 'ขอเปลี่ยนแปลงคำรับรอง', en: 'Amendment requested' },
    sentence: ({ data }, before, names) => {
      const [office, changes] = [toldParty(before, data.officeId, names), toldChanges(data, before)];
      return { th: `${office.th}ขอเปลี่ยนแปลง ${changes.th}`, en: `${office.en} asked to change ${changes.en}.` };
    },
    indicators: ({ changes }) => [...new Set(changes.map(({ indicatorId }) => indicatorId))],
    effectiveFrom: sinceWhen,
    why: ({ reason, basisDocument }) => ({ text: reason, ...onDocument(basisDocument) }),
  },
  AmendmentApproved: {
    act: { th: 'เห็นชอบการเปลี่ยนแปลงคำรับรอง', en: 'Amendment approved' },
    sentence: ({ data: { officeId, amendmentId } }, before, names) => {
      const [office, what] = [toldParty(before, officeId, names), asked(before, amendmentId)];
      return { th: `${office.th}เห็นชอบ${what.th}`, en: `${office.en} approved ${what.en}.` };
    },
    indicators: ({ amendmentId }, before) => concerned(before, amendmentId),
  },
  AmendmentRejected: {
    act: { th: 'ไม่เห็นชอบการเปลี่ยนแปลงคำรับรอง', en: 'Amendment rejected' },
    sentence: ({ data: { officeId, amendmentId } }, before, names) => {
      const [office, what] = [toldParty(before, officeId, names), asked(before, amendmentId)];
      return { th: `${office.th}ไม่เห็นชอบ${what.th}`, en: `${office.en} rejected ${what.en}.` };
    },
    indicators: ({ amendmentId }, before) => concerned(before, amendmentId),
    why: ({ reason }) => ({ text: reason }),
  },
  TargetAmended: {
    act: { th: 'เปลี่ยนแปลงค่าเป้าหมาย', en: 'Target amended' },
    sentence: ({ data }, before) => {
      const { indicatorId, span, effectiveFrom } = data;
      const earlier = before.indicators.get(indicatorId)?.targets.get(span);
      const [which, days, to] = [toldIndicator(before, indicatorId), toldSpan(span), toldTarget(data)];
      const [was, since] = [earlier && toldTarget(earlier), toldFrom(effectiveFrom)];
      return {
        th: `เปลี่ยนค่าเป้าหมายของ${which.th} ช่วง ${days.th}${was ? ` จาก ${was.th}` : ''} เป็น ${to.th} ${since.th}`,
        en: `The target of ${which.en} for ${days.en} was changed${was ? ` from ${was.en}` : ''} to ${to.en}, ${since.en}.`,
      };
    },
    indicators: ofOne,
    effectiveFrom: sinceWhen,
    why: documentOnly,
  },
  WeightAmended: {
    act: { th: 'เปลี่ยนแปลงน้ำหนัก', en: 'Weight amended' },
    sentence: ({ data: { indicatorId, weight, effectiveFrom } }, before) => {
      const indicator = before.indicators.get(indicatorId);
      const earlier = indicator?.weight?.weight ?? indicator?.terms?.weight;
      const [which, to, since] = [toldIndicator(before, indicatorId), toldDecimal(weight), toldFrom(effectiveFrom)];
      const was = earlier === undefined ? undefined : toldDecimal(earlier);
      return {
        th: `เปลี่ยนน้ำหนักของ${which.th}${was ? ` จาก ${was.th}` : ''} เป็น ${to.th} ${since.th}`,
        en: `The weight of ${which.en} was changed${was ? ` from ${was.en}` : ''} to ${to.en}, ${since.en}.`,
      };
    },
    indicators: ofOne,
    effectiveFrom: sinceWhen,
    why: documentOnly,
  },
  IndicatorCancelled: {
    act: { th: 'ยกเลิกตัวชี้วัด', en: 'Indicator cancelled' },
    sentence: ({ data: { indicatorId, fromRound } }, before) => {
      const which = toldIndicator(before, indicatorId);
      return {
        th: `ยกเลิก${which.th} ตั้งแต่รอบ ${fromRound} เป็นต้นไป`,
        en: `${capital(which.en)} was cancelled from round ${fromRound} on.`,
      };
    },
    indicators: ofOne,
    effectiveFrom: sinceWhen,
    why: documentOnly,
  },
  ActualReported: {
    act: { th: 'รายงานผลการดำเนินงาน', en: 'Actual reported' },
    sentence: ({ data }, before, names) => {
      const [which, what, noted] = [figureOf(data, before, names), toldFigure(data), notes(data)];
      return {
        th: `รายงานผลของ${which.th} เป็น ${what.th}${noted.th}`,
        en: `The actual of ${which.en} was reported: ${what.en}${noted.en}.`,
      };
    },
    indicators: ofOne,
    evidence: ({ evidence }) => evidence,
  },
  ActualCorrected: {
    act: { th: 'แก้ไขผลการดำเนินงาน', en: 'Actual corrected' },
    sentence: ({ data }, before, names) => {
      const earlier = before.indicators.get(data.indicatorId)?.figures.get(figureKey(data))?.figure;
      const [which, what, noted] = [figureOf(data, before, names), toldFigure(data), notes(data)];
      const was = earlier && toldFigure(earlier);
      return {
        th: `แก้ไขผลของ${which.th}${was ? ` จาก ${was.th}` : ''} เป็น ${what.th}${noted.th}`,
        en: `The actual of ${which.en} was corrected${was ? ` from ${was.en}` : ''} to ${what.en}${noted.en}.`,
      };
    },
    indicators: ofOne,
    why: ({ reason }) => ({ text: reason }),
    evidence: ({ evidence }) => evidence,
  },
  ActualCertified: {
    act: { th: 'ตรวจรับรองผล', en: 'Actual certified' },
    sentence: ({ data }, before, names) => {
      const [which, step] = [figureOf(data, before, names), STEPS[data.step]];
      return {
        th: `ตรวจรับรองผลของ${which.th} ในขั้น${step.th}`,
        en: `The actual of ${which.en} was certified in the step of the ${step.en}.`,
      };
    },
    indicators: ofOne,
    why: ({ comment }) => (comment === undefined ? undefined : { text: comment }),
  },
  ActualReturned: {
    act: { th: 'ส่งผลกลับให้ผู้จัดเก็บข้อมูล', en: 'Actual returned' },
    sentence: ({ data }, before, names) => {
      const [which, step] = [figureOf(data, before, names), STEPS[data.step]];
      return {
        th: `ส่งผลของ${which.th} กลับให้ผู้จัดเก็บข้อมูล ในขั้น${step.th}`,
        en: `The actual of ${which.en} was given back to its keeper in the step of the ${step.en}.`,
      };
    },
    indicators: ofOne,
    why: ({ comment }) => ({ text: comment }),
  },
  ActualExamined: {
    act: { th: 'ผู้ตรวจราชการตรวจสอบผล', en: 'Actual examined' },
    sentence: ({ data }, before, names) => {
      const which = figureOf(data, before, names);
      const found = observed(VERDICTS[data.verdict], data.observedValue);
      return {
        th: `ตรวจสอบผลของ${which.th} ในรอบการตรวจราชการ ${data.inspectionRound}: ${found.th}`,
        en: `The actual of ${which.en} was examined in inspection round ${data.inspectionRound}: ${found.en}.`,
      };
    },
    indicators: ofOne,
    why: ({ comment }) => ({ text: comment }),
  },
  ExemptionGranted: {
    act: { th: 'ยกเว้นตัวชี้วัดในรอบ', en: 'Exemption granted' },
    sentence: ({ data: { indicatorId, round, officeId } }, before, names) => {
      const [which, office] = [toldIndicator(before, indicatorId), toldParty(before, officeId, names)];
      return {
        th: `${office.th}ยกเว้น${which.th} ในรอบ ${round}`,
        en: `${office.en} exempted ${which.en} in round ${round}.`,
      };
    },
    indicators: ofOne,
    why: ({ reason, basisDocument }) => ({ text: reason, ...onDocument(basisDocument) }),
  },
};

function asked({ amendments }: ToldAgreement, amendmentId: string): BothLanguages {
  const office = amendments.get(amendmentId)?.requested;
  const id = { th: `คำขอเปลี่ยนแปลง ${amendmentId}`, en: `amendment ${amendmentId}` };
  if (!office) return id;
  const since = toldFrom(office.effectiveFrom);
  return { th: `${id.th} ที่มีผล${since.th}`, en: `${id.en}, effective ${since.en}` };
}

function concerned({ amendments }: ToldAgreement, amendmentId: string): readonly string[] {
  const changes = amendments.get(amendmentId)?.requested?.changes ?? [];
  return [...new Set(changes.map(({ indicatorId }) => indicatorId))];
}

/** A figure by its indicator, span and keeper. */
function figureOf(
  { indicatorId, span, officeId }: { readonly indicatorId: string; readonly span: string; readonly officeId?: string },
  told: ToldAgreement,
  names: Parameters<typeof toldParty>[2],
): BothLanguages {
  const [which, days] = [toldIndicator(told, indicatorId), toldSpan(span)];
  const keepers = told.indicators.get(indicatorId)?.terms?.keepers ?? [];
  const keeper = keepers.find((each) => each.officeId === officeId)?.officeName;
  const whose =
    officeId === undefined
      ? undefined
      : keeper === undefined
        ? toldParty(told, officeId, names)
        : { th: keeper, en: keeper };
  return {
    th: `${which.th} ช่วง ${days.th}${whose ? ` ส่วนของ${whose.th}` : ''}`,
    en: `${which.en} for ${days.en}${whose ? `, the part of ${whose.en},` : ''}`,
  };
}

/** What is private, where it may be told. */
function notes({ note, preparedBy }: Pick<ActualReported['data'], 'note' | 'preparedBy'>): BothLanguages {
  const isTold = (text: PrivateText | undefined): text is string => typeof text === 'string';
  return {
    th: `${isTold(note) ? ` (หมายเหตุ: ${note})` : ''}${isTold(preparedBy) ? ` (จัดทำโดย ${preparedBy})` : ''}`,
    en: `${isTold(note) ? ` (note: ${note})` : ''}${isTold(preparedBy) ? ` (prepared by ${preparedBy})` : ''}`,
  };
}
