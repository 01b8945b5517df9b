import { createPool } from '@khamrap/platform/database';
import type { Position } from '@khamrap/kernel';
import { byteaArray, int4Array, int8Array, textArray, uuidArray } from '@khamrap/platform/database';
import { DatabaseError, type Pool } from 'pg';
import { LogDamaged, type LogIdentity, type RecordedEvent } from '../event-store';
import { unavailableOr } from '../postgres/server-error';
import type { Reached } from './in-order';
import type { Place } from './stored-form';

/** What the database says of the store that carries its log. */
export interface KnownCarrier {
  readonly logId: string;
  /** Up to when the copy is known to hold everything (milliseconds since 1970). */
  readonly completeUntil: number;
  /** What was done to the store that must not be done; null while nothing was. */
  readonly trouble: string | null;
  /** Why nothing is sequenced any more; null while it is. */
  readonly stopped: string | null;
}

/** Settings and database disagree about where the log is carried: the message is a sentence for whoever has set them. */
export class CarriedElsewhere extends Error {
  override readonly name = 'CarriedElsewhere';
}

/** Another instance sequences now. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

const CONNECTION_COUNT = 2;
const TORN_STREAM = 'KL004';
const UNIQUE_VIOLATION = '23505';

/** Reads which store carries the log; undefined where the database carries it itself. */
export async function readCarrier(pool: Pick<Pool, 'query'>): Promise<KnownCarrier | undefined> {
  try {
    return (await pool.query<KnownCarrier>({ name: 'read-carrier', text: READ_CARRIER })).rows[0];
  } catch (error) {
    throw unavailableOr(error);
  }
}

/** Has the log carried by a store from now on, unless it is carried already. @throws CarriedElsewhere, StoreUnavailable */
export async function beCarried(pool: Pool, identity: Pick<LogIdentity, 'logId' | 'clock'>): Promise<void> {
  const refusal = REFUSALS[await askToBeCarried(pool, identity)];
  if (refusal !== undefined) throw new CarriedElsewhere(refusal);
}

async function askToBeCarried(
  pool: Pool,
  { logId, clock }: Pick<LogIdentity, 'logId' | 'clock'>,
): Promise<keyof typeof REFUSALS> {
  try {
    const { rows } = await pool.query<{ outcome: keyof typeof REFUSALS }>(
      'SELECT ledger.be_carried($1, $2) AS outcome',
      [logId, clock],
    );
    return rows[0]?.outcome ?? 'anotherLog';
  } catch (error) {
    throw unavailableOr(error);
  }
}

/** What to tell of a database with a log of its own. */
export const OWN_LOG =
  'this database holds a log of its own: start without EVENTSTORE_URL, or move the log with `npm run khamrap -- log copy`';

/** What to tell of a store with a log that is not the one of the database. */
export const ANOTHER_LOG = 'EVENTSTORE_URL leads to another log than the one that this database has been made from';

const REFUSALS: Readonly<Record<'carried' | 'anotherLog' | 'ownLog', string | undefined>> = {
  carried: undefined,
  anotherLog: ANOTHER_LOG,
  ownLog: OWN_LOG,
};

/** The sequencer's side of the database: what is numbered, and how far. */
export class SequencedCopy {
  readonly #pool: Pool;
  #epoch = '0';

  /** @param projectUrl connection of the projecting role */
  constructor(projectUrl: string) {
    this.#pool = createPool({ url: projectUrl, size: CONNECTION_COUNT, applicationName: 'khamrap sequencer' });
  }

  /** Fences off whoever has sequenced before, and tells how far they have come. @throws StoreUnavailable */
  async takeOver(): Promise<Reached> {
    const [row] = await this.#query<TakenOverRow>({
      name: 'take-over-sequencing',
      text: TAKE_OVER,
      values: [],
    });
    const { epoch, nextPosition, recordedAt, commit, prepare, eventId } = row as TakenOverRow;
    this.#epoch = epoch;
    const place = placeOf(commit, prepare);
    return { nextPosition, recordedAt, ...(place && eventId !== null && { last: { place, eventId } }) };
  }

  /** Records the next events. @throws Overtaken, LogDamaged, StoreUnavailable */
  async record(first: Position, events: readonly RecordedEvent[], { commit, prepare }: Place): Promise<void> {
    const [row] = await this.#query<{ recorded: boolean }>({
      name: 'sequence',
      text: SEQUENCE,
      values: [this.#epoch, first, commit, prepare, ...columnsOf(events)],
    });
    if (row?.recorded !== true) throw new Overtaken('another instance sequences the log now');
  }

  /** Everything that the store held at a time is recorded. @param trouble what is to be told to operators */
  async tellComplete(untilMs: number, trouble: string | null): Promise<void> {
    await this.#query({ name: 'tell-complete', text: TELL_COMPLETE, values: [this.#epoch, untilMs, trouble] });
  }

  /** Why nothing is sequenced any more, until something is. */
  async tellStopped(reason: string): Promise<void> {
    await this.#query({ name: 'tell-stopped', text: TELL_STOPPED, values: [this.#epoch, reason] });
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  async #query<Row extends object>(statement: { name: string; text: string; values: unknown[] }): Promise<Row[]> {
    try {
      return (await this.#pool.query<Row>(statement)).rows;
    } catch (error) {
      const code = error instanceof DatabaseError ? error.code : undefined;
      if (code === TORN_STREAM) throw new LogDamaged((error as Error).message, { cause: error });
      if (code === UNIQUE_VIOLATION) throw new LogDamaged('an event id stands twice in the store', { cause: error });
      throw unavailableOr(error);
    }
  }
}

interface TakenOverRow {
  readonly epoch: string;
  readonly nextPosition: Position;
  readonly recordedAt: number;
  readonly commit: string | null;
  readonly prepare: string | null;
  readonly eventId: string | null;
}

// Places are 64-bit numbers: as text they keep their digits.
const READ_CARRIER = `
  SELECT log_id AS "logId", trouble, stopped, floor(extract(epoch FROM complete_until) * 1000)::float8 AS "completeUntil"
  FROM ledger.carrier`;
const TAKE_OVER = `
  SELECT epoch::text, next_position AS "nextPosition", recorded_at_ms AS "recordedAt", last_commit::text AS commit,
         last_prepare::text AS prepare, last_event_id AS "eventId"
  FROM ledger.take_over_sequencing()`;
const SEQUENCE = `
  SELECT ledger.sequence($1, $2, $3, $4, $5::int8[], $6::text[], $7::int4[], $8::uuid[], $9::text[], $10::int4[], $11::text[],
                         $12::bytea[], $13::bytea[]) AS recorded`;
const TELL_STOPPED = 'SELECT ledger.tell_stopped($1, $2)';
const TELL_COMPLETE = 'SELECT ledger.tell_complete($1, $2, $3)';

function columnsOf(events: readonly RecordedEvent[]): Buffer[] {
  return [
    int8Array(events.map(({ recordedAt }) => recordedAt)),
    textArray(events.map(({ stream }) => stream)),
    int4Array(events.map(({ revision }) => revision)),
    uuidArray(events.map(({ eventId }) => eventId)),
    textArray(events.map(({ type }) => type)),
    int4Array(events.map(({ schemaVersion }) => schemaVersion)),
    textArray(events.map(({ body }) => body)),
    byteaArray(events.map(({ salt }) => salt)),
    byteaArray(events.map(({ bodyHash }) => bodyHash)),
  ];
}

function placeOf(commit: string | null, prepare: string | null): Place | undefined {
  return commit === null || prepare === null ? undefined : { commit: BigInt(commit), prepare: BigInt(prepare) };
}
