import { join } from 'node:path';
import { NO_STREAM, streamName } from '@khamrap/kernel';
import { readConfig } from '@khamrap/platform/config';
import { attachDatabase, type Database } from '@khamrap/platform/database';
import { openEventStore, openPostgresEventStore, type RecordedEvent } from '@khamrap/platform/event-store';
import { eventually, newEvents } from '@khamrap/testing';
import { Client } from 'pg';
import { EventStoreDbServer, jsonEvent } from '../../../libs/testing/eventstoredb';
import { makeServiceEnvironment, RunningService, type ServiceEnvironment } from '../../../libs/testing/service';
import type { CommandAnswer } from '../../../test/journeys/answers';
import { indicatorBody, monitoringBody, registerSource, targetBody } from '../../../test/journeys/bodies';
import { startService, type Service } from '../../api/service';
import { logOf } from '../../composition/log-of';
import { MIGRATIONS } from '../../composition/infrastructure';
import { checkWholeLog } from '../check-log';
import { verify } from '../verify/verify';
import { logCommand } from './command';

// A service that began on PostgreSQL goes on with its log on EventStoreDB, and whoever follows the log notices nothing.

const START_MS_MAX = 60_000;
const ALL = 10_000;

let environment: ServiceEnvironment;
let database: Database;
let server: EventStoreDbServer;
let service: RunningService<Service> | undefined;
let agreement: string;
let vkey: string;
/** The newest position that was acted at, and what was told of it then. */
let known: { position: number; answers: unknown };

beforeAll(async () => {
  environment = await makeServiceEnvironment({ migrations: MIGRATIONS, engine: 'postgresql' });
  const { kind, rolePrefix, ...place } = readConfig(environment.variables).database;
  const externalUrl = kind === 'external' && 'url' in place ? String(place.url) : '';
  database = (await attachDatabase({ externalUrl, rolePrefix, dataFolder: '' })) as Database;
  server = await EventStoreDbServer.start();
}, START_MS_MAX);

afterAll(async () => {
  await service?.stop();
  await server?.stop();
  await environment?.remove();
});

const onStore = (url = server.url) => ({ ...environment.variables, EVENTSTORE_URL: url });

async function start(variables: Record<string, string>): Promise<Service['infrastructure']> {
  service = await RunningService.start(startService, variables);
  return service.service.infrastructure;
}

async function stop(): Promise<void> {
  await service?.stop();
  service = undefined;
}

async function accept(path: string, body: unknown): Promise<CommandAnswer> {
  const answer = await (await service!.as('recorder')).post<CommandAnswer>(path, body);
  expect([path, answer.status < 300, answer.text]).toEqual([path, true, answer.text]);
  return answer.body;
}

/** An indicator with its target, and what everybody is told of it then. */
async function addIndicator(displayNumber: string): Promise<void> {
  const { id } = await accept(`${agreement}/indicators`, indicatorBody({ displayNumber }));
  const { position } = await accept(`${agreement}/indicators/${id}/target`, targetBody());
  known = { position: position as number, answers: await told(position as number) };
}

async function told(position: number): Promise<unknown> {
  const recorder = await service!.as('recorder');
  const standings = await recorder.get<{ items: unknown }>(`/v1/standings?asOfPosition=${position}`);
  return [standings.status, standings.body.items, (await recorder.get(`${agreement}?asOfPosition=${position}`)).body];
}

/** As `npm run khamrap -- log …` does it: the exit code, and what was said. */
async function khamrapLog(line: string, variables: Record<string, string> = onStore()): Promise<[number, string]> {
  const said: string[] = [];
  const say = (text: string): void => void said.push(text);
  const settings = async (given?: NodeJS.ProcessEnv) => readConfig(given as Record<string, string>);
  const code = await logCommand(line.split(' '), settings, variables, { answer: say, aside: say });
  return [code, said.join('\n')];
}

/** What an inspector is told who goes on from what they have seen before. */
async function inspected(): Promise<[number, string]> {
  const { store, transparencyLog } = service!.service.infrastructure;
  const size = (await store.head()).position + 1;
  await eventually('all is signed', async () => (await transparencyLog.latest())?.size === size || undefined);
  let out = '';
  const write = (text: string): void => void (out += text);
  const code = await verify([service!.url, '--key', vkey, '--state', join(environment.dataFolder, 'seen'), '--json'], {
    answer: write,
    aside: write,
  });
  return [code, out];
}

async function rows(): Promise<readonly RecordedEvent[]> {
  const { append: appendUrl, read: readUrl } = database.urls;
  const log = await openPostgresEventStore({ appendUrl, readUrl, origin: 'none.test', clock: 'system' });
  const all = await log.readLog(0, ALL);
  await log.close();
  return all;
}

/** Appends to the log that PostgreSQL carries, as a service does. */
async function appendOwn(): Promise<void> {
  const { append: appendUrl, read: readUrl } = database.urls;
  const log = await openPostgresEventStore({ appendUrl, readUrl, origin: 'none.test', clock: 'system' });
  const request = { stream: streamName('test', crypto.randomUUID()), expectedRevision: NO_STREAM };
  try {
    await log.append({ ...request, events: newEvents(2) });
  } finally {
    await log.close();
  }
}

test(
  'a service on PostgreSQL goes on while its log is copied, and holds off the switch',
  async () => {
    const { logDescription } = await start(environment.variables);
    await registerSource(await service!.as('recorder'));
    agreement = `/v1/agreements/${(await accept('/v1/agreements', monitoringBody())).id}`;
    await addIndicator('1');
    vkey = (await logDescription.describe()).keys[0]!.vkey;
    expect(await inspected()).toEqual([0, expect.stringContaining('entriesChecked')]);
    expect(await khamrapLog('copy')).toEqual([
      0,
      expect.stringMatching(/is complete: .* agrees with the verifiable log/),
    ]);
    expect(await khamrapLog('copy --switch')).toEqual([1, expect.stringContaining('A service is connected to this')]);
    await addIndicator('2');
  },
  START_MS_MAX,
);

test('a switch that fails gives back the right to append', async () => {
  await stop();
  const other = await EventStoreDbServer.start({ state: server.state.copy() });
  const end = other.state.onChange(() => {
    end();
    process.emit('SIGINT');
  });
  expect(await khamrapLog('copy --switch', onStore(other.url))).toEqual([
    1,
    expect.stringMatching(/as before\.[^]*Interrupted/),
  ]);
  await appendOwn();
  const { rolePrefix } = readConfig(environment.variables).database;
  other.state.append(`${rolePrefix}.other`, 'any', [jsonEvent(crypto.randomUUID(), 'Other', {})]);
  expect(await khamrapLog('copy --switch', onStore(other.url))).toEqual([
    1,
    expect.stringContaining('carries it as before'),
  ]);
  await appendOwn();
  await other.stop();
});

test('after a switch nothing is appended to the database itself, and no service starts on it alone', async () => {
  const before = await rows();
  const [code, said] = await khamrapLog('copy --switch');
  expect([code, said]).toEqual([0, expect.stringContaining(`: ${before.length} events, root `)]);
  expect(said).toContain('EventStoreDB carries the log from now on');
  await expect(appendOwn()).rejects.toThrow(/permission denied/);
  const alone = readConfig(environment.variables);
  await expect(openEventStore(logOf(alone, database.urls))).rejects.toThrow('set EVENTSTORE_URL');
  expect(await khamrapLog('copy')).toEqual([1, expect.stringContaining('carried by EventStoreDB already')]);
  expect(await rows()).toEqual(before);
});

test(
  'the log goes on as if nothing had happened',
  async () => {
    const before = await rows();
    const { store } = await start(onStore());
    expect(await told(known.position)).toEqual(known.answers);
    expect(store.condition().engine).toBe('eventstoredb');
    await addIndicator('3');
    const after = await rows();
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.length).toBeGreaterThan(before.length);
    expect(await inspected()).toEqual([0, expect.stringContaining('entriesAddedChecked')]);
    const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    expect(await checkWholeLog(readConfig(onStore()))).toBe(0);
    write.mockRestore();
    expect(await khamrapLog('derive')).toEqual([
      0,
      expect.stringContaining(`what the store says: ${after.length} events`),
    ]);
  },
  START_MS_MAX,
);

test(
  'the copy is made anew from the store alone, the same as it was, and what was wrong in it is told',
  async () => {
    await stop();
    const before = await rows();
    expect(await khamrapLog('derive --anew')).toEqual([0, expect.stringMatching(/made anew: .* as before\.$/)]);
    expect(await rows()).toEqual(before);

    const restored = await EventStoreDbServer.start({
      state: server.state.restoredTo(server.state.events.at(-4)!.position),
    });
    const shorter = onStore(restored.url);
    expect(await khamrapLog('derive', shorter)).toEqual([
      1,
      expect.stringMatching(/^The store has only \d+ of the \d+ events/),
    ]);
    expect(await khamrapLog('derive --anew', shorter)).toEqual([
      1,
      expect.stringContaining('of the copy: it is kept.'),
    ]);
    await restored.stop();

    const admin = new Client({ connectionString: environment.variables['DATABASE_URL'] });
    await admin.connect();
    await admin.query(`ALTER TABLE ledger.event DISABLE TRIGGER event_never_changed`);
    await admin.query(`UPDATE ledger.event SET body = '{}' WHERE position = 3`);
    await admin.query(`ALTER TABLE ledger.event ENABLE TRIGGER event_never_changed`);
    await admin.end();
    const wrong = 'Position 3: its body in the store is another one than in the database.';
    expect(await khamrapLog('derive')).toEqual([1, wrong]);
    expect(await khamrapLog('derive --anew')).toEqual([1, expect.stringContaining(wrong)]);
    expect(await rows()).toEqual(before);
  },
  START_MS_MAX,
);
