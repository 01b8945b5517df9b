import { base64Of, hashOfBase64, wholeNumberOf } from './bytes';
import { Malformed } from './malformed';

// What a log and a witness say to each other: c2sp.org/tlog-witness.

const HASH_COUNT_MAX = 63;

/** What a log asks a witness: to cosign a checkpoint, and why it may. */
export interface AddCheckpoint {
  /** Size of the tree that the witness has cosigned last. */
  readonly oldSize: number;
  /** The consistency proof from there, 32 bytes each. */
  readonly proof: readonly Uint8Array[];
  /** The signed note of the checkpoint. */
  readonly checkpoint: string;
}

/** Media type of the body of a 409: the size that the witness knows. */
export const TLOG_SIZE_TYPE = 'text/x.tlog.size';

export function addCheckpointText({ oldSize, proof, checkpoint }: AddCheckpoint): string {
  return `old ${oldSize}\n${proof.map((hash) => `${base64Of(hash)}\n`).join('')}\n${checkpoint}`;
}

/** @throws Malformed; nothing is verified yet */
export function parseAddCheckpoint(body: string): AddCheckpoint {
  const end = body.indexOf('\n\n');
  const [old, ...hashes] = body.slice(0, Math.max(end, 0)).split('\n');
  if (end < 0 || !old?.startsWith('old ')) throw new Malformed('not a request to cosign a checkpoint');
  if (hashes.length > HASH_COUNT_MAX) throw new Malformed('a proof that is longer than any can be');
  return {
    oldSize: wholeNumberOf(old.slice('old '.length)),
    proof: hashes.map((line) => hashOfBase64(line)),
    checkpoint: body.slice(end + 2),
  };
}
