import { readdir, readFile, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { SourceFailed, type FileSource } from '@khamrap/platform/transparency/proof';

/** More than any file of a log or bundle has that is read whole. */
export const FILE_BYTES_MAX = 256 * 2 ** 20;
const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'EISDIR']);

/** A folder of files: an export of a log, or a bundle that was unpacked. */
export class FolderSource implements FileSource {
  constructor(private readonly folder: string) {}

  async read(name: string): Promise<Uint8Array | undefined> {
    const file = path.join(this.folder, ...segmentsOf(name));
    try {
      const found = await stat(file);
      // A device or a pipe has no size, and may have no end.
      if (!found.isFile()) return undefined;
      if (found.size > FILE_BYTES_MAX) throw new SourceFailed(`${name} (more than ${FILE_BYTES_MAX} bytes)`);
      return await readFile(file);
    } catch (error) {
      if (isAbsent(error)) return undefined;
      if (error instanceof SourceFailed) throw error;
      throw new SourceFailed(`${name} (${error instanceof Error ? error.message : String(error)})`);
    }
  }

  async names(): Promise<readonly string[]> {
    const found = await readdir(this.folder, { recursive: true, withFileTypes: true });
    return found
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(this.folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
      .sort();
  }
}

/** A list of files comes with what is checked: it leads nowhere else. @throws SourceFailed */
function segmentsOf(name: string): readonly string[] {
  const segments = name.split('/');
  const isInside = segments.every((segment) => segment !== '' && segment !== '.' && segment !== '..');
  if (!isInside || /[\\\0:]/.test(name))
    throw new SourceFailed(`${JSON.stringify(name)} (not a name within the folder)`);
  return segments;
}

function isAbsent(error: unknown): boolean {
  return ABSENT.has(String((error as NodeJS.ErrnoException).code));
}
