import { randomBytes } from 'node:crypto';
import { link, mkdir, open, unlink } from 'node:fs/promises';
import path from 'node:path';

// As the signer of the service keeps its memory. A witness imports nothing of the service, so that it loads in a moment, and
// so that whoever runs one has little to read.

/** Makes a folder that nobody else may enter, where there is none yet. */
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

export function ignoreAbsence(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

/** Makes what was linked in the folder survive a loss of power. Windows does not sync folders. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
