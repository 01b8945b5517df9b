import { FULL_SIGHT, PUBLIC_SIGHT, type Sight } from '@khamrap/platform/access';
import type { DecodedEvent } from '@khamrap/platform/event-store';
import { eventually } from '@khamrap/testing';
import {
  noteCodec,
  notesProjection,
  noteWritten,
  ProjectionBench,
  type ProjectionInstance,
} from '../../testing/projection';
import type { EntityManager } from 'typeorm';
import type { Freshness } from './past-position';

const NAME = 'notes';

let bench: ProjectionBench;
let instance: ProjectionInstance;
const events: DecodedEvent[] = [];
let held: Promise<void> | undefined;
let queryCount = 0;

beforeAll(async () => {
  bench = await ProjectionBench.open(noteCodec);
  for (let index = 0; index < 4; index++) {
    events.push(...(await bench.record([noteWritten()])));
    const { recordedAtMs } = events.at(-1) as DecodedEvent;
    // So that there are moments between two events.
    await eventually('a later moment', () => (Date.now() > recordedAtMs + 2 ? true : undefined));
  }
  instance = await bench.instance([notesProjection({ name: NAME, beforeRows: () => held })]);
  await instance.projections.waitFor(NAME, await bench.head(), 10_000);
});
beforeEach(() => {
  queryCount = 0;
});
afterAll(() => bench.close());

/** How many notes an answer tells of, and what it stands on. */
async function notesAt(freshness: Freshness, { readModels } = instance) {
  const { standpoint, result } = await readModels.read(NAME, freshness, async (manager, { position }) => {
    queryCount += 1;
    const [row] = await manager.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM read_model.notes_note WHERE first_position <= $1`,
      [position],
    );
    return row?.count;
  });
  return { ...standpoint, count: result };
}

/** Writes a note that is projected when it is let. */
async function writeHeld(): Promise<{ readonly event: DecodedEvent; readonly let: () => void }> {
  let release = (): void => undefined;
  held = new Promise((resolve) => (release = resolve));
  const [event] = await bench.record([noteWritten()]);
  return { event: event as DecodedEvent, let: release };
}

const rfc3339 = (milliseconds: number): string => new Date(milliseconds).toISOString();

describe('the past', () => {
  test('is at a position what it was when that was the last', async () => {
    for (const [index, { position }] of events.entries())
      expect(await notesAt({ asOfPosition: position })).toEqual({ position, past: true, count: index + 1 });
    expect(await notesAt({ asOfPosition: 0 })).toEqual({ position: 0, past: true, count: 0 });
  });

  test('is at a moment what had been recorded by then', async () => {
    const [opened] = await bench.store.readLog(0, 1);
    const begins = opened!.recordedAt;
    expect(await notesAt({ asOf: rfc3339(begins - 1) })).toEqual({ position: -1, past: true, count: 0 });
    expect(await notesAt({ asOf: '0001-01-01T00:00:00Z' })).toEqual({ position: -1, past: true, count: 0 });
    for (const [index, { position, recordedAtMs }] of events.entries()) {
      const expected = { position, past: true, count: index + 1 };
      expect(await notesAt({ asOf: rfc3339(recordedAtMs) })).toEqual(expected);
      expect(await notesAt({ asOf: rfc3339(recordedAtMs + 1) })).toEqual(expected);
      if (index > 0)
        expect(await notesAt({ asOf: rfc3339(recordedAtMs - 1) })).toEqual({
          ...expected,
          position: position - 1,
          count: index,
        });
    }
    const inBangkok = rfc3339(events[1]!.recordedAtMs + 7 * 3_600_000).replace('Z', '+07:00');
    expect(await notesAt({ asOf: inBangkok })).toMatchObject({ position: events[1]!.position });
  });

  test('cannot lie ahead', async () => {
    const position = await bench.head();
    await expect(notesAt({ asOfPosition: position + 1 })).rejects.toMatchObject({ name: 'NotRecordedYet' });
    await expect(notesAt({ asOf: rfc3339(Date.now() + 3_600_000) })).rejects.toMatchObject({ name: 'NotRecordedYet' });
    expect(queryCount).toBe(0);
  });

  test('waits until it is projected', async () => {
    const { event, let: go } = await writeHeld();
    const answer = notesAt({ asOfPosition: event.position });
    expect((await notesAt({})).position).toBe(event.position - 1);
    expect(queryCount).toBe(1);
    go();
    expect(await answer).toMatchObject({ position: event.position, past: true });
  });
});

describe('the present', () => {
  test('is the newest position that the read model shows, and all rows of it', async () => {
    await instance.projections.waitFor(NAME, await bench.head(), 5_000);
    const position = await bench.head();
    expect(await notesAt({})).toEqual({ position, past: false, count: position });
    expect(await notesAt({ after: '' })).toEqual({ position, past: false, count: position });
  });

  test.each([
    ['a position', (position: number): Freshness => ({ minPosition: position })],
    ['the token of a command', (position: number): Freshness => ({ after: String(position) })],
  ])('waits for %s', async (_what, asked) => {
    const { event, let: go } = await writeHeld();
    const answer = notesAt(asked(event.position));
    expect((await notesAt({})).position).toBe(event.position - 1);
    go();
    expect(await answer).toMatchObject({ position: event.position, past: false });
  });

  test.each<[string, (position: number) => Freshness]>([
    ['a position', (minPosition) => ({ minPosition })],
    ['the token of a command', (position) => ({ after: String(position) })],
    ['a position of the past', (asOfPosition) => ({ asOfPosition })],
  ])('is read by whoever waits for %s with the sight that they have then', async (_what, asked) => {
    const { event, let: go } = await writeHeld();
    let sight: Sight = FULL_SIGHT;
    const read = async (manager: EntityManager, _at: unknown, seen: Sight) => [
      seen,
      ...(await manager.query<unknown[]>(`SELECT current_setting('khamrap.sight', true) AS told`)),
    ];
    const answer = instance.readModels.read(NAME, asked(event.position), read, () => sight);
    // What is read meanwhile shows that the other waits.
    expect((await notesAt({})).position).toBe(event.position - 1);
    sight = PUBLIC_SIGHT;
    go();
    expect((await answer).result).toEqual([PUBLIC_SIGHT, { told: '' }]);
  });

  test('is refused when it does not come in time', async () => {
    const { event, let: go } = await writeHeld();
    const begun = performance.now();
    await expect(notesAt({ minPosition: event.position })).rejects.toMatchObject({
      name: 'NotProjectedYet',
      position: event.position,
    });
    expect(performance.now() - begun).toBeLessThan(7_000);
    expect(queryCount).toBe(0);
    go();
    expect(await notesAt({ minPosition: event.position })).toMatchObject({ position: event.position });
  }, 15_000);

  test.each(['x', '-1', '1.5', '1e3', ' 1', '99999999999999999999'])(
    'no position is meant by the token "%s"',
    async (after) => {
      await expect(notesAt({ after })).rejects.toMatchObject({ name: 'NotRecordedYet' });
    },
  );
});

describe('a process that only reads', () => {
  test('sees what another has projected, as soon as that is told', async () => {
    const reader = await bench.instance([notesProjection({ name: NAME })], { projects: false });
    const [event] = await bench.record([noteWritten()]);
    expect(await notesAt({ minPosition: event!.position }, reader)).toMatchObject({ position: event!.position });
    await reader.close();
  });

  test('says that there is nothing yet while nobody has projected', async () => {
    const reader = await bench.instance([notesProjection({ name: 'unseen' })], { projects: false });
    const read = (freshness: Freshness) => reader.readModels.read('unseen', freshness, () => Promise.resolve('rows'));
    await expect(read({})).rejects.toMatchObject({ name: 'NotProjectedYet', position: 0 });
    expect(await reader.projections.positionOf('unseen')).toBe(-1);
    expect(await reader.projections.waitFor('unseen', 0, 50)).toBe(false);
    await reader.close();
  });
});

test('a database that cannot be reached is not the fault of the question', async () => {
  const failing = (code: string) =>
    instance.readModels.read(NAME, {}, () => Promise.reject(Object.assign(new Error('as asked'), { code })));
  await expect(failing('57P01')).rejects.toMatchObject({ name: 'StoreUnavailable' });
  await expect(failing('ECONNREFUSED')).rejects.toMatchObject({ name: 'StoreUnavailable' });
  await expect(failing('22P02')).rejects.toMatchObject({ message: 'as asked' });
  await expect(failing('ERR_OUT_OF_RANGE')).rejects.toMatchObject({ message: 'as asked' });
});

test('a projection that there is not is a mistake', async () => {
  await expect(instance.projections.waitFor('nothing', 0, 1)).rejects.toThrow('there is no projection nothing');
  await expect(instance.readModels.read('nothing', {}, () => Promise.resolve(1))).rejects.toThrow('nothing');
});

test.each<[string, Sight, string]>([
  ['everybody', PUBLIC_SIGHT, '5s'],
  ['somebody who is known', { ...PUBLIC_SIGHT, provinces: ['TH-54'] } as Sight, '30s'],
  ['the service itself', FULL_SIGHT, '30s'],
])('%s keeps the database no longer at one statement than for so long', async (_who, sight, bound) => {
  const asked = (manager: EntityManager) =>
    manager.query<object[]>(`SELECT current_setting('statement_timeout') AS bound`);
  for (const freshness of [{}, { asOfPosition: 1 }])
    expect((await instance.readModels.read(NAME, freshness, asked, sight)).result).toEqual([{ bound }]);
});
