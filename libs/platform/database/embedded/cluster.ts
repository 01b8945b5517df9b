import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { access, chmod, chown, lstat, mkdir, readdir, realpath, rename, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { mayEnter, type Account } from './account';
import type { Binaries } from './binaries';
import { postgresEnvironment } from './environment';
import { readIfPresent, syncFolder, writePrivateFile } from '@khamrap/platform/private-files';
import { inSystemFolder } from './system-folder';

const run = promisify(execFile);

export const SUPERUSER = 'postgres';

export interface Cluster {
  /** Real path of PostgreSQL's own folder (PGDATA). */
  readonly folder: string;
  readonly password: string;
}

interface NewCluster {
  readonly dataFolder: string;
  readonly account: Account | undefined;
  readonly binaries: Binaries;
  /** Whether to leave the new files to the operating system's cache: for clusters that nobody will miss. */
  readonly unsynced: boolean;
}

/** Makes the data folder where it does not exist, so that the account can reach a cluster in it. */
export async function makeDataFolder(dataFolder: string): Promise<string> {
  const created = await mkdir(dataFolder, { recursive: true });
  // Root's new folder: others may pass through to what is theirs, and list nothing.
  if (created !== undefined) await chmod(dataFolder, process.getuid?.() === 0 ? 0o711 : 0o700);
  await access(dataFolder, constants.R_OK | constants.W_OK | constants.X_OK).catch((cause) => {
    throw new Error(`The data folder ${dataFolder} belongs to another user: this one may not write to it.`, { cause });
  });
  return realpath(dataFolder);
}

/** The cluster of a data folder, when it has one. */
export async function findCluster(dataFolder: string): Promise<Cluster | undefined> {
  const entry = clusterEntry(dataFolder);
  const status = await lstat(entry).catch(() => undefined);
  if (status === undefined) return undefined;
  if (!existsSync(path.join(entry, 'PG_VERSION'))) {
    throw new Error(
      `${entry} exists, but no database cluster is there. Bring it back; or move it away to start with an empty one.`,
    );
  }
  const password = await readIfPresent(passwordFile(dataFolder));
  if (password === undefined) {
    throw new Error(`The password of the cluster ${entry} is gone: ${passwordFile(dataFolder)} does not exist.`);
  }
  return { folder: await realpath(entry), password };
}

/**
 * Makes the cluster in a folder beside its place and renames it: one killed on the way leaves nothing that looks like a
 * cluster, and what it leaves is removed here.
 */
export async function createCluster(options: NewCluster): Promise<Cluster> {
  const { dataFolder, account } = options;
  const entry = clusterEntry(dataFolder);
  const isOutside = account !== undefined && !(await mayEnter(account, dataFolder));
  const folder = isOutside ? await outsideFolder(dataFolder) : entry;
  const password = await keptPassword(dataFolder, existsSync(folder) ? folder : undefined);
  if (!existsSync(folder)) await initialise(folder, password, options);
  if (isOutside) {
    await symlink(folder, entry);
    await syncFolder(dataFolder);
  }
  return { folder: await realpath(folder), password };
}

function clusterEntry(dataFolder: string): string {
  return path.join(dataFolder, 'postgres');
}

function passwordFile(dataFolder: string): string {
  return path.join(dataFolder, 'superuser.password');
}

function outsideFolder(dataFolder: string): Promise<string> {
  return inSystemFolder('clusters', createHash('sha256').update(dataFolder).digest('hex').slice(0, 32));
}

/**
 * The password is on disk before the cluster that it opens.
 *
 * @param outsideCluster exists already: made by a start that was killed before it linked it, which has left the password;
 * or it belonged to another data folder of the same path, which is gone: that one is neither adopted nor overwritten.
 */
async function keptPassword(dataFolder: string, outsideCluster: string | undefined): Promise<string> {
  const kept = await readIfPresent(passwordFile(dataFolder));
  if (kept !== undefined) return kept;
  if (outsideCluster !== undefined) {
    throw new Error(
      `${outsideCluster} holds the database of an earlier data folder ${dataFolder}. Move it away to start with an empty one.`,
    );
  }
  const password = randomBytes(32).toString('base64url');
  await writePrivateFile(passwordFile(dataFolder), password);
  return password;
}

async function initialise(folder: string, password: string, options: NewCluster): Promise<void> {
  const { account, binaries, unsynced } = options;
  await removeLeftovers(folder);
  const draft = `${folder}.new-${randomBytes(6).toString('hex')}`;
  const passwordCopy = `${draft}.password`;
  try {
    await writePrivateFile(passwordCopy, password);
    await mkdir(draft, { mode: 0o700 });
    if (account !== undefined) {
      await chown(passwordCopy, account.uid, account.gid);
      await chown(draft, account.uid, account.gid);
    }
    await run(binaries.initdb, initdbArguments(draft, passwordCopy, unsynced), {
      ...account,
      cwd: path.dirname(draft),
      env: postgresEnvironment(),
    });
    await rename(draft, folder);
    await syncFolder(path.dirname(folder));
  } catch (cause) {
    const { message, stderr } = cause as Error & { stderr?: string };
    throw new Error(`The database cluster ${folder} could not be made: ${stderr?.trim() || message}`, { cause });
  } finally {
    await rm(passwordCopy, { force: true });
    await removeLeftovers(folder);
  }
}

function initdbArguments(folder: string, passwordPath: string, unsynced: boolean): string[] {
  return [
    `--pgdata=${folder}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordPath}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Order and case come from PostgreSQL itself and stay as they are when the operating system is upgraded.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C.UTF-8',
    '--lc-messages=C',
    '--data-checksums',
    ...(unsynced ? ['--no-sync'] : []),
  ];
}

async function removeLeftovers(folder: string): Promise<void> {
  const prefix = `${path.basename(folder)}.new-`;
  for (const entry of await readdir(path.dirname(folder))) {
    if (!entry.startsWith(prefix)) continue;
    const leftover = path.join(path.dirname(folder), entry);
    // initdb outlives a killed owner by up to a second and may still be adding files.
    await rm(leftover, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
