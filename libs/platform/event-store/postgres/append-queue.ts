import { isStoreAway, StoreUnavailable, type NewEvent } from '../event-store';
import { sqlStateOf } from './server-error';

/** The bounds of one batch, and of what may wait for the next. */
export const BATCH_LIMITS = {
  appendCountMax: 512,
  eventCountMax: 2_000,
  bodyCharacterCountMax: 4_000_000,
  waitingCountMax: 20_000,
} as const;

/** What goes by stream and event ids: an append, or what has to be settled before one. */
export interface Queued {
  readonly stream: string;
  readonly events: readonly Pick<NewEvent, 'eventId' | 'body'>[];
}

/** Submits one batch and answers with one outcome per request, in order. */
export type SubmitBatch<Request, Outcome> = (batch: readonly Request[]) => Promise<readonly Outcome[]>;

interface Waiting<Request, Outcome> {
  readonly request: Request;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit: one batch is in flight, everything that arrives meanwhile forms the next. There is no timer: the flush to
 * disk of the batch in flight is the time in which the next one gathers.
 */
export class AppendQueue<Request extends Queued, Outcome> {
  #waiting: Waiting<Request, Outcome>[] = [];
  #running: Promise<void> | undefined;
  #closed = false;

  constructor(private readonly submitBatch: SubmitBatch<Request, Outcome>) {}

  submit(request: Request): Promise<Outcome> {
    if (this.#closed) return Promise.reject(new StoreUnavailable('the store is closing'));
    if (this.#waiting.length >= BATCH_LIMITS.waitingCountMax) {
      return Promise.reject(new StoreUnavailable(`${BATCH_LIMITS.waitingCountMax} appends are waiting already`));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Takes no more, and ends when everything taken has its answer. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    // Appends submitted in the same turn of the event loop belong to the first batch too.
    await Promise.resolve();
    while (this.#waiting.length > 0) await this.#answer(this.#takeBatch());
    this.#running = undefined;
  }

  /** One append fails alone: a batch that the store refuses as a whole is split until the culprit is found. */
  async #answer(batch: readonly Waiting<Request, Outcome>[]): Promise<void> {
    try {
      const outcomes = await this.submitBatch(batch.map((waiting) => waiting.request));
      batch.forEach((waiting, index) => waiting.resolve(outcomes[index] as Outcome));
    } catch (error) {
      if (batch.length === 1 || !isRefusalOfTheWhole(error)) {
        for (const waiting of batch) waiting.reject(error);
        if (isStoreAway(error)) this.#refuseWaiting(error);
        return;
      }
      const half = Math.ceil(batch.length / 2);
      await this.#answer(batch.slice(0, half));
      await this.#answer(batch.slice(half));
    }
  }

  /** Nothing of these was sent. Batch after batch, the last of them would wait for the store many times as long as the first. */
  #refuseWaiting(cause: unknown): void {
    for (const { reject } of this.#waiting.splice(0))
      reject(new StoreUnavailable('the store does not take appends now', { cause }));
  }

  /** The next batch, in order of arrival; a stream or an event id comes at most once in it, later ones wait. */
  #takeBatch(): Waiting<Request, Outcome>[] {
    const batch: Waiting<Request, Outcome>[] = [];
    const later: Waiting<Request, Outcome>[] = [];
    const keys = new Set<string>();
    let eventCount = 0;
    let bodyCharacterCount = 0;
    for (const [index, waiting] of this.#waiting.entries()) {
      const { stream, events } = waiting.request;
      eventCount += events.length;
      bodyCharacterCount += events.reduce((sum, event) => sum + event.body.length, 0);
      const full =
        batch.length >= BATCH_LIMITS.appendCountMax ||
        (batch.length > 0 &&
          (eventCount > BATCH_LIMITS.eventCountMax || bodyCharacterCount > BATCH_LIMITS.bodyCharacterCountMax));
      if (full) {
        later.push(...this.#waiting.slice(index));
        break;
      }
      const clashes = keys.has(stream) || events.some((event) => keys.has(event.eventId));
      keys.add(stream);
      for (const event of events) keys.add(event.eventId);
      (clashes ? later : batch).push(waiting);
    }
    this.#waiting = later;
    return batch;
  }
}

/** Whether the server refused the statement, so that nothing of the batch stands and its parts may be tried alone. */
function isRefusalOfTheWhole(error: unknown): boolean {
  return sqlStateOf(error) !== undefined;
}
