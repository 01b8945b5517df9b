/**
 * Runs a TypeScript file of this repository as a process of its own, so that a test can kill it.
 *
 * `entryFile` is absolute (`path.join(__dirname, 'programs/owner.ts')`). Path doors such as '@khamrap/kernel' work, as in
 * a spec. Nothing needs building first. A program whose test process dies is killed too.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

const REPOSITORY_ROOT = path.resolve(__dirname, '../../..');
const PRELOAD = path.join(__dirname, 'run-typescript.cjs');

export interface ProgramOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly uid?: number;
  readonly gid?: number;
  readonly arguments?: readonly string[];
  readonly workingFolder?: string;
}

export interface ProgramExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface RunningProgram {
  readonly pid: number;
  /** @throws Error with the output so far when no line matches in time, or when the program ends without one. */
  line(pattern: RegExp, timeoutMs?: number): Promise<RegExpMatchArray>;
  output(): string;
  kill(signal?: NodeJS.Signals): Promise<ProgramExit>;
  readonly exited: Promise<ProgramExit>;
}

export function startProgram(entryFile: string, options: ProgramOptions = {}): RunningProgram {
  const child = spawn(
    process.execPath,
    ['--enable-source-maps', '--require', PRELOAD, entryFile, ...(options.arguments ?? [])],
    {
      cwd: options.workingFolder ?? REPOSITORY_ROOT,
      env: environment(options.env),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.gid ?? options.uid }),
    },
  );
  const lines = new LineLog(entryFile);
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', (line) => lines.add(line));
  }
  const exited = new Promise<ProgramExit>((resolve) => {
    child.once('error', (error) => lines.add(`could not be started: ${error.message}`));
    // 'close' and not 'exit': its last lines have been read by then.
    child.once('close', (code, signal) => {
      lines.end(`ended with code ${code}, signal ${signal}`);
      resolve({ code, signal });
    });
  });
  return {
    pid: child.pid ?? -1,
    exited,
    output: () => lines.text(),
    line: (pattern, timeoutMs = 30_000) => lines.find(pattern, timeoutMs),
    kill: (signal = 'SIGKILL') => {
      child.kill(signal);
      return exited;
    },
  };
}

/** What the test has, without what tells Jest's own processes apart. */
function environment(changes: ProgramOptions['env'] = {}): NodeJS.ProcessEnv {
  const { JEST_WORKER_ID: _worker, ...inherited } = process.env;
  return Object.fromEntries(Object.entries({ ...inherited, ...changes }).filter(([, value]) => value !== undefined));
}

interface Waiter {
  readonly pattern: RegExp;
  settle(result: RegExpMatchArray | Error): void;
}

class LineLog {
  private readonly lines: string[] = [];
  private readonly waiters = new Set<Waiter>();
  private ending: string | undefined;

  constructor(private readonly program: string) {}

  add(line: string): void {
    this.lines.push(line);
    for (const waiter of this.waiters) {
      const match = line.match(waiter.pattern);
      if (match) waiter.settle(match);
    }
  }

  end(ending: string): void {
    this.ending = ending;
    for (const waiter of this.waiters) waiter.settle(this.failure(waiter.pattern, ending));
  }

  text(): string {
    return this.lines.join('\n');
  }

  find(pattern: RegExp, timeoutMs: number): Promise<RegExpMatchArray> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        pattern,
        settle: (result) => {
          clearTimeout(timer);
          this.waiters.delete(waiter);
          if (result instanceof Error) reject(result);
          else resolve(result);
        },
      };
      const timer = setTimeout(() => waiter.settle(this.failure(pattern, `silent for ${timeoutMs} ms`)), timeoutMs);
      this.waiters.add(waiter);
      const earlier = this.lines.map((line) => line.match(pattern)).find((match) => match !== null);
      if (earlier) waiter.settle(earlier);
      else if (this.ending !== undefined) waiter.settle(this.failure(pattern, this.ending));
    });
  }

  private failure(pattern: RegExp, reason: string): Error {
    return new Error(`${this.program} said no line like ${pattern}: ${reason}. It said:\n${this.text()}`);
  }
}
