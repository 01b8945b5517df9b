import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Readable, Writable } from 'node:stream';

// The Chrome DevTools Protocol over a pipe (https://chromedevtools.github.io/devtools-protocol/): as much of it as the
// tests of pages need.

/** Fields of a message, which are what the protocol says they are. */
export type Fields = Readonly<Record<string, unknown>>;

interface Message {
  readonly id?: number;
  readonly result?: Fields;
  readonly error?: { readonly message: string };
  readonly method?: string;
  readonly params?: Fields;
  readonly sessionId?: string;
}

const STOP_MS_MAX = 5_000;
const OPTIONS = [
  '--headless=new',
  '--remote-debugging-pipe',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-gpu',
  '--hide-scrollbars',
  '--disable-dev-shm-usage',
  '--lang=en-US',
];

/** A browser without windows, with a profile of its own. */
export class Browser {
  readonly #answers = new Map<number, { resolve(result: Fields): void; reject(error: Error): void }>();
  readonly #events = new EventEmitter().setMaxListeners(0);
  #lastId = 0;

  private constructor(
    private readonly process: ChildProcess,
    private readonly profile: string,
  ) {
    let rest = Buffer.alloc(0);
    (process.stdio[4] as Readable).on('data', (chunk: Buffer) => {
      rest = Buffer.concat([rest, chunk]);
      for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
        this.#take(JSON.parse(rest.toString('utf8', 0, end)) as Message);
        rest = rest.subarray(end + 1);
      }
    });
  }

  static async start(file: string): Promise<Browser> {
    const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'khamrap-browser-'));
    // Its sandbox needs a user that is not root, or namespaces that a container may not make; the pages are our own.
    const options = [...OPTIONS, '--no-sandbox', `--user-data-dir=${profile}`, 'about:blank'];
    const child = spawn(file, options, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'], detached: true });
    await once(child, 'spawn');
    return new Browser(child, profile);
  }

  send(method: string, parameters: Fields = {}, sessionId?: string): Promise<Fields> {
    const id = ++this.#lastId;
    const text = JSON.stringify({ id, method, params: parameters, ...(sessionId !== undefined && { sessionId }) });
    return new Promise((resolve, reject) => {
      this.#answers.set(id, { resolve, reject });
      (this.process.stdio[3] as Writable).write(`${text}\0`);
    });
  }

  onEvent(sessionId: string, listener: (method: string, parameters: Fields) => void): void {
    this.#events.on(sessionId, listener);
  }

  async stop(): Promise<void> {
    const exited = once(this.process, 'exit', { signal: AbortSignal.timeout(STOP_MS_MAX) });
    await this.send('Browser.close').catch(() => undefined);
    // With everything that it has started.
    await exited.catch(() => this.process.pid !== undefined && process.kill(-this.process.pid, 'SIGKILL'));
    fs.rmSync(this.profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  #take({ id, result = {}, error, method, params, sessionId }: Message): void {
    if (id === undefined) {
      this.#events.emit(sessionId ?? '', method, params);
      return;
    }
    const waiting = this.#answers.get(id);
    this.#answers.delete(id);
    if (error) waiting?.reject(new Error(error.message));
    else waiting?.resolve(result);
  }
}
