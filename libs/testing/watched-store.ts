import type { Position, Revision, StreamName } from '@khamrap/kernel';
import type {
  AppendOutcome,
  AppendRequest,
  EventStore,
  LogHead,
  LogIdentity,
  RecordedEvent,
  StoreCondition,
  StoredEvent,
  SubscribeOptions,
} from '@khamrap/platform/event-store';

/** A store that shows what is appended, and lets a test step in before it is: races come about by design, not by luck. */
export class WatchedStore implements EventStore {
  /** Every append that was asked for, in order. */
  readonly appends: AppendRequest[] = [];
  readonly #steps: (() => Promise<void>)[] = [];

  constructor(private readonly store: EventStore) {}

  /** Runs before the next append goes on; several run before the next several appends, one each. */
  beforeNextAppend(step: () => Promise<void>): void {
    this.#steps.push(step);
  }

  async append(request: AppendRequest): Promise<AppendOutcome> {
    this.appends.push(request);
    await this.#steps.shift()?.();
    return this.store.append(request);
  }

  identity(): LogIdentity {
    return this.store.identity();
  }

  readStream(stream: StreamName, from: Revision, countMax: number): Promise<readonly StoredEvent[]> {
    return this.store.readStream(stream, from, countMax);
  }

  readRecorded(stream: StreamName, from: Revision, countMax: number): Promise<readonly RecordedEvent[]> {
    return this.store.readRecorded(stream, from, countMax);
  }

  readLog(from: Position, countMax: number): Promise<readonly RecordedEvent[]> {
    return this.store.readLog(from, countMax);
  }

  readEvent(eventId: string): Promise<RecordedEvent | undefined> {
    return this.store.readEvent(eventId);
  }

  head(): Promise<LogHead> {
    return this.store.head();
  }

  positionAt(recordedAt: number): Promise<Position> {
    return this.store.positionAt(recordedAt);
  }

  positionOf(after: string): Promise<Position | undefined> {
    return this.store.positionOf(after);
  }

  condition(): StoreCondition {
    return this.store.condition();
  }

  subscribe(options: SubscribeOptions): AsyncIterable<readonly RecordedEvent[]> {
    return this.store.subscribe(options);
  }

  close(): Promise<void> {
    return this.store.close();
  }
}
