import { Inject, Injectable } from '@nestjs/common';
import type { Position, StreamName } from '@khamrap/kernel';
import { noteShown, type Requester } from '@khamrap/platform/access';
import { EVENT_STORE, type Envelope, type EventStore, type RecordedEvent } from '@khamrap/platform/event-store';
import { Disclosures } from '../views/disclosures/disclosures';
import { NarrationOfEvents, type ToldEvent } from './narration-of-events';

/** A part of a stream that is judged at once: most streams are one part. */
const PART_COUNT = 500;
/** Streams of so many events are kept as they were recorded; shorter ones are read again as fast. */
const KEPT_COUNT_MIN = 100;
/** Of all streams together, a few kilobytes each. */
const KEPT_COUNT_MAX = 8_000;

/** A stream as far as it was read. */
interface ReadStream {
  readonly recorded: RecordedEvent[];
  /** What its events say, by position, of those that were told to somebody. */
  readonly envelopes: Map<Position, Envelope>;
}

/** Reads streams as far as somebody may have them, at a moment: what was recorded, and published, up to a position. */
@Injectable()
export class ToldStreams {
  /** What is recorded stays as it is, so only what came since is read. What was used last stands last. */
  readonly #kept = new Map<StreamName, ReadStream>();
  protected readonly keptCountMin: number = KEPT_COUNT_MIN;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly disclosures: Disclosures,
    private readonly narrations: NarrationOfEvents,
  ) {}

  /**
   * The events of a stream that the one who asks may have, in their order; none where there is nothing for them. They are not
   * written down as shown: who asks for them is to `note` those that are.
   * @throws StoreUnavailable, GrantsUnavailable, NotProjectedYet
   */
  async events(stream: StreamName, asOf: Position, requester: Requester | undefined): Promise<readonly ToldEvent[]> {
    const { recorded, envelopes } = await this.#read(stream);
    const told: ToldEvent[] = [];
    for (let from = 0; from < recorded.length; from += PART_COUNT) {
      const within = recorded.slice(from, from + PART_COUNT).filter(({ position }) => position <= asOf);
      if (within.length === 0) break;
      for (const disclosure of await this.disclosures.unnoted(within, requester, asOf))
        told.push(this.narrations.told(disclosure, envelopes));
    }
    return told;
  }

  /**
   * Writes down that events are about to be shown, as far as not everybody may have them.
   * @throws StoreUnavailable
   */
  async note(stream: StreamName, shown: Iterable<ToldEvent>, requester: Requester | undefined): Promise<void> {
    const withheld = [...new Set(shown)].filter((event) => event.published === null || isOpened(event));
    if (withheld.length === 0) return;
    const positions = withheld.map(({ position }) => position).toSorted((one, other) => one - other);
    await noteShown(requester, { stream, positions, isPrivate: withheld.some(isOpened) });
  }

  async #read(stream: StreamName): Promise<ReadStream> {
    const read = this.#kept.get(stream) ?? { recorded: [], envelopes: new Map<Position, Envelope>() };
    for (;;) {
      const from = read.recorded.length;
      const part = await this.store.readRecorded(stream, from, PART_COUNT);
      // Another question may have read the same meanwhile.
      if (read.recorded.length === from) read.recorded.push(...part);
      if (part.length < PART_COUNT) break;
    }
    this.#kept.delete(stream);
    if (read.recorded.length >= this.keptCountMin) this.#kept.set(stream, read);
    let count = [...this.#kept.values()].reduce((sum, { recorded }) => sum + recorded.length, 0);
    for (const [oldest, { recorded }] of this.#kept) {
      if (count <= KEPT_COUNT_MAX) break;
      this.#kept.delete(oldest);
      count -= recorded.length;
    }
    return read;
  }
}

function isOpened({ opened, data }: ToldEvent): boolean {
  return opened !== data;
}
