import {
  LEDGER_STREAM,
  NATIVE,
  code,
  eventSchema,
  integer,
  type EventDeclaration,
  type EventOf,
} from '@khamrap/kernel';
import { randomUUID } from 'node:crypto';
import { CommandSalts } from './codec/command-salts';
import { EventCodec } from './codec/event-codec';
import { LogDamaged, type LogIdentity, type NewEvent, type RecordedEvent } from './event-store';

/** Version of the format of envelopes, bodies and leaves that this program writes. */
const FORMAT_VERSION = 1;

const ledgerOpened = eventSchema('LedgerOpened', 1, {
  /** Name of the log as its verifiers know it. */
  origin: code(),
  logId: code(),
  formatVersion: integer(),
  clock: code(['system', 'simulated']),
});

type LedgerOpened = EventOf<typeof ledgerOpened>;

export const ledgerEventDeclarations: readonly EventDeclaration[] = [{ versions: [ledgerOpened], upcasters: [] }];

const codec = new EventCodec(ledgerEventDeclarations);

/** The first event of a new log. */
export function ledgerOpening({ origin, clock }: Pick<LogIdentity, 'origin' | 'clock'>): NewEvent {
  const logId = randomUUID();
  const opened: LedgerOpened = { type: 'LedgerOpened', data: { origin, logId, formatVersion: FORMAT_VERSION, clock } };
  return codec.encode({
    event: opened,
    index: 0,
    stream: LEDGER_STREAM,
    revision: 0,
    salts: new CommandSalts(),
    context: {
      commandId: logId,
      requestHash: '',
      actor: { id: logId, role: 'ledger' },
      decidedAt: new Date().toISOString(),
      correlationId: logId,
      provenance: NATIVE,
    },
  }).event;
}

/** @throws LogDamaged when the first event is not a LedgerOpened that this program understands */
export function readLedgerOpened(first: RecordedEvent | undefined): LogIdentity {
  if (first?.position !== 0 || first.type !== 'LedgerOpened')
    throw new LogDamaged('the log does not begin with LedgerOpened');
  const identity = dataOf(first);
  if (identity.formatVersion !== FORMAT_VERSION)
    throw new LogDamaged(`format ${identity.formatVersion} is not known to this program`);
  return identity;
}

function dataOf(opened: RecordedEvent): LedgerOpened['data'] {
  try {
    return codec.decode(opened).data as LedgerOpened['data'];
  } catch (cause) {
    throw new LogDamaged('this program cannot read how the log begins', { cause });
  }
}
