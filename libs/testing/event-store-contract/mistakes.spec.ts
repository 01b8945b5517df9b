import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type * as port from '@khamrap/platform/event-store';
import { CONTRACT, runCase } from './event-store-contract';
import { memoryLog, type Change } from './memory-log.double';

/** Mistakes that real engines have made, each with the case of the contract that must find it. */
const mistakes: readonly { readonly mistake: string; readonly foundBy: string; readonly change: Change }[] = [
  {
    mistake: 'appends whatever the revision',
    foundBy: 'refuses a revision that is too low',
    change: (store) => ({ append: (request) => appendAnyway(store, request) }),
  },
  {
    mistake: 'lets several win a race',
    foundBy: 'has one winner among 8 on one stream',
    change: (store) => ({
      append: async (request) => {
        const seen = await store.readStream(request.stream, 0, 1_000);
        return seen.length === request.expectedRevision + 1 ? appendAnyway(store, request) : store.append(request);
      },
    }),
  },
  {
    mistake: 'answers a repeat with a conflict',
    foundBy: 'answers the same append again as the first time',
    change: (store) => ({
      append: async (request) => {
        const outcome = await store.append(request);
        return 'repeated' in outcome && outcome.repeated ? { kind: 'conflict', actualRevision: 0 } : outcome;
      },
    }),
  },
  {
    mistake: 'stores a repeat again',
    foundBy: 'stores it once when it is submitted twice at the same time',
    change: (store) => ({
      append: async (request) => {
        const outcome = await store.append(request);
        return 'repeated' in outcome && outcome.repeated ? appendAnyway(store, renamed(request)) : outcome;
      },
    }),
  },
  {
    mistake: 'takes an event id twice',
    foundBy: 'refuses an event id that stands in another stream',
    change: (store) => ({
      append: async (request) => {
        const outcome = await store.append(request);
        return outcome.kind === 'eventIdTaken' ? store.append(renamed(request)) : outcome;
      },
    }),
  },
  {
    mistake: 'stores an append in part',
    foundBy: 'stores an append of several events whole or not at all',
    change: (store) => ({
      append: async (request) => {
        const outcome = await store.append(request);
        if (outcome.kind === 'eventIdTaken') await store.append({ ...request, events: request.events.slice(0, 1) });
        return outcome;
      },
    }),
  },
  {
    mistake: 'lets one bad append fail its neighbours',
    foundBy: 'judges each of many concurrent appends by itself',
    change: (store) => {
      let hasFailed = false;
      return {
        append: async (request) => {
          const outcome = await store.append(request).catch((error: unknown) => {
            hasFailed = true;
            throw error;
          });
          if (hasFailed) throw new Error('the batch failed');
          return outcome;
        },
      };
    },
  },
  {
    mistake: 'leaves gaps between positions',
    foundBy: 'reads the log in pages, contiguous from 0',
    change: (store) => ({
      readLog: async (from, countMax) =>
        (await store.readLog(from, countMax)).map((event) => ({ ...event, position: event.position * 2 })),
    }),
  },
  {
    mistake: 'loses an event at the hand-over',
    foundBy: 'tells everything in order while many write at two instances',
    change: (store) => ({ subscribe: (options) => changedBatches(store, options, (batch) => batch.slice(1)) }),
  },
  {
    mistake: 'repeats an event at the hand-over',
    foundBy: 'hands over from what is stored to what comes, losing and repeating nothing',
    change: (store) => ({ subscribe: (options) => changedBatches(store, options, (batch) => [...batch, ...batch]) }),
  },
  {
    mistake: 'wakes only for its own appends',
    foundBy: 'wakes up soon when another instance has appended',
    change: (store) => ({
      async *subscribe(options) {
        await new Promise((resolve) => options.signal.addEventListener('abort', resolve));
        yield* store.subscribe(options);
      },
    }),
  },
  {
    mistake: 'does not end a subscription',
    foundBy: 'ends when it is told to, while it waits and before it has begun',
    change: (store) => ({
      subscribe: (options) => store.subscribe({ ...options, signal: new AbortController().signal }),
    }),
  },
  {
    mistake: 'normalises text',
    foundBy: 'keeps to the byte: marks in an order that Unicode normalisation would change',
    change: (store) => ({
      append: (request) =>
        store.append({
          ...request,
          events: request.events.map((event) => ({ ...event, body: event.body.normalize() })),
        }),
    }),
  },
  {
    mistake: 'takes a supplied time',
    foundBy: 'refuses a time that is supplied to it, and harms no other append by that',
    change: (store) => ({
      append: ({ stream, expectedRevision, events }) => store.append({ stream, expectedRevision, events }),
    }),
  },
  {
    mistake: 'drops what it has accepted when it closes',
    foundBy: 'answers what it has accepted, and only then closes',
    change: (store) => {
      let isClosed = false;
      const append: port.EventStore['append'] = async (request) => {
        await nextTurn();
        if (isClosed) throw new Error('closed');
        return store.append(request);
      };
      return { append, close: async () => void (isClosed = true) };
    },
  },
  {
    mistake: 'ends pages early',
    foundBy: 'reads a stream in pages',
    change: (store) => ({ readStream: (stream, from, countMax) => store.readStream(stream, from, countMax - 1) }),
  },
  {
    mistake: 'misses the position of a time by one',
    foundBy: 'finds the position of a time',
    change: (store) => ({ positionAt: async (time) => await store.positionAt(time - 1) }),
  },
];

/** Stores the events at the end of the stream, wherever that is. */
async function appendAnyway(store: port.EventStore, request: port.AppendRequest): Promise<port.AppendOutcome> {
  const outcome = await store.append(request);
  return outcome.kind === 'conflict' ? store.append({ ...request, expectedRevision: outcome.actualRevision }) : outcome;
}

function renamed(request: port.AppendRequest): port.AppendRequest {
  return { ...request, events: request.events.map((event) => ({ ...event, eventId: randomUUID() })) };
}

/** A subscription whose second batch is not what it should be. */
async function* changedBatches(
  store: port.EventStore,
  options: port.SubscribeOptions,
  change: (batch: readonly port.RecordedEvent[]) => readonly port.RecordedEvent[],
): AsyncIterable<readonly port.RecordedEvent[]> {
  let number = 0;
  for await (const batch of store.subscribe(options)) yield ++number === 2 ? change(batch) : batch;
}

describe('the contract finds an engine that', () => {
  const cases = Object.values(CONTRACT).flat();
  test.each(mistakes)('$mistake', async ({ foundBy, change }) => {
    const found = cases.find(({ title }) => title === foundBy);
    expect(found).toBeDefined();
    await expect(runCase(found!.run, memoryLog('system', change))).rejects.toThrow();
  });
});
