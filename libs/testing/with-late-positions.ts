import type { Position, Revision, StreamName } from '@khamrap/kernel';
import { readAfterToken, tokenOfEvent } from '@khamrap/platform/event-store';
import type {
  AppendOutcome,
  AppendRequest,
  EventStore,
  LogHead,
  LogIdentity,
  NewEvent,
  RecordedEvent,
  StoreCondition,
  StoredEvent,
  SubscribeOptions,
} from '@khamrap/platform/event-store';

const LEARNED_AFTER_MS = 20;

/**
 * The same log behind an engine that learns positions late: an append answers position null, a stream shows its events at
 * once, and everything that goes by positions (the log, its head, its subscriptions, single events) shows them only when the
 * position is learned.
 *
 * @param learnedAfterMs milliseconds until a position is learned; Infinity for an engine that has fallen behind for good
 */
export function withLatePositions(store: EventStore, learnedAfterMs: number = LEARNED_AFTER_MS): EventStore {
  return new LatePositionsStore(store, learnedAfterMs);
}

class LatePositionsStore implements EventStore {
  readonly #store: EventStore;
  readonly #learnedAfterMs: number;
  /** First positions of appends that are stored but not yet learned. */
  readonly #notLearned = new Set<Position>();
  readonly #waitingReaders = new Set<() => void>();

  constructor(store: EventStore, learnedAfterMs: number) {
    this.#store = store;
    this.#learnedAfterMs = learnedAfterMs;
  }

  identity(): LogIdentity {
    return this.#store.identity();
  }

  async append(request: AppendRequest): Promise<AppendOutcome> {
    const outcome = await this.#store.append(request);
    if (outcome.kind !== 'appended') return outcome;
    if (!outcome.repeated && outcome.firstPosition !== null) this.#learnLater(outcome.firstPosition);
    const last = request.events.at(-1) as NewEvent;
    return { ...outcome, firstPosition: null, recordedAt: null, after: tokenOfEvent(last.eventId) };
  }

  readStream(stream: StreamName, from: Revision, countMax: number): Promise<readonly StoredEvent[]> {
    return this.#store.readStream(stream, from, countMax);
  }

  async readRecorded(stream: StreamName, from: Revision, countMax: number): Promise<readonly RecordedEvent[]> {
    const events = await this.#store.readRecorded(stream, from, countMax);
    return events.filter((event) => this.#isLearned(event.position));
  }

  async readLog(from: Position, countMax: number): Promise<readonly RecordedEvent[]> {
    const events = await this.#store.readLog(from, countMax);
    const last = this.#lastLearned();
    return events.filter((event) => event.position <= last);
  }

  async readEvent(eventId: string): Promise<RecordedEvent | undefined> {
    const event = await this.#store.readEvent(eventId);
    return event && this.#isLearned(event.position) ? event : undefined;
  }

  async head(): Promise<LogHead> {
    const head = await this.#store.head();
    const position = Math.min(head.position, this.#lastLearned());
    const [last] = await this.#store.readLog(position, 1);
    return { position, recordedAt: last?.recordedAt ?? head.recordedAt };
  }

  async positionAt(recordedAt: number): Promise<Position> {
    return Math.min(await this.#store.positionAt(recordedAt), this.#lastLearned());
  }

  async positionOf(after: string): Promise<Position | undefined> {
    const token = readAfterToken(after);
    if (!token || 'position' in token) return token?.position;
    return (await this.readEvent(token.eventId))?.position;
  }

  condition(): StoreCondition {
    return this.#store.condition();
  }

  async *subscribe(options: SubscribeOptions): AsyncIterable<readonly RecordedEvent[]> {
    for await (const batch of this.#store.subscribe(options)) {
      const last = batch.at(-1);
      while (last !== undefined && !this.#isLearned(last.position) && !options.signal.aborted) {
        await this.#untilNextLearned(options.signal);
      }
      if (options.signal.aborted) return;
      yield batch;
    }
  }

  close(): Promise<void> {
    return this.#store.close();
  }

  #lastLearned(): Position {
    return Math.min(...this.#notLearned) - 1;
  }

  #isLearned(position: Position): boolean {
    return position <= this.#lastLearned();
  }

  #learnLater(firstPosition: Position): void {
    this.#notLearned.add(firstPosition);
    if (this.#learnedAfterMs === Infinity) return;
    setTimeout(() => {
      this.#notLearned.delete(firstPosition);
      for (const wake of this.#waitingReaders) wake();
    }, this.#learnedAfterMs);
  }

  #untilNextLearned(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#waitingReaders.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waitingReaders.add(wake);
      signal.addEventListener('abort', wake);
    });
  }
}
