import * as http from 'node:http';
import { latenciesOf, type Latencies } from '../measure/statistics';
import { programOptions, tellResult } from '../server/run-program';
import { Actuals, type ActualsOptions } from './actuals';

export interface LagOptions extends ActualsOptions {
  readonly url: string;
  readonly commandsASecond: number;
  readonly durationMs: number;
  readonly warmUpMs: number;
}

export interface LagResult {
  /** From the answer to a command until the stream has told of its position; 0 where the stream was first. */
  readonly lagMs: Latencies;
  readonly answerMs: Latencies;
  readonly commandsASecond: number;
  readonly unseenCount: number;
}

/** How long the stream may take for what was acknowledged last. */
const SEEN_MS_MAX = 10_000;
const TICK_MS = 2;

/** Sends commands at their times, whatever becomes of those before, and listens to the live stream of standings. */
class LagRun {
  readonly #seenAtMs = new Map<number, number>();
  readonly #answeredAtMs = new Map<number, number>();
  readonly #answersMs: number[] = [];
  readonly #agent = new http.Agent({ keepAlive: true, maxSockets: 256 });
  readonly #actuals: Actuals;

  constructor(private readonly options: LagOptions) {
    this.#actuals = new Actuals(options);
  }

  async run(): Promise<LagResult> {
    const { commandsASecond, durationMs, warmUpMs } = this.options;
    const stream = await this.#listen();
    const begun = performance.now();
    const answers: Promise<void>[] = [];
    for (let due = 0; due < warmUpMs + durationMs; due = performance.now() - begun) {
      while (answers.length < (due / 1_000) * commandsASecond) answers.push(this.#command(due >= warmUpMs));
      await new Promise((resolve) => setTimeout(resolve, TICK_MS));
    }
    await Promise.all(answers);
    for (const until = performance.now() + SEEN_MS_MAX; this.#unseen() > 0 && performance.now() < until;) {
      await new Promise((resolve) => setTimeout(resolve, TICK_MS));
    }
    stream.destroy();
    this.#agent.destroy();
    return this.#result();
  }

  #result(): LagResult {
    const lagMs = [...this.#answeredAtMs].flatMap(([position, answeredMs]) => {
      const seenMs = this.#seenAtMs.get(position);
      return seenMs === undefined ? [] : [Math.max(0, seenMs - answeredMs)];
    });
    return {
      lagMs: latenciesOf(lagMs),
      answerMs: latenciesOf(this.#answersMs),
      commandsASecond: this.#answersMs.length / (this.options.durationMs / 1_000),
      unseenCount: this.#unseen(),
    };
  }

  #unseen(): number {
    return [...this.#answeredAtMs.keys()].filter((position) => !this.#seenAtMs.has(position)).length;
  }

  /** The live stream, once it has begun. */
  #listen(): Promise<http.ClientRequest> {
    const headers = { authorization: `Bearer ${this.options.token}` };
    return new Promise((resolve, reject) => {
      const request = http.get(`${this.options.url}/v1/standings/stream`, { headers, agent: false }, (response) => {
        let rest = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          const now = performance.now();
          const lines = (rest + chunk).split('\n');
          rest = lines.pop() ?? '';
          for (const line of lines) if (line.startsWith('id: ')) this.#seenAtMs.set(Number(line.slice(4)), now);
        });
        response.once('data', () => resolve(request));
      });
      request.once('error', reject);
    });
  }

  #command(counts: boolean): Promise<void> {
    const { method, path, headers, body = '' } = this.#actuals.next();
    const sentMs = performance.now();
    return new Promise((resolve, reject) => {
      const withLength = { ...headers, 'content-length': Buffer.byteLength(body) };
      const request = http.request(`${this.options.url}${path}`, { method, headers: withLength, agent: this.#agent });
      request.once('error', reject);
      request.once('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('end', () => {
          const now = performance.now();
          const text = Buffer.concat(chunks).toString('utf8');
          if (response.statusCode !== 200) return reject(new Error(`answered ${response.statusCode}: ${text}`));
          if (counts) {
            this.#answeredAtMs.set((JSON.parse(text) as { position: number }).position, now);
            this.#answersMs.push(now - sentMs);
          }
          resolve();
        });
      });
      request.end(body);
    });
  }
}

void new LagRun(programOptions<LagOptions>()).run().then((result) => tellResult(result));
