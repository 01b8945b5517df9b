import {
  NO_STREAM,
  NotCanonical,
  Rejection,
  type DomainEvent,
  type JsonObject,
  type StreamName,
} from '@khamrap/kernel';
import { commandContext, withLatePositions } from '@khamrap/testing';
import { freshTally, LedgerUnderTest, type LedgerInstance } from '../../testing/ledger-under-test';
import { tallyDecider, type TallyCommand, type TallyState } from '../../testing/tally';
import { UnknownEvent } from './codec/event-codec';
import { UndeclaredField } from './codec/field-classes';
import { CommandRejected, RevisionMismatch } from './command-answer';
import { eventIdOf } from './identifiers';

let log: LedgerUnderTest;
let instance: LedgerInstance;
let other: LedgerInstance;
beforeAll(async () => {
  log = await LedgerUnderTest.open();
  [instance, other] = [await log.instance(), await log.instance()];
});
afterAll(() => log.dispose());

const revisions = async (stream: StreamName) =>
  (await instance.store.readRecorded(stream, 0, 100)).map(({ revision }) => revision);

/** The tally, but for what it answers to a command. */
function deciding(decide: (command: TallyCommand, state: TallyState) => readonly DomainEvent[] | Rejection) {
  return { decider: { ...tallyDecider, decide: decide as typeof tallyDecider.decide } };
}

describe('an accepted command', () => {
  test('is answered with where its events stand, and with a receipt for the last of them', async () => {
    const stream = freshTally();
    const context = commandContext();
    const accepted = await instance.execute(stream, { type: 'Add', amounts: [1, 2, 3] }, context);
    const stored = await instance.store.readRecorded(stream, 0, 10);
    const last = stored[2]!;
    expect(stored).toHaveLength(3);
    expect(accepted).toEqual({
      revision: 2,
      position: last.position,
      after: String(last.position),
      eventIds: [0, 1, 2].map((index) => eventIdOf(context.commandId, index)),
      receipt: {
        position: last.position,
        bodyHash: last.bodyHash.toString('hex'),
        recordedAt: new Date(last.recordedAt).toISOString(),
        status: 'sequenced',
      },
      replayed: false,
    });
    expect(stored.map(({ eventId }) => eventId)).toEqual(accepted.eventIds);
  });

  test('goes on where the stream ended, with whatever its context says', async () => {
    const stream = freshTally();
    await instance.add(stream, [1]);
    const context = commandContext();
    const basis = [{ stream: 'office-1', revision: 4 }];
    await instance.execute(stream, { type: 'Add', amounts: [2] }, context, { basis });
    const history = await instance.ledger.history(stream);
    expect(history).toHaveLength(2);
    expect(history[1]).toMatchObject({
      ...context,
      stream,
      revision: 1,
      basis,
      type: 'TallyAdded',
      data: { amount: 2 },
    });
  });

  test('that has nothing to change stores nothing', async () => {
    const stream = freshTally();
    const unchanged = { position: null, after: '0', eventIds: [], receipt: null, replayed: false };
    await expect(instance.add(stream, [])).resolves.toEqual({ ...unchanged, revision: NO_STREAM });
    await instance.execute(stream, { type: 'Close' });
    const appendCount = instance.store.appends.length;
    await expect(instance.execute(stream, { type: 'Close' })).resolves.toEqual({ ...unchanged, revision: 0 });
    expect(instance.store.appends).toHaveLength(appendCount);
    expect(await revisions(stream)).toEqual([0]);
  });

  test('has no position yet where the engine learns it later, but a token to wait for', async () => {
    const late = await log.instance({ seenAs: (store) => withLatePositions(store, Infinity) });
    const stream = freshTally();
    const accepted = await late.add(stream, [1, 2]);
    expect(accepted).toMatchObject({ revision: 1, position: null, receipt: { position: null, status: 'sequenced' } });
    const stored = await instance.store.readRecorded(stream, 0, 10);
    await expect(instance.store.positionOf(accepted.after)).resolves.toBe(stored[1]!.position);
    expect(accepted.receipt!.bodyHash).toBe(stored[1]!.bodyHash.toString('hex'));
    await expect(late.add(stream, [3])).resolves.toMatchObject({ revision: 2, position: null });
  });
});

describe('a private text', () => {
  test('is in the vault before its event is appended, and never in the log', async () => {
    const stream = freshTally();
    let keptBefore: ReadonlyMap<string, string> = new Map();
    instance.store.beforeNextAppend(async () => {
      const { data } = JSON.parse(instance.store.appends.at(-1)!.events[0]!.body) as { data: JsonObject };
      keptBefore = await other.vault.valuesOf(stream, [(data['note'] as { $private: string }).$private]);
    });
    await instance.execute(stream, { type: 'Add', amounts: [1], note: 'โทร. 08…' });
    expect([...keptBefore.values()]).toEqual(['โทร. 08…']);
    expect((await instance.store.readRecorded(stream, 0, 1))[0]!.body).not.toContain('โทร');
  });

  test('is a commitment for the next command, just the same on an instance that folds the log', async () => {
    const stream = freshTally();
    await instance.execute(stream, { type: 'Add', amounts: [1], note: 'ลับ' });
    const seen: TallyState[] = [];
    const look = deciding((_command, state) => {
      seen.push(state);
      return [];
    });
    for (const each of [instance, other]) await each.execute(stream, { type: 'Close' }, commandContext(), look);
    expect(seen[0]).toMatchObject({ total: 1, lastNote: { $private: expect.any(String) } });
    expect(seen.at(-1)).toEqual(seen[0]);
  });
});

describe('a refused command', () => {
  test('is told the refusal of the domain, and stores nothing', async () => {
    const stream = freshTally();
    await expect(instance.add(stream, [101])).rejects.toMatchObject({
      name: 'CommandRejected',
      rejection: { code: 'tallyIsFull', facts: { total: 0, eventCount: 0 } },
    });
    await instance.execute(stream, { type: 'Close' });
    await expect(instance.add(stream, [1])).rejects.toBeInstanceOf(CommandRejected);
    expect(await revisions(stream)).toEqual([0]);
  });

  test('is refused to who may not, before anything is decided and whatever that would be', async () => {
    const stream = freshTally();
    await instance.add(stream, [60]);
    const mayNot = new Rejection('notYours');
    const authorise = (state: TallyState) => (state.total > 50 ? mayNot : undefined);
    const neverAsked = deciding(() => {
      throw new Error('decided before it was allowed');
    });
    const request = { authorise, ...neverAsked };
    await expect(instance.execute(stream, { type: 'Close' }, commandContext(), request)).rejects.toMatchObject({
      rejection: mayNot,
    });
    await expect(
      instance.execute(freshTally(), { type: 'Add', amounts: [1] }, commandContext(), { authorise }),
    ).resolves.toMatchObject({ revision: 0 });
  });

  test('is refused on the stream as it is, not as this instance saw it last', async () => {
    const stream = freshTally();
    await instance.execute(stream, { type: 'Close' });
    const opened = freshTally();
    await instance.add(opened, [90]);
    await other.add(opened, [-90]);
    // As this instance saw it last, the tally has no room for 50.
    await expect(instance.add(opened, [50])).resolves.toMatchObject({ revision: 2 });
    await other.add(opened, [40]);
    await expect(instance.add(opened, [20])).rejects.toMatchObject({
      rejection: { facts: { total: 90, eventCount: 4 } },
    });
  });

  test('has nothing to change only if the stream as it is says so', async () => {
    const stream = freshTally();
    await instance.add(stream, [1]);
    const setTo = (total: number) =>
      deciding((_command, state) =>
        state.total === total ? [] : [{ type: 'TallyAdded', data: { amount: total - state.total } }],
      );
    await other.add(stream, [5]);
    await instance.execute(stream, { type: 'Close' }, commandContext(), setTo(1));
    expect(await instance.ledger.history(stream)).toMatchObject([{}, {}, { data: { amount: -5 } }]);
  });
});

describe('a revision that the caller insists on', () => {
  test('is the one of the last event, or none for a stream that must not exist', async () => {
    const stream = freshTally();
    await expect(instance.add(stream, [1], { expectedRevision: NO_STREAM })).resolves.toMatchObject({ revision: 0 });
    await expect(instance.add(stream, [1, 1], { expectedRevision: 0 })).resolves.toMatchObject({ revision: 2 });
    await expect(instance.add(stream, [1], { expectedRevision: 2 })).resolves.toMatchObject({ revision: 3 });
  });

  test.each([[NO_STREAM], [0], [2], [7]])(
    'is refused when it is %i while the stream is at 1',
    async (expectedRevision) => {
      const stream = freshTally();
      await instance.add(stream, [1, 1]);
      const mismatch = await instance.add(stream, [1], { expectedRevision }).catch((error: unknown) => error);
      expect(mismatch).toBeInstanceOf(RevisionMismatch);
      expect(mismatch).toMatchObject({ actualRevision: 1 });
      expect(await revisions(stream)).toEqual([0, 1]);
    },
  );

  test('tells nobody of the stream who may not know of it', async () => {
    const stream = freshTally();
    await instance.add(stream, [1, 1]);
    const asked = commandContext({ expectedRevision: 7 });
    const mayNot = new Rejection('notYours');
    await expect(instance.execute(stream, { type: 'Close' }, asked, { authorise: () => mayNot })).rejects.toMatchObject(
      { rejection: mayNot },
    );
  });

  test('is judged after the refusal of what is absent, which whoever may not know of it is told too', async () => {
    const asked = commandContext({ expectedRevision: 7 });
    const absent = new Rejection('notThere');
    const refusing = deciding(() => absent);
    await expect(instance.execute(freshTally(), { type: 'Close' }, asked, refusing)).rejects.toMatchObject({
      rejection: absent,
    });
    await expect(instance.add(freshTally(), [1], { expectedRevision: 7 })).rejects.toMatchObject({
      actualRevision: NO_STREAM,
    });
  });

  test('is compared with the stream as it is, not as this instance saw it last', async () => {
    const stream = freshTally();
    await instance.add(stream, [1]);
    await other.add(stream, [1]);
    await expect(instance.add(stream, [1], { expectedRevision: 0 })).rejects.toMatchObject({ actualRevision: 1 });
    await other.add(stream, [1]);
    await expect(instance.add(stream, [1], { expectedRevision: 2 })).resolves.toMatchObject({ revision: 3 });
  });

  test('is not overtaken by somebody else who was faster: the race is not decided again', async () => {
    const stream = freshTally();
    await instance.add(stream, [1]);
    instance.store.beforeNextAppend(async () => {
      await other.add(stream, [2]);
    });
    await expect(instance.add(stream, [3], { expectedRevision: 0 })).rejects.toMatchObject({ actualRevision: 1 });
    expect(await revisions(stream)).toEqual([0, 1]);
  });
});

describe('a command that fails', () => {
  /** Sends it between two that are good, all waiting for the same round, and answers with its failure. */
  async function failureAmong(send: (stream: StreamName) => Promise<unknown>): Promise<unknown> {
    const stream = freshTally();
    const first = instance.add(stream, [1]);
    const [, before, failed, after] = await Promise.allSettled([
      first,
      instance.add(stream, [2]),
      send(stream),
      instance.add(stream, [3]),
    ]);
    expect([before, after]).toMatchObject([
      { status: 'fulfilled', value: { revision: 1 } },
      { status: 'fulfilled', value: { revision: 2 } },
    ]);
    expect(await revisions(stream)).toEqual([0, 1, 2]);
    await expect(instance.add(stream, [4])).resolves.toMatchObject({ revision: 3 });
    return (failed as PromiseRejectedResult).reason;
  }

  const send = (decision: readonly DomainEvent[]) => (stream: StreamName) =>
    instance.execute(
      stream,
      { type: 'Close' },
      commandContext(),
      deciding(() => decision),
    );

  test('in its decision fails alone', async () => {
    const mistake = new Error('a mistake of the decider');
    const decider = deciding(() => {
      throw mistake;
    });
    await expect(
      failureAmong((stream) => instance.execute(stream, { type: 'Close' }, commandContext(), decider)),
    ).resolves.toBe(mistake);
  });

  test('to hold to what is declared fails alone', async () => {
    const undeclared = [{ type: 'TallyAdded', data: { amount: 1, name: 'สมมุติ' } }];
    await expect(failureAmong(send(undeclared))).resolves.toBeInstanceOf(UndeclaredField);
    await expect(failureAmong(send([{ type: 'NeverDeclared', data: {} }]))).resolves.toBeInstanceOf(UnknownEvent);
  });

  test('because its text cannot be written fails alone', async () => {
    const half = [{ type: 'TallyAdded', data: { amount: 1, remark: 'half \ud83d' } }];
    await expect(failureAmong(send(half))).resolves.toBeInstanceOf(NotCanonical);
  });

  test('at its second event leaves nothing of its first', async () => {
    const good = { type: 'TallyAdded', data: { amount: 1 } };
    await expect(failureAmong(send([good, { type: 'TallyAdded', data: { amount: 0.5 } }]))).resolves.toBeInstanceOf(
      UndeclaredField,
    );
  });

  test('because it would make more events than one append may hold fails alone', async () => {
    const tooMany = Array.from({ length: 1_001 }, () => ({ type: 'TallyAdded', data: { amount: 0 } }));
    await expect(failureAmong(send(tooMany))).resolves.toBeInstanceOf(RangeError);
  });
});

describe('the history of a stream', () => {
  test('is all of it, or what there was at a position', async () => {
    const stream = freshTally();
    expect(await instance.ledger.history(stream)).toEqual([]);
    const first = await instance.add(stream, [1, 2]);
    await instance.add(freshTally(), [1]);
    await instance.add(stream, [3]);
    const amounts = async (asOf?: number) =>
      (await instance.ledger.history(stream, asOf)).map(({ data }) => data['amount']);
    expect(await amounts()).toEqual([1, 2, 3]);
    expect(await amounts(first.position!)).toEqual([1, 2]);
    expect(await amounts(first.position! - 1)).toEqual([1]);
    expect(await amounts(first.position! - 2)).toEqual([]);
  });

  test('tells when each event was recorded, and where', async () => {
    const stream = freshTally();
    const { position, receipt } = await instance.add(stream, [1]);
    expect(await instance.ledger.history(stream)).toMatchObject([
      { position, recordedAtMs: Date.parse(receipt!.recordedAt!), revision: 0, stream },
    ]);
  });
});
