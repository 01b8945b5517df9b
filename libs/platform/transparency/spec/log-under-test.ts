import * as crypto from 'node:crypto';
import { createPool } from '@khamrap/platform/database';
import { openPostgresEventStore, OpenTheLog1700000000001, type EventStore } from '@khamrap/platform/event-store';
import { eventually } from '@khamrap/testing';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../testing/database';
import type { CheckpointSigner } from '../checkpoint-signer';
import { LogBuilder } from '../log-builder';
import { GrowTheLog1700000000008 } from '../migrations/1700000000008-grow-the-log';
import { TransparencyLog } from '../transparency-log';
import { HearWitnesses1700000000009 } from '../migrations/1700000000009-hear-witnesses';
import { ORIGIN, PlainSigner } from './plain-signer';

/** A database with a log of events, the verifiable log over it, and whoever builds that. */
export class LogUnderTest {
  readonly signer = new PlainSigner();
  readonly told: string[] = [];
  readonly #endings: (() => Promise<unknown>)[] = [];

  private constructor(
    private readonly testDatabase: TestDatabase,
    readonly store: EventStore,
    readonly log: TransparencyLog,
  ) {}

  static async open(): Promise<LogUnderTest> {
    const testDatabase = await createTestDatabase({
      migrations: [OpenTheLog1700000000001, GrowTheLog1700000000008, HearWitnesses1700000000009],
    });
    const { urls } = testDatabase.database;
    const store = await openPostgresEventStore({
      appendUrl: urls.append,
      readUrl: urls.read,
      origin: ORIGIN,
      clock: 'system',
    });
    const readPool = createPool({ url: urls.read, size: 4, applicationName: 'spec reads' });
    const log = new TransparencyLog({ store, readPool, readUrl: urls.read });
    await log.start();
    const opened = new LogUnderTest(testDatabase, store, log);
    opened.#endings.push(
      () => log.close(),
      () => readPool.end(),
      () => store.close(),
    );
    return opened;
  }

  get urls(): TestDatabase['database']['urls'] {
    return this.testDatabase.database.urls;
  }

  pool(size = 2) {
    const pool = createPool({ url: this.urls.project, size, applicationName: 'spec builds' });
    this.#endings.unshift(() => pool.end());
    return pool;
  }

  /** A builder as another process has it. */
  builder(signer: CheckpointSigner = this.signer, store: EventStore = this.store): LogBuilder {
    const note = (message: string): void => void this.told.push(message);
    const building = { url: this.urls.project, pool: this.pool() };
    const builder = new LogBuilder({ store, signer, building, log: { info: note, error: note } });
    this.#endings.unshift(() => builder.stop());
    return builder;
  }

  /** The log as everybody sees it covers so many events. */
  async published(size: number): Promise<void> {
    const found = await this.log.waitFor(size - 1, 'included', 20_000);
    if (!found) throw new Error(`not published: ${size}; ${this.told.join('; ')}`);
  }

  /** Waits until something like this was told to operators. */
  toldOf(what: RegExp): Promise<string> {
    return eventually(`something like ${what}`, () => this.told.find((message) => what.test(message)));
  }

  /** Events up to a size, a few streams in turn, put into the table as appends put them. */
  async growTo(size: number, streamCount = 50): Promise<void> {
    await this.asOwner(
      `WITH added AS (
         INSERT INTO ledger.event
           (position, recorded_at_ms, stream, revision, event_id, type, schema_version, body, salt, body_hash)
         SELECT position, 1700000000000 + position, 'note-' || position % ${streamCount},
                (position - 1) / ${streamCount},
                gen_random_uuid(), 'NoteWritten', 1, body, salt, sha256(salt || convert_to(body, 'UTF8'))
         FROM ledger.head, generate_series(next_position, ${size} - 1) AS position,
              LATERAL (SELECT '{"number":' || position || '}' AS body,
                              substring(sha256(position::text::bytea) FOR 16) AS salt) AS text
         RETURNING position)
       UPDATE ledger.head SET next_position = ${size}, recorded_at_ms = 1700000000000 + ${size}
       WHERE EXISTS (SELECT FROM added)`,
    );
    await this.asOwner(`SELECT pg_notify('khamrap_ledger', '${size - 1}')`);
  }

  /** What an administrator of the database can do, who takes the locks off before. */
  async asOwner(sql: string): Promise<void> {
    const client = new Client({ connectionString: this.urls.migrate });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  }

  /** Changes a row of a table that refuses changes. */
  tamper(table: string, sql: string): Promise<void> {
    return this.asOwner(
      `BEGIN; ALTER TABLE ${table} DISABLE TRIGGER USER; ${sql}; ALTER TABLE ${table} ENABLE TRIGGER USER; COMMIT`,
    );
  }

  async dispose(): Promise<void> {
    for (const end of this.#endings) await end();
    await this.testDatabase.drop();
  }
}

const digest = (...parts: readonly Uint8Array[]): Buffer =>
  crypto.createHash('sha256').update(Buffer.concat(parts)).digest();

/** RFC 6962 §2.1, as it stands there: nothing of the program's own is used. */
export function naiveRoot(leaves: readonly Uint8Array[]): Buffer {
  if (leaves.length <= 1) return leaves[0] ? Buffer.from(leaves[0]) : digest();
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return digest(Uint8Array.of(1), naiveRoot(leaves.slice(0, split)), naiveRoot(leaves.slice(split)));
}

export const naiveLeaf = (entry: Uint8Array): Buffer => digest(Uint8Array.of(0), entry);
