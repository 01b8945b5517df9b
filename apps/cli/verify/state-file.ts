import { readFile, rename, writeFile } from 'node:fs/promises';
import {
  Malformed,
  restoredAudit,
  savedAudit,
  utf8,
  type AuditMemory,
  type Held,
  type LogCheck,
} from '@khamrap/platform/transparency/proof';
import { nodeDigest } from './node-digest';
import { WrongUse } from './options';

/** What the last check of a log left for the next one. */
export interface SavedCheck {
  readonly memory: AuditMemory;
  readonly held: Held;
}

/** @returns undefined before the first check @throws WrongUse when the file is something else, or damaged */
export async function readState(file: string): Promise<SavedCheck | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new WrongUse(error instanceof Error ? error.message : String(error));
  }
  try {
    const { memory, checkpoint } = restoredAudit(bytes, nodeDigest);
    return { memory, held: { name: file, note: utf8(checkpoint) } };
  } catch (error) {
    if (error instanceof Malformed) throw new WrongUse(`${file}: ${error.message}`);
    throw error;
  }
}

/**
 * Written aside and moved into place: whoever is stopped meanwhile has the one before. Nothing is kept of a log that is
 * not as it should be.
 */
export async function writeState(file: string, { memory, checkpoint }: LogCheck): Promise<void> {
  if (!memory || !checkpoint) return;
  await writeFile(`${file}.new`, savedAudit(memory, checkpoint.note, nodeDigest));
  await rename(`${file}.new`, file);
}
