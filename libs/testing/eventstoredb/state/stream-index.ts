import { INT64_MAX } from './log-position';
import type { StoredEvent } from './stored-event';

/** How many ids of each stream the server remembers for writes without an expected revision. */
const LATELY_MAX = 1_000;

interface Stream {
  events: StoredEvent[];
  byRevision: Map<bigint, StoredEvent>;
  lastRevision: bigint;
  tombstoned: boolean;
  readonly lately: Map<string, StoredEvent>;
}

/** Events by stream and revision. */
export class StreamIndex {
  readonly #streams = new Map<string, Stream>();

  static of(events: readonly StoredEvent[]): StreamIndex {
    const index = new StreamIndex();
    for (const event of events) index.add(event);
    return index;
  }

  names(): readonly string[] {
    return [...this.#streams.keys()];
  }

  events(name: string): readonly StoredEvent[] {
    return this.#streams.get(name)?.events ?? [];
  }

  at(name: string, revision: bigint): StoredEvent | undefined {
    return this.#streams.get(name)?.byRevision.get(revision);
  }

  lately(name: string, id: string): StoredEvent | undefined {
    return this.#streams.get(name)?.lately.get(id);
  }

  lastEvent(name: string): StoredEvent | undefined {
    return this.#streams.get(name)?.events.at(-1);
  }

  /** Of the last event before a tombstone; -1n for a stream that was never written. */
  lastRevision(name: string): bigint {
    return this.#streams.get(name)?.lastRevision ?? -1n;
  }

  isTombstoned(name: string): boolean {
    return this.#streams.get(name)?.tombstoned ?? false;
  }

  add(event: StoredEvent): void {
    const stream = this.#streamOf(event.stream);
    stream.events.push(event);
    stream.byRevision.set(event.revision, event);
    if (event.revision === INT64_MAX) stream.tombstoned = true;
    else stream.lastRevision = event.revision;
    stream.lately.set(event.id, event);
    const [oldest] = stream.lately.keys();
    if (stream.lately.size > LATELY_MAX && oldest !== undefined) stream.lately.delete(oldest);
  }

  remove(gone: ReadonlySet<StoredEvent>): void {
    for (const stream of this.#streams.values()) {
      stream.events = stream.events.filter((event) => !gone.has(event));
      stream.byRevision = new Map(stream.events.map((event) => [event.revision, event]));
      for (const event of gone) stream.lately.delete(event.id);
    }
  }

  #streamOf(name: string): Stream {
    const known = this.#streams.get(name);
    if (known) return known;
    const made = {
      events: [],
      byRevision: new Map<bigint, StoredEvent>(),
      lastRevision: -1n,
      tombstoned: false,
      lately: new Map<string, StoredEvent>(),
    };
    this.#streams.set(name, made);
    return made;
  }
}
