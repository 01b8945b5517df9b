import { Client } from 'pg';
import { NO_STREAM } from '@khamrap/kernel';
import { eventually, newEvents, within } from '@khamrap/testing';
import { withMaintenance } from '../../../testing/database/maintenance';
import { freshTally, LedgerUnderTest, type LedgerInstance } from '../../../testing/ledger-under-test';
import { TcpProxy } from '../../../testing/tcp-proxy';
import { OutcomeUnknown, StoreUnavailable, type AppendRequest } from '../event-store';

const RESUBMIT_FOR_MS = 400;
/** What an answer may take beyond the bound, on a machine that has other things to do. */
const SLACK_MS = 3_000;

let log: LedgerUnderTest;
let proxy: TcpProxy;
/** Appends by way of the proxy. */
let behindProxy: LedgerInstance;
let direct: LedgerInstance;
beforeAll(async () => {
  log = await LedgerUnderTest.open();
  proxy = await TcpProxy.open(log.database.urls.append);
  const appendUrl = proxy.through(log.database.urls.append);
  behindProxy = await log.instance({ appendUrl, resubmitForMs: RESUBMIT_FOR_MS });
  direct = await log.instance();
});
afterAll(async () => {
  await log.dispose();
  await proxy.close();
});
beforeEach(async () => {
  // The connection stands and has its statement prepared before anything is cut.
  await behindProxy.add(freshTally(), [1]);
});
afterEach(() => proxy.recover());

function append(): AppendRequest {
  return { stream: freshTally(), expectedRevision: NO_STREAM, events: newEvents(2) };
}

const errorOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('an append whose answer is lost', () => {
  test.each(['request', 'reply'] as const)('stands exactly once, when the %s was lost on the way', async (lost) => {
    const request = append();
    const cut = proxy.cutNext(lost);
    const outcome = await behindProxy.store.append(request);
    await cut;
    expect(outcome).toMatchObject({ kind: 'appended', repeated: lost === 'reply', firstRevision: 0 });
    const stored = await direct.store.readRecorded(request.stream, 0, 10);
    expect(stored.map(({ eventId }) => eventId)).toEqual(request.events.map(({ eventId }) => eventId));
    expect(outcome).toMatchObject({ firstPosition: stored[0]!.position, recordedAt: stored[0]!.recordedAt });
  });

  test('of a batch is found out for each append by itself', async () => {
    const taken = append();
    await direct.store.append(taken);
    const requests = [append(), { ...append(), stream: taken.stream }, append(), { ...taken, stream: freshTally() }];
    const cut = proxy.cutNext('reply');
    const outcomes = await Promise.all(requests.map((request) => behindProxy.store.append(request)));
    await cut;
    expect(outcomes.map(({ kind }) => kind)).toEqual(['appended', 'conflict', 'appended', 'eventIdTaken']);
    for (const { stream } of [requests[0]!, requests[2]!, taken]) {
      expect(await direct.store.readRecorded(stream, 0, 10)).toHaveLength(2);
    }
  });

  test.each(['request', 'reply'] as const)('answers every command of its round (%s lost)', async (lost) => {
    const stream = freshTally();
    await behindProxy.add(stream, [1]);
    const cut = proxy.cutNext(lost);
    const settled = await Promise.allSettled([50, 45, 10, 4].map((amount) => behindProxy.add(stream, [amount])));
    await cut;
    expect(settled).toMatchObject([
      { value: { revision: 1 } },
      { value: { revision: 2 } },
      { reason: { rejection: { code: 'tallyIsFull' } } },
      { value: { revision: 3 } },
    ]);
    expect(await direct.store.readRecorded(stream, 0, 10)).toHaveLength(4);
  });

  test('and lost again while the store is found out is still found out', async () => {
    const request = append();
    const again = proxy.cutNext('reply').then(() => proxy.cutNext('reply'));
    await expect(behindProxy.store.append(request)).resolves.toMatchObject({ kind: 'appended' });
    await again;
    expect(await direct.store.readRecorded(request.stream, 0, 10)).toHaveLength(2);
  });
});

describe('a store that stays away', () => {
  test('in the middle of an append leaves it unknown, within the bound', async () => {
    const request = append();
    void proxy.cutNext('reply').then(() => proxy.refuse());
    const error = await within(RESUBMIT_FOR_MS + SLACK_MS, 'the answer', errorOf(behindProxy.store.append(request)));
    expect(error).toBeInstanceOf(OutcomeUnknown);
    // What nobody knew is found out by asking again, once the store is back.
    expect(await direct.store.readRecorded(request.stream, 0, 10)).toHaveLength(2);
    proxy.recover();
    await expect(behindProxy.store.append(request)).resolves.toMatchObject({ kind: 'appended', repeated: true });
  });

  test('before anything was sent has stored nothing, and says so within the bound', async () => {
    proxy.refuse();
    const requests: AppendRequest[] = [];
    await eventually('the store is known to be away', async () => {
      const request = append();
      const error = await within(RESUBMIT_FOR_MS + SLACK_MS, 'the answer', errorOf(behindProxy.store.append(request)));
      if (!(error instanceof StoreUnavailable)) return undefined;
      requests.push(request);
      return error;
    });
    expect(await direct.store.readRecorded(requests[0]!.stream, 0, 10)).toEqual([]);
    proxy.recover();
    await expect(behindProxy.store.append(requests[0]!)).resolves.toMatchObject({ kind: 'appended', repeated: false });
  });

  test('without a word leaves an append unknown, within the bound', async () => {
    const request = append();
    proxy.fallSilent();
    const error = await within(RESUBMIT_FOR_MS + SLACK_MS, 'the answer', errorOf(behindProxy.store.append(request)));
    expect(error).toBeInstanceOf(OutcomeUnknown);
    proxy.recover();
    await expect(behindProxy.store.append(request)).resolves.toMatchObject({ kind: 'appended' });
    expect(await direct.store.readRecorded(request.stream, 0, 10)).toHaveLength(2);
  });

  test('answers everybody within twice the bound, however many wait, and takes commands again when it is back', async () => {
    const streams = Array.from({ length: 30 }, freshTally);
    void proxy.cutNext('request').then(() => proxy.refuse());
    const waiting = streams.flatMap((stream) => [1, 2, 3].map((amount) => behindProxy.add(stream, [amount])));
    const settled = await within(2 * RESUBMIT_FOR_MS + SLACK_MS, 'all answers', Promise.allSettled(waiting));
    expect(settled.filter(({ status }) => status === 'fulfilled')).toEqual([]);
    const names = settled.map((each) => ((each as PromiseRejectedResult).reason as Error).name);
    expect(new Set(names)).toEqual(new Set(['OutcomeUnknown', 'StoreUnavailable']));
    proxy.recover();
    await expect(behindProxy.add(streams[0]!, [5])).resolves.toMatchObject({ revision: 0 });
  });

  test('does not keep a store from closing', async () => {
    const closing = await log.instance({
      appendUrl: proxy.through(log.database.urls.append),
      resubmitForMs: RESUBMIT_FOR_MS,
    });
    proxy.refuse();
    const answered = errorOf(closing.store.append(append()));
    await within(RESUBMIT_FOR_MS + SLACK_MS, 'closing', closing.close());
    expect(await answered).toBeInstanceOf(Error);
  });
});

describe('an attempt that was lost', () => {
  /** A store whose append stood while its answer was lost, and that then waits in vain for the lock, again and again. */
  async function lostAndLocked(resubmitForMs: number) {
    const impatient = new URL(proxy.through(log.database.urls.append));
    impatient.searchParams.set('options', '-c lock_timeout=50');
    const { store } = await log.instance({ appendUrl: impatient.href, resubmitForMs });
    await store.append(append());
    const request = append();
    const locked = proxy.cutNext('reply').then(async () => {
      proxy.refuse();
      const unlock = await lockHead();
      proxy.recover();
      return unlock;
    });
    const answer = store.append(request);
    // Looked at later, and a failure until then is nobody's.
    answer.catch(() => undefined);
    return { store, request, answer, unlock: await locked };
  }

  test('is not forgotten when those after it are refused for a time: it stands, and nobody says that it does not', async () => {
    const { store, request, answer, unlock } = await lostAndLocked(RESUBMIT_FOR_MS);
    expect(await within(RESUBMIT_FOR_MS + SLACK_MS, 'the answer', errorOf(answer))).toBeInstanceOf(OutcomeUnknown);
    await unlock();
    expect(await direct.store.readRecorded(request.stream, 0, 10)).toHaveLength(2);
    await expect(store.append(request)).resolves.toMatchObject({ kind: 'appended', repeated: true });
  });

  test('is found out in the end, when those after it were refused for a time', async () => {
    const { answer, unlock } = await lostAndLocked(10_000);
    await eventually('an attempt waits for the lock', async () => (await lockWaiters()) > 0 || undefined);
    await eventually('it was refused', async () => (await lockWaiters()) === 0 || undefined);
    await unlock();
    await expect(answer).resolves.toMatchObject({ kind: 'appended', repeated: true });
  });
});

/** How many sessions wait for a lock in this database; only a superuser sees what others do. */
async function lockWaiters(): Promise<number> {
  const databaseName = new URL(log.database.urls.append).pathname.slice(1);
  return withMaintenance(async (client) => {
    const { rows } = await client.query<{ count: string }>(
      `SELECT count(*) FROM pg_stat_activity WHERE datname = $1 AND wait_event_type = 'Lock'`,
      [databaseName],
    );
    return Number(rows[0]!.count);
  });
}

/** Keeps every append waiting until it is released. */
async function lockHead(): Promise<() => Promise<void>> {
  const client = new Client({ connectionString: log.database.urls.migrate });
  await client.connect();
  await client.query('BEGIN');
  await client.query('SELECT FROM ledger.head FOR UPDATE');
  return () => client.end();
}

describe('reads', () => {
  test('of a store that is away say that it is away, and so do the commands that need them', async () => {
    const reading = await TcpProxy.open(log.database.urls.read);
    const cut = await log.instance({ readUrl: reading.through(log.database.urls.read) });
    try {
      const stream = freshTally();
      await cut.add(stream, [1]);
      reading.refuse();
      const reads = [
        () => cut.store.readRecorded(stream, 0, 1),
        () => cut.store.readLog(0, 1),
        () => cut.store.readEvent('00000000-0000-4000-8000-000000000000'),
        () => cut.store.head(),
        () => cut.store.positionAt(0),
        () => cut.ledger.history(stream),
        () => cut.add(freshTally(), [1]),
        () => cut.add(stream, [1_000]),
      ];
      for (const read of reads) expect(await errorOf(read())).toBeInstanceOf(StoreUnavailable);
      reading.recover();
      await expect(cut.store.readRecorded(stream, 0, 1)).resolves.toHaveLength(1);
    } finally {
      await cut.close();
      await reading.close();
    }
  });

  test('of a store that says nothing end within their bound', async () => {
    const reading = await TcpProxy.open(log.database.urls.read);
    const cut = await log.instance({ readUrl: reading.through(log.database.urls.read), readTimeoutMs: 300 });
    try {
      await cut.store.head();
      reading.fallSilent();
      expect(await within(300 + SLACK_MS, 'the answer', errorOf(cut.store.head()))).toBeInstanceOf(StoreUnavailable);
    } finally {
      reading.recover();
      await cut.close();
      await reading.close();
    }
  });
});

describe('a vault that is away', () => {
  test('keeps out of the log what needs it, and nothing else', async () => {
    const vaultProxy = await TcpProxy.open(log.database.urls.append);
    const instance = await log.instance({ vaultUrl: vaultProxy.through(log.database.urls.append) });
    try {
      const stream = freshTally();
      vaultProxy.refuse();
      const withNote = () => instance.execute(stream, { type: 'Add', amounts: [1], note: 'ลับ' });
      expect(await errorOf(withNote())).toBeInstanceOf(StoreUnavailable);
      await expect(instance.add(stream, [2])).resolves.toMatchObject({ revision: 0 });
      vaultProxy.recover();
      await expect(withNote()).resolves.toMatchObject({ revision: 1 });
    } finally {
      await instance.close();
      await vaultProxy.close();
    }
  });
});
