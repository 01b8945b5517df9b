import { Malformed } from '../malformed';
import type { FileSource } from './file-source';
import { Findings } from './finding';
import { verifierKeyText } from '../note';
import {
  checkCheckpoint,
  keyPeriodsIn,
  logOf,
  policyIn,
  policyOfKeys,
  type KeyPeriod,
  type Trust,
  type TrustedCheckpoint,
} from './trust';

/** What every check begins with: a checkpoint that a trusted key has signed. */
export interface Opening {
  readonly checkpoint: TrustedCheckpoint;
  readonly trust: Trust;
  /** When which key was the log's, as the log tells it; absent where it does not. */
  readonly periods?: readonly KeyPeriod[];
}

/**
 * Reads whose keys count and the checkpoint, and says what is to be said of them.
 * @returns nothing when there is no checkpoint that can be relied on
 */
export async function openSource(
  source: FileSource,
  given: Trust | undefined,
  findings: Findings,
): Promise<Opening | undefined> {
  const periods = await periodsOf(source, findings);
  const trust = given ?? (await trustFrom(source, periods, findings));
  const bytes = await source.read('checkpoint');
  if (!bytes) {
    findings.add('checkpointMissing', { subject: 'checkpoint' });
    return undefined;
  }
  if (!trust) return undefined;
  const { trusted, findings: found } = checkCheckpoint('checkpoint', bytes, trust, periods);
  findings.addAll(found);
  if (!trusted) return undefined;
  tellOfSignatures(trusted, trust, findings);
  if (!periods) findings.add('keyHistoryNotChecked');
  return { checkpoint: trusted, trust, ...(periods && { periods }) };
}

/** By whose keys, and what follows from where they came from. */
export function tellOfSignatures(checkpoint: TrustedCheckpoint, trust: Trust, findings: Findings): void {
  const { origin, vkeys, cosigners, witnessedAt } = checkpoint;
  for (const vkey of vkeys) findings.add('signedByKey', { subject: vkey });
  if (!trust.isGiven) findings.add('keyFromSource');
  if (witnessedAt !== undefined) findings.add('witnessedBy', { subject: cosigners.join(', ') });
  else if (trust.isGiven && trust.policy.quorum !== null) findings.add('quorumNotReached', { subject: 'checkpoint' });
  if (witnessedAt === undefined) findings.add('noWitness');
  if (origin !== logOf(origin)) findings.add('epochOpened', { subject: origin });
}

/** The keys that a server or folder names itself: they show that parts fit each other, and not whose they are. */
export async function trustOf(source: FileSource): Promise<Trust | undefined> {
  const findings = new Findings();
  return trustFrom(source, await periodsOf(source, findings), findings);
}

async function periodsOf(source: FileSource, findings: Findings): Promise<readonly KeyPeriod[] | undefined> {
  const bytes = await source.read('keys.json');
  return bytes && readOr(findings, 'keys.json', () => keyPeriodsIn(bytes));
}

async function trustFrom(
  source: FileSource,
  periods: readonly KeyPeriod[] | undefined,
  findings: Findings,
): Promise<Trust | undefined> {
  const bytes = await source.read('policy');
  if (!bytes && !periods) {
    findings.add('noTrustedSignature', { subject: 'checkpoint' });
    return undefined;
  }
  const policy = readOr(findings, bytes ? 'policy' : 'keys.json', () =>
    withOlderKeys(bytes ? policyIn(bytes) : policyOfKeys([]), periods ?? []),
  );
  return policy && { policy, isGiven: false };
}

/** A policy names the keys of now; older checkpoints are signed with those before. */
function withOlderKeys(policy: Trust['policy'], periods: readonly KeyPeriod[]): Trust['policy'] {
  const vkeys = new Set([...policy.logs.map((key) => verifierKeyText(key)), ...periods.map(({ vkey }) => vkey)]);
  return { ...policy, logs: policyOfKeys([...vkeys]).logs };
}

function readOr<Result>(findings: Findings, subject: string, read: () => Result): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    findings.add('keysMalformed', { subject });
    return undefined;
  }
}
