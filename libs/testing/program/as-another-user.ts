import { statSync } from 'node:fs';
import path from 'node:path';

const REPOSITORY_ROOT = path.resolve(__dirname, '../../..');
const OTHERS_MAY_ENTER = 0o001;

/**
 * `it` for tests that run a program of this repository as another user: only root can, and only where every folder above the
 * repository lets others in, which the home of root does not. A function, because benchmarks import this folder without Jest.
 */
export function asAnotherUser(): jest.It {
  return process.getuid?.() === 0 && foldersAbove(REPOSITORY_ROOT).every(lets) ? it : it.skip;
}

function lets(folder: string): boolean {
  return (statSync(folder).mode & OTHERS_MAY_ENTER) !== 0;
}

function foldersAbove(folder: string): readonly string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...foldersAbove(parent)];
}
