import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import {
  openDatabase,
  runMigrations,
  startEmbeddedPostgres,
  type Database,
  type EmbeddedPostgres,
} from '@khamrap/platform/database';
import {
  openPostgresEventStore,
  OpenTheLog1700000000001,
  type EventStore,
  type PostgresEventStoreOptions,
} from '@khamrap/platform/event-store';
import { eventually } from '@khamrap/testing';
import { Client } from 'pg';
import { TcpRelay } from './tcp-relay';

const DIE_MS_MAX = 10_000;

export interface PostgresUnderFaultOptions {
  /** When appends are acknowledged: as it must be; or before they are written, the positive control, which must lose some. */
  readonly acknowledges?: 'whenWritten' | 'beforeWriting';
}

/** The slowest background writer that PostgreSQL allows: nothing is written but what a commit itself has waited for. */
const SETTINGS = { wal_writer_delay: '10s', wal_writer_flush_after: '1GB' };

const SILENT = { log: () => undefined, warn: () => undefined };
const ORIGIN = 'crash-loop.test/log';

/** A PostgreSQL of its own with a log in it, to be killed and brought back; its address stays the same. Linux only. */
export class PostgresUnderFault {
  #server: EmbeddedPostgres | undefined;
  #database: Database | undefined;

  private constructor(
    readonly folder: string,
    private readonly relay: TcpRelay,
    private readonly options: PostgresUnderFaultOptions,
  ) {}

  static async open(options: PostgresUnderFaultOptions = {}): Promise<PostgresUnderFault> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'khamrap-crash-loop-'));
    // PostgreSQL may run as another user, who has to pass through.
    fs.chmodSync(folder, 0o711);
    const postgres = new PostgresUnderFault(folder, await TcpRelay.open(), options);
    await postgres.recover();
    await postgres.#openLog();
    return postgres;
  }

  get logOptions(): PostgresEventStoreOptions {
    if (!this.#database) throw new Error('the database is not open');
    const { append, read } = this.#database.urls;
    return { appendUrl: append, readUrl: read, origin: ORIGIN, clock: 'system' };
  }

  openStore(): Promise<EventStore> {
    return openPostgresEventStore(this.logOptions);
  }

  /** Kills the postmaster and every process of its, as a loss of the machine would, but for the operating system's cache. */
  async crash(): Promise<void> {
    const cluster = fs.realpathSync(path.join(this.folder, 'data', 'postgres'));
    // The postmaster first: it would take the death of another for a crash, and begin to recover.
    const postmaster = Number(fs.readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0]);
    kill(postmaster);
    await eventually(
      'the death of PostgreSQL',
      () => {
        const living = processesIn(cluster);
        living.forEach(kill);
        return living.length === 0 ? true : undefined;
      },
      DIE_MS_MAX,
    );
  }

  /** Starts it again as the service would, on what it left. */
  async recover(): Promise<void> {
    await this.#server?.stop();
    this.#server = await startEmbeddedPostgres({
      dataFolder: path.join(this.folder, 'data'),
      settings: SETTINGS,
      log: SILENT,
    });
    this.relay.targetPort = this.#server.port;
  }

  async close(keepsFiles: boolean): Promise<void> {
    await this.#server?.stop();
    await this.relay.close();
    if (!keepsFiles) fs.rmSync(this.folder, { recursive: true });
  }

  async #openLog(): Promise<void> {
    const admin = new URL((this.#server as EmbeddedPostgres).adminUrl);
    admin.port = String(this.relay.port);
    this.#database = await openDatabase({
      externalUrl: admin.href,
      dataFolder: this.folder,
      allowUnsafeDurability: false,
      log: SILENT,
    });
    await runMigrations({ database: this.#database, migrations: [OpenTheLog1700000000001] });
    const store = await this.openStore();
    await store.close();
    if (this.options.acknowledges === 'beforeWriting') await acknowledgeBeforeWriting(admin.href);
  }
}

async function acknowledgeBeforeWriting(adminUrl: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  await client.query('ALTER DATABASE postgres SET synchronous_commit = off');
  await client.end();
}

/** The processes that work in a folder; a zombie works nowhere. */
function processesIn(folder: string): number[] {
  return fs
    .readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && workingFolderOf(entry) === folder)
    .map(Number);
}

function workingFolderOf(pid: string): string | undefined {
  try {
    return fs.readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
