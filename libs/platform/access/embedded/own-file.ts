import * as fs from 'node:fs';
import * as path from 'node:path';

/** What a file of the data folder holds, made there by the first who asks, readable by this user only. */
export async function ownFile<Content>(file: string, make: () => Promise<Content>): Promise<Content> {
  return read<Content>(file) ?? (await keep(file, await make()));
}

/** What a file of the data folder holds; undefined when there is none. */
export function read<Content>(file: string): Content | undefined {
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as Content) : undefined;
}

// Written aside and linked into place: a file of that name is whole, and of two first starts one wins for both.
async function keep<Content>(file: string, content: Content): Promise<Content> {
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const aside = `${file}.${process.pid}.${process.hrtime.bigint()}`;
  fs.writeFileSync(aside, JSON.stringify(content), { mode: 0o600, flag: 'wx' });
  try {
    fs.linkSync(aside, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    fs.unlinkSync(aside);
  }
  return read<Content>(file) as Content;
}
