import { randomUUID } from 'node:crypto';
import { FAULT_POINTS, failures, SeededChaos, StoreState, type CutKind, type FaultPoint } from '../index';
import {
  all,
  connect,
  credentials,
  errorOf,
  event,
  hear,
  start,
  stopAll,
  until,
  write,
} from '../spec/server-and-client';

afterEach(stopAll);

const NO_STREAM = { expectedRevision: 'no_stream' as const, credentials };
const STEPS: readonly (readonly [FaultPoint, boolean])[] = [
  ['append.arrived', false],
  ['append.read', false],
  ['append.stored', true],
  ['append.answering', true],
];

describe('an append', () => {
  it.each(
    STEPS.flatMap(([point, isStored]) => (['stream', 'socket'] as const).map((how) => [how, point, isStored] as const)),
  )('whose %s is cut at %s is stored: %s, and the repeat settles it', async (how: CutKind, point, isStored) => {
    const server = await start();
    const client = connect(server.url);
    const cut = server.faults.cut(point, { how });
    const events = [event(), event()];
    const failed = await errorOf(client.appendToStream('stream', events, NO_STREAM));
    expect(failed).toBe(how === 'stream' ? 'cancelled' : 'unavailable');
    await cut.struck;
    expect([cut.hits, server.faults.count(point, 'cut'), server.faults.count()]).toEqual([1, 1, 1]);
    expect(server.state.events).toHaveLength(isStored ? 2 : 0);
    await expect(client.appendToStream('stream', events, NO_STREAM)).resolves.toMatchObject({
      nextExpectedRevision: 1n,
    });
    expect(server.state.events).toHaveLength(2);
  });

  it.each(STEPS)('that hears nothing at %s ends at its deadline, and is stored: %s', async (point, isStored) => {
    const server = await start();
    const client = connect(server.url);
    const silence = server.faults.silence(point);
    const appended = client.appendToStream('stream', [event()], { ...NO_STREAM, deadline: 150 });
    expect(await errorOf(appended)).toBe('deadline-exceeded');
    await until('the server to know', () => silence.waiting === 0);
    silence.callOff();
    await expect(client.appendToStream('other', [event()], NO_STREAM)).resolves.toMatchObject({ success: true });
    expect(server.state.events).toHaveLength(isStored ? 2 : 1);
  });

  it('can be stored after its client has given up, and after the repeat', async () => {
    const server = await start();
    const client = connect(server.url);
    const late = server.faults.silence('append.read', { isDoneAnyway: true });
    const append = (id: string, deadline: number) =>
      client.appendToStream('stream', [event('text', id)], { ...NO_STREAM, deadline });
    const id = randomUUID();
    expect(await errorOf(append(id, 100))).toBe('deadline-exceeded');
    await append(id, 10_000);
    const stored = server.faults.silence('append.stored');
    late.callOff();
    await stored.struck;
    expect(server.state.events).toHaveLength(1);
  });

  it('can be torn: a part of it is stored, and the repeat is refused', async () => {
    const server = await start();
    const client = connect(server.url);
    const tear = server.faults.tear(2);
    const events = [event(), event(), event()];
    expect(await errorOf(client.appendToStream('stream', events, NO_STREAM))).toBe('cancelled');
    expect(server.state.events.map(({ id }) => id)).toEqual(events.slice(0, 2).map(({ id }) => id));
    await expect(client.appendToStream('stream', events, NO_STREAM)).rejects.toMatchObject({ actualVersion: 1n });
    expect(tear.hits).toBe(1);
  });

  it.each([
    ['append.arrived', 'notReady', 'unavailable', 0],
    ['append.arrived', 'tooBusy', 'unavailable', 0],
    ['append.read', 'noLeaderInfo', 'unknown', 0],
    ['append.stored', 'timeout', 'timeout', 1],
    ['features.arrived', 'notReady', '14 UNAVAILABLE: Server Is Not Ready', 0],
  ] as const)('at %s can be told %s', async (point, failure, type, stored) => {
    const server = await start();
    const client = connect(server.url);
    server.faults.fail(point, failures[failure]('Commit phase timeout.'));
    // Whoever passes no credentials asks first what the server can do.
    const options = point === 'features.arrived' ? { expectedRevision: 'no_stream' as const } : NO_STREAM;
    expect(await errorOf(client.appendToStream('stream', [event()], options))).toBe(type);
    expect(server.state.events).toHaveLength(stored);
  });

  it('can be slow, once in three', async () => {
    const server = await start();
    const client = connect(server.url);
    const delay = server.faults.delay('append.stored', 200, { skip: 1 });
    const took: number[] = [];
    for (const stream of ['a', 'b', 'c']) {
      const began = performance.now();
      await client.appendToStream(stream, [event()], NO_STREAM);
      took.push(performance.now() - began);
    }
    expect(took.map((ms) => ms >= 195)).toEqual([false, true, false]);
    expect(delay.hits).toBe(1);
  });
});

describe('a page', () => {
  it.each<[FaultPoint, 'cut' | 'silence' | 'repeat', number, number[], string]>([
    ['read.arrived', 'cut', 0, [], 'cancelled'],
    ['read.first', 'cut', 0, [], 'cancelled'],
    ['read.middle', 'cut', 1, [0, 1], 'cancelled'],
    ['read.end', 'cut', 0, [0, 1, 2], 'cancelled'],
    ['read.middle', 'silence', 0, [0], 'silent'],
    ['read.middle', 'repeat', 0, [0, 1, 1, 2], 'none'],
  ])('can break at %s: %s', async (point, kind, skip, expected, ending) => {
    const server = await start();
    write(server.state, 'stream', randomUUID(), randomUUID(), randomUUID());
    const order = server.faults[kind](point, { skip });
    const found: number[] = [];
    const reading = (async () => {
      for await (const { event: each } of connect(server.url).readAll()) found.push(Number(each?.revision));
    })();
    if (ending === 'silent') await order.struck;
    else expect(await errorOf(reading)).toBe(ending);
    await until('the events', () => found.length === expected.length);
    expect(found).toEqual(expected);
    order.callOff();
    if (ending === 'silent') await reading;
  });
});

describe('a subscription', () => {
  async function subscribed() {
    const server = await start();
    write(server.state, 's', randomUUID(), randomUUID());
    return { server, add: () => write(server.state, 's', randomUUID()) };
  }
  const PAST = ['confirmation', 's 0', 's 1', 'caughtUp'];

  it.each<[FaultPoint, string[]]>([
    ['subscribe.arrived', ['cancelled']],
    ['subscribe.confirmed', ['confirmation', 'cancelled']],
    ['subscribe.middle', ['confirmation', 'cancelled']],
    ['subscribe.idle', [...PAST, 'cancelled']],
    ['subscribe.live', [...PAST, 'cancelled']],
  ])('can be cut at %s', async (point, expected) => {
    const { server, add } = await subscribed();
    const cut = server.faults.cut(point);
    const heard = hear(connect(server.url));
    if (point === 'subscribe.live') {
      await until('the past', () => heard.length === PAST.length);
      add();
    }
    await until('the cut', () => heard.includes('cancelled'));
    expect(heard).toEqual(expected);
    expect(cut.hits).toBe(1);
  });

  it('can die quietly, and nobody is told', async () => {
    const { server, add } = await subscribed();
    const heard = hear(connect(server.url));
    await until('the past', () => heard.length === PAST.length);
    const silence = server.faults.silence('subscribe.idle');
    await silence.struck;
    add();
    await all(connect(server.url).readAll());
    expect(heard).toEqual(PAST);
    silence.callOff();
    await until('what came meanwhile', () => heard.length > PAST.length);
    expect(heard).toEqual([...PAST, 's 2']);
  });

  it.each([
    ['repeat', ['s 2', 's 3', 's 3', 's 4']],
    ['disorder', ['s 2', 's 3', 's 2', 's 4']],
  ] as const)('can %s', async (kind, expected) => {
    const { server, add } = await subscribed();
    server.faults[kind]('subscribe.live', { skip: 1 });
    const heard = hear(connect(server.url));
    await until('the past', () => heard.length === PAST.length);
    for (let count = 0; count < 3; count++) add();
    await until('the rest', () => heard.length >= PAST.length + 4);
    expect(heard.slice(PAST.length)).toEqual(expected);
  });
});

describe('chance', () => {
  it('does the same to the same calls', () => {
    const drawn = (seed: number) => {
      const chaos = new SeededChaos(seed, { rate: 0.5 }).atMost(20);
      return Array.from({ length: 10 }, () => FAULT_POINTS.map((point) => chaos.faultAt(point))).flat();
    };
    expect(drawn(7)).toEqual(drawn(7));
    expect(drawn(7)).not.toEqual(drawn(8));
    expect(drawn(7).filter(Boolean)).toHaveLength(20);
  });

  it('breaks many appends, and the repeats leave every event once and in order', async () => {
    const server = await start({ state: new StoreState() });
    const client = connect(server.url);
    server.faults.chaos = new SeededChaos(11, { rate: 0.25, points: STEPS.map(([point]) => point), delayMsMax: 3 });
    const errors = new Set<string>();
    const ids = Array.from({ length: 60 }, () => randomUUID());
    for (const [index, id] of ids.entries()) {
      const expectedRevision = index === 0 ? ('no_stream' as const) : BigInt(index - 1);
      for (;;) {
        const error = await errorOf(client.appendToStream('s', [event('text', id)], { expectedRevision, credentials }));
        if (error === 'none') break;
        errors.add(error);
      }
    }
    expect(server.state.readStream('s')?.map(({ id }) => id)).toEqual(ids);
    expect([...errors].toSorted()).toEqual(['cancelled', 'timeout', 'unavailable']);
    expect(server.faults.count()).toBeGreaterThan(30);
  });
});
