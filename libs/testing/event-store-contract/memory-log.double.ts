import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { BEFORE_FIRST, LEDGER_STREAM, type Position, type Revision, type StreamName } from '@khamrap/kernel';
import { readAfterToken } from '@khamrap/platform/event-store';
import type * as port from '@khamrap/platform/event-store';
import { newEvent } from '../builders';
import type { LogUnderTest } from './log-under-test';

/** A log in memory, for the specs of this folder alone: it shows that the contract can be kept, and that it can be broken. */
class MemoryLog {
  readonly identity: port.LogIdentity;
  readonly events: port.RecordedEvent[] = [];
  readonly waiting = new Set<() => void>();

  constructor(clock: port.LogIdentity['clock']) {
    this.identity = { logId: randomUUID(), origin: 'test.invalid/log', formatVersion: 1, clock };
    const opened = newEvent({ type: 'LedgerOpened', data: { ...this.identity } });
    const recordedAt = clock === 'simulated' ? 1 : Date.now();
    this.judge({ stream: LEDGER_STREAM, expectedRevision: -1, events: [opened], recordedAt });
  }

  judge({ stream, expectedRevision, events, recordedAt = Date.now() }: port.AppendRequest): port.AppendOutcome {
    const standing = events.map(({ eventId }) => this.events.find((event) => event.eventId === eventId));
    const first = standing[0];
    if (
      first &&
      standing.every((event, i) => event?.stream === stream && event.revision === expectedRevision + 1 + i)
    ) {
      return this.#answer(first, events.length, true);
    }
    const actualRevision = this.events.filter((event) => event.stream === stream).length - 1;
    if (actualRevision !== expectedRevision) return { kind: 'conflict', actualRevision };
    const areOthers = new Set(events.map(({ eventId }) => eventId)).size === events.length;
    if (standing.some(Boolean) || !areOthers) return { kind: 'eventIdTaken' };
    const time = Math.max(this.events.at(-1)?.recordedAt ?? 0, recordedAt);
    for (const [index, event] of events.entries()) {
      const revision = expectedRevision + 1 + index;
      this.events.push({ ...event, stream, revision, position: this.events.length, recordedAt: time });
    }
    for (const wake of this.waiting) wake();
    return this.#answer(this.events.at(-events.length)!, events.length, false);
  }

  #answer(first: port.RecordedEvent, eventCount: number, repeated: boolean): port.AppendOutcome {
    const { revision, position, recordedAt } = first;
    return {
      kind: 'appended',
      repeated,
      firstRevision: revision,
      firstPosition: position,
      after: `${position + eventCount - 1}`,
      recordedAt,
    };
  }
}

class MemoryEventStore implements port.EventStore {
  #isClosed = false;
  #inFlightCount = 0;

  constructor(readonly log: MemoryLog) {}

  identity(): port.LogIdentity {
    return this.log.identity;
  }

  async append(request: port.AppendRequest): Promise<port.AppendOutcome> {
    if (this.#isClosed) throw new Error('closed');
    if (request.events.length < 1 || request.events.length > 1_000) throw new RangeError('1 to 1,000 events');
    const isMalformed = ({ eventId, salt, bodyHash }: port.NewEvent): boolean =>
      eventId.length !== 36 || salt.length !== 16 || bodyHash.length !== 32;
    if (request.events.some(isMalformed)) throw new RangeError('malformed');
    if (request.recordedAt !== undefined && this.log.identity.clock === 'system') throw new RangeError('own clock');
    this.#inFlightCount++;
    await nextTurn();
    this.#inFlightCount--;
    return this.log.judge(request);
  }

  async readStream(stream: StreamName, from: Revision, countMax: number): Promise<readonly port.RecordedEvent[]> {
    return this.log.events.filter((event) => event.stream === stream && event.revision >= from).slice(0, countMax);
  }

  async readRecorded(stream: StreamName, from: Revision, countMax: number): Promise<readonly port.RecordedEvent[]> {
    return this.log.events.filter((event) => event.stream === stream && event.revision >= from).slice(0, countMax);
  }

  async readLog(from: Position, countMax: number): Promise<readonly port.RecordedEvent[]> {
    return this.log.events.slice(from, from + countMax);
  }

  async readEvent(eventId: string): Promise<port.RecordedEvent | undefined> {
    return this.log.events.find((event) => event.eventId === eventId);
  }

  async head(): Promise<port.LogHead> {
    const { position, recordedAt } = this.log.events.at(-1)!;
    return { position, recordedAt };
  }

  async positionAt(recordedAt: number): Promise<Position> {
    return this.log.events.findLast((event) => event.recordedAt <= recordedAt)?.position ?? BEFORE_FIRST;
  }

  async positionOf(after: string): Promise<Position | undefined> {
    const token = readAfterToken(after);
    if (!token || 'position' in token) return token?.position;
    return (await this.readEvent(token.eventId))?.position;
  }

  condition(): port.StoreCondition {
    return { engine: 'postgresql', takesAppends: true, completeUntil: null, trouble: null };
  }

  async *subscribe({
    after,
    batchCountMax,
    signal,
  }: port.SubscribeOptions): AsyncIterable<readonly port.RecordedEvent[]> {
    for (let seen = after; !signal.aborted;) {
      const batch = await this.readLog(seen + 1, batchCountMax);
      seen += batch.length;
      if (batch.length > 0) yield batch;
      else await this.#untilWoken(signal);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    while (this.#inFlightCount > 0) await nextTurn();
  }

  async #untilWoken(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        this.log.waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.log.waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }
}

/** Exchanges some of a store's methods. */
export type Change = (store: port.EventStore) => Partial<port.EventStore>;

export function memoryLog(clock: port.LogIdentity['clock'], change: Change = () => ({})): LogUnderTest {
  const log = new MemoryLog(clock);
  const open = (): port.EventStore => {
    const store = new MemoryEventStore(log);
    return { ...bound(store), ...change(store) };
  };
  return { store: open(), openAnother: async () => open(), dispose: async () => undefined };
}

/** The store's own methods, so that one of them can be exchanged. */
function bound(store: MemoryEventStore): port.EventStore {
  return {
    identity: () => store.identity(),
    append: (request) => store.append(request),
    readStream: (stream, from, countMax) => store.readStream(stream, from, countMax),
    readRecorded: (stream, from, countMax) => store.readRecorded(stream, from, countMax),
    readLog: (from, countMax) => store.readLog(from, countMax),
    readEvent: (eventId) => store.readEvent(eventId),
    head: () => store.head(),
    positionAt: (time) => store.positionAt(time),
    positionOf: (after) => store.positionOf(after),
    condition: () => store.condition(),
    subscribe: (options) => store.subscribe(options),
    close: () => store.close(),
  };
}
