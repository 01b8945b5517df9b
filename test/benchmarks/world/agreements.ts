import { createHash, randomUUID } from 'node:crypto';
import { derivedId, type CommandContext, type Ledger } from '@khamrap/platform/event-store';
import {
  isoDate,
  NATIVE,
  spanOfFiscalYear,
  streamName,
  type FiscalYear,
  type IsoDate,
  type Provenance,
  type Span,
} from '@khamrap/kernel';
import { agreementDecider } from '../../../libs/slices/agreements/domain/agreement.decider';
import { sourceDocumentDecider } from '../../../libs/slices/sources/domain/source-document.decider';
import type { AgreementCommand } from '../../../libs/slices/agreements/domain/agreement.commands';

export const INDICATORS_OF_AGREEMENT = 4;

const DAY_MS = 86_400_000;
const DOCUMENT = createHash('sha256').update('a source document').digest('hex');
const SOURCE: Provenance = { kind: 'transcribed', sourceDocument: DOCUMENT, passage: 'paragraph 3' };
/** As a body of a request states it. */
export const SOURCE_BODY = { document: DOCUMENT, passage: SOURCE.passage };
const PERSON = 'recorder';

/** An agreement of the generated ledger, with all that later commands need of it. */
export interface GeneratedAgreement {
  readonly agreementId: string;
  readonly indicatorIds: readonly string[];
  readonly fiscalYear: FiscalYear;
  readonly province: string;
}

export function generatedAgreement(
  province: string,
  office: number,
  fiscalYear: FiscalYear,
  indicatorCount = INDICATORS_OF_AGREEMENT,
): GeneratedAgreement {
  const agreementId = derivedId(
    'agreement',
    'announced',
    'provincialOffice',
    officeIdOf(province, office),
    `${fiscalYear}`,
  );
  const indicatorIds = Array.from({ length: indicatorCount }, (_, index) =>
    derivedId('indicator', agreementId, `${index}`),
  );
  return { agreementId, indicatorIds, fiscalYear, province };
}

/** Registers the document that everything is taken from. @returns how many events that made */
export async function registerSource(ledger: Ledger): Promise<number> {
  const { from } = spanOfFiscalYear(2546);
  await ledger.execute({
    decider: sourceDocumentDecider,
    stream: streamName('source-document', DOCUMENT),
    command: {
      type: 'RegisterSourceDocument',
      data: {
        sha256: DOCUMENT,
        publisher: 'สำนักงานจังหวัด',
        publishedOn: from,
        tellsOf: [from],
        addresses: ['https://benchmark.test/document'],
        language: 'th',
        description: 'คำรับรองการปฏิบัติราชการ',
      },
      decidedOn: from,
    },
    context: { ...newContext(), provenance: NATIVE },
  });
  return 1;
}

/** Announces an agreement with its indicators and a target for the year on each. @returns how many events that made */
export async function announce(ledger: Ledger, agreement: GeneratedAgreement, office: number): Promise<number> {
  const { province, fiscalYear, indicatorIds } = agreement;
  const officeId = officeIdOf(province, office);
  const drafting: AgreementCommand = {
    type: 'DraftAgreement',
    provenance: SOURCE,
    data: {
      title: `คำรับรองการปฏิบัติราชการ ประจำปีงบประมาณ พ.ศ. ${fiscalYear} ของส่วนราชการประจำจังหวัด ${officeId}`,
      level: 'provincialOffice',
      basis: 'announced',
      fiscalYear,
      province,
      parties: [
        { side: 'maker', officeId, officeName: `ส่วนราชการประจำจังหวัด ลำดับที่ ${office + 1}` },
        { side: 'receiver', officeId: `${province.toLowerCase()}-governor`, officeName: 'ผู้ว่าราชการจังหวัด' },
      ],
      announcedOn: spanOfFiscalYear(fiscalYear).from,
    },
  };
  const commands = indicatorIds.flatMap((indicatorId, index) => termsOf(indicatorId, index, fiscalYear));
  await execute(ledger, agreement, [drafting, ...commands]);
  return commands.length + 1;
}

/** Reports one figure of each indicator for a span. @returns how many events that made */
export async function report(ledger: Ledger, agreement: GeneratedAgreement, span: Span): Promise<number> {
  const reports = agreement.indicatorIds.map((indicatorId, index): AgreementCommand => ({
    type: 'ReportActual',
    provenance: SOURCE,
    decidedOn: span.to,
    actorId: PERSON,
    data: {
      indicatorId,
      span,
      kind: 'value',
      value: `${100 + index}.${span.to.slice(8)}`,
      unit: 'millionBaht',
      finality: 'provisional',
      asOf: span.to,
      asPrinted: `${100 + index}.${span.to.slice(8)} ล้านบาท`,
      evidence: [],
    },
  }));
  await execute(ledger, agreement, reports);
  return reports.length;
}

/** The twelve months of a fiscal year, October first. */
export function monthsOf(fiscalYear: FiscalYear): readonly Span[] {
  const { from } = spanOfFiscalYear(fiscalYear);
  const firstYear = Number(from.slice(0, 4));
  return Array.from({ length: 12 }, (_, index) => ({
    from: dateOf(Date.UTC(firstYear, 9 + index, 1)),
    to: dateOf(Date.UTC(firstYear, 10 + index, 0)),
  }));
}

const FIRST_DAY_COUNT = 338;
/** The shortest month has one day more. */
const LENGTH_DAYS_MAX = 27;
const SPAN_COUNT = FIRST_DAY_COUNT * LENGTH_DAYS_MAX;

/** Span number `index` of a fiscal year: one day to 27 days long, each different, none of them a month. */
export function spanNumber(fiscalYear: FiscalYear, index: number): Span {
  if (index >= SPAN_COUNT) throw new RangeError(`a year has no more than ${SPAN_COUNT} such spans`);
  const begin = Date.parse(spanOfFiscalYear(fiscalYear).from) + (index % FIRST_DAY_COUNT) * DAY_MS;
  return { from: dateOf(begin), to: dateOf(begin + Math.floor(index / FIRST_DAY_COUNT) * DAY_MS) };
}

function termsOf(indicatorId: string, index: number, fiscalYear: FiscalYear): AgreementCommand[] {
  return [
    {
      type: 'AddIndicator',
      provenance: SOURCE,
      data: {
        indicatorId,
        displayNumber: `${index + 1}`,
        goalNumber: (index % 9) + 1,
        name: `ร้อยละความสำเร็จของการดำเนินงานตามเป้าหมายการพัฒนาจังหวัด ตัวชี้วัดที่ ${index + 1}`,
        unit: 'millionBaht',
        direction: 'higher',
        weight: '10',
      },
    },
    {
      type: 'SetTarget',
      provenance: SOURCE,
      data: { indicatorId, span: spanOfFiscalYear(fiscalYear), value: `${1_000 + index}`, unit: 'millionBaht' },
    },
  ];
}

/** All at once: the loop decides commands of one stream in their order. */
async function execute(
  ledger: Ledger,
  { agreementId }: GeneratedAgreement,
  commands: readonly AgreementCommand[],
): Promise<void> {
  const stream = streamName('agreement', agreementId);
  await Promise.all(
    commands.map((command) => ledger.execute({ decider: agreementDecider, stream, command, context: newContext() })),
  );
}

/** What stands around a command that nobody has sent. */
export function newContext(): CommandContext {
  const commandId = randomUUID();
  return {
    commandId,
    requestHash: 'ZGlnZXN0IG9mIGEgcmVxdWVzdCB0aGF0IG5vYm9keSBzZW50',
    actor: { id: commandId, role: PERSON },
    decidedAt: new Date().toISOString(),
    correlationId: commandId,
    provenance: SOURCE,
  };
}

function officeIdOf(province: string, office: number): string {
  return `${province.toLowerCase()}-office-${office + 1}`;
}

function dateOf(time: number): IsoDate {
  return isoDate(new Date(time).toISOString().slice(0, 10));
}
