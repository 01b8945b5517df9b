import { readFile, stat } from 'node:fs/promises';
import * as path from 'node:path';
import type { BundleFile } from '../zip/bundle-file';

/** Where the build leaves the page that verifies bundles in a browser; it may be absent. */
export function verifyPagePath(): string {
  return path.resolve('dist/apps/web/verify.html');
}

export async function hasVerifyPage(): Promise<boolean> {
  return stat(verifyPagePath()).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** The page that verifies bundles in a browser, where it was built. */
export async function* verifyPage(): AsyncGenerator<BundleFile> {
  if (await hasVerifyPage()) yield { path: 'verify.html', bytes: await readFile(verifyPagePath()) };
}
