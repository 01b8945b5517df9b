import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import {
  addCheckpointText,
  checkpointText,
  Frontier,
  KEY_TYPES,
  leafHash,
  signatureLine,
  TreeReader,
  utf8,
  verifierKey,
  verifierKeyText,
  type Checkpoint,
  type ReadTile,
  type VerifierKey,
} from '@khamrap/platform/transparency/proof';

const LEAF_COUNT = 300;

/** A log in memory, with its key: what it shows, and what it could show instead. */
export class SmallLog {
  readonly key: VerifierKey;

  private constructor(
    readonly origin: string,
    private readonly privateKey: KeyObject,
    publicKey: Uint8Array,
    private readonly leaves: readonly Uint8Array[],
  ) {
    this.key = verifierKey(origin, KEY_TYPES.ed25519, publicKey);
  }

  static named(origin: string): SmallLog {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const { x = '' } = publicKey.export({ format: 'jwk' });
    return new SmallLog(origin, privateKey, Buffer.from(x, 'base64url'), leavesOf(''));
  }

  get vkey(): string {
    return verifierKeyText(this.key);
  }

  /** The same log, signed by the same key, with another history from a position on. */
  branch(from: number, name = 'other'): SmallLog {
    const leaves = [...this.leaves.slice(0, from), ...leavesOf(name).slice(from)];
    return new SmallLog(this.origin, this.privateKey, this.key.publicKey, leaves);
  }

  checkpoint(size: number): Checkpoint {
    return { origin: this.origin, size, root: rootOf(this.leaves.slice(0, size)) };
  }

  /** Signed, by default as it is. */
  note(
    size: number,
    checkpoint: Checkpoint = this.checkpoint(size),
    key: Pick<VerifierKey, 'name' | 'id'> = this.key,
  ): string {
    const text = checkpointText(checkpoint);
    return `${text}\n${signatureLine(key, sign(null, Buffer.from(text), this.privateKey))}`;
  }

  async request(oldSize: number, size: number, note: string = this.note(size)): Promise<string> {
    const tree = new TreeReader(size, this.readTile);
    const proof = oldSize <= size ? await tree.consistencyProof(oldSize) : [];
    return addCheckpointText({ oldSize, proof, checkpoint: note });
  }

  readonly readTile: ReadTile = ({ level, index, width }) => {
    const under = 256 ** level;
    const from = (number: number): number => (index * 256 + number) * under;
    const hashes = Array.from({ length: width }, (_, number) =>
      rootOf(this.leaves.slice(from(number), from(number + 1))),
    );
    return Promise.resolve(Buffer.concat(hashes));
  };
}

function leavesOf(branch: string): Uint8Array[] {
  return Array.from({ length: LEAF_COUNT }, (_, position) => leafHash(utf8(`${branch} entry ${position}`)));
}

function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  const tree = new Frontier();
  for (const leaf of leaves) tree.append(leaf);
  return tree.root();
}
