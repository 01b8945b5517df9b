import * as fs from 'node:fs';
import * as path from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/**
 * The browser in which pages are tried: the one that KHAMRAP_BROWSER names, or the first one on the path. Where there is none,
 * nothing in this folder runs; the build server (CI) has to have one.
 */
export function findBrowser(): string | undefined {
  const named = process.env['KHAMRAP_BROWSER'];
  if (named !== undefined && named !== '') return named;
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const found = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name))).find((file) =>
    fs.existsSync(file),
  );
  if (found === undefined && process.env['CI'] === 'true')
    throw new Error('There is no browser to try the pages in: install chromium, or name one by KHAMRAP_BROWSER');
  return found;
}
