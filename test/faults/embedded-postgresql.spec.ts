import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, chown, mkdtemp, readlink, realpath, rm, stat, symlink } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { attachEmbeddedPostgres, startEmbeddedPostgres } from '@khamrap/platform/database';
import { accountForPostgres } from '../../libs/platform/database/embedded/account';
import { prepareBinaries } from '../../libs/platform/database/embedded/binaries';
import { startOnFreePort } from '../../libs/platform/database/embedded/embedded-postgres';
import { stopOrphans } from '../../libs/platform/database/embedded/orphans';
import { makeClosedProject } from '../../libs/testing/database/closed-project';
import {
  EMBEDDED_OWNER,
  isRunning,
  postmasterPid,
  query,
  startedAddress,
} from '../../libs/testing/database/embedded-owner';
import { eventually } from '../../libs/testing/eventually';
import { asAnotherUser, startProgram, type RunningProgram } from '../../libs/testing/program';

type ProgramModule = typeof import('../../libs/testing/program');

const REPOSITORY_ROOT = path.resolve(__dirname, '../..');
const SYSTEM_FOLDER = '/var/lib/khamrap';
const NOBODY = 65_534;
const RESTART_MS_MAX = 5_000;

const silent = { log: () => undefined, warn: () => undefined };
const hadSystemFolder = existsSync(SYSTEM_FOLDER);
const onlyRoot = process.getuid?.() === 0 ? it : it.skip;
const onlyLinux = process.platform === 'linux' ? it : it.skip;

jest.setTimeout(30_000);

/** Of one cluster, which every test that is not about the first start finds stopped and leaves stopped. */
let usedFolder: string;

const folders: string[] = [];
const programs = new Set<RunningProgram>();

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'khamrap-fault-'));
  await chmod(folder, 0o711);
  folders.push(folder);
  return folder;
}

function own(dataFolder: string, ...rest: string[]): RunningProgram {
  return watched(startProgram(path.join(REPOSITORY_ROOT, EMBEDDED_OWNER), { arguments: [dataFolder, ...rest] }));
}

function watched(program: RunningProgram): RunningProgram {
  programs.add(program);
  return program;
}

const stop = (program: RunningProgram) => program.kill('SIGTERM');
const writeDown = (address: string, n: number) =>
  query(address, `DROP TABLE IF EXISTS note; CREATE TABLE note (n int); INSERT INTO note VALUES (${n})`);
const readBack = (address: string) => query<{ n: number }>(address, 'SELECT n FROM note ORDER BY n');

beforeAll(async () => {
  usedFolder = await makeFolder();
  const first = await startEmbeddedPostgres({ dataFolder: usedFolder, log: silent });
  await first.stop();
});

afterEach(async () => {
  await Promise.all([...programs].map((program) => program.kill('SIGTERM')));
  programs.clear();
});

afterAll(async () => {
  for (const folder of folders) {
    for (const dataFolder of [folder, path.join(folder, 'data')]) await removeCluster(dataFolder);
    await rm(folder, { recursive: true, force: true });
  }
  const clusters = path.join(SYSTEM_FOLDER, 'clusters');
  const isOurs = !hadSystemFolder && existsSync(clusters) && readdirSync(clusters).length === 0;
  if (isOurs) await rm(SYSTEM_FOLDER, { recursive: true });
});

/** Also where a test failed before it had stopped what it started, and where the cluster lies outside its data folder. */
async function removeCluster(dataFolder: string): Promise<void> {
  const cluster = await realpath(path.join(dataFolder, 'postgres')).catch(() => undefined);
  if (cluster === undefined) return;
  await stopOrphans(cluster, silent);
  await rm(cluster, { recursive: true });
}

describe('an owner that is killed', () => {
  it('leaves a server that the next owner takes over with all that it acknowledged', async () => {
    const first = own(usedFolder);
    const address = await startedAddress(first);
    await writeDown(address, 1);
    const orphan = postmasterPid(usedFolder);

    await first.kill('SIGKILL');
    expect(isRunning(orphan)).toBe(true);
    expect(await attachEmbeddedPostgres(usedFolder)).toBeUndefined();

    const killedAt = performance.now();
    const second = own(usedFolder);
    expect(await readBack(await startedAddress(second))).toEqual([{ n: 1 }]);
    expect(performance.now() - killedAt).toBeLessThan(RESTART_MS_MAX);
    expect(isRunning(orphan)).toBe(false);
    expect(second.output()).toContain(`Stopping the database that a killed process left running`);
    await stop(second);
  });

  it('may take its server with it', async () => {
    const first = own(usedFolder);
    await writeDown(await startedAddress(first), 1);
    const postmaster = postmasterPid(usedFolder);
    process.kill(postmaster, 'SIGKILL');
    await first.kill('SIGKILL');

    const second = own(usedFolder);
    expect(await readBack(await startedAddress(second))).toEqual([{ n: 1 }]);
    await stop(second);
  });

  it('in the middle of its first start leaves nothing in the way of the next', async () => {
    const freshFolder = await makeFolder();
    const drafts = () => readdirSync(freshFolder).filter((entry) => entry.startsWith('postgres.new-'));
    const first = own(freshFolder);
    await eventually('a half-made cluster', () =>
      drafts().some((draft) => existsSync(path.join(freshFolder, draft, 'global'))) ? true : undefined,
    );
    await first.kill('SIGKILL');
    expect(existsSync(path.join(freshFolder, 'postgres'))).toBe(false);
    expect(drafts()).not.toEqual([]);

    const second = own(freshFolder);
    await writeDown(await startedAddress(second), 1);
    expect(drafts()).toEqual([]);
    await stop(second);
  });
});

describe('an owner that lives', () => {
  it('is neither disturbed nor joined by a second start, and can be attached to', async () => {
    const first = own(usedFolder);
    const address = await startedAddress(first);
    const since = await query(address, 'SELECT pg_postmaster_start_time()');

    const second = own(usedFolder);
    const [, message] = await second.line(/^refused DataFolderInUse: (.+)$/);
    expect(message).toContain(`process ${first.pid} runs its database`);
    expect(message).toContain(usedFolder);
    expect(await second.exited).toEqual({ code: 1, signal: null });

    expect(await query(address, 'SELECT pg_postmaster_start_time()')).toEqual(since);
    expect((await attachEmbeddedPostgres(usedFolder))?.adminUrl).toBe(address);
    await stop(first);
    expect(await attachEmbeddedPostgres(usedFolder)).toBeUndefined();
  });

  it('is one, however many start at once, on a fresh folder and after a killed owner', async () => {
    const freshFolder = await makeFolder();
    for (const round of ['fresh', 'after a killed owner']) {
      const racers = Array.from({ length: 4 }, () => own(freshFolder));
      const endings = await Promise.all(racers.map((racer) => racer.line(/^(started|refused DataFolderInUse)/)));
      const winners = racers.filter((_, index) => endings[index]![1] === 'started');
      expect({ round, winners: winners.length }).toEqual({ round, winners: 1 });
      await winners[0]!.kill('SIGKILL');
    }
    const last = own(freshFolder);
    await startedAddress(last);
    await stop(last);
  });

  it('stops its server when it leaves without a word', async () => {
    const program = own(usedFolder, '--leave');
    await startedAddress(program);
    await program.exited;
    await eventually('the end of the server', () =>
      existsSync(path.join(usedFolder, 'postgres/postmaster.pid')) ? undefined : true,
    );
  });
});

describe('the server', () => {
  it('starts on another port when its port is taken', async () => {
    const first = await startEmbeddedPostgres({ dataFolder: usedFolder, log: silent });
    await first.stop();
    const occupier = createServer();
    await new Promise<void>((resolve) => occupier.listen(0, '127.0.0.1', resolve));
    occupier.unref();
    const { port: taken } = occupier.address() as AddressInfo;

    const clusterFolder = path.join(usedFolder, 'postgres');
    const account = await accountForPostgres(clusterFolder);
    const { postgres } = await prepareBinaries(account);
    const ports = [taken, first.port];
    const { port, postmaster } = await startOnFreePort(
      { postgres, clusterFolder, account, settings: {}, log: silent },
      () => Promise.resolve(ports.shift()!),
    );
    await postmaster.stop();
    expect(port).toBe(first.port);
    occupier.close();
  });

  it('tells when it ends by itself, and what PostgreSQL said when it cannot start', async () => {
    const server = await startEmbeddedPostgres({ dataFolder: usedFolder, log: silent });
    process.kill(postmasterPid(usedFolder), 'SIGQUIT');
    expect((await server.exited).message).toMatch(/ended by itself[^]*received immediate shutdown request/);
    await server.stop();

    await expect(
      startEmbeddedPostgres({ dataFolder: usedFolder, settings: { shared_buffers: 'plenty' }, log: silent }),
    ).rejects.toThrow(/did not start[^]*invalid value for parameter "shared_buffers"/);
    const again = await startEmbeddedPostgres({ dataFolder: usedFolder, log: silent });
    await again.stop();
  });

  it('refuses to begin anew where a cluster has been', async () => {
    const freshFolder = await makeFolder();
    await symlink(path.join(freshFolder, 'gone'), path.join(freshFolder, 'postgres'));
    await expect(startEmbeddedPostgres({ dataFolder: freshFolder, log: silent })).rejects.toThrow(
      /no database cluster is there/,
    );
  });

  onlyLinux('listens to this machine only, is not root, and keeps its secrets to their owner', async () => {
    const program = own(usedFolder);
    const address = await startedAddress(program);
    const [row] = await query(
      address,
      `SELECT current_setting('listen_addresses') AS hosts,
      current_setting('unix_socket_directories') AS sockets, current_setting('data_checksums') AS checksums,
      current_setting('fsync') AS fsync, (SELECT datlocale FROM pg_database WHERE datname = 'template1') AS locale`,
    );
    expect(row).toEqual({ hosts: '127.0.0.1', sockets: '', checksums: 'on', fsync: 'on', locale: 'C.UTF-8' });
    for (const file of ['connection.json', 'superuser.password']) {
      const { mode } = await stat(path.join(usedFolder, file));
      expect(mode & 0o777).toBe(0o600);
    }
    const wrong = new URL(address);
    wrong.password = 'guess';
    await expect(query(wrong.href, 'SELECT')).rejects.toThrow(/password authentication failed/);
    const status = readFileSync(`/proc/${postmasterPid(usedFolder)}/status`, 'utf8');
    expect(/^Uid:\t(\d+)/m.exec(status)?.[1]).not.toBe('0');
  });
});

describe('the account', () => {
  asAnotherUser()('is our own when we are not root', async () => {
    const freshFolder = await makeFolder();
    await chown(freshFolder, NOBODY, NOBODY);
    const entry = path.join(REPOSITORY_ROOT, EMBEDDED_OWNER);
    const program = watched(startProgram(entry, { uid: NOBODY, arguments: [freshFolder] }));
    await writeDown(await startedAddress(program), 1);
    await program.kill('SIGKILL');
    const next = watched(startProgram(entry, { uid: NOBODY, arguments: [freshFolder] }));
    expect(await readBack(await startedAddress(next))).toEqual([{ n: 1 }]);

    const intruder = watched(startProgram(entry, { uid: NOBODY, arguments: [usedFolder] }));
    await intruder.line(/^refused Error: The data folder .* belongs to another user/);
  });

  onlyRoot('need not be able to enter the project, whose package may lack its symbolic links', async () => {
    const project = await makeFolder();
    await makeClosedProject(project);
    const dataFolder = path.join(project, 'data');
    // The module of the copy: what it starts sees nothing but the copy.
    const copied = (await import(path.join(project, 'libs/testing/program/index'))) as ProgramModule;
    const start = () => watched(copied.startProgram(path.join(project, EMBEDDED_OWNER), { arguments: [dataFolder] }));

    const first = start();
    await writeDown(await startedAddress(first), 1);
    const cluster = await readlink(path.join(dataFolder, 'postgres'));
    expect(cluster).toMatch(/^\/var\/lib\/khamrap\/clusters\/[0-9a-f]{32}$/);
    const program = await readlink(`/proc/${postmasterPid(dataFolder)}/exe`);
    expect(program).toMatch(/^\/var\/lib\/khamrap\/postgresql-18[^/]*\/bin\/postgres$/);
    await first.kill('SIGKILL');

    const second = start();
    expect(await readBack(await startedAddress(second))).toEqual([{ n: 1 }]);
    await stop(second);
  });
});
