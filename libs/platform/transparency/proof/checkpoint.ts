import { base64Of, hashOfBase64, wholeNumberOf } from './bytes';
import { Malformed } from './malformed';
import type { Tree } from './merkle';
import { parseNote, type Note } from './note';

// Checkpoints: c2sp.org/tlog-checkpoint.

/** What a log says of itself: its name, its size, its root. */
export interface Checkpoint extends Tree {
  readonly origin: string;
}

/** The text that is signed. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${base64Of(root)}\n`;
}

/** @throws Malformed; lines behind the third are extensions, which this program passes over */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin, size, root, ...others] = text.split('\n');
  if (!origin || size === undefined || root === undefined || others.at(-1) !== '')
    throw new Malformed('not a checkpoint');
  return { origin, size: wholeNumberOf(size), root: hashOfBase64(root) };
}

/** A checkpoint as it is sent; nothing of it is verified yet. @throws Malformed */
export function readCheckpoint(note: string): { readonly note: Note; readonly checkpoint: Checkpoint } {
  const parsed = parseNote(note);
  return { note: parsed, checkpoint: parseCheckpoint(parsed.text) };
}
