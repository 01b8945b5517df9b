import type { Position, Revision } from '@khamrap/kernel';
import type { DecodedEvent } from '@khamrap/platform/event-store';
import type { AccessLogSealed, LogEpochOpened, LogEvent, StreamHeadsRecorded } from './log-events';

/** Where and when something was recorded. */
export interface RecordedAt {
  readonly position: Position;
  /** Milliseconds since 1970. */
  readonly recordedAtMs: number;
}

/** A key with its validity: checkpoints of sizes from `fromSize` up to but without `toSize` may carry its signature. */
export interface RecordedKey {
  readonly vkey: string;
  readonly fromSize: number;
  /** Absent while the key is in use. */
  readonly toSize?: number;
  readonly adopted: RecordedAt;
  readonly retired?: RecordedAt;
}

export type RecordedEpoch = LogEpochOpened['data'] & RecordedAt;
export type RecordedHeads = StreamHeadsRecorded['data'] & RecordedAt;
export type RecordedSealOfAccesses = AccessLogSealed['data'] & RecordedAt;

/** What the log says of itself on its stream `ledger`. */
export interface Annals {
  /** Of the last event that was read. */
  readonly revision: Revision;
  /** Milliseconds since 1970. */
  readonly openedAtMs: number;
  /** In the order in which they were adopted. */
  readonly keys: readonly RecordedKey[];
  /** In the order in which they were opened, whether the signer went along or not. */
  readonly epochs: readonly RecordedEpoch[];
  readonly lastHeads?: RecordedHeads;
  /** The newest seal of the access log. */
  readonly lastSeal?: RecordedSealOfAccesses;
}

/** Of a log that says nothing yet but that it was opened. */
export const NO_ANNALS: Annals = { revision: -1, openedAtMs: 0, keys: [], epochs: [] };

/** The annals after one more event of the stream `ledger`. */
export function annalsAfter(annals: Annals, { type, data, revision, ...event }: DecodedEvent): Annals {
  const recorded = { position: event.position, recordedAtMs: event.recordedAtMs };
  const told = { ...annals, revision };
  const known = { type, data } as unknown as LogEvent;
  switch (known.type) {
    case 'LogKeyAdopted':
      return {
        ...told,
        keys: [...annals.keys, { vkey: known.data.vkey, fromSize: known.data.size, adopted: recorded }],
      };
    case 'LogKeyRetired':
      return {
        ...told,
        keys: annals.keys.map((key) =>
          key.vkey === known.data.vkey && key.retired === undefined
            ? { ...key, toSize: known.data.size, retired: recorded }
            : key,
        ),
      };
    case 'LogEpochOpened':
      return { ...told, epochs: [...annals.epochs, { ...known.data, ...recorded }] };
    case 'StreamHeadsRecorded':
      return { ...told, lastHeads: { ...known.data, ...recorded } };
    case 'AccessLogSealed':
      return { ...told, lastSeal: { ...known.data, ...recorded } };
    default:
      // LedgerOpened, which begins the stream.
      return { ...told, openedAtMs: recorded.recordedAtMs };
  }
}

/** The vkeys that are in use. */
export function vkeysInUse({ keys }: Annals): readonly string[] {
  return keys.filter(({ retired }) => retired === undefined).map(({ vkey }) => vkey);
}

/** What checkpoints of an epoch are named after. */
export function originOfEpoch(origin: string, epoch: number): string {
  return epoch === 0 ? origin : `${origin}/epoch-${epoch}`;
}
