import {
  LEDGER_STREAM,
  NATIVE,
  streamName,
  type Decider,
  type DomainEvent,
  type EventDeclaration,
  type StreamName,
} from '@khamrap/kernel';
import {
  CommandSalts,
  derivedId,
  EventCodec,
  ledgerEventDeclarations,
  type CommandContext,
  type NewEvent,
} from '@khamrap/platform/event-store';
import { agreementDecider } from '../../libs/slices/agreements/domain/agreement.decider';
import { agreementEventDeclarations } from '../../libs/slices/agreements/domain/agreement.events';
import {
  actualReported,
  drafted,
  FIRST_HALF_KEY,
  indicatorAdded,
  MAKER,
  RECEIVER,
  signed,
  targetSet,
  TODAY,
  tookEffect,
} from '../../libs/slices/agreements/domain/agreement.examples';
import { awardDecider } from '../../libs/slices/awards/domain/award.decider';
import { awardEventDeclarations } from '../../libs/slices/awards/domain/award.events';
import { awardGranted, awardsAnnounced, GRANTOR, RECIPIENT } from '../../libs/slices/awards/domain/award.examples';

type AnyDecider = Decider<unknown, never, DomainEvent>;

/** What the events of one kind of stream are, and what folds them. */
export interface StreamKind {
  readonly declarations: readonly EventDeclaration[];
  /** Absent for the stream that tells about the log itself: nobody folds it. */
  readonly decider?: AnyDecider;
}

/** Every kind of stream, by the category in its name. */
export const STREAM_KINDS: Readonly<Record<string, StreamKind>> = {
  ledger: { declarations: ledgerEventDeclarations },
  agreement: { declarations: agreementEventDeclarations, decider: agreementDecider },
  award: { declarations: awardEventDeclarations, decider: awardDecider },
};

const TERMS = [
  drafted({
    parties: [{ ...MAKER, officeNameEn: 'Example District' }, RECEIVER],
    province: 'TH-54',
    announcedOn: TODAY,
    goalSet: 'example-2570',
    preamble: 'เพื่อประโยชน์สุขของประชาชน',
  }),
  indicatorAdded({ indicatorId: 'economy', displayNumber: '8', weight: 'notStated', goalNumber: 8 }),
  indicatorAdded({
    displayNumber: '8.1',
    printedNumber: '1',
    parentIndicatorId: 'economy',
    nameEn: 'Income from community products',
    leadOffice: { officeId: 'district-1', officeName: 'อำเภอตัวอย่าง' },
    leadPerson: 'สมมุติ ตัวอย่าง',
  }),
  targetSet({ value: '1100000' }),
];
const TERMS_SIGNED_FIRST = [...TERMS, signed('maker', TERMS)];
const TERMS_CHANGED = [
  ...TERMS_SIGNED_FIRST,
  targetSet({ asPrinted: '1.2 ล้านบาท' }),
  { type: 'SignaturesVoided', data: { signatures: [{ side: 'maker', officeId: MAKER.officeId }] } } as const,
];
const SIGNED_IN_THE_END = [
  ...TERMS_CHANGED,
  signed('maker', TERMS_CHANGED),
  signed('receiver', TERMS_CHANGED, { capture: 'paper', scanSha256: 'b'.repeat(64), capacity: 'delegated' }),
  tookEffect(TERMS_CHANGED),
];

/**
 * Histories to be recorded, each once, in the versions of the day on which that is done. A new version of an event needs a new
 * history here; what is recorded already is not touched by it.
 */
export const HISTORIES: Readonly<
  Record<string, { readonly category: string; readonly events: readonly DomainEvent[] }>
> = {
  'ledger-opened': {
    category: 'ledger',
    events: [
      {
        type: 'LedgerOpened',
        data: {
          origin: 'recorded.test/log',
          logId: '0b6c4a1e-58a5-4d0e-9a53-0c53d5b8a001',
          formatVersion: 1,
          clock: 'system',
        },
      },
    ],
  },
  'agreement-signed-and-reported': {
    category: 'agreement',
    events: [
      ...SIGNED_IN_THE_END,
      actualReported({
        asOf: TODAY,
        asPrinted: '๑,๒๕๐,๐๐๐.๕๐',
        evidence: [{ sha256: 'c'.repeat(64), mediaType: 'text/csv', name: 'ยอดจำหน่าย' }],
        note: 'รอใบเสร็จ',
        preparedBy: 'สมมุติ ตัวอย่าง',
      }),
    ],
  },
  'agreement-announced': {
    category: 'agreement',
    events: [
      drafted({ basis: 'announced', parties: [] }),
      indicatorAdded({ unit: 'millionBaht' }),
      targetSet({ span: 'notStated', value: '2446.88', unit: 'millionBaht' }),
      actualReported({ span: FIRST_HALF_KEY, value: '-0.05', unit: 'millionBaht', finality: 'notStated' }),
    ],
  },
  'award-granted': {
    category: 'award',
    events: [
      awardGranted({
        categoryPrinted: 'PMOA',
        grantors: [GRANTOR, { name: 'กระทรวงตัวอย่าง' }],
        recipients: [{ ...RECIPIENT, province: 'TH-54' }],
        fiscalYear: 2570,
        level: 'advanced',
        rank: { rank: 2, comparisonSet: 'ทุกจังหวัด' },
        basis: 'ประกาศ',
        asPrinted: 'อันดับ ๒',
      }),
    ],
  },
  'awards-announced': { category: 'award', events: [awardsAnnounced({ categoryPrinted: 'GECC' })] },
};

/** Writes a history as the present program stores it, each event as a command of its own. */
export function written(name: string): readonly NewEvent[] {
  const { category, events } = HISTORIES[name]!;
  const codec = new EventCodec(STREAM_KINDS[category]!.declarations);
  const stream = category === 'ledger' ? LEDGER_STREAM : streamName(category, derivedId('recorded', name));
  return events.map(
    (event, revision) =>
      codec.encode({
        event,
        index: 0,
        stream,
        revision,
        context: contextOf(name, revision),
        salts: new CommandSalts(),
        basis: revision === 1 ? [{ stream: 'office-district-1', revision: 4 }] : [],
      }).event,
  );
}

function contextOf(name: string, revision: number): CommandContext {
  const idOf = (what: string): string => derivedId('recorded', name, what, String(revision));
  return {
    commandId: idOf('command'),
    requestHash: Buffer.from(idOf('request')).toString('base64url'),
    actor: { id: idOf('person'), role: 'officeHead', office: 'district-1', onBehalfOf: idOf('other person') },
    decidedAt: '2027-03-31T02:00:00.000Z',
    correlationId: idOf('correlation'),
    causationId: idOf('cause'),
    provenance:
      revision === 1 ? { kind: 'transcribed', sourceDocument: 'a'.repeat(64), passage: 'paragraph 3' } : NATIVE,
  };
}

/** The category in the name of a stream. */
export function categoryOf(stream: StreamName): string {
  return stream === LEDGER_STREAM ? 'ledger' : /^([a-z-]*[a-z])-/.exec(stream)![1]!;
}
