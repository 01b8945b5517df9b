import type { Position } from '@khamrap/kernel';
import type { RecordedEvent } from '../event-store';

/** Reads contiguous events of the log from a position on; none where it ends before. */
export type ReadLog = (from: Position, countMax: number) => Promise<readonly RecordedEvent[]>;

/** More than those who follow a log are apart from each other; at a kilobyte for each event, some megabytes. */
const KEPT_COUNT = 4_000;

/**
 * The newest part of the log as it was read last. All subscriptions of a process follow the same log a few milliseconds apart:
 * what one of them has fetched, the others take from here. Nothing gets in except by reading the table, so that every event is
 * looked up at least once behind the one before it, and a gap is noticed.
 */
export class SharedTail {
  #events: RecordedEvent[] = [];
  readonly #coming = new Map<Position, Promise<readonly RecordedEvent[]>>();

  constructor(private readonly read: ReadLog) {}

  /** Contiguous events from a position on; none where the log ends before. */
  async readFrom(from: Position, countMax: number): Promise<readonly RecordedEvent[]> {
    const known = this.#knownFrom(from, countMax);
    if (known.length > 0) return known;
    // Those who wait for the same event wake at the same moment.
    const coming = this.#coming.get(from) ?? this.#fetch(from, countMax);
    return (await coming).slice(0, countMax);
  }

  #knownFrom(from: Position, countMax: number): readonly RecordedEvent[] {
    const first = this.#events[0];
    if (!first || from < first.position) return [];
    const index = from - first.position;
    return this.#events.slice(index, index + countMax);
  }

  #fetch(from: Position, countMax: number): Promise<readonly RecordedEvent[]> {
    const coming = this.read(from, countMax)
      .then((events) => {
        this.#keep(events);
        return events;
      })
      .finally(() => this.#coming.delete(from));
    this.#coming.set(from, coming);
    return coming;
  }

  /** What lies before the end is old: somebody reads the log anew, and the others are not to be held up by it. */
  #keep(events: readonly RecordedEvent[]): void {
    const [first] = events;
    if (!first) return;
    const next = (this.#events.at(-1)?.position ?? -1) + 1;
    if (first.position > next) this.#events = [...events];
    else this.#events.push(...events.slice(next - first.position));
    // Cut now and then, rather than moved up with each batch.
    if (this.#events.length > 2 * KEPT_COUNT) this.#events = this.#events.slice(-KEPT_COUNT);
  }
}
