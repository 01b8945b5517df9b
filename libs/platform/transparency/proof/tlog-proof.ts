import { base64Of, hashOfBase64, wholeNumberOf } from './bytes';
import { Malformed } from './malformed';

// Proofs that travel: c2sp.org/tlog-proof.

const FIRST_LINE = 'c2sp.org/tlog-proof@v1';
/** As many as a tree of 2^63 entries is high. */
const HASH_COUNT_MAX = 63;

/** That an entry stands in the tree of a checkpoint. */
export interface TlogProof {
  readonly index: number;
  /** 32 bytes each, the sibling of the leaf first. */
  readonly hashes: readonly Uint8Array[];
  /** The signed note of the checkpoint, byte for byte. */
  readonly checkpoint: string;
}

export function tlogProofText({ index, hashes, checkpoint }: TlogProof): string {
  const lines = hashes.map((hash) => `${base64Of(hash)}\n`);
  return `${FIRST_LINE}\nindex ${index}\n${lines.join('')}\n${checkpoint}`;
}

/** @throws Malformed; nothing is verified yet */
export function parseTlogProof(text: string): TlogProof {
  const end = text.indexOf('\n\n');
  const [first, ...lines] = text.slice(0, Math.max(end, 0)).split('\n');
  if (end < 0 || first !== FIRST_LINE) throw new Malformed('not a proof of a log (c2sp.org/tlog-proof@v1)');
  // Whoever hands the proof on may write something into it, which nobody vouches for.
  if (lines[0]?.startsWith('extra ')) lines.shift();
  const [index, ...hashes] = lines;
  if (!index?.startsWith('index ')) throw new Malformed('a proof that does not say of what');
  if (hashes.length > HASH_COUNT_MAX) throw new Malformed('a proof that is longer than any can be');
  return {
    index: wholeNumberOf(index.slice('index '.length)),
    hashes: hashes.map((line) => hashOfBase64(line)),
    checkpoint: text.slice(end + 2),
  };
}
