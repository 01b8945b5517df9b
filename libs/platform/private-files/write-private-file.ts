import { open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';

/** Writes a file that only its owner may read: whole or not at all, and on disk before this returns. */
export async function writePrivateFile(file: string, text: string): Promise<void> {
  const draft = `${file}.new-${process.pid}`;
  const handle = await open(draft, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
  await syncFolder(path.dirname(file));
}

/** The text of a file; undefined where there is none. */
export async function readIfPresent(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

/** Makes renames and links within the folder survive a loss of power. Windows does not sync folders. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
