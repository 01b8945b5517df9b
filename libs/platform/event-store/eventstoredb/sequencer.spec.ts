import { streamName } from '@khamrap/kernel';
import type { Database } from '@khamrap/platform/database';
import { eventually, newEvents, SeededRandom } from '@khamrap/testing';
import { withMaintenance } from '../../../testing/database/maintenance';
import { EventStoreDbServer } from '../../../testing/eventstoredb';
import { TcpProxy } from '../../../testing/tcp-proxy';
import type { EventStore } from '../event-store';
import { Sequencer } from './sequencer';
import { CarriedBench, wholeLog, writeDirectly } from './spec/carried-bench';
import { HeldConnection } from './spec/held-connection';
import { StoredForm } from './stored-form';

/** More than a busy machine takes for one answer. */
const SILENCE_MS_MAX = 2_000;
const STREAM = streamName('note', 'sequenced');

let server: EventStoreDbServer;
let bench: CarriedBench;
let database: Database;
let reader: EventStore;
beforeEach(async () => {
  server = await EventStoreDbServer.start();
  bench = new CarriedBench(server.url);
  bench.closing(() => server.stop());
  database = await bench.database();
  await (await bench.instance(database)).close();
  reader = await bench.instance(database, { sequences: false });
});
afterEach(() => bench.close());

function write(count: number): void {
  writeDirectly(server.state, bench.ledger, STREAM, newEvents(count));
}

/** A sequencer as another process would have it, and the connection by which it is held. */
function sequencer(projectUrl = database.urls.project): SequencerOfTest {
  const connection = new HeldConnection({ url: server.url, silenceMsMax: SILENCE_MS_MAX, insistForMs: SILENCE_MS_MAX });
  const form = new StoredForm(bench.ledger);
  const made = new Sequencer({ connection, form, clock: 'system', projectUrl, log: bench.log });
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    connection.release();
    await (stopped ??= made.stop().then(() => connection.close()));
  };
  bench.closing(stop);
  return { connection, begin: () => made.start(), stop };
}

interface SequencerOfTest {
  readonly connection: HeldConnection;
  begin(): void;
  stop(): Promise<void>;
}

/** As the server does with the sessions of a process that stands still, or is gone. */
async function endSessions(...names: readonly string[]): Promise<void> {
  await withMaintenance(async (client) => {
    await client.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND application_name = ANY ($2)',
      [new URL(database.urls.read).pathname.slice(1), names],
    );
  });
}

async function untilHead(position: number, waitMsMax?: number): Promise<void> {
  await eventually(
    `position ${position}`,
    async () => ((await reader.head()).position === position ? true : undefined),
    waitMsMax,
  );
}

async function untilHeld(connection: HeldConnection, count: number): Promise<void> {
  await eventually('a page that is held', () => (connection.heldCount >= count ? true : undefined));
}

async function expectDerivable(): Promise<void> {
  const copy = await reader.readLog(0, 1_000);
  expect(await bench.derivedAnew()).toEqual(copy);
}

describe('a sequencer that stood still between reading and writing', () => {
  it.each(['before', 'after'] as const)('writes nothing, %s its successor has written', async (when) => {
    const [first, second] = [sequencer(), sequencer()];
    first.begin();
    first.connection.hold();
    write(3);
    await untilHeld(first.connection, 3);
    const { epoch } = await bench.carrier(database);
    await endSessions('khamrap leads sequencer');
    second.connection.hold();
    second.begin();
    await untilHeld(second.connection, 3);
    expect(BigInt((await bench.carrier(database)).epoch)).toBe(BigInt(epoch) + 1n);
    const [earlier, later] = when === 'before' ? [first, second] : [second, first];
    const noticed = () =>
      eventually('the overtaken one to notice', () =>
        bench.messages.includes('info: another instance sequences the log now') ? true : undefined,
      );
    earlier.connection.release();
    if (when === 'after') await untilHead(3);
    else {
      // Its events would be the right ones; it is refused all the same.
      await noticed();
      await untilHead(0);
    }
    later.connection.release();
    await untilHead(3);
    await noticed();
    write(1);
    await untilHead(4);
    await expectDerivable();
  });
});

describe('a sequencer whose database breaks off', () => {
  it.each(['request', 'reply'] as const)(
    'when a batch is written goes on where the log ends (%s lost)',
    async (lost) => {
      const proxy = await TcpProxy.open(database.urls.project);
      bench.closing(() => proxy.close());
      const { connection, begin } = sequencer(proxy.through(database.urls.project));
      begin();
      connection.hold();
      write(3);
      await untilHeld(connection, 3);
      const cut = proxy.cutNext(lost);
      connection.release();
      await cut;
      await untilHead(3);
      write(2);
      await untilHead(5);
      await expectDerivable();
    },
  );

  it('at any moment, again and again, leaves a log that $all gives anew', async () => {
    const seed = Date.now() % 1_000_000;
    const random = new SeededRandom(seed);
    const stopping: Promise<void>[] = [];
    for (let kill = 0; kill < 20; kill++) {
      const killed = sequencer();
      killed.begin();
      for (let more = random.integer(1, 5); more > 0; more--) {
        write(random.integer(1, 4));
        await eventually('some progress', async () => (await reader.head(), random.chance(0.5) || undefined));
      }
      await endSessions('khamrap sequencer', 'khamrap leads sequencer');
      stopping.push(killed.stop());
    }
    await Promise.all(stopping);
    sequencer().begin();
    const written = server.state.events.filter(({ stream }) => stream.startsWith(`${bench.ledger}.`)).length;
    await untilHead(written - 1);
    await expectDerivable();
  });
});

describe('a subscription', () => {
  const LATENCY_MS_MAX = 2_000;

  it.each([
    ['dies without a word', () => server.faults.silence('subscribe.idle', { times: Infinity })],
    ['is cut each time', () => server.faults.cut('subscribe.live', { times: Infinity })],
    ['is refused', () => server.faults.unavailable('subscribe.arrived', { times: Infinity })],
    ['tells everything twice', () => server.faults.repeat('subscribe.live', { times: Infinity })],
    ['tells in another order', () => server.faults.disorder('subscribe.live', { times: Infinity })],
  ])('that %s holds nothing up and disturbs no position', async (_what, order) => {
    order();
    sequencer().begin();
    for (let count = 1; count <= 3; count++) {
      write(1);
      await untilHead(count, LATENCY_MS_MAX);
    }
    await expectDerivable();
  });

  it('that broke is begun anew', async () => {
    const begun = server.faults.delay('subscribe.confirmed', 0, { times: Infinity });
    sequencer().begin();
    await begun.struck;
    for (let round = 1; round <= 3; round++) {
      const before = begun.hits;
      server.cutAll();
      await eventually('another subscription', () => (begun.hits > before ? true : undefined));
    }
    write(1);
    await untilHead(1);
  });
});

it('takes up its work where the log ends, however much others have written since', async () => {
  write(1);
  const first = sequencer();
  first.begin();
  await untilHead(1);
  await first.stop();
  // More than the server looks at between two checkpoints of a filtered subscription, and more than a page.
  for (let count = 0; count < 1_500; count++) server.state.writeSystemEvent('$stats', '$statsCollected', { count });
  write(1);
  sequencer().begin();
  await untilHead(2);
  expect(await wholeLog(reader)).toHaveLength(3);
  await expectDerivable();
});
