import { wholeNumberOf } from './bytes';
import { Malformed } from './malformed';

// Tiles and their names: c2sp.org/tlog-tiles.

/** How many hashes a full tile has, and how many entries a full bundle. */
export const TILE_WIDTH = 256;
const LEVEL_MAX = 63;

/** `entries` is the level of the bundles of entries. */
export interface TileName {
  readonly level: number | 'entries';
  readonly index: number;
  /** 1 to 256. */
  readonly width: number;
}

/** Such as `tile/0/x001/x234/067` or `tile/1/000.p/5`. */
export function tilePath({ level, index, width }: TileName): string {
  const groups: string[] = [];
  for (let rest = index; groups.length === 0 || rest > 0; rest = Math.floor(rest / 1_000)) {
    groups.unshift(`${groups.length === 0 ? '' : 'x'}${String(rest % 1_000).padStart(3, '0')}`);
  }
  return `tile/${level}/${groups.join('/')}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

const PATH = /^tile\/(entries|0|[1-9][0-9]?)\/((?:x[0-9]{3}\/){0,5})([0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/;

/** @throws Malformed unless it is the one name of a tile */
export function parseTilePath(path: string): TileName {
  const [, level, upper, last, partial] = PATH.exec(path) ?? [];
  if (level === undefined || upper === undefined || last === undefined) throw new Malformed('not the name of a tile');
  const groups = [...upper.replaceAll('/', '').split('x').slice(1), last];
  const name: TileName = {
    level: level === 'entries' ? level : wholeNumberOf(level),
    index: Number(groups.join('')),
    width: partial === undefined ? TILE_WIDTH : wholeNumberOf(partial),
  };
  // One tile, one name: no group too many, no full tile under the name of a part.
  if ((name.level !== 'entries' && name.level > LEVEL_MAX) || tilePath(name) !== path)
    throw new Malformed('not the name of a tile');
  return name;
}

/** How many entries one hash of a level stands for. */
export function entriesUnder(level: number): number {
  return TILE_WIDTH ** level;
}

/** How many hashes a tile has in a tree of this size; 0 where it is not there (or not yet). Entries are as level 0. */
export function tileWidth(level: number | 'entries', index: number, size: number): number {
  const hashes = Math.floor(size / entriesUnder(level === 'entries' ? 0 : level));
  return Math.min(Math.max(hashes - index * TILE_WIDTH, 0), TILE_WIDTH);
}

/** The tiles of a tree of this size, level by level from the leaves: all of them, or those that an older tree had not. */
export function* tilesOf(size: number, since = 0): Generator<TileName & { readonly level: number }> {
  for (let level = 0; Math.floor(size / entriesUnder(level)) > 0; level++) {
    const hashes = Math.floor(size / entriesUnder(level));
    const before = Math.floor(since / entriesUnder(level));
    for (let index = Math.floor(before / TILE_WIDTH); index * TILE_WIDTH < hashes; index++) {
      const width = Math.min(hashes - index * TILE_WIDTH, TILE_WIDTH);
      if (index * TILE_WIDTH + width > before) yield { level, index, width };
    }
  }
}

const LENGTH_BYTES = 2;
export const ENTRY_BYTES_MAX = 65_535;

/** Each entry behind its length in two bytes, the higher first. */
export function bundleOf(entries: readonly Uint8Array[]): Uint8Array {
  const bundle = new Uint8Array(entries.reduce((sum, { length }) => sum + LENGTH_BYTES + length, 0));
  let offset = 0;
  for (const entry of entries) {
    if (entry.length > ENTRY_BYTES_MAX) throw new RangeError(`an entry has at most ${ENTRY_BYTES_MAX} bytes`);
    bundle[offset] = entry.length >> 8;
    bundle[offset + 1] = entry.length & 0xff;
    bundle.set(entry, offset + LENGTH_BYTES);
    offset += LENGTH_BYTES + entry.length;
  }
  return bundle;
}

/** @throws Malformed when the bundle ends within an entry */
export function entriesOf(bundle: Uint8Array): Uint8Array[] {
  const entries: Uint8Array[] = [];
  for (let offset = 0; offset < bundle.length;) {
    const length = ((bundle[offset] as number) << 8) | (bundle[offset + 1] ?? 0);
    const end = offset + LENGTH_BYTES + length;
    if (end > bundle.length) throw new Malformed('the bundle ends within an entry');
    entries.push(bundle.subarray(offset + LENGTH_BYTES, end));
    offset = end;
  }
  return entries;
}
