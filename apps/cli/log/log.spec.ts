import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NO_STREAM, streamName } from '@khamrap/kernel';
import { readConfig } from '@khamrap/platform/config';
import { attachDatabase, type Database } from '@khamrap/platform/database';
import {
  CarryTheLog1700000000010,
  openEventStore,
  openPostgresEventStore,
  OpenTheLog1700000000001,
  type EventStore,
} from '@khamrap/platform/event-store';
import { GrowTheLog1700000000008 } from '@khamrap/platform/transparency';
import { BuildTheVault1700000000002, WallTheVault1700000000005 } from '@khamrap/platform/vault';
import { newEvents } from '@khamrap/testing';
import { EventStoreDbServer, jsonEvent, StoreState, type StoredEvent } from '../../../libs/testing/eventstoredb';
import { makeServiceEnvironment, type ServiceEnvironment } from '../../../libs/testing/service';
import { logCommand } from './command';

// A log of PostgreSQL and a store in this process. What the service makes of a log that was switched over is in switch.spec.ts.

const MIGRATIONS = [
  OpenTheLog1700000000001,
  BuildTheVault1700000000002,
  WallTheVault1700000000005,
  GrowTheLog1700000000008,
  CarryTheLog1700000000010,
];

let environment: ServiceEnvironment;
let server: EventStoreDbServer;
let database: Database;
let log: EventStore;
let prefix: string;
const STREAMS = [1, 2, 3].map((number) => streamName('agreement', `${number}`));

beforeAll(async () => {
  environment = await makeServiceEnvironment({ migrations: MIGRATIONS, engine: 'postgresql' });
  database = await databaseOf(environment);
  prefix = environment.variables['KHAMRAP_ROLE_PREFIX'] ?? '';
  const { append: appendUrl, read: readUrl } = database.urls;
  log = await openPostgresEventStore({ appendUrl, readUrl, origin: 'copied.test/log', clock: 'system' });
  await grow(16);
});

beforeEach(async () => {
  server = await EventStoreDbServer.start();
});

afterEach(() => server.stop());

afterAll(async () => {
  await log?.close();
  await environment?.remove();
});

async function databaseOf({ variables }: ServiceEnvironment): Promise<Database> {
  const [externalUrl, rolePrefix] = [variables['DATABASE_URL'], variables['KHAMRAP_ROLE_PREFIX']];
  const attached = await attachDatabase({ externalUrl: externalUrl!, rolePrefix: rolePrefix!, dataFolder: '' });
  return attached!;
}

/** Appends to the log as commands do: by one, by three, now here and now there. */
async function grow(appendCount: number): Promise<void> {
  for (let number = 0; number < appendCount; number++) {
    const stream = STREAMS[number % STREAMS.length]!;
    const known = await log.readStream(stream, 0, 1_000);
    const expectedRevision = known.at(-1)?.revision ?? NO_STREAM;
    await log.append({ stream, expectedRevision, events: newEvents(number % 4 === 0 ? 3 : 1) });
  }
}

interface Told {
  readonly code: number;
  readonly answer: string;
  readonly aside: string;
}

/** As `npm run khamrap -- log …` does it. */
async function khamrapLog(line: string, variables: Record<string, string> = {}): Promise<Told> {
  const said: Record<'answer' | 'aside', string[]> = { answer: [], aside: [] };
  const code = await logCommand(
    line.split(' ').filter((word) => word !== ''),
    async (given) => readConfig(given as Record<string, string>),
    { ...environment.variables, ...variables },
    { answer: (text) => void said.answer.push(text), aside: (text) => void said.aside.push(text) },
  );
  return { code, answer: said.answer.join('\n'), aside: said.aside.join('\n') };
}

const copy = (further = ''): Promise<Told> => khamrapLog(`copy --to ${server.url} ${further}`);

async function sizeOfLog(): Promise<number> {
  return (await log.head()).position + 1;
}

const ours = (): readonly StoredEvent[] => server.state.events.filter(({ stream }) => stream.startsWith(`${prefix}.`));

/** Ends the program after so many appends, as Ctrl-C does. */
function interruptAfter(appendCount: number): void {
  const end = server.state.onChange(() => {
    if (server.state.appendCount < appendCount) return;
    end();
    process.emit('SIGINT');
  });
}

describe('a copy', () => {
  it('goes on where it was interrupted, has lost connections in between, and follows a log that has grown', async () => {
    interruptAfter(9);
    expect(await copy()).toEqual({ code: 1, answer: '', aside: expect.stringContaining('it goes on where it was') });
    const before = ours().length;
    expect(before).toBeGreaterThanOrEqual(9);

    server.faults.cut('append.stored', { times: 3 });
    server.faults.cut('append.read', { times: 2 });
    const torn = server.faults.tear(1, { times: 4 });
    const size = await sizeOfLog();
    const resumed = await copy();
    expect(resumed.aside).toContain(`${before} events stood in the store; ${size - before} were copied in `);
    expect(resumed).toMatchObject({ code: 0, answer: expect.stringContaining(`is complete: ${size} events, root `) });

    expect(torn.hits).toBe(4);

    await grow(5);
    const grown = await copy();
    expect(grown).toMatchObject({ code: 0, answer: expect.stringContaining(`: ${await sizeOfLog()} events`) });
    expect(ours().length).toBe(await sizeOfLog());
    expect(await copy()).toMatchObject({ code: 0, aside: expect.stringContaining('; 0 were copied.') });
  });

  it('is sequenced into another database as the same log: positions, times, everything', async () => {
    await copy();
    const other = await makeServiceEnvironment({ migrations: MIGRATIONS, engine: 'postgresql' });
    const { urls } = await databaseOf(other);
    const sequenced = await openEventStore({
      urls,
      carrier: { url: server.url, ledger: prefix },
      sequences: true,
      origin: 'other.test/log',
      clock: 'system',
      log: { info: () => undefined, error: () => undefined },
    });
    try {
      const original = await log.readLog(0, 1_000);
      const events: unknown[] = [];
      for await (const batch of sequenced.subscribe({
        after: -1,
        batchCountMax: 100,
        signal: AbortSignal.timeout(10_000),
      })) {
        events.push(...batch);
        if (events.length >= original.length) break;
      }
      expect(events).toEqual(original);
      expect(sequenced.identity()).toEqual(log.identity());
    } finally {
      await sequenced.close();
      await other.remove();
    }
  });

  it('is split where the store takes no more at once', async () => {
    await server.stop();
    server = await EventStoreDbServer.start({ maxAppendSize: 1_000 });
    expect(await copy()).toMatchObject({ code: 0 });
    expect(server.state.appendCount).toBeGreaterThan(20);
  });

  const behind = { clock: () => Date.now() - 3_600_000 };
  it('is refused where the store would date events before they were recorded', async () => {
    await server.stop();
    server = await EventStoreDbServer.start({ state: new StoreState(behind) });
    const { code, aside } = await copy();
    expect({ code, aside }).toEqual({ code: 1, aside: expect.stringContaining("the store's clock is behind") });
  });
});

describe('a copy that is not the log', () => {
  const POSITION = 7;
  let whole: StoreState;
  let undo: (() => unknown)[];

  beforeAll(async () => {
    server = await EventStoreDbServer.start();
    expect(await copy()).toMatchObject({ code: 0 });
    whole = server.state;
    await server.stop();
  });

  beforeEach(async () => {
    await server.stop();
    server = await EventStoreDbServer.start({ state: whole.copy() });
    undo = [];
  });

  afterEach(() => undo.forEach((each) => each()));

  const change = (event: StoredEvent, fields: Partial<StoredEvent>): void => {
    const before = { ...event };
    undo.push(() => Object.assign(event, before));
    Object.assign(event, fields);
  };
  const metadataOf = ({ metadata }: StoredEvent) => JSON.parse(metadata.toString()) as Record<string, unknown>;
  const rewrite = (event: StoredEvent, fields: object): void =>
    change(event, { metadata: Buffer.from(JSON.stringify({ ...metadataOf(event), ...fields })) });
  const written = (type: string) => ({
    ...jsonEvent(randomUUID(), type, {}),
    isJson: false,
    metadata: Buffer.from(JSON.stringify({ ...metadataOf(ours().at(-1)!), index: 0, of: 1 })),
    data: ours().at(-1)!.data,
  });

  it.each<[string, () => unknown, RegExp]>([
    ['body', () => change(ours()[POSITION]!, { data: Buffer.from('{}') }), /body of the event .* at position 7 is not/],
    [
      'type',
      () => change(ours()[POSITION]!, { type: 'Other' }),
      /^Position 7: its type is \S+ in the database and Other/m,
    ],
    ['id', () => change(ours()[POSITION]!, { id: randomUUID() }), /^Position 7: its eventId is /m],
    ['version', () => rewrite(ours()[POSITION]!, { schema: 9 }), /^Position 7: its schemaVersion is 1 .* and 9/m],
    ['time', () => rewrite(ours()[0]!, { at: 5 }), /^Position 0: its recordedAt is \d+ in the database and 5 in/m],
    ['form', () => rewrite(ours()[POSITION]!, { v: 2 }), /^From position 0 on .* was not written by this program\.$/m],
    [
      'one more',
      () => server.state.append(`${prefix}.${STREAMS[0]}`, 'any', [written('More')]),
      /^Position \d+: the store has an event there, and the database has none\.$/m,
    ],
    [
      'something else of its name',
      () => server.state.append(`${prefix}.other`, 'any', [jsonEvent(randomUUID(), 'Other', {})]),
      /was not written by this program\.$/m,
    ],
    [
      'a cut',
      () => server.state.setMetadata(`${prefix}.${STREAMS[0]}`, { $tb: 2 }),
      /^In the store stream .* was cut by \$tb/m,
    ],
    [
      'a deletion',
      () => server.state.tombstone(`${prefix}.${STREAMS[1]}`, 'any'),
      /^In the store stream .* was deleted/m,
    ],
  ])('is refused: %s', async (_name, harm, sentence) => {
    harm();
    const { code, answer, aside } = await copy();
    expect({ code, answer, aside }).toEqual({ code: 1, answer: '', aside: expect.stringMatching(sentence) });
  });

  it.each<[string, () => void, string]>([
    [
      'is found when it is changed while the rest is copied',
      () => rewrite(ours()[POSITION]!, { schema: 9 }),
      'Position 7: ',
    ],
    [
      'is not complete where the store has lost its end',
      () => (server.state.events as StoredEvent[]).splice(server.state.events.lastIndexOf(ours().at(-1)!), 1),
      'The copy is not complete: the store has ',
    ],
  ])('%s', async (_name, harm, sentence) => {
    await grow(1);
    const size = await sizeOfLog();
    const end = server.state.onChange(() => {
      if (ours().length < size) return;
      end();
      harm();
    });
    const { code, answer, aside } = await copy();
    expect({ code, answer, aside }).toEqual({ code: 1, answer: '', aside: expect.stringContaining(sentence) });
  });
});

describe('wrong use', () => {
  const file = (): string => join(environment.dataFolder, 'address');

  it.each([
    ['', {}, 2, 'Khamrap log copy or derive.'],
    ['copy', {}, 2, 'EVENTSTORE_URL or --to says where'],
    ['copy --from x', {}, 2, 'ption'],
    ['copy --to esdb://u:hidden@127.0.0.1:1', {}, 2, 'A password on the command line'],
    ['copy --to http://127.0.0.1', {}, 2, 'EVENTSTORE_URL must be an address'],
    ['derive', {}, 2, 'EVENTSTORE_URL says which store'],
    ['derive --to x', {}, 2, 'ption'],
    ['derive', { EVENTSTORE_URL: 'SERVER' }, 1, 'This database carries its log itself'],
    [
      'copy --to SERVER',
      { DATABASE_URL: 'postgres://u:p@127.0.0.1:1/none' },
      3,
      'It could not be checked: the database',
    ],
    ['copy --to SERVER', { DATABASE_URL: '', KHAMRAP_DATA: '/nowhere/at/all' }, 1, 'There is no database in /nowhere'],
  ])('log %s', async (line, variables: Record<string, string>, code, sentence) => {
    const here = (text: string): string => text.replace('SERVER', server.url);
    const given = Object.fromEntries(Object.entries(variables).map(([name, text]) => [name, here(text)]));
    const told = await khamrapLog(here(line), given);
    expect(told).toEqual({ code, answer: '', aside: expect.stringContaining(sentence) });
    expect(told.aside).not.toContain('hidden');
  });

  it('reads an address that holds a password from a file', async () => {
    writeFileSync(file(), server.url.replace('esdb://', 'esdb://somebody:secret@'));
    expect(await khamrapLog('copy', { EVENTSTORE_URL_FILE: file() })).toMatchObject({ code: 0 });
  });
});
