import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import type { DatabaseLog } from '../database-log';
import type { Account } from './account';
import { postgresEnvironment } from './environment';
import { readIfPresent } from '@khamrap/platform/private-files';

export const LISTEN_HOST = '127.0.0.1';

const POLL_INTERVAL_MS = 10;
/** Recovery replays up to max_wal_size of changes before the server takes connections. */
const START_MS = 10 * 60_000;
const FAST_STOP_MS = 120_000;
const QUIT_MS = 10_000;
const LOG_TAIL_LINES = 50;

/** For a small machine that also runs this program. Every one can be replaced by the caller. */
const SETTINGS: Readonly<Record<string, string>> = {
  shared_buffers: '128MB',
  max_connections: '100',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Details of an error and the statement that caused it hold people's data; we get them with the error itself.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
};

export interface PostmasterOptions {
  readonly postgres: string;
  readonly clusterFolder: string;
  readonly account: Account | undefined;
  readonly port: number;
  readonly settings: Readonly<Record<string, string>>;
  readonly log: DatabaseLog;
}

export interface Postmaster {
  /** Stops it: clients are cut off, what is in memory is written. Resolves when the process is gone. */
  stop(): Promise<void>;
  /** Resolves with the reason when it ends without `stop()`. */
  readonly exited: Promise<Error>;
}

/** Somebody took the port between the choice of it and the start. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken';
}

/**
 * @throws PortTaken
 * @throws Error with the end of PostgreSQL's log when it does not start
 */
export async function startPostmaster(options: PostmasterOptions): Promise<Postmaster> {
  const child = spawnPostgres(options);
  const logTail = readLog(child, options.log);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    // 'close' and not 'exit': its last lines have been read by then.
    child.once('close', (code, signal) => resolve(signal === null ? `exit code ${code}` : `signal ${signal}`));
  });
  // The last thing that can be done when the program leaves without stopping it.
  const interrupt = () => void child.kill('SIGINT');
  process.once('exit', interrupt);
  void ended.then(() => process.removeListener('exit', interrupt));

  try {
    await waitUntilReady(child, ended, logTail, options.clusterFolder);
  } catch (error) {
    child.kill('SIGQUIT');
    await endsWithin(ended, QUIT_MS);
    throw error;
  }
  let stopping: Promise<void> | undefined;
  return {
    stop: () => (stopping ??= stopChild(child, ended)),
    exited: new Promise((resolve) => {
      void ended.then((ending) => {
        if (stopping === undefined) resolve(failure('ended by itself', ending, logTail));
      });
    }),
  };
}

function spawnPostgres({ postgres, clusterFolder, account, port, settings }: PostmasterOptions): ChildProcess {
  const effective = {
    ...SETTINGS,
    ...settings,
    port: String(port),
    listen_addresses: LISTEN_HOST,
    unix_socket_directories: '',
    logging_collector: 'off',
    log_destination: 'stderr',
  };
  const flags = Object.entries(effective).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return spawn(postgres, ['-D', clusterFolder, ...flags], {
    ...account,
    cwd: clusterFolder,
    env: postgresEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
    // A session of its own: Ctrl-C in the terminal reaches us, and we stop it when we have finished our own work.
    detached: process.platform !== 'win32',
  });
}

/** Reads on for as long as it runs, so that it never waits for a reader; keeps the last lines. */
function readLog(child: ChildProcess, log: DatabaseLog): readonly string[] {
  const tail: string[] = [];
  if (child.stderr === null) return tail;
  createInterface({ input: child.stderr }).on('line', (line) => {
    tail.push(line);
    if (tail.length > LOG_TAIL_LINES) tail.shift();
    if (/\b(WARNING|PANIC):/.test(line)) log.warn(`PostgreSQL: ${line}`);
  });
  return tail;
}

async function waitUntilReady(
  child: ChildProcess,
  ended: Promise<string>,
  logTail: readonly string[],
  clusterFolder: string,
): Promise<void> {
  let ending: string | undefined;
  void ended.then((reason) => (ending = reason));
  const until = performance.now() + START_MS;
  while (performance.now() < until) {
    if (await isReady(clusterFolder, child.pid)) return;
    await Promise.race([ended, pause(POLL_INTERVAL_MS)]);
    if (ending === undefined) continue;
    if (logTail.some((line) => line.includes('could not create any TCP/IP sockets'))) throw new PortTaken(ending);
    throw failure('did not start', ending, logTail);
  }
  throw failure('did not start', `not ready after ${START_MS} ms`, logTail);
}

/** The eighth line of postmaster.pid is its state, as pg_ctl reads it. */
async function isReady(clusterFolder: string, pid: number | undefined): Promise<boolean> {
  const lines = (await readIfPresent(path.join(clusterFolder, 'postmaster.pid')))?.split('\n');
  return lines?.[0] === String(pid) && lines[7]?.trim() === 'ready';
}

async function stopChild(child: ChildProcess, ended: Promise<string>): Promise<void> {
  const bounds = [
    ['SIGINT', FAST_STOP_MS],
    ['SIGQUIT', QUIT_MS],
  ] as const;
  for (const [signal, boundMs] of bounds) {
    child.kill(signal);
    if (await endsWithin(ended, boundMs)) return;
  }
  child.kill('SIGKILL');
  await ended;
}

async function endsWithin(ended: Promise<string>, boundMs: number): Promise<boolean> {
  const waiting = new AbortController();
  const bound = pause(boundMs, false, { signal: waiting.signal }).catch(() => false);
  const result = await Promise.race([ended.then(() => true), bound]);
  waiting.abort();
  return result;
}

function failure(what: string, ending: string, logTail: readonly string[]): Error {
  return new Error(`The embedded PostgreSQL ${what} (${ending}). The end of its log:\n${logTail.join('\n')}`);
}
