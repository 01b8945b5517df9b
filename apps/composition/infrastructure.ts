import { KeepSessions1700000000006, PostgresSessionStore, type SessionStore } from '@khamrap/platform/access';
import { KeepAccesses1700000000011 } from '@khamrap/platform/access-log';
import type { Config } from '@khamrap/platform/config';
import {
  createPool,
  openDatabase,
  readDataSource,
  runMigrations,
  withoutWaitingForDisk,
  type Database,
} from '@khamrap/platform/database';
import {
  CarryTheLog1700000000010,
  EventCodec,
  openEventStore,
  OpenTheLog1700000000001,
  type EventStore,
  type Ledger,
  type LedgerOptions,
} from '@khamrap/platform/event-store';
import {
  KeepEvidence1700000000004,
  PostgresEvidenceStore,
  WallEvidence1700000000007,
  type EvidenceStore,
} from '@khamrap/platform/files';
import { KeepProjections1700000000003, Projections, ReadModels } from '@khamrap/platform/projections';
import { SaveQueries1700000000012, SavedQueries } from '@khamrap/platform/saved-queries';
import { GrowTheLog1700000000008, HearWitnesses1700000000009 } from '@khamrap/platform/transparency';
import { BuildTheVault1700000000002, Vault, WallTheVault1700000000005 } from '@khamrap/platform/vault';
import { LedgerOfRegisteredSources } from '@khamrap/sources';
import { Logger } from '@nestjs/common';
import { openAccessLogging, type AccessLogging } from './access-log';
import { logOf } from './log-of';
import { eventDeclarations, SLICES } from './slices';
import { openVerifiableLog, type VerifiableLog } from './verifiable-log';

const VAULT_CONNECTION_COUNT_MAX = 4;
const EVIDENCE_CONNECTION_COUNT_MAX = 4;
const SESSION_CONNECTION_COUNT_MAX = 2;
const POSITION_CONNECTION_COUNT_MAX = 2;
const QUERY_CONNECTION_COUNT_MAX = 2;
const READ_CONNECTION_COUNT_MAX = 8;
const SWEEP_MS = 60 * 60_000;
/** Each projection writes over one connection at a time, a second one while it is rebuilt. */
const PROJECT_CONNECTION_COUNT_MAX = 12;

export const MIGRATIONS = [
  OpenTheLog1700000000001,
  BuildTheVault1700000000002,
  KeepProjections1700000000003,
  KeepEvidence1700000000004,
  WallTheVault1700000000005,
  KeepSessions1700000000006,
  WallEvidence1700000000007,
  GrowTheLog1700000000008,
  HearWitnesses1700000000009,
  CarryTheLog1700000000010,
  KeepAccesses1700000000011,
  SaveQueries1700000000012,
];

/** Every event that this program can write or read. */
export function eventCodec(): EventCodec {
  return new EventCodec(eventDeclarations());
}

/** Everything below HTTP, open and running. */
export interface Infrastructure extends VerifiableLog, AccessLogging {
  readonly database: Database;
  readonly store: EventStore;
  readonly vault: Vault;
  readonly sessions: SessionStore;
  readonly savedQueries: SavedQueries;
  readonly evidence: EvidenceStore;
  readonly ledger: Ledger;
  readonly projections: Projections;
  readonly readModels: ReadModels;
  readonly requestHashSecret: Buffer;
  /** Ends in the order in which nothing that was accepted is lost. */
  close(): Promise<void>;
}

/** Opens the database, the log and what stands on it, from the bottom up. */
export async function openInfrastructure(config: Config, ofLedger: LedgerOptions = {}): Promise<Infrastructure> {
  const opened: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of opened.reverse()) await end();
  };
  try {
    const database = await openMigratedDatabase(config);
    opened.push(() => database.close());
    const { urls } = database;
    const store = await openEventStore(logOf(config, urls));
    opened.push(() => store.close());
    const pool = (url: string, size: number, purpose: string) => {
      const made = createPool({ url, size, applicationName: `khamrap ${purpose}` });
      opened.push(() => made.end());
      return made;
    };
    const apart = keptApart((size, purpose) => pool(urls.append, size, purpose));
    const { vault, evidence, sessions } = apart;
    const entities = SLICES.flatMap((slice) => slice.entities ?? []);
    const dataSource = await readDataSource({ database, entities, poolSize: READ_CONNECTION_COUNT_MAX });
    opened.push(() => dataSource.destroy());
    const codec = eventCodec();
    // A read model is made from the log and can be made again: waiting for the disk would only slow the appends.
    const projectUrl = withoutWaitingForDisk(urls.project);
    const log = new Logger('Projections');
    const projections = new Projections({
      store,
      codec,
      definitions: SLICES.flatMap(({ projection }) => projection?.(store, codec) ?? []),
      ...(config.role !== 'api' && {
        projecting: {
          url: projectUrl,
          pool: pool(projectUrl, PROJECT_CONNECTION_COUNT_MAX, 'project'),
          readRole: database.roles.read,
        },
      }),
      readUrl: urls.read,
      readPool: pool(urls.read, POSITION_CONNECTION_COUNT_MAX, 'positions'),
      log: { info: (message) => log.log(message), error: (message) => log.error(message) },
    });
    opened.push(() => projections.stop());
    await projections.start();
    const verifiableLog = await openVerifiableLog({ config, store, urls, buildUrl: projectUrl, pool });
    opened.push(() => verifiableLog.close());
    const accessLogging = openAccessLogging({ config, store, logAnnals: verifiableLog.logAnnals, urls, pool });
    opened.push(() => accessLogging.close());
    opened.push(
      sweepRegularly('Vault', 'private values without an event', () => vault.sweepOrphans()),
      sweepRegularly('Access', 'sessions that were over', () => sessions.sweep()),
      sweepRegularly('Evidence', 'interrupted uploads', () => evidence.sweepOrphans()),
    );
    return {
      ...verifiableLog,
      ...accessLogging,
      database,
      store,
      ...apart,
      ledger: new LedgerOfRegisteredSources(store, codec, vault, ofLedger),
      projections,
      readModels: new ReadModels(store, projections, dataSource),
      requestHashSecret: await vault.secretFor('request-hash'),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What is kept apart from the log. */
function keptApart(pool: (size: number, purpose: string) => ReturnType<typeof createPool>) {
  const vault = new Vault(pool(VAULT_CONNECTION_COUNT_MAX, 'vault'));
  const savedQueries = new SavedQueries(pool(QUERY_CONNECTION_COUNT_MAX, 'saved queries'));
  // Titles are words of their owner: where an identity is erased, they are.
  vault.onForget((pseudonym) => void savedQueries.endAllOf(pseudonym).catch(() => undefined));
  return {
    vault,
    savedQueries,
    evidence: new PostgresEvidenceStore(pool(EVIDENCE_CONNECTION_COUNT_MAX, 'evidence')),
    sessions: new PostgresSessionStore(pool(SESSION_CONNECTION_COUNT_MAX, 'sessions')),
  };
}

async function openMigratedDatabase(config: Config): Promise<Database> {
  const database = await openDatabase({
    ...(config.database.kind === 'external' && { externalUrl: config.database.url }),
    dataFolder: config.dataFolder,
    rolePrefix: config.database.rolePrefix,
    allowUnsafeDurability: config.database.allowUnsafeDurability,
    log: new Logger('Database'),
  });
  try {
    await runMigrations({ database, migrations: MIGRATIONS });
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Removes what never came to be part of anything: now and every hour. Answers with what ends it. */
function sweepRegularly(place: string, what: string, sweepOrphans: () => Promise<number>): () => Promise<void> {
  const logger = new Logger(place);
  let running = Promise.resolve();
  const sweep = (): void => {
    running = sweepOrphans().then(
      (count) => void (count > 0 && logger.log(`${count} ${what} were removed`)),
      (error: unknown) => logger.warn(error instanceof Error ? error.message : 'sweeping failed'),
    );
  };
  sweep();
  const timer = setInterval(sweep, SWEEP_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    return running;
  };
}
