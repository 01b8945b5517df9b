import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { DatabaseLog } from '../database-log';
import { readIfPresent } from '@khamrap/platform/private-files';
import { hasProcess } from './process-identity';

const run = promisify(execFile);

const POLL_INTERVAL_MS = 20;
/** A fast stop writes a checkpoint first, which takes as long as the disk needs for what is in memory. */
const FAST_STOP_MS = 60_000;
const QUIT_MS = 10_000;

/**
 * Ends the servers that a killed owner left behind. Only the owner of the data folder may call it: then whatever still
 * runs on the cluster has no owner.
 *
 * @throws Error when they do not end
 */
export async function stopOrphans(clusterFolder: string, log: DatabaseLog): Promise<void> {
  const postmaster = await readPostmasterPid(clusterFolder);
  const orphans = await findOrphans(clusterFolder, postmaster);
  if (orphans.length > 0) {
    log.warn(`Stopping the database that a killed process left running (process ${orphans.join(', ')})`);
    // Without a postmaster its children end by themselves once idle; SIGTERM is for those that are not.
    if (postmaster !== undefined && orphans.includes(postmaster)) signal([postmaster], 'SIGINT');
    else signal(orphans, 'SIGTERM');
    await waitForEnd(clusterFolder, postmaster);
  }
  if (process.platform === 'linux') {
    // Nothing runs on the cluster any more, which is what this file guards. PostgreSQL itself judges by the number alone:
    // taken again after a restart of the container, or by an ended process that nobody collects, it would refuse to start.
    await rm(path.join(clusterFolder, 'postmaster.pid'), { force: true });
  }
}

async function waitForEnd(clusterFolder: string, postmaster: number | undefined): Promise<void> {
  if (await haveEnded(clusterFolder, postmaster, FAST_STOP_MS)) return;
  signal(await findOrphans(clusterFolder, postmaster), 'SIGQUIT');
  if (await haveEnded(clusterFolder, postmaster, QUIT_MS)) return;
  const left = await findOrphans(clusterFolder, postmaster);
  throw new Error(`The database left behind in ${clusterFolder} does not stop (process ${left.join(', ')}).`);
}

async function haveEnded(clusterFolder: string, postmaster: number | undefined, timeoutMs: number): Promise<boolean> {
  const until = performance.now() + timeoutMs;
  while (performance.now() < until) {
    if ((await findOrphans(clusterFolder, postmaster)).length === 0) return true;
    await pause(POLL_INTERVAL_MS);
  }
  return false;
}

async function findOrphans(clusterFolder: string, postmaster: number | undefined): Promise<readonly number[]> {
  if (process.platform === 'linux') return serversIn(clusterFolder);
  if (postmaster === undefined || !hasProcess(postmaster)) return [];
  return (await namesCluster(postmaster, clusterFolder)) ? [postmaster] : [];
}

/** Every server process works in its cluster's folder; so may a person's shell, which is none of ours. */
function serversIn(clusterFolder: string): readonly number[] {
  const pids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));
  return pids
    .filter((pid) => readQuietly(() => readlinkSync(`/proc/${pid}/cwd`)) === clusterFolder)
    .filter((pid) => readQuietly(() => readFileSync(`/proc/${pid}/comm`, 'utf8').trim()) === 'postgres')
    .map(Number);
}

/** Where there is no /proc: a postmaster's command line names its folder. */
export async function namesCluster(pid: number, clusterFolder: string): Promise<boolean> {
  if (process.platform === 'win32') return false;
  return run('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).then(
    ({ stdout }) => stdout.includes(`-D ${clusterFolder} `),
    () => false,
  );
}

async function readPostmasterPid(clusterFolder: string): Promise<number | undefined> {
  const text = await readIfPresent(path.join(clusterFolder, 'postmaster.pid'));
  const pid = Number(text?.split('\n')[0]);
  return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
}

function readQuietly(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    // Ended in the meantime, or somebody else's process.
    return undefined;
  }
}

function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch {
      // Ended in the meantime.
    }
  }
}
