import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, rmdir, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isAlive, thisProcess, type ProcessIdentity } from './process-identity';

const BEAT_INTERVAL_MS = 1_000;
/** An owner whose process cannot be looked up from here is given up after this long without a beat. */
const SILENCE_MS = 5_000;
const ATTEMPTS_MAX = 20;

/** Another living process runs the database of this folder. */
export class DataFolderInUse extends Error {
  override readonly name = 'DataFolderInUse';

  constructor(
    readonly dataFolder: string,
    readonly ownerPid: number,
    ownerIsElsewhere: boolean,
  ) {
    const owner = `process ${ownerPid}${ownerIsElsewhere ? ' of another container or machine' : ''}`;
    super(
      `The data folder ${dataFolder} is in use: ${owner} runs its database. Stop that process first, or give this one a folder of its own.`,
    );
  }
}

export interface OwnerLock {
  release(): Promise<void>;
}

interface Holder extends ProcessIdentity {
  /** The only entry of the lock folder. */
  readonly fileName: string;
}

/**
 * Makes this process the owner of a data folder.
 *
 * The lock is a folder with one file whose name says who holds it. Both steps of taking it over from a dead holder are
 * atomic and cannot hit a living one: the dead holder's file is unlinked by its own unrepeatable name, and a prepared
 * folder is renamed over the lock, which the system allows only while the lock is absent or empty.
 *
 * @throws DataFolderInUse
 */
export async function takeOwnerLock(dataFolder: string): Promise<OwnerLock> {
  const lockFolder = lockFolderOf(dataFolder);
  const fileName = fileNameOf(thisProcess());
  const prepared = `${lockFolder}.${fileName}`;
  await mkdir(prepared, { mode: 0o700 });
  try {
    await writeFile(path.join(prepared, fileName), '');
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      if (await renameOverEmpty(prepared, lockFolder)) {
        await removeAbandonedPreparations(dataFolder);
        return held(lockFolder, fileName);
      }
      const holder = await readHolder(lockFolder);
      if (holder === undefined) continue;
      if (await isHolding(lockFolder, holder)) {
        throw new DataFolderInUse(dataFolder, holder.pid, holder.world !== thisProcess().world);
      }
      await unlink(path.join(lockFolder, holder.fileName)).catch(ignoreAbsence);
    }
    throw new Error(`The lock ${lockFolder} kept changing hands; start again.`);
  } finally {
    await rm(prepared, { recursive: true, force: true });
  }
}

/** The living owner of a data folder, when it is a process of this machine (and container). */
export async function findOwner(dataFolder: string): Promise<ProcessIdentity | undefined> {
  const holder = await readHolder(lockFolderOf(dataFolder));
  return holder !== undefined && holder.world === thisProcess().world && isAlive(holder) ? holder : undefined;
}

function lockFolderOf(dataFolder: string): string {
  return path.join(dataFolder, 'owner.lock');
}

function held(lockFolder: string, fileName: string): OwnerLock {
  const file = path.join(lockFolder, fileName);
  const beat = setInterval(() => {
    const now = new Date();
    // A missed beat is made up by the next; a file that is gone has nothing to tell any more.
    utimes(file, now, now).catch(() => undefined);
  }, BEAT_INTERVAL_MS);
  beat.unref();
  return {
    release: async () => {
      clearInterval(beat);
      await unlink(file).catch(ignoreAbsence);
      // The next owner may have renamed its own folder into place already: then this one is not empty and stays.
      await rmdir(lockFolder).catch(() => undefined);
    },
  };
}

async function renameOverEmpty(prepared: string, lockFolder: string): Promise<boolean> {
  // Windows renames over no folder at all, not even an empty one; rmdir takes only an empty one.
  await rmdir(lockFolder).catch(() => undefined);
  try {
    await rename(prepared, lockFolder);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(code)) return false;
    throw error;
  }
}

async function readHolder(lockFolder: string): Promise<Holder | undefined> {
  const entries = await readdir(lockFolder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const [fileName] = entries;
  if (fileName === undefined) return undefined;
  const identity = parseIdentity(fileName);
  if (identity === undefined) {
    throw new Error(`The lock ${lockFolder} holds a file that is none of ours: ${fileName}.`);
  }
  return { fileName, ...identity };
}

/** What a process prepared that was killed before it could take the lock. */
async function removeAbandonedPreparations(dataFolder: string): Promise<void> {
  const prefix = `${path.basename(lockFolderOf(dataFolder))}.`;
  for (const entry of await readdir(dataFolder)) {
    const owner = entry.startsWith(prefix) ? parseIdentity(entry.slice(prefix.length)) : undefined;
    if (owner?.world !== thisProcess().world || isAlive(owner)) continue;
    await rm(path.join(dataFolder, entry), { recursive: true, force: true });
  }
}

function fileNameOf(owner: ProcessIdentity): string {
  return `${owner.pid}_${owner.startTicks}_${owner.world}_${randomBytes(8).toString('hex')}`;
}

function parseIdentity(fileName: string): ProcessIdentity | undefined {
  const [, pid, startTicks, world] = /^(\d+)_(\d+)_([0-9a-f]+)_[0-9a-f]+$/.exec(fileName) ?? [];
  if (pid === undefined || startTicks === undefined || world === undefined) return undefined;
  return { pid: Number(pid), startTicks, world };
}

async function isHolding(lockFolder: string, holder: Holder): Promise<boolean> {
  return holder.world === thisProcess().world ? isAlive(holder) : beats(path.join(lockFolder, holder.fileName));
}

/** Whether an owner that cannot be looked up still touches its file. Compares no clocks, only looks for a change. */
async function beats(file: string): Promise<boolean> {
  const first = await modifiedMs(file);
  const until = performance.now() + SILENCE_MS;
  while (performance.now() < until) {
    await pause(BEAT_INTERVAL_MS / 4);
    const current = await modifiedMs(file);
    if (current === undefined) return false;
    if (current !== first) return true;
  }
  return false;
}

async function modifiedMs(file: string): Promise<number | undefined> {
  return stat(file).then(
    (status) => status.mtimeMs,
    () => undefined,
  );
}

function ignoreAbsence(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
