import type { EventStore } from '@khamrap/platform/event-store';
import { Malformed, parseVerifierKey, readCheckpoint, verifiedSignatures } from './proof';
import type { RecordedKey } from './signing/annals';
import { LogAnnals } from './signing/log-annals';

/**
 * Why the log does not stand by a checkpoint that is shown as its own; undefined when a key that it recorded has signed
 * it.
 */
export async function signatureProblem(store: EventStore, text: string): Promise<string | undefined> {
  const { note, checkpoint } = readCheckpoint(text);
  const { keys } = await new LogAnnals(store).read();
  const valid = keys
    .filter((key) => isValidAt(key, checkpoint.size))
    .map(({ vkey }) => parseVerifierKey(vkey))
    .filter(({ name }) => name === checkpoint.origin);
  try {
    if (verifiedSignatures(note, valid).length > 0) return undefined;
    return 'the checkpoint up to here is not signed by any key that the log had then';
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return `the checkpoint up to here has a signature that is wrong: ${error.message}`;
  }
}

function isValidAt({ fromSize, toSize = Infinity }: RecordedKey, size: number): boolean {
  return fromSize <= size && size < toSize;
}
