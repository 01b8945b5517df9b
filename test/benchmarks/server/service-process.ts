import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import { tokenByCode } from '@khamrap/platform/access';
import { nodeFlagsOf } from './node-flags';

const ROOT = path.resolve(__dirname, '../../..');
const START_MS = 120_000;
const LISTENS = /listens at (http:\/\/\S+)/;

/** The built service in a process of its own, as `npm start` runs it. */
export interface ServiceProcess {
  readonly url: string;
  readonly pid: number;
  /** A token of one of the demonstration's persons. */
  token(subject: string): Promise<string>;
  stop(): Promise<void>;
}

/** @param nodeArguments before the program, such as `--cpu-prof` */
export async function startService(
  environment: Readonly<Record<string, string>>,
  nodeArguments: readonly string[] = [],
): Promise<ServiceProcess> {
  const child = spawn(
    process.execPath,
    [...nodeFlagsOf('start'), ...nodeArguments, path.join(ROOT, 'dist/apps/api/main.js')],
    { cwd: ROOT, env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  // The last thing that can be done when the benchmark ends without stopping it.
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  const url = await addressOf(child);
  return {
    url,
    pid: child.pid as number,
    token: (subject) => tokenByCode(url, subject),
    stop: async () => {
      const ended = once(child, 'close');
      child.kill('SIGTERM');
      await ended;
      process.removeListener('exit', kill);
    },
  };
}

/** The service says where it listens. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (what: string) => reject(new Error(`the service ${what}`));
    const timer = setTimeout(() => fail(`does not listen after ${START_MS} ms`), START_MS);
    child.once('close', (code) => fail(`ended with code ${code}`));
    if (!child.stdout) return fail('has no output');
    createInterface({ input: child.stdout }).on('line', (line) => {
      const url = LISTENS.exec(line)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    });
  });
}
