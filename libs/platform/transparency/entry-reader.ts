import type { StreamName } from '@khamrap/kernel';
import type { EventStore, RecordedEvent } from '@khamrap/platform/event-store';
import { HASH_BYTES, TILE_WIDTH } from './proof';
import { leavesOf, referenceOf, EventDamaged, type Leaves, type StreamTip } from './leaves';
import type { TileReader } from './tile-reader';

/** Enough to hide the way to the database, few enough to leave connections to others. */
const READS_AT_ONCE = 4;

/**
 * Makes leaves from rows alone, wherever in the log they stand: the reference of a stream from the salt of its first event, the
 * leaf before from the tiles.
 */
export class EntryReader {
  constructor(
    private readonly store: EventStore,
    private readonly tiles: TileReader,
  ) {}

  /**
   * The leaves of `count` events from a position on.
   * @throws LogDamaged when there are fewer, or when their streams have gaps
   */
  async read(from: number, count: number): Promise<Leaves & { readonly events: readonly RecordedEvent[] }> {
    const events = await this.store.readLog(from, count);
    if (events.length < count) throw new EventDamaged(from + events.length, 'it is not there');
    return { events, ...leavesOf(this.store.identity().origin, events, await this.#tipsBefore(events)) };
  }

  async #tipsBefore(events: readonly RecordedEvent[]): Promise<ReadonlyMap<StreamName, StreamTip>> {
    const firstOf = new Map<StreamName, RecordedEvent>();
    for (const event of events) if (!firstOf.has(event.stream)) firstOf.set(event.stream, event);
    const continued = [...firstOf.values()].filter(({ revision }) => revision > 0);
    const tips = new Map<StreamName, StreamTip>();
    for (let start = 0; start < continued.length; start += READS_AT_ONCE) {
      const some = continued.slice(start, start + READS_AT_ONCE);
      const found = await Promise.all(some.map((event) => this.#tipBefore(event)));
      some.forEach(({ stream }, index) => tips.set(stream, found[index] as StreamTip));
    }
    return tips;
  }

  async #tipBefore({ stream, revision, position }: RecordedEvent): Promise<StreamTip> {
    const [[first], [before]] = await Promise.all([
      this.store.readRecorded(stream, 0, 1),
      this.store.readRecorded(stream, revision - 1, 1),
    ]);
    if (!first || !before) throw new EventDamaged(position, `its stream has no revision ${first ? revision - 1 : 0}`);
    const leafHash = await this.#leafHashAt(before.position);
    return { reference: referenceOf(stream, first.salt), revision: revision - 1, position: before.position, leafHash };
  }

  async #leafHashAt(position: number): Promise<Buffer> {
    const offset = position % TILE_WIDTH;
    const tile = await this.tiles.tile(0, Math.floor(position / TILE_WIDTH), offset + 1);
    if (!tile) throw new EventDamaged(position, 'the verifiable log has no leaf of it');
    return tile.subarray(offset * HASH_BYTES);
  }
}
