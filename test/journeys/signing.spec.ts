import { readConfig } from '@khamrap/platform/config';
import { eventually } from '@khamrap/testing';
import { parsePolicy, verifierKeyText } from '@khamrap/platform/transparency/proof';
import { escapeIdentifier } from 'pg';
import { showKeys } from '../../apps/cli/log-key';
import { openEpoch, reasonOf } from '../../apps/cli/open-epoch';
import { recordStreamHeads } from '../../apps/cli/record-stream-heads';
import { OptionRefused } from '../../apps/cli/refusals';
import { startService, type Service } from '../../apps/api/service';
import { MIGRATIONS } from '../../apps/composition/infrastructure';
import { withMaintenance } from '../../libs/testing/database/maintenance';
import {
  engineOfRun,
  makeServiceEnvironment,
  RunningService,
  type ServiceEnvironment,
} from '../../libs/testing/service';
import { monitoringBody } from './bodies';
import { headOf } from './journey';

// An older copy of the database is put in the place of the newer one; what the signer remembers lies apart from it.

interface Keys {
  readonly origin: string;
  readonly keys: readonly { readonly vkey: string; readonly fromSize: number; readonly toSize: number | null }[];
  readonly epochs: readonly object[];
}

const ORIGIN = 'localhost/khamrap';
const REASON = 'คำสั่งจังหวัดที่ 12/2570';
const START_MS_MAX = 90_000;

let environment: ServiceEnvironment;
let service: RunningService<Service> | undefined;

beforeAll(async () => {
  environment = await makeServiceEnvironment({ migrations: MIGRATIONS });
  await start();
}, START_MS_MAX);

afterAll(async () => {
  await service?.stop();
  await environment?.remove();
});

async function start(): Promise<void> {
  service = await RunningService.start(startService, environment.variables);
}

function running(): RunningService<Service> {
  if (!service) throw new Error('the service does not run');
  return service;
}

async function stop(): Promise<void> {
  await service?.stop();
  service = undefined;
}

/** Some figures are followed; then all that was recorded is published. @returns the size of what is published */
async function work(): Promise<number> {
  const recorder = await running().as('recorder');
  for (let count = 0; count < 3; count++) await recorder.post('/v1/agreements', monitoringBody());
  return allPublished();
}

async function allPublished(): Promise<number> {
  const size = (await headOf({ service: running() })) + 1;
  const found = await running().service.infrastructure.transparencyLog.waitFor(size - 1, 'included', 20_000);
  expect(found?.size).toBeGreaterThanOrEqual(size);
  return size;
}

/** The exit code of a command of the operator, and what was said. */
async function said(command: () => Promise<number>): Promise<readonly [code: number, said: string]> {
  const lines: string[] = [];
  const spies = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, 'write').mockImplementation((text) => lines.push(String(text)) > 0),
  );
  try {
    return [await command(), lines.join('')];
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

const config = () => readConfig(environment.variables);
const keysTold = async (): Promise<Keys> => (await running().anybody.get<Keys>('/log/keys')).body;

/** Everything in the database as it is now, under another name. */
async function copyDatabase(from: string, to: string): Promise<void> {
  await withMaintenance(async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(to)} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${escapeIdentifier(to)} TEMPLATE ${escapeIdentifier(from)}`);
  });
}

test('everybody is told with which keys the log is verified', async () => {
  await work();
  const { origin, keys, epochs } = await keysTold();
  expect({ origin, epochs }).toEqual({ origin: ORIGIN, epochs: [] });
  expect(keys).toMatchObject([{ fromSize: 0, toSize: null, retired: null, adopted: { position: 1 } }]);
  const policy = await running().anybody.get('/log/policy');
  expect(policy.headers['content-type']).toBe('text/plain; charset=utf-8');
  const { logs, witnesses, quorum } = parsePolicy(policy.text);
  expect([logs.map(verifierKeyText), witnesses, quorum]).toEqual([keys.map(({ vkey }) => vkey), [], null]);
  const [code, told] = await said(() => showKeys(config()));
  expect([code, told.split(keys[0]!.vkey).length]).toEqual([0, 3]);
});

test('an operator has it recorded how far the streams have come', async () => {
  expect(await said(() => recordStreamHeads(config()))).toEqual([
    0,
    expect.stringMatching(/^Recorded how far \d+ streams/),
  ]);
  await allPublished();
  expect(await said(() => recordStreamHeads(config()))).toEqual([
    0,
    expect.stringContaining('Nothing has been recorded'),
  ]);
});

test('nobody opens an epoch where signer and log agree, or without a reason', async () => {
  expect(await said(() => openEpoch(config(), REASON))).toEqual([1, expect.stringContaining('They agree')]);
  expect(() => reasonOf([])).toThrow(OptionRefused);
  expect(() => reasonOf(['--reason', REASON, '--force'])).toThrow(OptionRefused);
  expect((await keysTold()).epochs).toEqual([]);
});

/** Some work is done, and then the database is put back to where it was before. @returns the size that was signed */
async function putAnOlderCopyInItsPlace(): Promise<number> {
  const database = new URL(String(environment.variables['DATABASE_URL'])).pathname.slice(1);
  const older = `${database}_older`;
  await stop();
  await copyDatabase(database, older);
  await start();
  const signed = await work();
  await stop();
  await copyDatabase(older, database);
  await withMaintenance((client) => client.query(`DROP DATABASE ${escapeIdentifier(older)} WITH (FORCE)`));
  await start();
  return signed;
}

const [testWhereTheDatabaseIsTheLog, testWhereItIsACopy] =
  engineOfRun() === 'postgresql' ? [test, test.skip] : [test.skip, test];

testWhereItIsACopy(
  'an older copy of the database comes up to the log again by itself, and the same log is signed on',
  async () => {
    const signed = await putAnOlderCopyInItsPlace();
    expect(await allPublished()).toBeGreaterThanOrEqual(signed);
    await work();
    const { origin, epochs } = await keysTold();
    expect({ origin, epochs }).toEqual({ origin: ORIGIN, epochs: [] });
    expect((await running().service.infrastructure.transparencyLog.health()).trouble).toBeNull();
  },
  START_MS_MAX,
);

testWhereTheDatabaseIsTheLog(
  'an older copy of the database is not signed until an epoch is opened, which everybody is told of',
  async () => {
    const signed = await putAnOlderCopyInItsPlace();
    const restored = (await headOf({ service: running() })) + 1;
    expect(restored).toBeLessThan(signed);
    const { transparencyLog } = running().service.infrastructure;
    const { trouble } = await eventually('trouble is told', async () => {
      const health = await transparencyLog.health();
      return health.trouble === null ? undefined : health;
    });
    expect(trouble).toContain(`and ${signed} events with the root`);
    const [code, told] = await said(() => openEpoch(config(), REASON));
    expect([code, told]).toEqual([0, expect.stringContaining(`goes on signing as ${ORIGIN}/epoch-1`)]);

    // The running signer finds the event by itself.
    const { origin } = await eventually('the epoch is signed', async () => {
      const latest = await transparencyLog.latest();
      return latest?.origin === ORIGIN ? undefined : latest;
    });
    expect(origin).toBe(`${ORIGIN}/epoch-1`);
    expect((await transparencyLog.latest())!.size).toBeGreaterThan(restored);
    await work();
    const { keys, epochs, ...now } = await keysTold();
    expect(now.origin).toBe(origin);
    expect(epochs).toMatchObject([
      { epoch: 1, origin, lastSignedSize: signed, foundSize: restored, reason: REASON, position: restored },
    ]);
    expect(keys).toMatchObject([
      { vkey: expect.stringContaining(`${ORIGIN}+`), toSize: signed + 1 },
      { vkey: expect.stringContaining(`${origin}+`), toSize: null },
    ]);
  },
  START_MS_MAX,
);
