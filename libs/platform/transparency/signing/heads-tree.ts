import { HASH_BYTES, rootOfTile, TILE_WIDTH, TreeReader, type ReadTile } from '@khamrap/platform/transparency/proof';
import { nodeDigest } from '../node-digest';

/** A tree over leaf hashes that lie one behind the other in one buffer; of the levels above, one hash in 256 is kept. */
export function treeOver(leaves: Buffer): TreeReader {
  const levels = [leaves];
  for (let below = leaves; below.length >= TILE_WIDTH * HASH_BYTES;) {
    below = tilesAbove(below);
    levels.push(below);
  }
  const readTile: ReadTile = ({ level, index, width }) => {
    const start = index * TILE_WIDTH * HASH_BYTES;
    return Promise.resolve((levels[level] ?? Buffer.alloc(0)).subarray(start, start + width * HASH_BYTES));
  };
  return new TreeReader(leaves.length / HASH_BYTES, readTile, nodeDigest);
}

/** One hash for each full tile of a level. */
function tilesAbove(hashes: Buffer): Buffer {
  const tileBytes = TILE_WIDTH * HASH_BYTES;
  const above = Buffer.alloc(Math.floor(hashes.length / tileBytes) * HASH_BYTES);
  for (let tile = 0; tile * HASH_BYTES < above.length; tile++)
    above.set(rootOfTile(hashes.subarray(tile * tileBytes, (tile + 1) * tileBytes), nodeDigest), tile * HASH_BYTES);
  return above;
}
