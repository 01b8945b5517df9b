import type { JsonObject } from '@khamrap/kernel';
import {
  Frontier,
  hexOf,
  streamHeadHash,
  TreeReader,
  type Digest,
  type StreamHead,
} from '@khamrap/platform/transparency/proof';

/** How far every stream had come when a log recorded it, as the event StreamHeadsRecorded says. */
export class MadeHeads {
  readonly #heads: readonly StreamHead[];
  readonly #hashes: readonly Uint8Array[];

  /** @param heads of fewer than 256 streams */
  constructor(
    readonly position: number,
    heads: readonly StreamHead[],
    private readonly digest: Digest,
  ) {
    this.#heads = heads.toSorted((one, other) => (one.stream < other.stream ? -1 : 1));
    this.#hashes = this.#heads.map((head) => streamHeadHash(head, digest));
  }

  /** What the event says. */
  get data(): JsonObject {
    const tree = new Frontier(0, [], this.digest);
    for (const hash of this.#hashes) tree.append(hash);
    return { root: hexOf(tree.root()), size: this.position, streamCount: this.#heads.length };
  }

  /** The file of a bundle that proves the head of a stream. */
  async fileOf(reference: string): Promise<string> {
    const index = this.#heads.findIndex(({ stream }) => stream === reference);
    const tile = Buffer.concat(this.#hashes);
    const tree = new TreeReader(this.#heads.length, () => Promise.resolve(tile), this.digest);
    const proof = (await tree.inclusionProof(index)).map(hexOf);
    return JSON.stringify({ position: this.position, head: this.#heads[index], index, proof });
  }
}
