import { readFile } from 'node:fs/promises';
import { ConfigRefused } from '@khamrap/platform/config';
import {
  Malformed,
  parsePolicy,
  reachesQuorum,
  verifiedSignatures,
  type Note,
  type Policy,
  type Witness,
} from '../proof';

/** Two lines of each fit into a note, besides those of the log. */
const WITNESS_COUNT_MAX = 24;

/** Nobody witnesses the log. */
export const NO_WITNESSES: Policy = { logs: [], witnesses: [], groups: [], quorum: null };

/**
 * Who witnesses the log, from the file that KHAMRAP_WITNESS_POLICY_FILE names. Its `log` lines are passed over: the log knows its
 * own keys.
 * @throws ConfigRefused in a sentence for whoever starts the service
 */
export async function readWitnessPolicy(file: string | undefined): Promise<Policy> {
  if (file === undefined) return NO_WITNESSES;
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ConfigRefused([`KHAMRAP_WITNESS_POLICY_FILE: ${file} cannot be read (${error.code ?? 'failed'}).`]);
  });
  try {
    return checked(parsePolicy(text));
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw new ConfigRefused([`KHAMRAP_WITNESS_POLICY_FILE: ${file}: ${error.message}.`]);
  }
}

function checked(policy: Policy): Policy {
  const { witnesses, quorum } = policy;
  if (witnesses.length > WITNESS_COUNT_MAX) throw new Malformed(`at most ${WITNESS_COUNT_MAX} witnesses`);
  if (quorum === null && witnesses.length > 0)
    throw new Malformed('witnesses without a quorum: say how many of them are needed');
  // One voice under two names would count twice.
  const publicKeys = new Set(witnesses.map(({ key }) => key.publicKey.toString()));
  if (publicKeys.size < witnesses.length) throw new Malformed('two witnesses have the same key');
  return policy;
}

/** Whether the cosignatures of a note reach the quorum. Where the policy asks for none, nothing is ever witnessed. @throws Malformed */
export function isWitnessed(policy: Policy, note: Note): boolean {
  return policy.quorum !== null && reachesQuorum(policy, new Set(cosignersOf(policy, note).map(({ name }) => name)));
}

/** The witnesses of the policy whose cosignatures a note has. @throws Malformed when one of them does not hold */
export function cosignersOf({ witnesses }: Policy, note: Note): readonly Witness[] {
  const verified = verifiedSignatures(
    note,
    witnesses.map(({ key }) => key),
  );
  return witnesses.filter(({ key }) => verified.some((signature) => signature.key === key));
}
