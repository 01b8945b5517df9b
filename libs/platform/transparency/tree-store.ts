import type { StreamName } from '@khamrap/kernel';
import { byteaArray, int4Array, int8Array, textArray } from '@khamrap/platform/database';
import { LogDamaged } from '@khamrap/platform/event-store';
import type { Pool } from 'pg';
import type { GrownTile } from './growing-tree';
import type { StreamTip } from './leaves';

/** Another instance builds the log now: this one stops without having written anything. */
export class FencedOff extends Error {
  override readonly name = 'FencedOff';
}

/** How far the tree is, and under which epoch it is built. */
export interface TreeState {
  readonly epoch: number;
  readonly size: number;
  readonly root: Buffer;
  /** The complete subtrees that it is made of, one behind the other. */
  readonly frontier: Buffer;
}

/** What a batch of leaves adds to a tree. */
export interface Extension {
  readonly epoch: number;
  readonly oldSize: number;
  readonly size: number;
  readonly root: Uint8Array;
  readonly frontier: Buffer;
  readonly tiles: readonly GrownTile[];
  readonly bundles: readonly { readonly index: number; readonly bytes: Uint8Array }[];
  readonly tips: ReadonlyMap<StreamName, StreamTip>;
}

/** One statement, and so one transaction and one way to the server: unless the state moves, nothing else does. */
const EXTEND = `
WITH moved AS (
  UPDATE transparency.state SET size = $3, root = $4, frontier = $5 WHERE epoch = $1 AND size = $2 RETURNING true
), tiles AS (
  INSERT INTO transparency.tile (level, tile_index, hashes)
  SELECT grown.* FROM moved, unnest($6::integer[], $7::bigint[], $8::bytea[]) AS grown
  ON CONFLICT (level, tile_index) DO UPDATE SET hashes = excluded.hashes
), bundles AS (
  INSERT INTO transparency.entry_bundle (bundle_index, bytes)
  SELECT bundle.* FROM moved, unnest($9::bigint[], $10::bytea[]) AS bundle
), heads AS (
  INSERT INTO transparency.stream_head (stream, reference, revision, position, leaf_hash)
  SELECT head.* FROM moved, unnest($11::text[], $12::bytea[], $13::integer[], $14::bigint[], $15::bytea[]) AS head
  ON CONFLICT (stream) DO UPDATE
  SET revision = excluded.revision, position = excluded.position, leaf_hash = excluded.leaf_hash
)
SELECT count(*)::integer AS moved FROM moved`;

/** The tree as the database holds it, for who builds it: connections of the projecting role. */
export class TreeStore {
  constructor(private readonly pool: Pool) {}

  /**
   * Takes the tree over from whoever built it before.
   * @throws LogDamaged when it is the tree of another log
   */
  async takeOver(logId: string): Promise<TreeState> {
    const { rows } = await this.pool.query<TreeState>(
      `UPDATE transparency.state SET epoch = epoch + 1, log_id = coalesce(log_id, $1)
       WHERE log_id IS NULL OR log_id = $1 RETURNING epoch, size, root, frontier`,
      [logId],
    );
    if (!rows[0]) throw new LogDamaged(`the verifiable log was built over another log than ${logId}`);
    return rows[0];
  }

  /** @throws FencedOff when the tree is not where the extension begins, or no longer this builder's */
  async extend(extension: Extension): Promise<void> {
    const { epoch, oldSize, size, root, frontier, tiles, bundles, tips } = extension;
    const heads = [...tips];
    const { rows } = await this.pool.query<{ moved: number }>({
      name: 'extend-log',
      text: EXTEND,
      values: [
        epoch,
        oldSize,
        size,
        Buffer.from(root),
        frontier,
        int4Array(tiles.map(({ level }) => level)),
        int8Array(tiles.map(({ index }) => index)),
        byteaArray(tiles.map(({ hashes }) => hashes)),
        int8Array(bundles.map(({ index }) => index)),
        byteaArray(bundles.map(({ bytes }) => Buffer.from(bytes))),
        textArray(heads.map(([stream]) => stream)),
        byteaArray(heads.map(([, { reference }]) => Buffer.from(reference, 'hex'))),
        int4Array(heads.map(([, { revision }]) => revision)),
        int8Array(heads.map(([, { position }]) => position)),
        byteaArray(heads.map(([, { leafHash }]) => leafHash)),
      ],
    });
    if (rows[0]?.moved !== 1) throw new FencedOff('the verifiable log is built by another instance');
  }

  /** The last leaves of those streams that have any. */
  async tipsOf(streams: readonly StreamName[]): Promise<ReadonlyMap<StreamName, StreamTip>> {
    const { rows } = await this.pool.query<StreamTip & { stream: StreamName }>({
      name: 'stream-tips',
      text: `SELECT stream, encode(reference, 'hex') AS reference, revision, position, leaf_hash AS "leafHash"
             FROM transparency.stream_head WHERE stream = ANY($1)`,
      values: [streams],
    });
    return new Map(rows.map(({ stream, ...tip }) => [stream, tip]));
  }

  /** Shows every instance why nothing new is published; null when all is well again. */
  async tellTrouble(trouble: string | null): Promise<void> {
    await this.pool.query('UPDATE transparency.state SET trouble = $1 WHERE trouble IS DISTINCT FROM $1', [trouble]);
  }
}
