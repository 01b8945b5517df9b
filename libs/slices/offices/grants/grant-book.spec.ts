import { isoDate, streamName } from '@khamrap/kernel';
import { GrantsUnavailable, type Grant } from '@khamrap/platform/access';
import { EventCodec, ledgerEventDeclarations, StoreUnavailable, type EventStore } from '@khamrap/platform/event-store';
import { eventually, fakeClock } from '@khamrap/testing';
import { Logger } from '@nestjs/common';
import { assignmentEventDeclarations } from '../../inspections/domain/assignments/assignment.events';
import { assignmentEnded, inspectorAssigned } from '../../inspections/domain/assignments/assignment.examples';
import { ProjectionBench, type Happening, type ProjectionInstance } from '../../../testing/projection';
import { officeEventDeclarations } from '../domain/office.declarations';
import {
  delegated,
  delegationEnded,
  dissolved,
  registered,
  roleEnded,
  roleGranted,
  zoneProvincesSet,
} from '../domain/office.examples';
import { OFFICES, officesProjection } from '../views/offices/offices.projection';
import { GrantBook } from './grant-book';

const codec = new EventCodec([...ledgerEventDeclarations, ...officeEventDeclarations, ...assignmentEventDeclarations]);
const day = isoDate;
const office = (id: string, event: Happening['event']): Happening => ({ stream: streamName('office', id), event });
const zone = (id: string, event: Happening['event']): Happening => ({ stream: streamName('zone', id), event });
const assignment = (id: string, event: Happening['event']): Happening => ({
  stream: streamName('inspection-assignment', id),
  event,
});
const assigned = (id: string, changes: object = {}): Happening =>
  assignment(id, inspectorAssigned({ assignmentId: id, inspector: 'pseudonym-4', officeId: 'a', ...changes }));
const ZONE = 'primeMinisterOffice-16';
const PERSONS = ['pseudonym-2', 'pseudonym-3', 'pseudonym-4'];

/** Everything of which a read model may tell something else than the events. */
const HAPPENED: readonly Happening[] = [
  office('a', registered({ province: undefined, kind: 'ministry' })),
  office('b', registered({ parentOfficeId: 'a', province: undefined, kind: 'department' })),
  office('c', registered({ parentOfficeId: 'b', province: 'TH-55' })),
  office('d', registered({ parentOfficeId: 'c', province: 'TH-56' })),
  zone(ZONE, zoneProvincesSet({ effectiveFrom: day('2027-04-01') })),
  office('a', roleGranted({ grantId: 'r1', scope: { kind: 'office', value: 'a' }, to: day('2027-05-01') })),
  office('a', roleGranted({ grantId: 'r2', scope: { kind: 'zone', value: ZONE } })),
  office('a', roleGranted({ grantId: 'r3', grantee: 'pseudonym-3', scope: { kind: 'nation' } })),
  office('a', roleGranted({ grantId: 'r4', grantee: 'pseudonym-3', scope: { kind: 'office', value: 'c' } })),
  office('a', roleEnded({ grantId: 'r3' })),
  office('a', delegated({ delegationId: 'd1', delegate: 'pseudonym-4', coversBelow: true })),
  office('a', delegated({ delegationId: 'd2', delegate: 'pseudonym-4', scope: ['agreement.read'] })),
  office('a', delegated({ delegationId: 'd3' })),
  office('a', delegationEnded({ delegationId: 'd2', on: day('2027-04-15') })),
  office('a', delegationEnded({ delegationId: 'd3' })),
  office('c', dissolved({ on: day('2027-04-20') })),
  assigned('i1', { to: day('2027-04-15') }),
  assigned('i2', { to: undefined, officeId: 'c' }),
  assigned('i3', { to: undefined }),
  assigned('i4', { provinces: ['TH-80'] }),
  assignment('i3', assignmentEnded({ assignmentId: 'i3', on: day('2027-04-16') })),
  assignment('i4', assignmentEnded({ assignmentId: 'i4' })),
];

let bench: ProjectionBench;
let instance: ProjectionInstance;
const time = fakeClock('2027-04-01T02:00:00.000Z');
const clock = { now: () => new Date(time.now()) };
const books: GrantBook[] = [];

beforeAll(async () => {
  bench = await ProjectionBench.open(codec);
  instance = await bench.instance([officesProjection]);
  await bench.record(HAPPENED);
});
afterAll(async () => {
  await Promise.all(books.map((book) => book.onApplicationShutdown()));
  await bench.close();
});

function bookOn(store: EventStore = bench.store, readModels = instance.readModels): GrantBook {
  const book = new GrantBook(store, codec, readModels, clock);
  books.push(book);
  return book;
}
const held = (book: GrantBook, pseudonym: string): Promise<readonly Grant[]> | readonly Grant[] =>
  book.grantsOf({ issuer: 'issuer', subject: 'subject', pseudonym });

/** A store that can be away, for whoever asks where the log ends and for whoever follows it. */
function lostAndFound(store: EventStore): { readonly store: EventStore; isAway: boolean } {
  const lost = { isAway: false };
  const asked = (): void => {
    if (lost.isAway) throw new StoreUnavailable('away');
  };
  const seen = new Proxy(store, {
    get: (whole, name: keyof EventStore) => {
      if (name === 'head')
        return async () => {
          asked();
          return whole.head();
        };
      const value = whole[name];
      return typeof value === 'function' ? (value as (...parameters: never[]) => unknown).bind(whole) : value;
    },
  });
  return Object.assign(lost, { store: seen });
}

test('what is read from the read model is what is folded from the log', async () => {
  expect(await instance.projections.waitFor(OFFICES, await bench.head(), 10_000)).toBe(true);
  const other = await ProjectionBench.open(codec);
  try {
    await other.record(HAPPENED);
    const unbuilt = await other.instance([officesProjection], { projects: false });
    const [read, folded] = [bookOn(), bookOn(other.store, unbuilt.readModels)];
    let count = 0;
    for (const each of ['03-30', '03-31', '04-01', '04-15', '04-16', '04-20', '04-21', '05-02']) {
      time.set(`2027-${each}T05:00:00.000Z`);
      for (const person of PERSONS) {
        const grants = await held(folded, person);
        count += grants.length;
        expect([each, person, await held(read, person)]).toEqual([each, person, grants]);
      }
    }
    expect(count).toBeGreaterThan(15);
    await folded.onApplicationShutdown();
  } finally {
    await other.close();
  }
});

test('what stands below an office is told, with its province', async () => {
  const below = await bookOn().officesBelow('a');
  expect([...below]).toEqual([
    ['b', undefined],
    ['c', 'TH-55'],
  ]);
});

test('the day turns at midnight in Bangkok', async () => {
  const book = bookOn();
  time.set('2027-05-01T16:59:59.999Z');
  expect((await held(book, 'pseudonym-2')).map(({ scope }) => scope.kind)).toEqual(['office', 'zone']);
  time.set('2027-05-01T17:00:00.000Z');
  expect((await held(book, 'pseudonym-2')).map(({ scope }) => scope.kind)).toEqual(['zone']);
});

test('what is recorded holds as soon as it was seen, and ends so', async () => {
  const book = bookOn();
  expect(await held(book, 'pseudonym-5')).toEqual([]);
  const role = { grantId: 'r5', grantee: 'pseudonym-5', scope: { kind: 'nation' } } as const;
  const [granted] = await bench.record([office('a', roleGranted(role))]);
  expect(await book.reached(granted!.position)).toBe(true);
  const first = held(book, 'pseudonym-5');
  expect(first).toMatchObject([{ role: 'keeper', scope: { kind: 'nation' } }]);
  expect(held(book, 'pseudonym-5')).toBe(first);
  await bench.record([office('a', roleEnded({ grantId: 'r5' }))]);
  await eventually(
    'the end',
    () => ((held(book, 'pseudonym-5') as readonly Grant[]).length === 0 ? true : undefined),
    1_000,
  );
});

test('nobody holds anything while it cannot be seen what was recorded, and everybody again afterwards', async () => {
  const lost = lostAndFound(bench.store);
  const times = { lookMs: 20, believedMs: 200, waitMs: 300, saidMs: 5_000 };
  const book = new GrantBook(lost.store, codec, instance.readModels, clock, times);
  books.push(book);
  time.set('2027-04-01T05:00:00.000Z');
  expect(await held(book, 'pseudonym-2')).toHaveLength(2);
  lost.isAway = true;
  // Believed for a while, then not: never what was known before.
  const refusal = await eventually('the refusal', async () => {
    try {
      await held(book, 'pseudonym-2');
      return undefined;
    } catch (error) {
      return error;
    }
  });
  expect(refusal).toBeInstanceOf(GrantsUnavailable);
  lost.isAway = false;
  expect(await held(book, 'pseudonym-2')).toHaveLength(2);
});

test('a start waits for a log that is slow to be read, and says how far it is; whoever asks meanwhile is told to come again', async () => {
  let open = (): void => undefined;
  const isOpen = new Promise<void>((resolve) => (open = resolve));
  const slow = new Proxy(bench.store, {
    get: (whole, name: keyof EventStore) => {
      if (name === 'subscribe')
        return async function* (options: Parameters<EventStore['subscribe']>[0]) {
          await isOpen;
          yield* whole.subscribe(options);
        };
      const value = whole[name];
      return typeof value === 'function' ? (value as (...parameters: never[]) => unknown).bind(whole) : value;
    },
  });
  const said: string[] = [];
  const spy = jest.spyOn(Logger.prototype, 'log').mockImplementation((text: string) => void said.push(text));
  const unread = await ProjectionBench.open(codec);
  try {
    const times = { lookMs: 20, believedMs: 5_000, waitMs: 50, saidMs: 100 };
    const { readModels: none } = await unread.instance([officesProjection], { projects: false });
    const book = new GrantBook(slow, codec, none, clock, times);
    books.push(book);
    let hasBegun = false;
    const beginning = book.begun().then(() => void (hasBegun = true));
    await expect(held(book, 'pseudonym-2')).rejects.toBeInstanceOf(GrantsUnavailable);
    const head = await bench.head();
    await eventually('the line', () => (said.includes(`grants are read: 0 of ${head + 1} events`) ? true : undefined));
    expect(hasBegun).toBe(false);
    open();
    await beginning;
    time.set('2027-04-01T05:00:00.000Z');
    expect(await held(book, 'pseudonym-2')).toHaveLength(2);
    await book.onApplicationShutdown();
  } finally {
    open();
    spy.mockRestore();
    await unread.close();
  }
});

test('whoever waits is told so when the service stops', async () => {
  const lost = lostAndFound(bench.store);
  lost.isAway = true;
  const book = new GrantBook(lost.store, codec, instance.readModels, clock);
  const waiting = held(book, 'pseudonym-2');
  const starting = book.begun();
  await Promise.all([
    expect(waiting).rejects.toBeInstanceOf(GrantsUnavailable),
    expect(starting).rejects.toBeInstanceOf(GrantsUnavailable),
    book.onApplicationShutdown(),
  ]);
  expect(await book.reached(1_000_000)).toBe(false);
});

test('a question costs a few microseconds at the most while nothing changes', async () => {
  const book = bookOn();
  await held(book, 'pseudonym-2');
  const person = { issuer: 'issuer', subject: 'subject', pseudonym: 'pseudonym-2' };
  const count = 200_000;
  const perQuestion = (): number => {
    const begun = performance.now();
    for (let index = 0; index < count; index++) void book.grantsOf(person);
    return ((performance.now() - begun) * 1_000) / count;
  };
  perQuestion();
  const best = Math.min(perQuestion(), perQuestion(), perQuestion());
  process.stdout.write(`grants of a person: ${best.toFixed(2)} µs a question\n`);
  expect(best).toBeLessThan(10);
});
