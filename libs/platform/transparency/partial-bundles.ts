import { LRUCache } from 'lru-cache';
import type { EntryReader } from './entry-reader';
import { TILE_WIDTH } from './proof';

/** One bundle grows at a time; those before it are asked for a little longer by whoever has seen an older checkpoint. */
const BUNDLE_COUNT_MAX = 8;

/**
 * The entries of bundles that are not full yet, made from the rows. An entry never changes, so those that were made once are
 * kept until the bundle is full.
 */
export class PartialBundles {
  readonly #made = new LRUCache<number, readonly Buffer[]>({ max: BUNDLE_COUNT_MAX });

  constructor(private readonly reader: EntryReader) {}

  /** The first `width` entries of a bundle, which the log must have. */
  async entries(index: number, width: number): Promise<readonly Buffer[]> {
    const known = this.#made.get(index) ?? [];
    if (known.length >= width) return known.slice(0, width);
    const further = await this.reader.read(index * TILE_WIDTH + known.length, width - known.length);
    const entries = [...known, ...further.entries];
    if (entries.length > (this.#made.get(index)?.length ?? 0)) this.#made.set(index, entries);
    return entries;
  }
}
