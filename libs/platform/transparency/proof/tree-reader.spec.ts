import { createHash } from 'node:crypto';
import { Malformed } from './malformed';
import { Frontier } from './frontier';
import { verifyConsistency, verifyInclusion } from './merkle';
import { PlainTree, plainLeaves } from './spec/plain-tree';
import { parseTilePath, tilePath, tilesOf, tileWidth, bundleOf, entriesOf, type TileName } from './tiles';
import { rootOfTile, TreeReader, type ReadTile } from './tree-reader';

const hash = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const SIZES = [0, 1, 2, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 70_000];
const leaves = plainLeaves(70_000);
const plain = new PlainTree(leaves);

/** Tiles as c2sp.org/tlog-tiles defines them: hash number i of level l is that of 256^l entries. */
const readTile: ReadTile = async ({ level, index, width }) => {
  const under = 256 ** level;
  return Buffer.concat(
    Array.from({ length: width }, (_, number) => {
      const first = (index * 256 + number) * under;
      return plain.hash(first, first + under);
    }),
  );
};

describe('a tree told from its tiles', () => {
  it.each(SIZES)('has the root of its %i entries', async (size) => {
    const root = await new TreeReader(size, readTile, hash).rootAt();
    expect(Buffer.from(root)).toEqual(plain.hash(0, size));
  });

  it.each(SIZES.filter((size) => size > 0))('proves entries of %i, and older sizes', async (size) => {
    const tree = { size, root: plain.hash(0, size) };
    const reader = new TreeReader(size, readTile, hash);
    for (const index of [0, 1, 254, 255, 256, 65_535, size - 2, size - 1].filter((each) => each >= 0 && each < size)) {
      const proof = await reader.inclusionProof(index);
      expect(proof.map((sibling) => Buffer.from(sibling))).toEqual(plain.path(index, 0, size));
      const leaf = await reader.leafAt(index);
      expect(verifyInclusion({ ...tree, index, leaf, proof })).toBe(true);
    }
    for (const old of [...SIZES, size - 1].filter((each) => each > 0 && each <= size)) {
      const proof = await reader.consistencyProof(old);
      expect(proof.map((each) => Buffer.from(each))).toEqual(plain.proof(old, 0, size));
      expect(verifyConsistency({ old: { size: old, root: plain.hash(0, old) }, new: tree, proof })).toBe(true);
      expect(Buffer.from(await reader.rootAt(old))).toEqual(plain.hash(0, old));
    }
    expect(await reader.consistencyProof(0)).toEqual([]);
  });

  it('is not asked for what it has not, and takes no tile of another length', async () => {
    const reader = new TreeReader(300, readTile);
    await expect(reader.inclusionProof(300)).rejects.toThrow(RangeError);
    await expect(reader.consistencyProof(301)).rejects.toThrow(RangeError);
    await expect(reader.rootAt(301)).rejects.toThrow(RangeError);
    const cut = new TreeReader(300, async (tile) => (await readTile(tile)).subarray(1));
    await expect(cut.rootAt()).rejects.toThrow(Malformed);
  });

  it('puts the root of a full tile into the tile above', async () => {
    const full = await readTile({ level: 0, index: 3, width: 256 });
    expect(Buffer.from(rootOfTile(full))).toEqual(plain.hash(768, 1_024));
    const frontier = new Frontier();
    leaves.slice(768, 1_024).forEach((leaf) => frontier.append(leaf));
    expect(Buffer.from(frontier.root())).toEqual(Buffer.from(rootOfTile(full)));
  });
});

describe('tiles', () => {
  const NAMES: readonly [TileName, string][] = [
    [{ level: 0, index: 0, width: 256 }, 'tile/0/000'],
    [{ level: 0, index: 1_234_067, width: 256 }, 'tile/0/x001/x234/067'],
    [{ level: 1, index: 1, width: 17 }, 'tile/1/001.p/17'],
    [{ level: 63, index: 1_000, width: 1 }, 'tile/63/x001/000.p/1'],
    [{ level: 'entries', index: 273, width: 112 }, 'tile/entries/273.p/112'],
  ];

  it.each(NAMES)('%j is called %s', (name, path) => {
    expect(tilePath(name)).toBe(path);
    expect(parseTilePath(path)).toEqual(name);
  });

  it.each([
    ['tile/0/0'],
    ['tile/00/000'],
    ['tile/64/000'],
    ['tile/0/x000/001'],
    ['tile/0/000.p/256'],
    ['tile/0/000.p/0'],
    ['tile/0/000.p/01'],
    ['tile/0/001/000'],
    ['tile/data/000'],
    ['tile/0/000/'],
    ['tile/0/../000'],
    ['/tile/0/000'],
    ['tile/0/x999/x999/x999/x999/x999/999999'],
  ])('%s is the name of none', (path) => {
    expect(() => parseTilePath(path)).toThrow(Malformed);
  });

  it('of a tree of 70,000 are those of the specification', () => {
    const partial = [...tilesOf(70_000)].filter(({ width }) => width < 256).map(tilePath);
    expect(partial).toEqual(['tile/0/273.p/112', 'tile/1/001.p/17', 'tile/2/000.p/1']);
    expect([...tilesOf(70_000)]).toHaveLength(274 + 2 + 1);
    expect([...tilesOf(256)].map(tilePath)).toEqual(['tile/0/000', 'tile/1/000.p/1']);
    expect([...tilesOf(0)]).toEqual([]);
    expect(tileWidth(2, 0, 65_535)).toBe(0);
    expect(tileWidth('entries', 273, 70_000)).toBe(112);
  });

  it('that an older tree had not are those that are full now, or have grown', () => {
    expect([...tilesOf(514, 511)].map(tilePath)).toEqual(['tile/0/001', 'tile/0/002.p/2', 'tile/1/000.p/2']);
    expect([...tilesOf(512, 512)]).toEqual([]);
  });

  it('of entries are told apart again, and not when one is cut', () => {
    const entries = [Buffer.alloc(0), Buffer.from('ก'), Buffer.alloc(65_535, 1)];
    const bundle = bundleOf(entries);
    expect(bundle).toHaveLength(3 * 2 + 3 + 65_535);
    expect(entriesOf(bundle).map((entry) => Buffer.from(entry))).toEqual(entries);
    expect(() => entriesOf(bundle.subarray(0, -1))).toThrow(Malformed);
    expect(() => entriesOf(Uint8Array.of(0))).toThrow(Malformed);
    expect(() => bundleOf([Buffer.alloc(65_536)])).toThrow(RangeError);
  });
});
