import path from 'node:path';
import { KEY_TYPES, Malformed, parseVerifierKey, type VerifierKey } from '@khamrap/platform/transparency/proof';
import { OptionRefused } from '../refusals';
import { Evidence } from './evidence';
import { Witness } from './witness';
import { openWitnessKey, type WitnessKey } from './witness-key';
import { originHash, WitnessMemory } from './witness-memory';

export interface WitnessFolder {
  readonly folder: string;
  /** May be left out once there is a key in the folder. */
  readonly name?: string;
  /** The vkeys of the logs that are witnessed. */
  readonly logs: readonly string[];
}

export interface OpenWitness {
  readonly key: WitnessKey;
  readonly witness: Witness;
  /** What is known of each log, in a sentence. */
  readonly standing: () => Promise<readonly string[]>;
}

/** @throws OptionRefused; Error when the folder does not hold what the witness has left in it */
export async function openWitness({ folder, name, logs }: WitnessFolder): Promise<OpenWitness> {
  const keys = logs.map(logKeyOf);
  const key = await openWitnessKey(folder, name);
  const memory = new WitnessMemory(folder, key.verifierKey);
  const evidence = new Evidence(path.join(folder, 'evidence'));
  const alarm = (message: string): void => void process.stderr.write(`${message}\n`);
  const witness = new Witness({ key, logs: keys, memory, evidence, now: Date.now, alarm });
  const standing = (): Promise<readonly string[]> =>
    Promise.all([...new Set(keys.map(({ name: origin }) => origin))].map((origin) => standingOf(memory, origin)));
  return { key, witness, standing };
}

async function standingOf(memory: WitnessMemory, origin: string): Promise<string> {
  const last = await memory.last(originHash(origin));
  return last === undefined
    ? `${origin}: nothing cosigned yet; what it shows first is where this witness begins`
    : `${origin}: cosigned up to ${last.checkpoint.size} events`;
}

function logKeyOf(vkey: string): VerifierKey {
  try {
    const key = parseVerifierKey(vkey);
    if (key.type === KEY_TYPES.ed25519) return key;
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
  }
  throw new OptionRefused(
    `--log takes the vkey of a log, such as khamrap.example.go.th/log+1a2b3c4d+AQ…; ${vkey} is none.`,
  );
}
