import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { canonicalJson, streamName, type JsonObject } from '@khamrap/kernel';
import { readConfig } from '@khamrap/platform/config';
import type { NewEvent } from '@khamrap/platform/event-store';
import { KEY_TYPES, verifierKey, verifierKeyText } from '@khamrap/platform/transparency/proof';
import { eventually, newEvents } from '@khamrap/testing';
import { Client } from 'pg';
import { checkWholeLog } from '../../apps/cli/check-log';
import { exportLogInto } from '../../apps/cli/export-log';
import { verify } from '../../apps/cli/verify/verify';
import { WitnessProcess } from '../../libs/platform/transparency/witnesses/spec/witness-process';
import type { ApiClient } from '../../libs/testing/service';
import type { CommandAnswer } from './answers';
import { actualBody, CDD, indicatorBody, monitoringBody, targetBody } from './bodies';
import { appendToLog, beginJourney, headOf, type Journey } from './journey';

// An inspector, with keys that did not come from the service, looks at a log that two other offices witness: at all that
// the service gives out, before and after somebody with all rights over the database has changed the past.

const ORIGIN = 'localhost/khamrap';
const START_MS_MAX = 120_000;
/** One bundle of entries is full, and kept; of the rest entries are made from the rows. */
const TEST_EVENT_COUNT = 300;
const TEST_STREAM = streamName('test', 'some');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'khamrap-verification-'));
const at = (name: string): string => path.join(folder, name);
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const vkey = vkeyOf(publicKey);
const witnesses = ['nacc', 'sao'].map((name) => new WitnessProcess(name, [vkey]));
const POLICY = ['--policy', at('inspectors.policy')];

let journey: Journey;
let keeper: ApiClient;
let followed: CommandAnswer;
let indicatorPath: string;

beforeAll(async () => {
  await Promise.all(witnesses.map((witness) => witness.start()));
  const lines = [...witnesses.map(({ policyLine }) => policyLine), 'group outside all nacc sao', 'quorum outside', ''];
  fs.writeFileSync(at('service.policy'), lines.join('\n'));
  fs.writeFileSync(at('inspectors.policy'), [`log ${vkey}`, ...lines].join('\n'));
  journey = await beginJourney({
    KHAMRAP_LOG_KEY: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    KHAMRAP_WITNESS_POLICY_FILE: at('service.policy'),
  });
  const recorder = await journey.service.as('recorder');
  keeper = await journey.service.as('keeper-of-phrae-cdd');
  followed = await accept(recorder, '/v1/agreements', monitoringBody({ parties: [{ side: 'maker', ...CDD }] }));
  const address = `/v1/agreements/${followed.id}`;
  const { id } = await accept(recorder, `${address}/indicators`, indicatorBody());
  indicatorPath = `${address}/indicators/${id}`;
  await accept(recorder, `${indicatorPath}/target`, targetBody());
}, START_MS_MAX);

afterAll(async () => {
  await journey?.end();
  await Promise.all(witnesses.map((witness) => witness.remove()));
  fs.rmSync(folder, { recursive: true, force: true });
});

function vkeyOf(key: KeyObject): string {
  const spki = key.export({ format: 'der', type: 'spki' });
  return verifierKeyText(verifierKey(ORIGIN, KEY_TYPES.ed25519, new Uint8Array(spki.subarray(-32))));
}

async function accept(client: ApiClient, address: string, body: unknown): Promise<CommandAnswer> {
  const answer = await client.post<CommandAnswer>(address, body);
  expect([address, answer.status < 300, answer.text]).toEqual([address, true, answer.text]);
  return answer.body;
}

/** With all that a body says of its place, which verifiers compare. */
function wholeEvents(): NewEvent[] {
  return newEvents(TEST_EVENT_COUNT).map((event, revision) => {
    const body = canonicalJson({ ...(JSON.parse(event.body) as JsonObject), revision, stream: TEST_STREAM });
    return { ...event, body, bodyHash: createHash('sha256').update(event.salt).update(body, 'utf8').digest() };
  });
}

const infrastructure = () => journey.service.service.infrastructure;

/** Nothing more is recorded, and everything is published and cosigned by both witnesses. */
async function allWitnessed(): Promise<number> {
  const size = (await headOf(journey)) + 1;
  await eventually(
    'all is witnessed',
    async () => {
      const { body } = await journey.service.anybody.get<{ witnesses: { cosigned: { size: number } | null }[] }>(
        '/log/witnesses',
      );
      const latest = await infrastructure().transparencyLog.latest();
      const cosignedCount = (latest?.note.match(/^— \S+\.test\/witness /gm) ?? []).length;
      const isDone = body.witnesses.every(({ cosigned }) => cosigned?.size === size);
      return isDone && latest?.size === size && cosignedCount === witnesses.length ? true : undefined;
    },
    30_000,
  );
  return size;
}

interface Checked {
  readonly code: number;
  readonly out: string;
  readonly codes: readonly string[];
  readonly faults: readonly string[];
  readonly firstBadPosition?: number;
}

/** What the verifier says to an inspector, with the policy that they have. */
async function inspected(...parameters: readonly string[]): Promise<Checked> {
  let out = '';
  const write = (text: string): void => void (out += text);
  const code = await verify([...parameters, ...POLICY, '--json'], { answer: write, aside: write });
  const { findings, firstBadPosition } = JSON.parse(out) as {
    readonly findings: readonly { readonly code: string; readonly severity: string; readonly en: string }[];
    readonly firstBadPosition?: number;
  };
  return {
    code,
    out,
    codes: findings.map((finding) => finding.code),
    faults: findings.filter(({ severity }) => /broken|unchecked/.test(severity)).map(({ en }) => en),
    ...(firstBadPosition !== undefined && { firstBadPosition }),
  };
}

async function expectVerified(codes: readonly string[], ...parameters: readonly string[]): Promise<void> {
  const checked = await inspected(...parameters);
  expect([checked.code, checked.faults, checked.out]).toEqual([0, [], checked.out]);
  expect(checked.codes).toEqual(expect.arrayContaining([...codes]));
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

const config = () => readConfig(journey.environment.variables);

async function download(address: string, name: string, reader?: ApiClient): Promise<string> {
  const headers = {
    accept: '*/*',
    ...(reader?.token !== undefined && { authorization: `Bearer ${reader.token}` }),
  };
  const answer = await fetch(`${journey.service.url}${address}`, { headers });
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect([address, answer.status]).toEqual([address, 200]);
  fs.writeFileSync(at(name), bytes);
  return at(name);
}

describe('what the service gives out', () => {
  it('is a receipt that both witnesses stand behind, for who prefers to wait for it', async () => {
    const { body, headers } = await keeper.post<CommandAnswer>(`${indicatorPath}/actuals`, actualBody(), {
      headers: { prefer: 'wait=10; receipt=witnessed' },
    });
    expect([headers['preference-applied'], body.receipt?.status]).toEqual(['wait=10; receipt=witnessed', 'witnessed']);
    const { body: told } = await journey.service.anybody.get<object>('/log/witnesses');
    expect(told).toMatchObject({
      quorum: 'outside',
      witnesses: [
        { name: 'nacc', status: 'cosigning' },
        { name: 'sao', status: 'cosigning' },
      ],
    });
    const answer = await fetch(`${journey.service.url}/v1/audit/receipts/${body.eventIds[0]}`, {
      headers: { accept: 'text/plain' },
    });
    fs.writeFileSync(at('receipt.tlog-proof'), await answer.text());
    await expectVerified(['eventIncluded', 'witnessedBy', 'seenInTime'], at('receipt.tlog-proof'));
    await download(`/v1/audit/receipts/${body.eventIds[0]}`, 'receipt.json');
    await expectVerified(['eventIncluded', 'witnessedBy'], at('receipt.json'));
  }, 30_000);

  it('is verified as a live log, from its beginning, with what it discloses, and going on from what was seen', async () => {
    const { url } = journey.service;
    await allWitnessed();
    await download('/log/checkpoint', 'early');
    await expectVerified(['entriesChecked', 'tilesChecked', 'witnessedBy', 'timesChecked'], url);
    await expectVerified(['entriesChecked'], url, '--state', at('state'));
    await appendToLog(journey, { stream: TEST_STREAM, expectedRevision: -1, events: wholeEvents() });
    await infrastructure().streamHeads.record();
    const size = await allWitnessed();
    expect(size).toBeGreaterThan(TEST_EVENT_COUNT);
    await download('/log/checkpoint', 'late');
    await expectVerified(['entriesAddedChecked', 'consistentWith'], url, '--state', at('state'));
    await expectVerified(['bodiesChecked', 'keptCheckpointsChecked'], url, '--bodies');
    await expectVerified(
      ['consistentWith', 'eventIncluded'],
      url,
      '--checkpoint',
      at('early'),
      '--receipt',
      at('receipt.json'),
    );
    await expectVerified(['consistentWith'], 'consistency', at('early'), at('late'), '--server', url);
  }, 60_000);

  it('is verified as it is taken away, by everybody and by who may see more', async () => {
    const readers: readonly (ApiClient | undefined)[] = [undefined, await journey.service.as('nacc-officer')];
    for (const [index, reader] of readers.entries()) {
      const take = (address: string, name: string) =>
        download(`/v1/audit/bundles/${address}`, `${name}-${index}.zip`, reader);
      await expectVerified(
        ['streamComplete', 'nothingAfter', 'filesChecked', 'witnessedBy', 'timesChecked'],
        await take(`agreements/${followed.id}`, 'agreement'),
      );
      await expectVerified(['streamComplete', 'selectionNotShown'], await take('office-years/phrae-cdd/2566', 'year'));
      await expectVerified(['entriesChecked', 'bodiesChecked', 'filesChecked'], await take('log', 'log'));
    }
    const opened = await Promise.all(
      ['log-0.zip', 'log-1.zip'].map(async (name) => bodiesIn(await inspected(at(name)))),
    );
    expect(opened[1]).toBeGreaterThan(opened[0] as number);
  }, 60_000);

  it('is verified as a folder that an operator hands over', async () => {
    expect(await said(() => exportLogInto(config(), at('exported')))).toEqual([0, expect.stringContaining(ORIGIN)]);
    await expectVerified(['entriesChecked', 'tilesChecked', 'witnessedBy'], at('exported'));
  });

  it('says in plain words what was found, and what is not proved', async () => {
    let out = '';
    const write = (text: string): void => void (out += text);
    expect(await verify([at('receipt.json'), ...POLICY], { answer: write, aside: write })).toBe(0);
    expect(out).toContain('ผลการตรวจ: ทุกสิ่งที่ตรวจเป็นไปตามที่ควร');
    // In the order in which they came.
    expect(out).toMatch(/Enough witnesses of the policy have cosigned: (?:nacc, sao|sao, nacc)\./);
    expect(out).toContain('Not proved by this:');
  });
});

const bodiesIn = ({ out }: Checked): number =>
  Number(
    (JSON.parse(out) as { findings: { code: string; subject: string }[] }).findings.find(
      ({ code }) => code === 'bodiesChecked',
    )?.subject,
  );

describe('what somebody has changed who has all rights over the database', () => {
  const flip = (column: string, offset: number): string =>
    `${column} = set_byte(${column}, ${offset}, get_byte(${column}, ${offset}) # 1)`;

  /** A running service keeps full tiles and the entries that it has made: what a folder is written of is read anew. */
  const exported = async (): Promise<string> => {
    const target = fs.mkdtempSync(at('folder-'));
    expect((await said(() => exportLogInto(config(), target)))[0]).toBe(0);
    return target;
  };
  const live = (): Promise<string> => Promise.resolve(journey.service.url);

  it.each([
    {
      what: 'the row of a published event',
      table: 'ledger.event',
      where: 'position = 0',
      change: `body = body || ' '`,
      found: ['bodyDiffers', 0],
      target: live,
    },
    {
      what: 'a tile',
      table: 'transparency.tile',
      where: 'level = 0 AND tile_index = 0',
      change: flip('hashes', 20 * 32),
      found: ['leafDiffers', 20],
      target: exported,
    },
    {
      what: 'a row that is not sealed yet',
      table: 'ledger.event',
      where: 'position = 280',
      change: 'recorded_at_ms = recorded_at_ms + 1',
      found: ['leafDiffers', 280],
      target: exported,
    },
  ])('$what: the position is named', async ({ table, where, change, found: [code, position], target }) => {
    await asSuperuser(`CREATE TABLE public.kept AS SELECT * FROM ${table} WHERE ${where}`);
    await tamper(table, `UPDATE ${table} SET ${change} WHERE ${where}`);
    try {
      const checked = await inspected(await target(), '--bodies');
      expect([checked.code, checked.firstBadPosition, checked.out]).toEqual([1, position, checked.out]);
      expect(checked.codes).toContain(code);
      expect(await said(() => checkWholeLog(config()))).toEqual([1, expect.stringContaining(`Position ${position}: `)]);
    } finally {
      const again = `DELETE FROM ${table} WHERE ${where}; INSERT INTO ${table} SELECT * FROM public.kept`;
      await tamper(table, `${again}; DROP TABLE public.kept`);
    }
    expect(await said(() => checkWholeLog(config()))).toEqual([0, expect.any(String)]);
  });

  async function asSuperuser(sql: string): Promise<void> {
    const client = new Client({ connectionString: journey.environment.variables['DATABASE_URL'] });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  }

  const tamper = (table: string, sql: string): Promise<void> =>
    asSuperuser(
      `BEGIN; ALTER TABLE ${table} DISABLE TRIGGER USER; ${sql}; ALTER TABLE ${table} ENABLE TRIGGER USER; COMMIT`,
    );
});
