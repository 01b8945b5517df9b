import { Frontier } from './frontier';
import { EMPTY_ROOT, leafHash, verifyConsistency, verifyInclusion, type Tree } from './merkle';
import { PlainTree, plainLeaf, plainLeaves } from './spec/plain-tree';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Entries and roots that the tests of Certificate Transparency have used since 2012. */
const KNOWN: readonly [entry: string, root: string][] = [
  ['', '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
  ['00', 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
  ['10', 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
  ['2021', 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'],
  ['3031', '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4'],
  ['40414243', '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef'],
  ['5051525354555657', 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c'],
  ['606162636465666768696a6b6c6d6e6f', '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
];

describe('the tree', () => {
  it('hashes as the published vectors say', () => {
    const frontier = new Frontier();
    expect(hex(frontier.root())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    for (const [entry, root] of KNOWN) {
      frontier.append(leafHash(Buffer.from(entry, 'hex')));
      expect(hex(frontier.root())).toBe(root);
    }
  });

  it('goes on from a frontier that was kept, and refuses one that does not fit its size', () => {
    const leaves = plainLeaves(70);
    const plain = new PlainTree(leaves);
    for (let size = 0; size < 70; size++) {
      const first = new Frontier();
      leaves.slice(0, size).forEach((leaf) => first.append(leaf));
      const next = new Frontier(first.size, first.hashes);
      next.append(leaves[size]!);
      expect(hex(next.root())).toBe(hex(plain.hash(0, size + 1)));
    }
    expect(() => new Frontier(3, [leaves[0]!])).toThrow(RangeError);
  });
});

describe('proofs', () => {
  const SIZE_MAX = 40;
  const leaves: readonly Uint8Array[] = plainLeaves(SIZE_MAX);
  const plain = new PlainTree(plainLeaves(SIZE_MAX));
  const tree = (size: number): Tree => ({ size, root: plain.hash(0, size) });
  const flipped = (hash: Uint8Array): Uint8Array => Uint8Array.from(hash, (byte, at) => (at === 7 ? byte ^ 1 : byte));

  it('of inclusion hold for every entry of every size, and not for another entry, size, root or sibling', () => {
    for (let size = 1; size <= SIZE_MAX; size++) {
      for (let index = 0; index < size; index++) {
        const holds = {
          ...tree(size),
          index,
          leaf: leaves[index]!,
          proof: plain.path(index, 0, size) as readonly Uint8Array[],
        };
        expect(verifyInclusion(holds)).toBe(true);
        const damaged = [
          { ...holds, index: (index + 1) % (size + 1) },
          { ...holds, leaf: flipped(holds.leaf) },
          { ...holds, root: flipped(holds.root) },
          { ...holds, proof: [...holds.proof, holds.leaf] },
          ...holds.proof.map((_, at) => ({ ...holds, proof: holds.proof.filter((_hash, other) => other !== at) })),
          ...holds.proof.map((_, at) => ({ ...holds, proof: holds.proof.with(at, flipped(holds.proof[at]!)) })),
        ];
        for (const wrong of damaged) expect(verifyInclusion(wrong)).toBe(false);
      }
    }
  });

  it('of consistency hold between every two sizes, and not for another root, size or hash', () => {
    for (let size = 1; size <= SIZE_MAX; size++) {
      for (let old = 1; old <= size; old++) {
        const proof: readonly Uint8Array[] = plain.proof(old, 0, size);
        const holds = { old: tree(old), new: tree(size), proof };
        expect(verifyConsistency(holds)).toBe(true);
        expect(verifyConsistency({ ...holds, old: { ...holds.old, root: flipped(holds.old.root) } })).toBe(false);
        expect(verifyConsistency({ ...holds, new: { ...holds.new, root: flipped(holds.new.root) } })).toBe(false);
        expect(verifyConsistency({ ...holds, proof: [...proof, leaves[0]!] })).toBe(false);
        for (const at of proof.keys())
          expect(verifyConsistency({ ...holds, proof: proof.with(at, flipped(proof[at]!)) })).toBe(false);
        if (old < size) expect(verifyConsistency({ ...holds, old: tree(size), new: tree(old) })).toBe(false);
      }
    }
  });

  it('from the empty tree need nothing, and take nothing else for it', () => {
    const empty = { size: 0, root: EMPTY_ROOT };
    expect(verifyConsistency({ old: empty, new: empty, proof: [] })).toBe(true);
    expect(verifyConsistency({ old: empty, new: tree(5), proof: [] })).toBe(true);
    expect(verifyConsistency({ old: empty, new: tree(5), proof: [leaves[0]!] })).toBe(false);
    expect(verifyConsistency({ old: { size: 0, root: leaves[0]! }, new: tree(5), proof: [] })).toBe(false);
  });

  it('are not verified at all for sizes and hashes that are none', () => {
    const one = plainLeaf(Buffer.from('0'));
    const holds = { index: 0, size: 1, leaf: one, proof: [], root: one };
    expect(verifyInclusion(holds)).toBe(true);
    for (const wrong of [
      { index: -1 },
      { index: 0.5 },
      { size: 0 },
      { size: NaN },
      { size: 2 ** 53 },
      { root: one.subarray(1) },
    ])
      expect(verifyInclusion({ ...holds, ...wrong })).toBe(false);
  });
});
