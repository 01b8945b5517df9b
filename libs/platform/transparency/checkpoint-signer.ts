/** The tree as it has been stored, to be signed. */
export interface TreeToSign {
  /** How many entries it has. */
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
  /**
   * How many events the log of events holds now: while that is more than `size`, the tree is still being built, and
   * one that is smaller than what was signed last is only behind.
   */
  eventCount(): Promise<number>;
  /** The hashes that prove that this tree begins with the one of an older size; empty from 0 and from `size`. */
  consistencyFrom(oldSize: number): Promise<readonly Uint8Array[]>;
}

/**
 * Port: who signs what the log publishes, and remembers what was signed last.
 *
 * @returns the signed note (c2sp.org/signed-note) of the checkpoint, whose size and root are those asked for; undefined while the
 * tree is only behind what was signed before, and is to be offered again when it has grown
 * @throws SigningRefused when the tree is not a continuation of what was signed last
 */
export interface CheckpointSigner {
  sign(tree: TreeToSign): Promise<string | undefined>;
}

/**
 * What is to be signed contradicts what was signed before: a restored copy, a fork, another key. Nothing new is published until
 * an operator has decided. The message is a sentence for that operator.
 */
export class SigningRefused extends Error {
  override readonly name = 'SigningRefused';
}
