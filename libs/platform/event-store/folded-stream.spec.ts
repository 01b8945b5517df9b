import { NO_STREAM, type Decider, type StreamName } from '@khamrap/kernel';
import { commandContext } from '@khamrap/testing';
import { freshTally, LedgerUnderTest, tallyCodec, type LedgerInstance } from '../../testing/ledger-under-test';
import { tallyDecider, type TallyEvent, type TallyState } from '../../testing/tally';
import { FoldedStreams } from './folded-stream';

const decider = tallyDecider as unknown as Decider<TallyState, never, TallyEvent>;

let log: LedgerUnderTest;
let writer: LedgerInstance;
let reads: jest.SpyInstance;
beforeAll(async () => {
  log = await LedgerUnderTest.open();
  writer = await log.instance();
});
afterAll(() => log.dispose());
beforeEach(() => {
  reads = jest.spyOn(writer.store, 'readStream');
});
afterEach(() => reads.mockRestore());

const streams = (commandCountMax?: number) => new FoldedStreams(writer.store, tallyCodec, commandCountMax);

test('a stream is folded to its last event, with the commands that it remembers', async () => {
  const stream = freshTally();
  const [first, second] = [commandContext(), commandContext()];
  await writer.execute(stream, { type: 'Add', amounts: [1, 2, 3] }, first);
  await writer.execute(stream, { type: 'Add', amounts: [4] }, second);
  const folded = await streams().caughtUp(decider, stream);
  expect(folded).toMatchObject({ revision: 3, state: { total: 10, eventCount: 4 } });
  expect([...folded.commands]).toEqual([
    [first.commandId, { firstRevision: 0, eventCount: 3, requestHash: first.requestHash }],
    [second.commandId, { firstRevision: 3, eventCount: 1, requestHash: second.requestHash }],
  ]);
});

test('a stream longer than a page is folded to its last event', async () => {
  const stream = freshTally();
  for (let append = 0; append < 3; append++) await writer.add(stream, Array<number>(700).fill(0));
  await expect(streams().caughtUp(decider, stream)).resolves.toMatchObject({
    revision: 2_099,
    state: { eventCount: 2_100 },
  });
});

test('a stream that is not there is not remembered as missing', async () => {
  const stream = freshTally();
  const folded = streams();
  await expect(folded.cached(decider, stream)).resolves.toMatchObject({ revision: NO_STREAM });
  await writer.add(stream, [1]);
  await expect(folded.cached(decider, stream)).resolves.toMatchObject({ revision: 0 });
});

test('catching up reads only what is new', async () => {
  const stream = freshTally();
  await writer.add(stream, [1, 2]);
  const folded = streams();
  await folded.caughtUp(decider, stream);
  await writer.add(stream, [3]);
  await expect(folded.cached(decider, stream)).resolves.toMatchObject({ revision: 1 });
  await expect(folded.caughtUp(decider, stream)).resolves.toMatchObject({ revision: 2, state: { total: 6 } });
  expect(reads).toHaveBeenLastCalledWith(stream, 2, expect.any(Number));
});

test('an event that cannot be folded leaves what was folded before it, once', async () => {
  const stream = freshTally();
  const context = commandContext();
  await writer.execute(stream, { type: 'Add', amounts: [1, 2] }, context);
  let isBroken = true;
  const breaking = {
    ...decider,
    evolve: (state: TallyState, event: TallyEvent) => {
      if (isBroken && state.eventCount === 1) throw new Error('cannot be folded');
      return decider.evolve(state, event);
    },
  };
  const folded = streams();
  await expect(folded.caughtUp(breaking, stream)).rejects.toThrow('cannot be folded');
  isBroken = false;
  const whole = await folded.caughtUp(breaking, stream);
  expect(whole).toMatchObject({ revision: 1, state: { total: 3, eventCount: 2 } });
  expect(whole.commands.get(context.commandId)).toMatchObject({ firstRevision: 0, eventCount: 2 });
});

describe('what is kept', () => {
  const isKept = async (folded: FoldedStreams, stream: StreamName) => {
    reads.mockClear();
    await folded.cached(decider, stream);
    return reads.mock.calls.length === 0;
  };

  test('is bounded by the commands that it remembers, those too that came while it was kept', async () => {
    const folded = streams(60);
    const [first, second, third] = [freshTally(), freshTally(), freshTally()];
    for (const stream of [first, second]) {
      for (let command = 0; command < 30; command++) {
        await writer.add(stream, [0]);
        await folded.caughtUp(decider, stream);
      }
    }
    expect(await isKept(folded, first)).toBe(true);
    expect(await isKept(folded, second)).toBe(true);
    await writer.add(third, [0]);
    await folded.caughtUp(decider, third);
    expect(await isKept(folded, third)).toBe(true);
    expect(await isKept(folded, second)).toBe(true);
    expect(await isKept(folded, first)).toBe(false);
  });
});

test('looking at a state reads what is new, and leaves what is kept for deciding as it was', async () => {
  const stream = freshTally();
  await writer.add(stream, [1, 2]);
  const folded = streams();
  await expect(folded.stateOf(decider, freshTally())).resolves.toMatchObject({ revision: NO_STREAM });
  await expect(folded.stateOf(decider, stream)).resolves.toMatchObject({ revision: 1, state: { total: 3 } });
  const kept = await folded.caughtUp(decider, stream);
  await writer.add(stream, [4]);
  reads.mockClear();
  await expect(folded.stateOf(decider, stream)).resolves.toMatchObject({ revision: 2, state: { total: 7 } });
  expect(reads.mock.calls).toEqual([[stream, 2, 1_000]]);
  expect(kept).toMatchObject({ revision: 1, state: { total: 3 } });
});
