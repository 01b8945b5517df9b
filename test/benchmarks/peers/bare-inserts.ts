import { byteaArray, int4Array, int8Array, textArray, uuidArray } from '@khamrap/platform/database';
import { Pool } from 'pg';
import { nextEvent } from './prepared-bodies';

const CONNECTION_COUNT = 64;
/** Events of one bulk insert. */
export const BULK_COUNT = 5_000;

const COLUMNS = 'position, recorded_at_ms, stream, revision, event_id, type, schema_version, body, salt, body_hash';

// The columns and indexes of the log without its rules: no checks, no triggers, no order of positions.
const CREATE = `
  DROP TABLE IF EXISTS bare_event;
  CREATE TABLE bare_event (LIKE ledger.event INCLUDING INDEXES);
  CREATE SEQUENCE IF NOT EXISTS bare_position`;

const INSERT_ONE = {
  name: 'bare-insert-one',
  text: `INSERT INTO bare_event (${COLUMNS}) VALUES (nextval('bare_position'), $1, $2, $3, $4, $5, $6, $7, $8, $9)`,
};
const INSERT_MANY = {
  name: 'bare-insert-many',
  text: `INSERT INTO bare_event (${COLUMNS})
         SELECT * FROM unnest($1::int8[], $2::int8[], $3::text[], $4::int4[], $5::uuid[], $6::text[], $7::int4[], $8::text[],
                              $9::bytea[], $10::bytea[])`,
};

/** What PostgreSQL does by itself: one row for each commit, or thousands. */
export class BareInserts {
  readonly #revisions: number[] = [];
  #position = 0;

  private constructor(private readonly pool: Pool) {}

  /** @param url of the superuser, on a database that holds a log */
  static open(url: string): BareInserts {
    return new BareInserts(new Pool({ connectionString: url, max: CONNECTION_COUNT }));
  }

  /** Begins each round with an empty table: the fastest that it can be. */
  async clear(): Promise<void> {
    await this.pool.query(CREATE);
    this.#revisions.length = 0;
  }

  async insertOne(lane: number): Promise<number> {
    const event = nextEvent();
    const revision = this.#nextRevision(lane);
    const { eventId, type, schemaVersion, body, salt, bodyHash } = event;
    const values = [Date.now(), `agreement-${lane}`, revision, eventId, type, schemaVersion, body, salt, bodyHash];
    await this.pool.query({ ...INSERT_ONE, values });
    return 1;
  }

  /** In the same binary form as ours. */
  async insertMany(streamCount: number): Promise<number> {
    const events = Array.from({ length: BULK_COUNT }, nextEvent);
    const lanes = events.map((_, index) => index % streamCount);
    const now = Date.now();
    const values = [
      int8Array(events.map(() => this.#position++)),
      int8Array(events.map(() => now)),
      textArray(lanes.map((lane) => `agreement-${lane}`)),
      int4Array(lanes.map((lane) => this.#nextRevision(lane))),
      uuidArray(events.map((event) => event.eventId)),
      textArray(events.map((event) => event.type)),
      int4Array(events.map((event) => event.schemaVersion)),
      textArray(events.map((event) => event.body)),
      byteaArray(events.map((event) => event.salt)),
      byteaArray(events.map((event) => event.bodyHash)),
    ];
    await this.pool.query({ ...INSERT_MANY, values });
    return BULK_COUNT;
  }

  #nextRevision(lane: number): number {
    const revision = this.#revisions[lane] ?? 0;
    this.#revisions[lane] = revision + 1;
    return revision;
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}
