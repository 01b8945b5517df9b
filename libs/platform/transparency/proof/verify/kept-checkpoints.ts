import { Malformed } from '../malformed';
import type { FileSource } from './file-source';
import type { Findings } from './finding';
import { checkCheckpoint, logOf, recordIn, type KeyPeriod, type Trust, type TrustedCheckpoint } from './trust';

/**
 * Verifying a signature takes milliseconds in a browser: of very many, as many are looked at, evenly spread, and always
 * the last.
 */
const LOOKED_AT_MAX = 200;
const NAME = /^checkpoints\/((?:0|[1-9][0-9]{0,15})(?:[-.][0-9a-z-]+)?)$/;

/**
 * The checkpoints that a log or bundle keeps, in folder `checkpoints`: those that a trusted key has signed, of this
 * log.
 */
export async function keptCheckpoints(
  source: FileSource,
  newest: TrustedCheckpoint,
  trust: Trust,
  periods: readonly KeyPeriod[] | undefined,
  findings: Findings,
): Promise<readonly TrustedCheckpoint[]> {
  const kept: TrustedCheckpoint[] = [];
  for (const name of spread(await namesOf(source, findings))) {
    const bytes = await source.read(name);
    if (!bytes) continue;
    const { trusted, findings: found } = checkCheckpoint(name, bytes, trust, periods);
    findings.addAll(found);
    if (trusted && trusted.origin === newest.origin && trusted.size <= newest.size) kept.push(trusted);
    else if (trusted && logOf(trusted.origin) !== logOf(newest.origin))
      findings.add('originDiffers', { subject: name });
  }
  return kept.sort((one, other) => one.size - other.size);
}

async function namesOf(source: FileSource, findings: Findings): Promise<readonly string[]> {
  if (source.names) return (await source.names()).filter((name) => NAME.test(name));
  const list = await source.read('checkpoints');
  if (!list) return [];
  try {
    return sizesIn(list).map((size) => `checkpoints/${size}`);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    findings.add('checkpointMalformed', { subject: 'checkpoints' });
    return [];
  }
}

/**
 * The sizes in a list of kept checkpoints, as a server gives it: an object with `checkpoints`, each with its `size`.
 */
function sizesIn(bytes: Uint8Array): number[] {
  const { checkpoints } = recordIn(bytes);
  if (!Array.isArray(checkpoints)) throw new Malformed('not a list of checkpoints');
  const sizes = checkpoints.map((each: unknown) => ((each ?? {}) as Record<string, unknown>)['size']);
  if (!sizes.every((size) => Number.isSafeInteger(size))) throw new Malformed('not a list of checkpoints');
  return [...new Set(sizes as number[])];
}

function spread(names: readonly string[]): readonly string[] {
  if (names.length <= LOOKED_AT_MAX) return names;
  const step = (names.length - 1) / (LOOKED_AT_MAX - 1);
  return Array.from({ length: LOOKED_AT_MAX }, (_, index) => names[Math.round(index * step)] as string);
}
