import type { Config } from '@khamrap/platform/config';
import type { EventStore } from '@khamrap/platform/event-store';
import type { Pool } from 'pg';
import type { LogAnnals } from './log-annals';
import { logKeysOf } from './log-keys';
import { LogSigner, type SignedElsewhere, type SignerLog } from './log-signer';
import { SignerMemory } from './signer-memory';

export interface OpenLogSignerOptions {
  readonly config: Config;
  readonly store: EventStore;
  readonly annals: LogAnnals;
  /** Connections of a role that reads the verifiable log. */
  readonly pool: Pool;
  /** What witnesses know to have been signed. */
  readonly elsewhere?: SignedElsewhere;
  readonly log: SignerLog;
}

/** Whether a process with these settings builds and signs the verifiable log. */
export function signsLog({ role, transparency }: Config): boolean {
  return role !== 'api' && transparency.verifiableLog;
}

/**
 * The signer of this process, with its keys recorded in the log.
 * @throws ConfigRefused when a key is needed and there is none, or it cannot be read
 */
export async function openLogSigner(options: OpenLogSignerOptions): Promise<LogSigner> {
  const signer = await logSignerOf(options);
  await signer.recordKeys();
  return signer;
}

/** A signer as the settings have it, which nothing has been recorded of: for whoever only asks what it would sign. */
export async function logSignerOf({
  config,
  store,
  annals,
  pool,
  elsewhere,
  log,
}: OpenLogSignerOptions): Promise<LogSigner> {
  return new LogSigner({
    store,
    ...(elsewhere && { elsewhere }),
    keys: await logKeysOf(config),
    memory: new SignerMemory(config.transparency.signerFolder, store.identity().origin),
    annals,
    publishedNote: () => publishedNote(pool),
    log,
  });
}

async function publishedNote(pool: Pool): Promise<string | undefined> {
  const { rows } = await pool.query<{ note: string }>({
    name: 'published-note',
    text: 'SELECT note FROM transparency.published',
  });
  return rows[0]?.note;
}
