import { agreementEventDeclarations } from '@khamrap/agreements';
import type { StreamName } from '@khamrap/kernel';
import { FULL_SIGHT, PUBLIC_SIGHT } from '@khamrap/platform/access';
import { derivedId, EventCodec, ledgerEventDeclarations } from '@khamrap/platform/event-store';
import { within } from '@khamrap/testing';
import { freshStreamOf, ProjectionBench, type ProjectionInstance } from '../../../../testing/projection';
import type { AgreementEvent } from '../../../agreements/domain/agreement.events';
import {
  actualReported,
  drafted,
  FIRST_HALF_KEY,
  indicatorAdded,
  signed,
  targetSet,
  tookEffect,
} from '../../../agreements/domain/agreement.examples';
import { ListStandings, ListStandingsHandler } from './standings.handlers';
import { STANDINGS, standingsProjection } from './standings.projection';
import type { StandingRow } from './standings.query';
import { StandingsStream, type StandingsChanged, type StreamFilter } from './standings.stream';

const codec = new EventCodec([...ledgerEventDeclarations, ...agreementEventDeclarations]);
const QUARTER = '2026-10-01..2026-12-31';
const ID = derivedId('1');

let bench: ProjectionBench;
let instance: ProjectionInstance;
const listeners: Listener[] = [];

beforeAll(async () => {
  bench = await ProjectionBench.open(codec);
  instance = await bench.instance([standingsProjection(bench.store, codec)]);
  await instance.projections.waitFor(STANDINGS, 0, 10_000);
}, 60_000);
afterEach(async () => {
  for (const listener of listeners.splice(0)) await listener.leave();
});
afterAll(() => bench.close());

/** A client of the stream. */
class Listener {
  readonly #left = new AbortController();
  readonly #changes: AsyncIterator<{ readonly id: number; readonly data: unknown }>;

  constructor(
    after?: number,
    filter: StreamFilter = {},
    { projections, readModels } = instance,
    stream = new StandingsStream(projections, readModels),
    seesAll = true,
  ) {
    this.#changes = stream.changes(filter, after, this.#left.signal, () =>
      Promise.resolve(seesAll ? FULL_SIGHT : PUBLIC_SIGHT),
    );
    listeners.push(this);
  }

  async next(): Promise<StandingsChanged> {
    const { value, done } = await within(5_000, 'the next change', this.#changes.next());
    expect(done).toBe(false);
    expect(value.id).toBe((value.data as StandingsChanged).position);
    return value.data as StandingsChanged;
  }

  /** Everything up to a change at a position. */
  async until(position: number): Promise<StandingsChanged[]> {
    const heard: StandingsChanged[] = [];
    while ((heard.at(-1)?.position ?? -1) < position) heard.push(await this.next());
    return heard;
  }

  /** @returns whether the stream has ended by itself then */
  async leave(): Promise<boolean> {
    this.#left.abort();
    return (await within(5_000, 'the end of the stream', this.#changes.next())).done === true;
  }
}

async function happens(stream: StreamName, ...events: readonly AgreementEvent[]): Promise<number> {
  const recorded = await bench.record(events.map((event) => ({ stream, event })));
  return recorded.at(-1)!.position;
}

const monitored = (province: string): AgreementEvent =>
  drafted({ basis: 'monitoringOnly', parties: [], province, fiscalYear: 2570 });
const indicator = indicatorAdded({ indicatorId: ID });
const target = (value: string, span = FIRST_HALF_KEY) => targetSet({ indicatorId: ID, value, span });
const actual = (value: string, span = FIRST_HALF_KEY) => actualReported({ indicatorId: ID, value, span });

const standingsAt = async (asOfPosition: number): Promise<readonly StandingRow[]> =>
  (
    await new ListStandingsHandler(instance.readModels).execute(
      new ListStandings({ limit: 10_000, asOfPosition }, FULL_SIGHT),
    )
  ).items;

test('who takes in every change has at every position what the list tells', async () => {
  const [first, second] = [freshStreamOf('agreement'), freshStreamOf('agreement')];
  await happens(first, monitored('TH-54'), indicator, target('9', 'notStated'), target('5', QUARTER));
  await happens(second, drafted({ province: 'TH-50' }), indicator, target('1'), target('2'));
  await happens(first, actual('6', QUARTER), actual('7', 'notStated'), target('8'), actual('8.5'));
  await happens(second, signed('maker', []), signed('receiver', []), tookEffect([]));
  const last = await happens(second, actual('3'));

  const picture = new Map<string, StandingRow>();
  const keyOf = (row: Pick<StandingRow, 'agreementId' | 'indicatorId' | 'period'>) =>
    `${row.agreementId}/${row.indicatorId}/${row.period}`;
  for (const { position, standings, removed } of await new Listener(-1).until(last)) {
    for (const row of standings) picture.set(keyOf(row), row);
    for (const key of removed) expect(picture.delete(keyOf(key))).toBe(true);
    expect(standings.every(({ changedAtPosition }) => changedAtPosition === position)).toBe(true);
    expect(new Set(picture.values())).toEqual(new Set(await standingsAt(position)));
  }
  expect(picture.size).toBe(4);
});

test('a draft is not told of; what it has become is, when it takes effect', async () => {
  const stream = freshStreamOf('agreement');
  const before = await bench.head();
  const listener = new Listener(before);
  await happens(stream, drafted({ province: 'TH-54' }), indicator, target('1'), target('2'), signed('maker', []));
  const position = await happens(stream, signed('receiver', []), tookEffect([]));
  for (const changed of [await listener.next(), await new Listener(before).next()]) {
    expect(changed).toMatchObject({ position, removed: [], standings: [{ target: '2', agreementStatus: 'inEffect' }] });
    expect(changed.standings).toHaveLength(1);
  }
});

test('a client that comes back has lost nothing and hears nothing twice, wherever it was cut off', async () => {
  const stream = freshStreamOf('agreement');
  const before = await bench.head();
  const last = await happens(
    stream,
    monitored('TH-54'),
    indicator,
    target('1'),
    actual('2'),
    target('3', QUARTER),
    actual('4', QUARTER),
  );
  const whole = await new Listener(before).until(last);
  expect(whole.length).toBeGreaterThan(3);
  for (const [index, { position }] of whole.entries()) {
    if (position < last) expect(await new Listener(position).until(last)).toEqual(whole.slice(index + 1));
  }
  const returned = new Listener(last);
  const next = await happens(stream, target('5', 'notStated'), actual('6', '2027-01-01..2027-01-31'));
  expect((await returned.until(next)).map(({ position }) => position)).toEqual([next - 1, next]);
});

test('a client that starts hears what happens from then on, and so does every other', async () => {
  const stream = freshStreamOf('agreement');
  const first = await happens(stream, monitored('TH-54'), indicator);
  await instance.projections.waitFor(STANDINGS, first, 5_000);
  const clients = [new Listener(), new Listener()];
  let haveHeard = false;
  const waiting = Promise.all(clients.map((client) => client.next())).finally(() => (haveHeard = true));
  // Where a client starts only itself knows, so things happen until both have heard of something.
  const happened: number[] = [];
  while (!haveHeard) {
    const position = await happens(stream, target(`${happened.length + 1}`));
    happened.push(position);
    await instance.projections.waitFor(STANDINGS, position, 5_000);
  }
  const firstHeard = (await waiting).map(({ position }) => position);
  const last = await happens(stream, actual('2'));
  for (const [index, client] of clients.entries()) {
    const heard = await client.until(last);
    expect(happened).toContain(firstHeard[index]);
    expect(heard.map(({ position }) => position)).toEqual([
      ...happened.filter((position) => position > firstHeard[index]!),
      last,
    ]);
  }
});

test('what another instance has projected arrives too', async () => {
  const reader = await bench.instance([standingsProjection(bench.store, codec)], { projects: false });
  const listener = new Listener(await bench.head(), {}, reader);
  const stream = freshStreamOf('agreement');
  const first = await happens(stream, monitored('TH-54'), indicator);
  expect((await listener.next()).position).toBe(first);
  const second = await happens(stream, target('1'));
  expect((await listener.next()).position).toBe(second);
  await listener.leave();
  await reader.close();
});

test('however many listen, what changed is read once for each sight', async () => {
  const { projections, readModels } = instance;
  const read = jest.spyOn(readModels, 'read');
  const stream = new StandingsStream(projections, readModels);
  const before = await bench.head();
  await instance.projections.waitFor(STANDINGS, before, 5_000);
  const clients = Array.from({ length: 30 }, (_, index) => new Listener(before, {}, instance, stream, index % 2 === 0));
  const waiting = clients.map((client) => client.next());
  const looks = instance.lookCount();
  const position = await happens(freshStreamOf('agreement'), monitored('TH-54'), indicator, target('1'));
  for (const changed of await Promise.all(waiting)) expect(changed.position).toBe(position - 1);
  expect(read.mock.calls.length).toBeLessThanOrEqual(4);
  expect(instance.lookCount() - looks).toBeLessThan(20);
  read.mockRestore();
});

test('a filter lets through what it names', async () => {
  const before = await bench.head();
  const [phrae, chiangMai] = [freshStreamOf('agreement'), freshStreamOf('agreement')];
  await happens(phrae, monitored('TH-54'), indicator);
  const there = await happens(chiangMai, monitored('TH-50'), indicator);
  const here = await happens(phrae, target('1'));
  const heard = await new Listener(before, { province: 'TH-54', fiscalYear: 2570 }).until(here);
  expect(heard.map(({ position }) => position)).toEqual([there - 2, here]);
  const inChiangMai = await new Listener(before, { province: 'TH-50' }).until(there);
  expect(inChiangMai.map(({ position }) => position)).toEqual([there]);
});

test('who was away for long gets everything, in order', async () => {
  const stream = freshStreamOf('agreement');
  const before = await bench.head();
  const count = 1_200;
  const last = await happens(
    stream,
    monitored('TH-54'),
    indicator,
    ...Array.from({ length: count }, (_, value) => target(`${value}`)),
  );
  const heard = await new Listener(before).until(last);
  expect(heard.map(({ position }) => position)).toEqual(
    Array.from({ length: count + 1 }, (_, index) => before + 2 + index),
  );
});

test('ends when the client leaves, also while it waits', async () => {
  const listener = new Listener(await bench.head());
  const ending = listener.leave();
  expect(await ending).toBe(true);
});
