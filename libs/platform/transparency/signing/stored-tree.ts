import { LogDamaged, type EventStore } from '@khamrap/platform/event-store';
import { TreeReader } from '@khamrap/platform/transparency/proof';
import type { Pool } from 'pg';
import type { TreeToSign } from '../checkpoint-signer';
import { nodeDigest } from '../node-digest';
import { TileReader } from '../tile-reader';

/** The tree as it is stored now, whether it is signed or not, for whoever asks what the signer makes of it. */
export async function readStoredTree(pool: Pool, store: Pick<EventStore, 'head'>): Promise<TreeToSign> {
  const { rows } = await pool.query<{ size: number; root: Buffer }>('SELECT size, root FROM transparency.state');
  const state = rows[0];
  if (!state) throw new LogDamaged('the verifiable log has lost its state');
  const tiles = new TileReader(pool);
  const reader = new TreeReader(
    state.size,
    async ({ level, index, width }) => {
      const hashes = await tiles.tile(level, index, width);
      if (!hashes) throw new LogDamaged(`tile ${index} of level ${level} has fewer than ${width} hashes`);
      return hashes;
    },
    nodeDigest,
  );
  return {
    ...state,
    eventCount: async () => (await store.head()).position + 1,
    consistencyFrom: (oldSize) => reader.consistencyProof(oldSize),
  };
}
