import { readCheckpoint } from '@khamrap/platform/transparency/proof';

/** A witness as its cosignature tells of it. */
export interface CosignedBy {
  readonly name: string;
  /** RFC 3339 in UTC. */
  readonly time: string;
}

/** A cosignature/v1 is 8 bytes of time, the highest first, and 64 of an Ed25519 signature. */
const COSIGNATURE_BYTES = 72;

/**
 * Who has cosigned a checkpoint that the log keeps: their cosignatures were verified before it was kept. Lines of the log itself
 * are not among them.
 */
export function witnessesOf(note: string): readonly CosignedBy[] {
  const { note: parsed, checkpoint } = readCheckpoint(note);
  return parsed.signatures
    .filter(({ name, signature }) => name !== checkpoint.origin && signature.length === COSIGNATURE_BYTES)
    .map(({ name, signature }) => {
      const seconds = Number(new DataView(signature.buffer, signature.byteOffset, signature.length).getBigUint64(0));
      return { name, time: new Date(seconds * 1_000).toISOString() };
    });
}
