import { setImmediate as nextTurn } from 'node:timers/promises';
import { Rejection, type StreamName } from '@khamrap/kernel';
import { commandContext, within } from '@khamrap/testing';
import { freshTally, LedgerUnderTest, type LedgerInstance } from '../../testing/ledger-under-test';
import type { TallyState } from '../../testing/tally';
import { OutcomeUnknown, StoreUnavailable } from './event-store';

let log: LedgerUnderTest;
let instance: LedgerInstance;
let other: LedgerInstance;
beforeAll(async () => {
  log = await LedgerUnderTest.open();
  [instance, other] = [await log.instance(), await log.instance()];
});
afterAll(() => log.dispose());

const counted = (count: number) => Array.from({ length: count }, (_, index) => index);
const amountsOf = async (stream: StreamName) =>
  (await instance.ledger.history(stream)).map(({ data }) => data['amount']);

/** A step before an append that goes on when it is told to. */
function barrier() {
  let go: () => void = () => undefined;
  let arrive: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (go = resolve));
  const reached = new Promise<void>((resolve) => (arrive = resolve));
  const step = async (): Promise<void> => {
    arrive();
    await released;
  };
  return { step, reached, release: () => go() };
}

describe('commands that wait for the same stream', () => {
  test('are appended together, in the order in which they came, each with its own answer', async () => {
    const stream = freshTally();
    const before = instance.store.appends.length;
    const accepted = await Promise.all(counted(40).map((number) => instance.add(stream, [number - 20])));
    expect(accepted.map(({ revision }) => revision)).toEqual(counted(40));
    expect(await amountsOf(stream)).toEqual(counted(40).map((number) => number - 20));
    // The first went at once and alone, all others gathered meanwhile.
    expect(instance.store.appends.slice(before).map(({ events }) => events.length)).toEqual([1, 39]);
    const stored = await instance.store.readRecorded(stream, 0, 100);
    expect(accepted.map(({ receipt }) => receipt!.bodyHash)).toEqual(
      stored.map(({ bodyHash }) => bodyHash.toString('hex')),
    );
    expect(accepted.map(({ position }) => position)).toEqual(stored.map(({ position }) => position));
    expect(accepted.map(({ eventIds }) => eventIds)).toEqual(stored.map(({ eventId }) => [eventId]));
  });

  test('that make several events each are told where their own stand', async () => {
    const stream = freshTally();
    const accepted = await Promise.all(
      [[1], [2, 2], [], [3, 3, 3], [4]].map((amounts) => instance.add(stream, amounts)),
    );
    expect(accepted.map(({ revision }) => revision)).toEqual([0, 2, 2, 5, 6]);
    expect(accepted.map(({ eventIds }) => eventIds.length)).toEqual([1, 2, 0, 3, 1]);
    expect(await amountsOf(stream)).toEqual([1, 2, 2, 3, 3, 3, 4]);
  });

  test('are more than one append may hold: then they are several, none is lost and the order is kept', async () => {
    const stream = freshTally();
    const before = instance.store.appends.length;
    const accepted = await Promise.all(counted(100).map(() => instance.add(stream, Array<number>(30).fill(0))));
    expect(accepted.map(({ revision }) => revision)).toEqual(counted(100).map((number) => 30 * number + 29));
    // The first alone; 33 of 30 events are what an append of at most 1,000 can hold.
    expect(instance.store.appends.slice(before).map(({ events }) => events.length)).toEqual([30, 990, 990, 990]);
  });

  test('are allowed, or not, by what those before them in the same round have made true', async () => {
    const stream = freshTally();
    const mayNot = new Rejection('notYours');
    const authorise = ({ total }: TallyState) => (total > 50 ? mayNot : undefined);
    const add = () => instance.execute(stream, { type: 'Add', amounts: [30] }, commandContext(), { authorise });
    expect(await Promise.allSettled([instance.add(stream, [0]), add(), add(), add()])).toMatchObject([
      { value: { revision: 0 } },
      { value: { revision: 1 } },
      { value: { revision: 2 } },
      { reason: { rejection: mayNot } },
    ]);
  });

  test('are decided on what those before them in the same round have made true', async () => {
    const stream = freshTally();
    const settled = await Promise.allSettled([60, 30, 20, 10, 1].map((amount) => instance.add(stream, [amount])));
    expect(settled).toMatchObject([
      { status: 'fulfilled', value: { revision: 0 } },
      { status: 'fulfilled', value: { revision: 1 } },
      { status: 'rejected', reason: { rejection: { code: 'tallyIsFull', facts: { total: 90, eventCount: 2 } } } },
      { status: 'fulfilled', value: { revision: 2 } },
      { status: 'rejected', reason: { rejection: { code: 'tallyIsFull', facts: { total: 100, eventCount: 3 } } } },
    ]);
    expect(await amountsOf(stream)).toEqual([60, 30, 10]);
  });

  test('may insist on the revision that one before them in the same round has made', async () => {
    const stream = freshTally();
    const settled = await Promise.allSettled([
      instance.add(stream, [1]),
      instance.add(stream, [1, 1], { expectedRevision: 0 }),
      instance.add(stream, [1], { expectedRevision: 0 }),
      instance.add(stream, [1], { expectedRevision: 2 }),
      instance.add(stream, [1], { expectedRevision: 9 }),
    ]);
    expect(settled).toMatchObject([
      { value: { revision: 0 } },
      { value: { revision: 2 } },
      { reason: { name: 'RevisionMismatch', actualRevision: 2 } },
      { value: { revision: 3 } },
      { reason: { name: 'RevisionMismatch', actualRevision: 3 } },
    ]);
  });

  test('do not wait for the commands of another stream', async () => {
    const slow = barrier();
    instance.store.beforeNextAppend(slow.step);
    const waiting = instance.add(freshTally(), [1]);
    await slow.reached;
    await within(5_000, 'a command on another stream', instance.add(freshTally(), [1]));
    slow.release();
    await waiting;
  });
});

describe('a refusal that rests on an event of the same round', () => {
  /** The full tally of a round whose append waits, and the refusal that rests on it. */
  async function refusalInAWaitingRound() {
    const stream = freshTally();
    await instance.add(stream, [1]);
    const first = barrier();
    const second = barrier();
    instance.store.beforeNextAppend(first.step);
    instance.store.beforeNextAppend(second.step);
    const gathering = instance.add(stream, [1]);
    await first.reached;
    const fills = instance.add(stream, [98]);
    const refused = instance.add(stream, [5]);
    let isTold = false;
    const settled = Promise.allSettled([fills, refused.finally(() => (isTold = true))]);
    first.release();
    await gathering;
    await second.reached;
    for (let turn = 0; turn < 20; turn++) await nextTurn();
    return { stream, settled, isTold: () => isTold, release: second.release };
  }

  test('is told only when that event is durable', async () => {
    const { settled, isTold, release } = await refusalInAWaitingRound();
    expect(isTold()).toBe(false);
    release();
    expect(await settled).toMatchObject([
      { status: 'fulfilled', value: { revision: 2 } },
      { status: 'rejected', reason: { rejection: { code: 'tallyIsFull', facts: { total: 100 } } } },
    ]);
  });

  test('is not told when that event lost its race: it is decided again', async () => {
    const { stream, settled, release } = await refusalInAWaitingRound();
    await other.add(stream, [-50]);
    await other.execute(stream, { type: 'Close' });
    release();
    expect(await settled).toMatchObject([
      { reason: { rejection: { code: 'tallyIsClosed', facts: { total: -48 } } } },
      { reason: { rejection: { code: 'tallyIsClosed', facts: { total: -48 } } } },
    ]);
  });

  test('is not told when nobody knows what became of that event', async () => {
    const stream = freshTally();
    await instance.add(stream, [1]);
    const first = barrier();
    instance.store.beforeNextAppend(first.step);
    instance.store.beforeNextAppend(() => Promise.reject(new OutcomeUnknown('lost')));
    const gathering = instance.add(stream, [1]);
    await first.reached;
    const settled = Promise.allSettled([instance.add(stream, [98]), instance.add(stream, [5])]);
    first.release();
    await gathering;
    expect(await settled).toMatchObject([
      { reason: { name: 'OutcomeUnknown' } },
      { reason: { name: 'OutcomeUnknown' } },
    ]);
    await expect(instance.add(stream, [5])).resolves.toMatchObject({ revision: 2 });
  });

  test('does not wait round after round for a store that is away', async () => {
    const stream = freshTally();
    const away = barrier();
    instance.store.beforeNextAppend(async () => {
      await away.step();
      throw new OutcomeUnknown('lost');
    });
    const before = instance.store.appends.length;
    const settled = Promise.allSettled(counted(300).map(() => instance.add(stream, [1])));
    await away.reached;
    away.release();
    const [first, ...others] = await settled;
    expect(first).toMatchObject({ reason: { name: 'OutcomeUnknown' } });
    for (const each of others) expect(each).toMatchObject({ reason: { name: 'StoreUnavailable' } });
    expect(instance.store.appends).toHaveLength(before + 1);
    await expect(instance.add(stream, [5])).resolves.toMatchObject({ revision: 0 });
  });
});

describe('a lost race', () => {
  test('is decided again on what the other made true', async () => {
    const stream = freshTally();
    await instance.add(stream, [50]);
    instance.store.beforeNextAppend(async () => {
      await other.add(stream, [45]);
    });
    await expect(instance.add(stream, [10])).rejects.toMatchObject({
      rejection: { code: 'tallyIsFull', facts: { total: 95, eventCount: 2 } },
    });
    instance.store.beforeNextAppend(async () => {
      await other.add(stream, [-90]);
    });
    await expect(instance.add(stream, [5])).resolves.toMatchObject({ revision: 3 });
    expect(await amountsOf(stream)).toEqual([50, 45, -90, 5]);
  });

  test('keeps the commitments of a command that is decided again', async () => {
    const stream = freshTally();
    await instance.add(stream, [1]);
    instance.store.beforeNextAppend(async () => {
      await other.add(stream, [1]);
    });
    const before = instance.store.appends.length;
    await instance.execute(stream, { type: 'Add', amounts: [1], note: 'ลับ' });
    const [lost, won] = instance.store.appends.slice(before).map(({ events }) => events[0]!);
    const noteIn = (body: string) => (JSON.parse(body) as { data: { note: object } }).data.note;
    expect(noteIn(lost!.body)).toEqual(noteIn(won!.body));
    expect(lost!.salt).toEqual(won!.salt);
    expect(lost!.eventId).toBe(won!.eventId);
  });

  test('between instances that write as fast as they can loses no command and decides none twice', async () => {
    const stream = freshTally();
    const accepted = await Promise.all(
      counted(120).map((number) => (number % 2 ? instance : other).add(stream, [number % 2 ? 1 : -1])),
    );
    expect(new Set(accepted.map(({ revision }) => revision)).size).toBe(120);
    expect(await amountsOf(stream)).toHaveLength(120);
  });

  test('that is lost again and again ends with the advice to come back', async () => {
    const stream = freshTally();
    await instance.add(stream, [0]);
    for (let race = 0; race < 60; race++) {
      instance.store.beforeNextAppend(async () => {
        await other.add(stream, [0]);
      });
    }
    await expect(instance.add(stream, [7])).rejects.toBeInstanceOf(StoreUnavailable);
    expect(await amountsOf(stream)).not.toContain(7);
    // The steps that were not needed are used up.
    for (let race = 0; race < 60; race++) await instance.add(freshTally(), [0]).catch(() => undefined);
  });
});

describe('a log with a simulated clock', () => {
  test('appends the commands of one time together, and gives each the time that was supplied for it', async () => {
    const simulated = await LedgerUnderTest.open('simulated');
    try {
      const { add, store } = await simulated.instance().then((opened) => ({
        add: opened.add.bind(opened),
        store: opened.store,
      }));
      const stream = freshTally();
      const days = [0, 1, 1, 1, 2, 2].map((day) => Date.parse('2024-10-01T02:00:00Z') + day * 86_400_000);
      const accepted = await Promise.all(days.map((recordedAt) => add(stream, [1], { recordedAt })));
      expect(accepted.map(({ receipt }) => Date.parse(receipt!.recordedAt!))).toEqual(days);
      expect(accepted.map(({ revision }) => revision)).toEqual(counted(6));
      expect(store.appends.map(({ events }) => events.length)).toEqual([1, 3, 2]);
    } finally {
      await simulated.dispose();
    }
  });

  test('is the only one that takes a time, and a command with one harms no other', async () => {
    const stream = freshTally();
    const settled = await Promise.allSettled([
      instance.add(stream, [1]),
      instance.add(stream, [2]),
      instance.execute(stream, { type: 'Add', amounts: [3] }, commandContext({ recordedAt: 1_000 })),
      instance.add(stream, [4]),
    ]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(await amountsOf(stream)).toEqual([1, 2, 4]);
  });
});
