import { textOf } from '../bytes';
import { readCheckpoint, type Checkpoint } from '../checkpoint';
import { Malformed } from '../malformed';
import {
  KEY_TYPES,
  parseVerifierKey,
  verifiedSignatures,
  verifierKey,
  verifierKeyText,
  type Note,
  type VerifiedSignature,
  type VerifierKey,
} from '../note';
import { parsePolicy, reachesQuorum, type Policy } from '../policy';
import type { Finding } from './finding';

/** Whose signatures count. */
export interface Trust {
  readonly policy: Policy;
  /** Whether the holder has brought the keys, rather than taken them from what is checked. */
  readonly isGiven: boolean;
}

/** When a key was the log's: for checkpoints of sizes from `fromSize` up to but without `toSize`. */
export interface KeyPeriod {
  readonly vkey: string;
  readonly fromSize: number;
  /** Absent while the key is in use. */
  readonly toSize?: number;
}

/** A checkpoint that a trusted key has signed. */
export interface TrustedCheckpoint extends Checkpoint {
  /** The signed note, byte for byte. */
  readonly note: string;
  /** The vkeys of the log that have signed it. */
  readonly vkeys: readonly string[];
  /** Names of the witnesses that have cosigned it. */
  readonly cosigners: readonly string[];
  /** When the quorum was reached, in seconds since 1970; absent where it is not, or where the policy asks for none. */
  readonly witnessedAt?: number;
}

const EPOCH = /\/epoch-[1-9][0-9]*$/;

/** The name of the log that is in its leaves: the origin of its checkpoints without the epoch. */
export function logOf(origin: string): string {
  return origin.replace(EPOCH, '');
}

/**
 * What somebody trusts who has keys and no policy: any of the keys of the log, and all of the witnesses.
 * @throws Malformed when one of them is not a vkey
 */
export function policyOfKeys(vkeys: readonly string[]): Policy {
  const keys = vkeys.map((vkey) => parseVerifierKey(vkey));
  const witnesses = keys
    .filter(({ type }) => type === KEY_TYPES.cosignature)
    .map((key, index) => ({ name: `witness-${index + 1}`, key }));
  const members = witnesses.map(({ name }) => name);
  const isWitnessed = members.length > 0;
  return {
    logs: keys.filter(({ type }) => type === KEY_TYPES.ed25519),
    witnesses,
    groups: isWitnessed ? [{ name: 'all-witnesses', needed: members.length, members }] : [],
    quorum: isWitnessed ? 'all-witnesses' : null,
  };
}

/** @throws Malformed */
export function policyIn(bytes: Uint8Array): Policy {
  return parsePolicy(textOf(bytes));
}

/**
 * The periods in `keys.json`: an object with `keys`, each with `vkey`, `fromSize` and, once it is retired, `toSize`.
 * @throws Malformed
 */
export function keyPeriodsIn(bytes: Uint8Array): KeyPeriod[] {
  const { keys } = recordIn(bytes);
  if (!Array.isArray(keys)) throw new Malformed('no list of keys');
  return keys.map((key: unknown) => {
    const { vkey, fromSize, toSize } = (key ?? {}) as Record<string, unknown>;
    const isEnd = toSize === undefined || toSize === null || typeof toSize === 'number';
    if (typeof vkey !== 'string' || typeof fromSize !== 'number' || !isEnd)
      throw new Malformed('not a key with its sizes');
    return { vkey, fromSize, ...(typeof toSize === 'number' && { toSize }) };
  });
}

/** A JSON object in UTF-8. @throws Malformed */
export function recordIn(bytes: Uint8Array): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(textOf(bytes));
  } catch {
    throw new Malformed('not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Malformed('not a JSON object');
  return value as Record<string, unknown>;
}

/** What came of looking at a checkpoint. */
export interface CheckpointCheck {
  /** Absent when it cannot be relied on; the findings say why. */
  readonly trusted?: TrustedCheckpoint;
  readonly findings: readonly Finding[];
}

/**
 * Looks who has signed a checkpoint.
 * @param name as findings call it
 * @param periods of the keys, where they are known
 */
export function checkCheckpoint(
  name: string,
  bytes: Uint8Array,
  trust: Trust,
  periods?: readonly KeyPeriod[],
): CheckpointCheck {
  const refused = (code: Finding['code']): CheckpointCheck => ({ findings: [{ code, subject: name }] });
  let read: { readonly note: Note; readonly checkpoint: Checkpoint };
  const note = textOrNothing(bytes);
  try {
    read = readCheckpoint(note);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return refused('checkpointMalformed');
  }
  const { checkpoint } = read;
  const { policy } = trust;
  if (policy.logs.length > 0 && !policy.logs.some((key) => logOf(key.name) === logOf(checkpoint.origin)))
    return refused('originDiffers');
  let signatures: readonly VerifiedSignature[];
  try {
    signatures = verifiedSignatures(read.note, [
      ...keysFor(checkpoint.origin, policy.logs),
      ...policy.witnesses.map(({ key }) => key),
    ]);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return refused('signatureWrong');
  }
  const signers = signatures.filter(({ time }) => time === undefined).map(({ key }) => verifierKeyText(key));
  if (signers.length === 0) return refused('noTrustedSignature');
  const valid = periods ? signers.filter((vkey) => isValidAt(vkey, checkpoint.size, periods)) : signers;
  if (valid.length === 0) return refused('keyNotValid');
  return {
    trusted: { ...checkpoint, note, vkeys: valid, ...cosignaturesOf(signatures, policy) },
    findings: [],
  };
}

/**
 * The same keys under the name of an epoch: it is the public key that is trusted, the name says which tree is meant.
 */
function keysFor(origin: string, keys: readonly VerifierKey[]): VerifierKey[] {
  const ofLog = keys.filter(({ name }) => logOf(name) === logOf(origin));
  return ofLog.map((key) => (key.name === origin ? key : verifierKey(origin, key.type, key.publicKey)));
}

/** A key that the log has never told of is as good as the trust in it; one that it has told of, in its time only. */
function isValidAt(vkey: string, size: number, periods: readonly KeyPeriod[]): boolean {
  const ofKey = periods.filter((period) => period.vkey === vkey);
  return ofKey.length === 0 || ofKey.some(({ fromSize, toSize = Infinity }) => fromSize <= size && size < toSize);
}

function cosignaturesOf(
  signatures: readonly VerifiedSignature[],
  policy: Policy,
): Pick<TrustedCheckpoint, 'cosigners' | 'witnessedAt'> {
  const cosigned = policy.witnesses.flatMap(({ name, key }) =>
    signatures.flatMap((signature) =>
      signature.key === key && signature.time !== undefined ? [{ name, seconds: signature.time }] : [],
    ),
  );
  cosigned.sort((one, other) => one.seconds - other.seconds);
  const cosigners = [...new Set(cosigned.map(({ name }) => name))];
  if (policy.quorum === null) return { cosigners };
  // The moment at which the last witness came that was needed.
  const names = new Set<string>();
  for (const { name, seconds } of cosigned) {
    names.add(name);
    if (reachesQuorum(policy, names)) return { cosigners, witnessedAt: seconds };
  }
  return { cosigners };
}

function textOrNothing(bytes: Uint8Array): string {
  try {
    return textOf(bytes);
  } catch {
    return '';
  }
}
