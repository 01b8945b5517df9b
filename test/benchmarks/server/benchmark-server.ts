import { generateKeyPairSync } from 'node:crypto';
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
import { Client, escapeIdentifier, type QueryResultRow } from 'pg';
import { MIGRATIONS } from '../../../apps/composition/infrastructure';

const ROLE_PREFIX = 'khamrap_benchmark';
const SILENT = { log: () => undefined, warn: () => undefined };
/** Room for the peers' pools of 64 beside ours; everything else as the service itself starts it, flushing every commit. */
const SETTINGS = { max_connections: '200' };

/** With which the logs of a run are signed. */
const LOG_KEY = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** The one PostgreSQL of a run, in a folder of its own that goes with it. Ours and the peers' databases are all in it. */
export class BenchmarkServer {
  #stopping: Promise<void> | undefined;

  private constructor(
    /** For all that the run keeps on disk. */
    readonly folder: string,
    private readonly postgres: EmbeddedPostgres,
  ) {}

  static async start(): Promise<BenchmarkServer> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'khamrap-benchmark-'));
    // PostgreSQL may run as another user, who has to pass through.
    fs.chmodSync(folder, 0o711);
    const postgres = await startEmbeddedPostgres({
      dataFolder: path.join(folder, 'postgresql'),
      settings: SETTINGS,
      log: SILENT,
    });
    return new BenchmarkServer(folder, postgres);
  }

  /** Address of a database as the superuser. */
  adminUrl(databaseName: string): string {
    const url = new URL(this.postgres.adminUrl);
    url.pathname = `/${databaseName}`;
    return url.href;
  }

  /** The variables of the environment by which the service uses a database of this server. */
  serviceEnvironment(databaseName: string): Record<string, string> {
    return {
      DATABASE_URL: this.adminUrl(databaseName),
      KHAMRAP_ROLE_PREFIX: ROLE_PREFIX,
      KHAMRAP_DATA: path.join(this.folder, 'service'),
      // One for each ledger: what was signed of one is no beginning of another.
      KHAMRAP_SIGNER_FOLDER: path.join(this.folder, `signer-${databaseName}`),
      KHAMRAP_LOG_KEY: LOG_KEY,
      KHAMRAP_DEMONSTRATION: 'no',
      KHAMRAP_EMBEDDED_ISSUER: 'yes',
      KHAMRAP_LOG_LEVEL: 'warn',
      // One client sends what the machine can take.
      KHAMRAP_RATE_LIMITS: 'off',
      HOST: '127.0.0.1',
      PORT: '0',
    };
  }

  async createDatabase(databaseName: string): Promise<void> {
    await this.query('postgres', `CREATE DATABASE ${escapeIdentifier(databaseName)}`);
  }

  /** A database with everything that a ledger needs, and no event yet. */
  async createLedger(databaseName: string): Promise<Database> {
    await this.createDatabase(databaseName);
    return this.openLedger(databaseName);
  }

  /** The addresses of an existing ledger's roles; grants what a copy of a database does not bring along. */
  async openLedger(databaseName: string): Promise<Database> {
    const database = await openDatabase({
      externalUrl: this.adminUrl(databaseName),
      dataFolder: this.folder,
      rolePrefix: ROLE_PREFIX,
      allowUnsafeDurability: false,
      log: SILENT,
    });
    await runMigrations({ database, migrations: MIGRATIONS });
    return database;
  }

  /** Copies a database that nobody is connected to. */
  async copyDatabase(source: string, copy: string): Promise<void> {
    await this.query(
      'postgres',
      `CREATE DATABASE ${escapeIdentifier(copy)} TEMPLATE ${escapeIdentifier(source)} STRATEGY file_copy`,
    );
  }

  async dropDatabase(databaseName: string): Promise<void> {
    await this.query('postgres', `DROP DATABASE IF EXISTS ${escapeIdentifier(databaseName)} WITH (FORCE)`);
  }

  /** Every run begins with all pages written, so that none pays for the one before. */
  async checkpoint(): Promise<void> {
    await this.query('postgres', 'CHECKPOINT');
  }

  /** One statement as the superuser. */
  async query<Row extends QueryResultRow>(databaseName: string, text: string): Promise<Row[]> {
    const client = new Client({ connectionString: this.adminUrl(databaseName) });
    await client.connect();
    try {
      return (await client.query<Row>(text)).rows;
    } finally {
      await client.end();
    }
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    await this.postgres.stop();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
