import { readdirSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

/** The root of the repository. */
export const ROOT = resolve(__dirname, '../..');

const TOP_LEVEL = ['apps', 'libs', 'test'];
const NOT_OURS = new Set(['node_modules', 'dist', 'coverage']);

/** Every source file that we wrote, by its path from the root with forward slashes, sorted. */
export function sourceFiles(extensions: readonly string[] = ['.ts', '.tsx']): readonly string[] {
  return TOP_LEVEL.flatMap((folder) => filesUnder(join(ROOT, folder)))
    .map((path) => relative(ROOT, path).split(sep).join('/'))
    .filter((path) => extensions.some((extension) => path.endsWith(extension)))
    .sort();
}

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (NOT_OURS.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
}
