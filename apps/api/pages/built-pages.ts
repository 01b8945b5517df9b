import * as fs from 'node:fs';
import * as path from 'node:path';

/** Where pages for browsers are built to: beside this program, or in `dist` where it runs from its sources. */
const ROOT = path.resolve(__dirname, '../../..');
const FOLDER = path.join(path.basename(ROOT) === 'dist' ? ROOT : path.join(ROOT, 'dist'), 'apps', 'web');

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};

/** A file of a page, as it is sent. */
export interface PageFile {
  readonly bytes: Buffer;
  readonly mediaType: string;
}

/** The files of a page that was built, by name; none where it was not. They are few and small, and stay in memory. */
export function readPageFiles(folder: string): ReadonlyMap<string, PageFile> {
  return new Map(filesIn(path.join(FOLDER, folder)));
}

/** One file that was built. */
export function readBuiltFile(name: string): PageFile | undefined {
  return new Map(filesIn(FOLDER)).get(name);
}

function filesIn(folder: string): [name: string, file: PageFile][] {
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder).flatMap((name): [string, PageFile][] => {
    const mediaType = MEDIA_TYPES[path.extname(name)];
    return mediaType === undefined ? [] : [[name, { bytes: fs.readFileSync(path.join(folder, name)), mediaType }]];
  });
}
