import type { Position, StreamName } from '@khamrap/kernel';
import { LogDamaged, type EventStore } from '@khamrap/platform/event-store';
import { HASH_BYTES, hexOf, type StreamHead } from '@khamrap/platform/transparency/proof';
import type { Pool } from 'pg';
import type { Annals, RecordedHeads } from './annals';
import { readHeadOf, readHeadsAt, readHeadsNow, type HeadsAtSize } from './heads-reader';
import { treeOver } from './heads-tree';
import type { LogAnnals } from './log-annals';
import type { StreamHeadsRecorded } from './log-events';

const HOUR_MS = 3_600_000;
/** What a text in an event may hold; a note has a few hundred characters for each witness. */
const NOTE_LENGTH_MAX = 20_000;

/** The proof that a stream had come so far, and no further, when the heads were recorded. */
export interface StreamHeadProof {
  /** Position of the event StreamHeadsRecorded in which `root` stands. */
  readonly position: Position;
  /** The heads are those of the first `size` events. */
  readonly size: number;
  readonly streamCount: number;
  /** Of the tree of heads, in hexadecimal. */
  readonly root: string;
  readonly head: StreamHead;
  /** Of the head among all heads. */
  readonly index: number;
  /** Audit path in the tree of heads, 32 bytes each, the sibling of the head first. */
  readonly proof: readonly Uint8Array[];
}

interface ProvedHeads {
  readonly heads: HeadsAtSize;
  readonly tree: ReturnType<typeof treeOver>;
}

/**
 * How far every stream has come: recorded in the log now and then, and proved of one stream from what was recorded last. Works on
 * every instance; about 65 bytes are kept in memory for each stream.
 */
export class StreamHeads {
  #proved: { readonly position: Position; readonly heads: Promise<ProvedHeads> } | undefined;

  constructor(
    private readonly store: Pick<EventStore, 'identity' | 'head'>,
    private readonly annals: LogAnnals,
    /** Connections of a role that reads the verifiable log. */
    private readonly pool: Pool,
  ) {}

  /**
   * Records the heads of all streams.
   * @returns what stands recorded; undefined where nothing but an earlier record of heads has been added to the log since then
   */
  async record(): Promise<StreamHeadsRecorded['data'] | undefined> {
    return this.#recordWhere(() => true);
  }

  /**
   * Records them where the last record is older than so many hours, or where none was made in so many hours since the log was
   * opened. A log with a simulated clock has no hours of its own: there it is done only when asked for.
   */
  async recordWhenDue(hours: number): Promise<StreamHeadsRecorded['data'] | undefined> {
    if (hours === 0 || this.store.identity().clock === 'simulated') return undefined;
    const { recordedAt } = await this.store.head();
    return this.#recordWhere(({ openedAtMs, lastHeads }) => {
      const since = Math.max(recordedAt, Date.now()) - (lastHeads?.recordedAtMs ?? openedAtMs);
      return since >= hours * HOUR_MS;
    });
  }

  /**
   * Proves how far a stream had come by the newest record of heads.
   * @returns undefined where none was made yet, or none since the stream has its first event
   * @throws LogDamaged when what is stored makes another root than the one that was recorded
   */
  async proofOf(stream: StreamName): Promise<StreamHeadProof | undefined> {
    const { lastHeads } = await this.annals.read();
    if (!lastHeads) return undefined;
    const { position, size, streamCount, root } = lastHeads;
    const head = await readHeadOf(this.pool, stream, size);
    if (!head) return undefined;
    const { heads, tree } = await this.#provedHeads(lastHeads);
    const index = indexOf(heads.references, Buffer.from(head.stream, 'hex'));
    if (index === undefined) throw new LogDamaged(`${stream} is not among the heads recorded at ${position}`);
    return { position, size, streamCount, root, head, index, proof: await tree.inclusionProof(index) };
  }

  async #recordWhere(isDue: (annals: Annals) => boolean): Promise<StreamHeadsRecorded['data'] | undefined> {
    const [recorded] = await this.annals.record(async (annals) => {
      if (!isDue(annals)) return [];
      const heads = await readHeadsNow(this.pool);
      const { size, count } = heads;
      // The record itself is an event too: a log in which nothing else happens would not come to rest.
      if (annals.lastHeads ? size <= annals.lastHeads.position + 1 : size === 0) return [];
      const root = hexOf(await treeOver(heads.hashes).rootAt());
      const cosigned = await this.#newestCosigned();
      const data = { size, streamCount: count, root, ...(cosigned !== undefined && { cosigned }) };
      return [{ type: 'StreamHeadsRecorded', data }];
    });
    return recorded?.type === 'StreamHeadsRecorded' ? recorded.data : undefined;
  }

  async #newestCosigned(): Promise<string | undefined> {
    const { rows } = await this.pool.query<{ note: string }>(
      `SELECT note FROM transparency.kept_checkpoint WHERE witnessed AND length(note) <= ${NOTE_LENGTH_MAX}
       ORDER BY kept_at DESC, size DESC LIMIT 1`,
    );
    return rows[0]?.note;
  }

  /** The tree of the heads that were recorded last: read once for each record. */
  #provedHeads(recorded: RecordedHeads): Promise<ProvedHeads> {
    if (this.#proved?.position === recorded.position) return this.#proved.heads;
    const heads = this.#prove(recorded);
    const proved = { position: recorded.position, heads };
    this.#proved = proved;
    // Whoever asks next tries again.
    heads.catch(() => {
      if (this.#proved === proved) this.#proved = undefined;
    });
    return heads;
  }

  async #prove({ size, root, streamCount, position }: RecordedHeads): Promise<ProvedHeads> {
    const heads = await readHeadsAt(this.pool, size);
    const tree = treeOver(heads.hashes);
    if (heads.count !== streamCount || hexOf(await tree.rootAt()) !== root)
      throw new LogDamaged(
        `the streams do not stand at size ${size} as the event at position ${position} has recorded`,
      );
    return { heads, tree };
  }
}

/** The place of a reference among references in order. */
function indexOf(references: Buffer, reference: Buffer): number | undefined {
  let low = 0;
  let high = references.length / HASH_BYTES;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const order = reference.compare(references, middle * HASH_BYTES, (middle + 1) * HASH_BYTES);
    if (order === 0) return middle;
    if (order < 0) high = middle;
    else low = middle + 1;
  }
  return undefined;
}
