import type { EventStore } from '@khamrap/platform/event-store';
import type { Pool } from 'pg';
import { Checkpoints } from '../checkpoints';
import { nodeDigest } from '../node-digest';
import {
  areEqual,
  Malformed,
  readCheckpoint,
  verifiedSignatures,
  verifierKeyText,
  verifyConsistency,
  type Policy,
  type VerifierKey,
} from '../proof';
import { LogAnnals } from '../signing/log-annals';
import { TransparencyLog } from '../transparency-log';
import { CosignedCheckpoints } from './cosigned-checkpoints';
import { keysOfLog } from './keys-of-log';
import { WitnessRecords } from './witness-records';

export interface BringingOptions {
  readonly policy: Policy;
  readonly log: Pick<TransparencyLog, 'latest' | 'consistencyProof'>;
  readonly cosigned: Pick<CosignedCheckpoints, 'add'>;
  readonly records: Pick<WitnessRecords, 'all' | 'tell'>;
  readonly keysOf: (origin: string) => Promise<readonly VerifierKey[]>;
}

/** What was kept of a note that came by file. */
export interface Brought {
  readonly size: number;
  /** Who has cosigned it, as the policy calls them. */
  readonly witnesses: readonly string[];
  /** Whether the quorum is reached, with what was there before. */
  readonly isWitnessed: boolean;
}

/** What was brought is not kept. The message is a sentence for whoever brought it. */
export class CosignatureRefused extends Error {
  override readonly name = 'CosignatureRefused';
}

/**
 * Takes a note that witnesses off the network have cosigned: it has to be of this log, of a tree that the log is a continuation
 * of, and cosigned by witnesses of the policy.
 * @throws CosignatureRefused
 */
export async function bringCosigned(text: string, options: BringingOptions): Promise<Brought> {
  const { policy, log, cosigned, records, keysOf } = options;
  const { note, checkpoint } = read(text);
  const keys = await keysOf(checkpoint.origin);
  const witnessKeys = policy.witnesses.map(({ key }) => key);
  const signers = verified(() => verifiedSignatures(note, [...keys, ...witnessKeys]));
  if (!signers.some(({ key }) => keys.includes(key)))
    throw new CosignatureRefused(`The note is not signed by a key of this log under the name ${checkpoint.origin}.`);
  const cosigners = policy.witnesses.filter(({ key }) => signers.some((signer) => signer.key === key));
  if (cosigners.length === 0)
    throw new CosignatureRefused('No witness of KHAMRAP_WITNESS_POLICY_FILE has cosigned the note.');
  const latest = await log.latest();
  if (latest === undefined || latest.size < checkpoint.size)
    throw new CosignatureRefused(
      `The note covers ${checkpoint.size} events, the log shows ${latest?.size ?? 0}: is this its newest copy?`,
    );
  const proof = await log.consistencyProof(checkpoint.size, latest.size);
  if (!verifyConsistency({ old: checkpoint, new: latest, proof }, nodeDigest))
    throw new CosignatureRefused(
      `ALARM: the log of today does not go on from the ${checkpoint.size} events of the note, which it has signed. Keep the note: it is evidence.`,
    );
  const lines = note.signatures.filter(({ name, keyId }) =>
    cosigners.some(({ key }) => key.name === name && areEqual(key.id, keyId)),
  );
  const isWitnessed = await cosigned.add(text, lines);
  const known = await records.all();
  for (const { key } of cosigners) {
    const vkey = verifierKeyText(key);
    const cosignedAt = new Date(
      Math.max(...signers.map((signer) => (signer.key === key ? (signer.time ?? 0) : 0))) * 1_000,
    );
    const before = known.find((record) => record.vkey === vkey);
    if (before?.cosignedAt && before.cosignedAt >= cosignedAt) continue;
    const { origin, size: cosignedSize } = checkpoint;
    await records.tell({ vkey, origin, cosignedSize, cosignedAt, refused: false, trouble: null });
  }
  return { size: checkpoint.size, witnesses: cosigners.map(({ name }) => name), isWitnessed };
}

function read(text: string): ReturnType<typeof readCheckpoint> {
  return verified(() => readCheckpoint(text));
}

function verified<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof Malformed)
      throw new CosignatureRefused(`This is not a note that was cosigned: ${error.message}.`);
    throw error;
  }
}

/** The same for whoever is attached to the database of the service. @param pool of the projecting role */
export function bringCosignedTo(
  { store, pool, readUrl, policy }: { store: EventStore; pool: Pool; readUrl: string; policy: Policy },
  text: string,
): Promise<Brought> {
  const log = new TransparencyLog({ store, readPool: pool, readUrl });
  return bringCosigned(text, {
    policy,
    log,
    cosigned: new CosignedCheckpoints(log, new Checkpoints(pool), policy),
    records: new WitnessRecords(pool),
    keysOf: keysOfLog(new LogAnnals(store)),
  });
}
