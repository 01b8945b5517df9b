import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../testing/database';
import { addressOf, withMaintenance } from '../../testing/database/maintenance';
import { attachDatabase, openDatabase, type OpenDatabaseOptions } from './open-database';
import { withClient } from './sessions';

const silent = { log: () => undefined, warn: () => undefined };

async function whoIs(url: string): Promise<string> {
  return withClient(url, async (client) => (await client.query('SELECT current_user AS name')).rows[0].name);
}

describe('openDatabase on a server that is there', () => {
  const rolePrefix = `khamrap_test_${randomBytes(4).toString('hex')}`;
  let test: TestDatabase;
  let options: OpenDatabaseOptions;

  beforeAll(async () => {
    test = await createTestDatabase();
    const databaseName = new URL(test.database.urls.read).pathname.slice(1);
    options = {
      externalUrl: addressOf(databaseName),
      dataFolder: '',
      rolePrefix,
      allowUnsafeDurability: true,
      log: silent,
    };
  });

  afterAll(async () => {
    await test.drop();
    await withMaintenance(async (client) => {
      for (const kind of ['migrate', 'append', 'project', 'read']) {
        await client.query(`DROP ROLE IF EXISTS ${rolePrefix}_${kind}, ${rolePrefix}_plain`);
      }
    });
  });

  it('makes the roles once, however many instances start together, and each logs in as itself', async () => {
    const [database] = await Promise.all([1, 2, 3].map(() => openDatabase(options)));
    const names = await Promise.all(Object.values(database!.urls).map(whoIs));
    expect(names).toEqual(['migrate', 'append', 'project', 'read'].map((kind) => `${rolePrefix}_${kind}`));
    expect(database!.embedded).toBe(false);
    expect((await attachDatabase(options))?.urls).toEqual(database!.urls);
  });

  it('puts right what was changed: passwords, attributes, settings, an open door', async () => {
    const { urls } = await openDatabase(options);
    await withClient(options.externalUrl!, async (client) => {
      await client.query(`ALTER ROLE ${rolePrefix}_append PASSWORD 'other' BYPASSRLS CREATEROLE`);
      await client.query(`ALTER ROLE ${rolePrefix}_append RESET ALL`);
      await client.query('GRANT CREATE ON SCHEMA public TO PUBLIC');
    });
    await expect(whoIs(urls.append)).rejects.toThrow(/password authentication failed/);

    await openDatabase(options);
    const state = await withClient(urls.append, (client) =>
      client.query(`SELECT rolbypassrls OR rolcreaterole AS power, current_setting('statement_timeout') AS bound,
                           has_schema_privilege('public', 'CREATE') AS may FROM pg_roles WHERE rolname = current_user`),
    );
    expect(state.rows).toEqual([{ power: false, bound: '10s', may: false }]);
  });

  it('lets nobody call a new function unless that is granted', async () => {
    const { urls } = await openDatabase(options);
    await withClient(urls.migrate, (client) =>
      client.query(`CREATE FUNCTION secret() RETURNS int LANGUAGE sql AS 'SELECT 1'`),
    );
    await expect(withClient(urls.read, (client) => client.query('SELECT secret()'))).rejects.toThrow(
      /permission denied/,
    );
  });

  it('keeps passwords out of what the server is told', async () => {
    const { urls } = await openDatabase(options);
    await withClient(options.externalUrl!, (client) => client.query(`ALTER ROLE ${rolePrefix}_read PASSWORD 'other'`));
    const said: string[] = [];
    const query = jest.spyOn(Client.prototype, 'query');
    await openDatabase(options);
    for (const [statement] of query.mock.calls as unknown[][]) said.push(JSON.stringify(statement));
    query.mockRestore();
    expect(said.join('\n')).toContain(`ALTER ROLE \\"${rolePrefix}_read\\" PASSWORD 'SCRAM-SHA-256`);
    for (const url of Object.values(urls)) expect(said.join('\n')).not.toContain(new URL(url).password);
  });

  it('refuses a server that acknowledges before it has flushed', async () => {
    const hasty = new URL(options.externalUrl!);
    hasty.searchParams.set('options', '-c synchronous_commit=off');
    const opening = openDatabase({ ...options, externalUrl: hasty.href, allowUnsafeDurability: false });
    await expect(opening).rejects.toMatchObject({
      name: 'UnsafeDurability',
      settings: expect.objectContaining({ synchronous_commit: 'off' }),
    });
    await expect(opening).rejects.toThrow(/synchronous_commit = off/);
  });

  it('is content with an administrator who is no superuser', async () => {
    const [admin, databaseName] = [`${rolePrefix}_admin`, `${rolePrefix}_owned`];
    await withMaintenance(async (client) => {
      await client.query(`CREATE ROLE ${admin} LOGIN CREATEROLE PASSWORD 'plain'`);
      await client.query(`CREATE DATABASE ${databaseName} OWNER ${admin}`);
    });
    const url = new URL(addressOf(databaseName));
    [url.username, url.password] = [admin, 'plain'];
    const ofAdmin = { ...options, externalUrl: url.href, rolePrefix: databaseName };
    const { urls } = await openDatabase(ofAdmin);
    await openDatabase(ofAdmin);
    await withClient(urls.migrate, (client) => client.query('CREATE TABLE public.mine (id int)'));
    await expect(withClient(urls.read, (client) => client.query('SELECT FROM mine'))).rejects.toThrow(
      /permission denied/,
    );
    await withMaintenance(async (client) => {
      await client.query(`DROP DATABASE ${databaseName}`);
      for (const kind of ['migrate', 'append', 'project', 'read'])
        await client.query(`DROP ROLE ${databaseName}_${kind}`);
      await client.query(`DROP ROLE ${admin}`);
    });
  });

  it('refuses an administrator who may not do what is needed', async () => {
    await withMaintenance((client) => client.query(`CREATE ROLE ${rolePrefix}_plain LOGIN PASSWORD 'plain'`));
    const databaseName = new URL(options.externalUrl!).pathname.slice(1);
    await withMaintenance((client) => client.query(`GRANT CONNECT ON DATABASE ${databaseName} TO ${rolePrefix}_plain`));
    const plain = new URL(options.externalUrl!);
    [plain.username, plain.password] = [`${rolePrefix}_plain`, 'plain'];
    await expect(openDatabase({ ...options, externalUrl: plain.href, rolePrefix: 'other' })).rejects.toThrow(
      /permission denied to create role/,
    );
  });
});

describe('openDatabase without a server', () => {
  let dataFolder: string;

  beforeAll(async () => {
    dataFolder = await mkdtemp(path.join(tmpdir(), 'khamrap-open-'));
    await chmod(dataFolder, 0o711);
  });

  afterAll(() => rm(dataFolder, { recursive: true, force: true }));

  it('starts one that waits for the disk, to which others attach, and tells when it fails', async () => {
    const options = { dataFolder, allowUnsafeDurability: false, log: silent };
    expect(await attachDatabase(options)).toBeUndefined();
    const database = await openDatabase(options);
    expect(database.embedded).toBe(true);
    expect(await whoIs(database.urls.read)).toBe('khamrap_khamrap_read');
    expect((await attachDatabase(options))?.urls).toEqual(database.urls);

    const { adminUrl } = JSON.parse(await readFile(path.join(dataFolder, 'connection.json'), 'utf8'));
    const externalUrl = adminUrl.replace(/postgres$/, 'khamrap');
    await withClient(externalUrl, (client) =>
      client.query(`ALTER ROLE khamrap_khamrap_append SET synchronous_commit = off`),
    );
    await expect(openDatabase({ ...options, externalUrl })).rejects.toMatchObject({
      settings: { synchronous_commit: 'off' },
    });

    const [postmaster] = (await readFile(path.join(dataFolder, 'postgres/postmaster.pid'), 'utf8')).split('\n');
    process.kill(Number(postmaster), 'SIGQUIT');
    expect((await database.failed).message).toMatch(/ended by itself/);
    await database.close();
    expect(await attachDatabase(options)).toBeUndefined();
  });
});
