import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { SignedCheckpoint } from './checkpoints';
import { nodeDigest } from './node-digest';
import { readCheckpoint, tilePath, tilesOf, TILE_WIDTH, verifyConsistency, type TileName } from './proof';
import type { TransparencyLog } from './transparency-log';

/** The folder cannot be brought up to date with this log. The message is a sentence. */
export class ExportRefused extends Error {
  override readonly name = 'ExportRefused';
}

/** What became of an export. */
export interface LogExport {
  readonly origin: string;
  readonly size: number;
  /** How many files were written. */
  readonly fileCount: number;
}

/**
 * Writes the published log as files under the names of c2sp.org/tlog-tiles, so that any server of files can hand it out. In a
 * folder that has been written before only what is new is added. The checkpoint comes last: what it covers is there.
 * @returns undefined when nothing has been published yet
 * @throws ExportRefused when the folder holds another log, or one that this log does not continue
 */
export async function exportLog(log: TransparencyLog, folder: string): Promise<LogExport | undefined> {
  const latest = await log.latest();
  if (!latest) return undefined;
  const since = await exportedSize(log, folder, latest);
  let fileCount = 0;
  for (const { level, index, width } of tilesOf(latest.size, since)) {
    fileCount += await writeTile(folder, { level, index, width }, () => log.tile(level, index, width));
    if (level > 0) continue;
    fileCount += await writeTile(folder, { level: 'entries', index, width }, () => log.entries(index, width));
  }
  await writeWhole(path.join(folder, 'checkpoint'), latest.note);
  return { origin: latest.origin, size: latest.size, fileCount: fileCount + 1 };
}

/** How much of the log the folder has; 0 for a new one. */
async function exportedSize(log: TransparencyLog, folder: string, latest: SignedCheckpoint): Promise<number> {
  const note = await readFile(path.join(folder, 'checkpoint'), 'utf8').catch(missingAsUndefined);
  if (note === undefined) return 0;
  const old = readCheckpoint(note).checkpoint;
  if (old.size > latest.size)
    throw new ExportRefused(`${folder} has ${old.size} events, and the log only ${latest.size}.`);
  const proof = await log.consistencyProof(old.size, latest.size);
  if (!verifyConsistency({ old, new: latest, proof }, nodeDigest))
    throw new ExportRefused(`${folder} holds a log of ${old.size} events that this one does not begin with.`);
  return old.size;
}

async function writeTile(folder: string, name: TileName, read: () => Promise<Uint8Array | undefined>): Promise<0 | 1> {
  const file = path.join(folder, tilePath(name));
  const isThere = await stat(file).then(() => true, missingAsUndefined);
  if (isThere) return 0;
  const bytes = await read();
  if (!bytes) throw new Error(`the log has no ${tilePath(name)}`);
  await writeWhole(file, bytes);
  // Nobody needs parts of a tile that is there as a whole.
  if (name.width === TILE_WIDTH) await rm(`${file}.p`, { recursive: true, force: true });
  return 1;
}

/** Whoever reads meanwhile finds nothing or all of it. */
async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const draft = `${file}.draft`;
  await writeFile(draft, content);
  await rename(draft, file);
}

function missingAsUndefined(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
  throw error;
}
