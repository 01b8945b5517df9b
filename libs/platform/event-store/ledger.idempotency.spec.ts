import type { StreamName } from '@khamrap/kernel';
import { commandContext } from '@khamrap/testing';
import { freshTally, LedgerUnderTest, type LedgerInstance } from '../../testing/ledger-under-test';
import { tallyDecider, type TallyCommand } from '../../testing/tally';
import type { CommandAccepted } from './command-answer';
import { IdempotencyKeyReused } from './command-answer';

let log: LedgerUnderTest;
let instance: LedgerInstance;
let other: LedgerInstance;
beforeAll(async () => {
  log = await LedgerUnderTest.open();
  [instance, other] = [await log.instance(), await log.instance()];
});
afterAll(() => log.dispose());

const ADD_TWO: TallyCommand = { type: 'Add', amounts: [1, 2], note: 'ลับ' };
const countOf = async (stream: StreamName) => (await instance.store.readStream(stream, 0, 1_000)).length;

/** The acceptance that a repeat has to be answered with. */
function replayOf(first: CommandAccepted): CommandAccepted {
  return { ...first, replayed: true };
}

describe('a command that is repeated', () => {
  test('is answered with its first acceptance', async () => {
    const stream = freshTally();
    const context = commandContext();
    const first = await instance.execute(stream, ADD_TWO, context);
    expect(first.replayed).toBe(false);
    for (let repeat = 0; repeat < 3; repeat++) {
      await expect(instance.execute(stream, ADD_TWO, context)).resolves.toEqual(replayOf(first));
    }
    expect(await countOf(stream)).toBe(2);
  });

  test('is answered with its own acceptance, where several were accepted together', async () => {
    const stream = freshTally();
    const contexts = Array.from({ length: 5 }, () => commandContext());
    const first = await Promise.all(contexts.map((context) => instance.execute(stream, ADD_TWO, context)));
    for (const each of [instance, other]) {
      for (const [index, context] of contexts.entries()) {
        const repeat = await each.execute(stream, ADD_TWO, context);
        // It may be waited for less long: for its own events, no longer for the whole append.
        expect(repeat).toEqual({ ...replayOf(first[index]!), after: String(repeat.position) });
      }
    }
  });

  test('is answered so when the stream has moved on, even to where it would be refused', async () => {
    const stream = freshTally();
    const context = commandContext();
    const first = await instance.execute(stream, ADD_TWO, context);
    await instance.add(stream, [1]);
    await instance.execute(stream, { type: 'Close' });
    await expect(instance.execute(stream, ADD_TWO, context)).resolves.toEqual(replayOf(first));
  });

  test('is answered so whatever revision it insisted on', async () => {
    const stream = freshTally();
    await instance.add(stream, [1]);
    const context = commandContext({ expectedRevision: 0 });
    const first = await instance.execute(stream, ADD_TWO, context);
    await expect(instance.execute(stream, ADD_TWO, context)).resolves.toEqual(replayOf(first));
    await expect(other.execute(stream, ADD_TWO, context)).resolves.toEqual(replayOf(first));
  });

  test('is answered so by an instance that has just been started', async () => {
    const stream = freshTally();
    const context = commandContext();
    const first = await instance.execute(stream, ADD_TWO, context);
    await instance.add(stream, [5]);
    const started = await log.instance();
    await expect(started.execute(stream, ADD_TWO, context)).resolves.toEqual(replayOf(first));
    expect(await countOf(stream)).toBe(3);
  });

  test('is answered so by an instance that had the stream in memory as it was before', async () => {
    const stream = freshTally();
    await other.add(stream, [5]);
    const context = commandContext();
    const first = await instance.execute(stream, ADD_TWO, context);
    await expect(other.execute(stream, ADD_TWO, context)).resolves.toEqual(replayOf(first));
    await instance.add(stream, [5]);
    await expect(other.execute(stream, ADD_TWO, context)).resolves.toEqual(replayOf(first));
    expect(await countOf(stream)).toBe(4);
  });

  test('at the same time is accepted once', async () => {
    const stream = freshTally();
    const context = commandContext();
    const neighbour = instance.add(stream, [7]);
    const answers = await Promise.all([1, 2, 3].map(() => instance.execute(stream, ADD_TWO, context)));
    await neighbour;
    expect(answers.map(({ replayed }) => replayed)).toEqual([false, true, true]);
    expect(answers.slice(1)).toEqual([replayOf(answers[0]!), replayOf(answers[0]!)]);
    expect(await countOf(stream)).toBe(3);
  });

  test('at two instances at the same time is accepted once, and its neighbours too', async () => {
    for (let round = 0; round < 20; round++) {
      const stream = freshTally();
      const context = commandContext();
      const answers = await Promise.all([
        instance.execute(stream, ADD_TWO, context),
        other.execute(stream, ADD_TWO, context),
        instance.add(stream, [1]),
        other.add(stream, [1]),
      ]);
      const { after: _ours, replayed: _first, ...here } = answers[0];
      expect(answers[1]).toMatchObject(here);
      expect(answers.slice(0, 2).map(({ replayed }) => replayed)).toContain(true);
      expect(await countOf(stream)).toBe(4);
    }
  });

  test('after it was refused is judged again', async () => {
    const stream = freshTally();
    await instance.add(stream, [100]);
    const context = commandContext();
    await expect(instance.execute(stream, ADD_TWO, context)).rejects.toMatchObject({ name: 'CommandRejected' });
    await instance.add(stream, [-10]);
    await expect(instance.execute(stream, ADD_TWO, context)).resolves.toMatchObject({ revision: 3, replayed: false });
  });

  test('leaves in the vault what its events commit to', async () => {
    const stream = freshTally();
    const context = commandContext();
    await Promise.all([instance, other, instance].map((each) => each.execute(stream, ADD_TWO, context)));
    const history = await instance.ledger.history(stream);
    const digests = history.map(({ data }) => (data['note'] as { $private: string }).$private);
    expect([...(await instance.vault.valuesOf(stream, digests)).values()]).toEqual(['ลับ', 'ลับ']);
  });
});

describe('a key that was used before', () => {
  test.each(['here', 'elsewhere'])('for another request is refused, when that was %s', async (place) => {
    const stream = freshTally();
    const { commandId } = commandContext();
    await (place === 'here' ? instance : other).add(stream, [1], { commandId, requestHash: 'first' });
    await expect(instance.add(stream, [2], { commandId, requestHash: 'second' })).rejects.toBeInstanceOf(
      IdempotencyKeyReused,
    );
    await expect(instance.add(stream, [1], { commandId, requestHash: 'first' })).resolves.toMatchObject({
      replayed: true,
    });
    expect(await countOf(stream)).toBe(1);
  });

  test('at the same time for another request is refused to one of them', async () => {
    const stream = freshTally();
    const { commandId } = commandContext();
    const settled = await Promise.allSettled(
      ['first', 'second'].map((requestHash) => instance.add(stream, [1], { commandId, requestHash })),
    );
    expect(settled).toMatchObject([{ status: 'fulfilled' }, { reason: { name: 'IdempotencyKeyReused' } }]);
  });

  test('for another stream is refused, and the neighbours of the command are unharmed', async () => {
    const context = commandContext();
    await instance.execute(freshTally(), ADD_TWO, context);
    const stream = freshTally();
    const settled = await Promise.allSettled([
      instance.add(stream, [0]),
      instance.add(stream, [1]),
      instance.execute(stream, ADD_TWO, context),
      instance.add(stream, [200]),
      instance.add(stream, [2]),
      instance.add(stream, [3], { expectedRevision: 2 }),
    ]);
    expect(settled).toMatchObject([
      { value: { revision: 0 } },
      { value: { revision: 1 } },
      { reason: { name: 'IdempotencyKeyReused' } },
      { reason: { name: 'CommandRejected' } },
      { value: { revision: 2 } },
      { value: { revision: 3 } },
    ]);
    expect(await countOf(stream)).toBe(4);
  });

  test('for two streams at the same time is accepted for one of them', async () => {
    for (let round = 0; round < 10; round++) {
      const context = commandContext();
      const settled = await Promise.allSettled([
        instance.execute(freshTally(), ADD_TWO, context),
        (round % 2 ? instance : other).execute(freshTally(), ADD_TWO, context),
      ]);
      expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const refused = settled.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
      expect(refused.reason).toBeInstanceOf(IdempotencyKeyReused);
    }
  });
});

describe('the memory of a ledger', () => {
  test('is bounded: a stream that was let go of is folded from the log again, and answers as before', async () => {
    const stream = freshTally();
    const context = commandContext();
    const first = await instance.execute(stream, ADD_TWO, context);
    const cold = await log.instance();
    const reads = jest.spyOn(cold.store, 'readStream');
    const run = (command: TallyCommand) =>
      cold.ledger.execute({ decider: tallyDecider, stream, command, context: commandContext() });
    await run({ type: 'Add', amounts: [3] });
    expect(reads).toHaveBeenCalledTimes(1);
    await run({ type: 'Add', amounts: [4] });
    expect(reads).toHaveBeenCalledTimes(1);
    await expect(cold.execute(stream, ADD_TWO, context)).resolves.toEqual(replayOf(first));
  });
});
