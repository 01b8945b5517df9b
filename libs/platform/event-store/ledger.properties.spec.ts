import fc from 'fast-check';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Rejection, StreamName } from '@khamrap/kernel';
import { commandContext } from '@khamrap/testing';
import { freshTally, LedgerUnderTest, type LedgerInstance } from '../../testing/ledger-under-test';
import { tallyDecider, type TallyCommand, type TallyEvent, type TallyState } from '../../testing/tally';
import type { DecodedEvent } from './codec/event-codec';
import { CommandRejected, RevisionMismatch, type CommandAccepted } from './command-answer';
import type { CommandContext } from './command-context';

const CLIENT_COUNT = 4;
const STREAM_COUNT = 2;

let log: LedgerUnderTest;
let instances: readonly LedgerInstance[];
beforeAll(async () => {
  log = await LedgerUnderTest.open();
  instances = await Promise.all([log.instance(), log.instance()]);
});
afterAll(() => log.dispose());

/** What one client does next, and after how many turns of the event loop. */
interface Step {
  readonly client: number;
  readonly instance: number;
  readonly stream: number;
  readonly command: TallyCommand;
  /** Asks once more for its own command before this one instead. */
  readonly repeats: boolean;
  readonly insists: boolean;
  readonly turns: number;
}

const command: fc.Arbitrary<TallyCommand> = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.record({
      type: fc.constant('Add' as const),
      amounts: fc.array(fc.integer({ min: -20, max: 45 }), { maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ type: 'Close' as const }) },
);
const step: fc.Arbitrary<Step> = fc.record({
  client: fc.nat(CLIENT_COUNT - 1),
  instance: fc.nat(1),
  stream: fc.nat(STREAM_COUNT - 1),
  command,
  repeats: fc.boolean(),
  insists: fc.boolean(),
  turns: fc.nat(4),
});

/** One command with what was known when it was given and what came of it. */
interface Operation {
  readonly stream: StreamName;
  readonly command: TallyCommand;
  readonly context: CommandContext;
  /** How many events the stream was known to have before and after: what the verdict rests on lies in between. */
  readonly eventCountBefore: number;
  eventCountAfter: number;
  outcome: CommandAccepted | Error;
}

describe('commands of several clients through several instances, in any order', () => {
  test('are answered as if one after the other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const streams = Array.from({ length: STREAM_COUNT }, freshTally);
        const operations = (await Promise.all(clientsOf(steps).map((own) => runClient(own, streams)))).flat();
        for (const stream of streams) {
          await expectOneAfterTheOther(
            stream,
            operations.filter((operation) => operation.stream === stream),
          );
        }
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});

function clientsOf(steps: readonly Step[]): readonly (readonly Step[])[] {
  return Array.from({ length: CLIENT_COUNT }, (_, client) => steps.filter((each) => each.client === client));
}

/** A client waits for each answer before it goes on. */
async function runClient(steps: readonly Step[], streams: readonly StreamName[]): Promise<Operation[]> {
  const operations: Operation[] = [];
  for (const { instance: number, stream: index, repeats, insists, turns, ...asked } of steps) {
    for (let turn = 0; turn < turns; turn++) await nextTurn();
    const { execute, store } = bound(instances[number]!);
    const last = repeats ? operations.at(-1) : undefined;
    const stream = last?.stream ?? streams[index]!;
    const eventCountBefore = await countOf(store, stream);
    const context = last?.context ?? commandContext(insists ? { expectedRevision: eventCountBefore - 1 } : {});
    const given = last?.command ?? asked.command;
    const outcome = await execute(stream, given, context).catch((error: Error) => error);
    const eventCountAfter = await countOf(store, stream);
    operations.push({ stream, command: given, context, eventCountBefore, eventCountAfter, outcome });
  }
  return operations;
}

function bound(instance: LedgerInstance) {
  return { execute: instance.execute.bind(instance), store: instance.store };
}

async function countOf(store: LedgerInstance['store'], stream: StreamName): Promise<number> {
  return (await store.readStream(stream, 0, 1_000)).length;
}

/** Walks along the stream as it came to be, and judges every answer by the state that it says it was given on. */
async function expectOneAfterTheOther(stream: StreamName, operations: readonly Operation[]): Promise<void> {
  const history = await instances[0]!.ledger.history(stream);
  const states = statesAlong(history);
  const accepted = new Map<string, CommandAccepted>();
  for (const operation of operations) {
    const { outcome, context } = operation;
    if (outcome instanceof CommandRejected) expectRefusal(operation, outcome.rejection, states);
    else if (outcome instanceof RevisionMismatch) expectMismatch(operation, outcome);
    else if (outcome instanceof Error) throw outcome;
    else if (outcome.eventIds.length > 0) {
      expectEvents(operation, outcome, history, states);
      expectRepeat(outcome, accepted.get(context.commandId));
      accepted.set(context.commandId, outcome);
    }
  }
  // Nothing stands in the stream that nobody asked for, and nothing that was accepted is missing or stands twice.
  expect(history.map(({ eventId }) => eventId).sort()).toEqual(
    [...accepted.values()].flatMap(({ eventIds }) => eventIds).sort(),
  );
}

/** `states[n]` after n events. */
function statesAlong(history: readonly DecodedEvent[]): readonly TallyState[] {
  const states = [tallyDecider.initialState];
  for (const event of history) states.push(tallyDecider.evolve(states.at(-1)!, event as unknown as TallyEvent));
  return states;
}

function expectRefusal(operation: Operation, { code, facts }: Rejection, states: readonly TallyState[]): void {
  const decidedOn = facts['eventCount'] as number;
  expect(decidedOn).toBeGreaterThanOrEqual(operation.eventCountBefore);
  expect(decidedOn).toBeLessThanOrEqual(operation.eventCountAfter);
  expect(tallyDecider.decide(operation.command, states[decidedOn]!)).toMatchObject({ code, facts });
}

function expectMismatch({ context, eventCountBefore, eventCountAfter }: Operation, mismatch: RevisionMismatch): void {
  expect(mismatch.actualRevision).not.toBe(context.expectedRevision);
  expect(mismatch.actualRevision).toBeGreaterThanOrEqual(eventCountBefore - 1);
  expect(mismatch.actualRevision).toBeLessThan(eventCountAfter);
}

function expectRepeat(outcome: CommandAccepted, first: CommandAccepted | undefined): void {
  expect(outcome.replayed).toBe(first !== undefined);
  expect(outcome).toMatchObject({
    revision: first?.revision ?? outcome.revision,
    eventIds: first?.eventIds ?? outcome.eventIds,
  });
}

function expectEvents(
  operation: Operation,
  outcome: CommandAccepted,
  history: readonly DecodedEvent[],
  states: readonly TallyState[],
): void {
  const firstRevision = outcome.revision - outcome.eventIds.length + 1;
  const stored = history.slice(firstRevision, outcome.revision + 1);
  expect(stored.map(({ eventId }) => eventId)).toEqual(outcome.eventIds);
  expect(stored.at(-1)!.position).toBe(outcome.position);
  expect(tallyDecider.decide(operation.command, states[firstRevision]!)).toEqual(
    stored.map(({ type, data }) => ({ type, data })),
  );
  const { expectedRevision } = operation.context;
  if (expectedRevision !== undefined) expect(expectedRevision).toBe(firstRevision - 1);
}
