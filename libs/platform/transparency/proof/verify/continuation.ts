import { areEqual } from '../bytes';
import { Malformed } from '../malformed';
import { verifyConsistency, type Digest, type Tree } from '../merkle';
import type { TreeReader } from '../tree-reader';

/** `unknown` where the tiles do not fit the newer tree: what they say of the older one is worth nothing. */
export type Continuation = 'continues' | 'differs' | 'unknown';

/**
 * Whether a tree begins with an older one. What the tiles say of the older size is proved to be the beginning of the
 * newer tree first; so a damaged tile is not taken for another past, and another past is certain.
 */
export async function continuationOf(
  tiles: TreeReader,
  older: Tree,
  newer: Tree,
  digest: Digest,
): Promise<Continuation> {
  try {
    const [root, proof] = await Promise.all([tiles.rootAt(older.size), tiles.consistencyProof(older.size)]);
    if (!verifyConsistency({ old: { size: older.size, root }, new: newer, proof }, digest)) return 'unknown';
    return areEqual(root, older.root) ? 'continues' : 'differs';
  } catch (error) {
    if (error instanceof Malformed) return 'unknown';
    throw error;
  }
}
