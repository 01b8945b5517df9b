import { createPool, type Database } from '@khamrap/platform/database';
import { openPostgresEventStore, OpenTheLog1700000000001, type EventStore } from '@khamrap/platform/event-store';
import { LogAnnals } from '@khamrap/platform/transparency';
import { createTestDatabase } from '../../../testing/database';
import { SessionsOfRoles } from '../../../testing/database/sessions-of-roles';
import type { Access } from '../access-entry';
import { AccessLog } from '../access-log';
import { AccessReview } from '../access-review';
import { AccessSeals } from '../access-seals';
import { AccessTree } from '../access-tree';
import { checkAccessLog, type AccessLogCheck } from '../check-access-log';
import { KeepAccesses1700000000011 } from '../migrations/1700000000011-keep-accesses';

/** A database with a ledger and an access log, and two instances that keep in it. */
export class AccessLogUnderTest {
  readonly urls: Database['urls'];
  readonly store: EventStore;
  readonly sessions: SessionsOfRoles;
  readonly pool: ReturnType<typeof createPool>;
  readonly instances: readonly [AccessLog, AccessLog];
  readonly review: AccessReview;
  readonly tree: AccessTree;
  readonly seals: AccessSeals;

  private constructor(
    { urls, store, sessions, pool, instances }: Opened,
    readonly close: () => Promise<void>,
  ) {
    this.urls = urls;
    this.store = store;
    this.sessions = sessions;
    this.pool = pool;
    this.instances = instances;
    this.review = new AccessReview(pool);
    this.tree = new AccessTree(pool);
    this.seals = new AccessSeals(store, new LogAnnals(store), this.tree);
  }

  static async open(clock: 'system' | 'simulated' = 'system'): Promise<AccessLogUnderTest> {
    const { database, drop } = await createTestDatabase({
      migrations: [OpenTheLog1700000000001, KeepAccesses1700000000011],
    });
    const { urls } = database;
    const origin = 'access.test/log';
    const store = await openPostgresEventStore({ appendUrl: urls.append, readUrl: urls.read, origin, clock });
    const pools = [1, 2].map(() => createPool({ url: urls.append, size: 1, applicationName: 'spec keeps' }));
    const pool = createPool({ url: urls.append, size: 2, applicationName: 'spec reads' });
    const [one, other] = pools.map((each) => new AccessLog(each, store.identity().logId)) as [AccessLog, AccessLog];
    const sessions = new SessionsOfRoles(urls);
    const close = async (): Promise<void> => {
      await Promise.all([sessions.close(), pool.end(), store.close(), ...pools.map((each) => each.end())]);
      await drop();
    };
    return new AccessLogUnderTest({ urls, store, sessions, pool, instances: [one, other] }, close);
  }

  /** Keeps so many rows, by both instances in turn. */
  async keep(count: number, access: Partial<Access> = {}): Promise<void> {
    await Promise.all(
      Array.from({ length: count }, (_, index) => (this.instances[index % 2] as AccessLog).keep(accessOf(access))),
    );
  }

  /** Changes what nobody may, as whoever owns the database and has taken the lock off. */
  async tamper(...statements: readonly string[]): Promise<void> {
    const all = (what: string): string[] =>
      TABLES.map((table) => `ALTER TABLE access_log.${table} ${what} TRIGGER ALL`);
    for (const sql of [...all('DISABLE'), ...statements, ...all('ENABLE')]) await this.sessions.query('migrate', sql);
  }

  /** Puts all rows aside, to be restored after they were tampered with. */
  async rememberAll(): Promise<void> {
    for (const table of TABLES)
      await this.sessions.query('migrate', `CREATE TABLE access_log.kept_${table} AS TABLE access_log.${table}`);
  }

  async restoreAll(): Promise<void> {
    await this.tamper(
      ...TABLES.flatMap((table) => [
        `DELETE FROM access_log.${table}`,
        `INSERT INTO access_log.${table} TABLE access_log.kept_${table}`,
      ]),
    );
  }

  async check(): Promise<AccessLogCheck> {
    const { store, review, pool } = this;
    // As a command of its own, which has read nothing before.
    const seals = await new AccessSeals(store, new LogAnnals(store), this.tree).all();
    return checkAccessLog({ store, review, pool, seals });
  }
}

type Opened = Pick<AccessLogUnderTest, 'urls' | 'store' | 'sessions' | 'pool' | 'instances'>;

const TABLES = ['entry', 'leaf', 'node'];

/** A row of nobody in particular. */
export function accessOf(changes: Partial<Access> = {}): Access {
  return {
    kind: 'unpublished',
    person: 'f1a6fd8a-0f0e-4a52-9d6c-3a5c7a0f4b11',
    roles: ['inspector'],
    places: ['zone:primeMinisterOffice-16'],
    permissions: ['standings.read'],
    route: 'GET /v1/standings',
    parameters: { province: 'TH-54' },
    others: [],
    opened: [],
    status: 200,
    correlationId: '0b7d6c9e-6a86-4f0e-8a55-0d5a5a9f5f10',
    ...changes,
  };
}
