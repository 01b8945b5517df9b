import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { SigningRefused, type CheckpointSigner, type TreeToSign } from '../checkpoint-signer';
import { checkpointText, KEY_TYPES, signatureLine, verifierKey, verifyConsistency, type Tree } from '../proof';

export const ORIGIN = 'log.test/khamrap';

/** Signs in memory what goes on from what it signed last: as much of a signer as the builder can notice. */
export class PlainSigner implements CheckpointSigner {
  readonly signed: Tree[] = [];
  readonly #privateKey: KeyObject;
  readonly #publicKey: Buffer;
  origin = ORIGIN;
  /** What becomes of the next signatures; thrown while it is there. */
  failure: Error | undefined;

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    this.#privateKey = privateKey;
    this.#publicKey = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  }

  get last(): Tree | undefined {
    return this.signed.at(-1);
  }

  async sign(tree: TreeToSign): Promise<string | undefined> {
    const { size, root } = tree;
    if (this.failure) throw this.failure;
    const { last } = this;
    if (last && size < last.size && (await tree.eventCount()) > size) return undefined;
    const proof = last && last.size <= size ? await tree.consistencyFrom(last.size) : [];
    if (last && !verifyConsistency({ old: last, new: { size, root }, proof }))
      throw new SigningRefused(`the tree of ${size} does not continue that of ${last.size}`);
    this.signed.push({ size, root });
    return this.note({ size, root });
  }

  note(tree: Tree): string {
    const text = checkpointText({ origin: this.origin, ...tree });
    const key = verifierKey(this.origin, KEY_TYPES.ed25519, this.#publicKey);
    return `${text}\n${signatureLine(key, sign(null, Buffer.from(text), this.#privateKey))}`;
  }
}
