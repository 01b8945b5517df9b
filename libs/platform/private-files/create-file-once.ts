import { randomBytes } from 'node:crypto';
import { link, mkdir, open, unlink } from 'node:fs/promises';
import path from 'node:path';
import { syncFolder } from './write-private-file';

/** Makes a folder that nobody else may enter, where there is none yet. One that is there keeps the rights it was given. */
export async function makePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
}

/**
 * Makes a file that only this user may read: whole or not at all, and on disk before this returns. Linked into place, which
 * of several processes that try at once exactly one can do.
 * @returns false, with nothing changed, where there is one of that name already
 */
export async function createFileOnce(file: string, text: string): Promise<boolean> {
  const draft = `${file}.new-${process.pid}-${randomBytes(6).toString('hex')}`;
  try {
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(draft).catch(ignoreAbsence);
  }
  await syncFolder(path.dirname(file));
  return true;
}

/** For whoever removes what somebody else may have removed already. */
export function ignoreAbsence(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
