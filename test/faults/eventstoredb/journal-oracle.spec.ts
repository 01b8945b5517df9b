import { SeededRandom, eventually } from '@khamrap/testing';
import { CarriedBench } from '../../../libs/platform/event-store/eventstoredb/spec/carried-bench';
import { EventStoreDbCluster, type FaultPoint } from '../../../libs/testing/eventstoredb';
import { CarriedLoad } from './carried-load';
import { expectNothingWrong } from './nothing-wrong';
import { APPEND_STEPS, missingOf, StepByStep, storeLate } from './step-by-step';

const CLIENT_COUNT = 24;
const SILENCE_MS_MAX = 600;
const FAULT_COUNT_MIN = 300;
/** At each step of an append, whatever has gone wrong there; at any other step each mishap comes once. */
const APPEND_FAULT_COUNT_MIN = 15;
const LEADER_FOR_MS = 1_500;
const RUN_MS_MAX = 150_000;

const seed = Date.now() % 1_000_000;
const random = new SeededRandom(seed);
let cluster: EventStoreDbCluster;
let bench: CarriedBench;
let load: CarriedLoad | undefined;

beforeAll(async () => {
  cluster = await EventStoreDbCluster.start(2);
  bench = new CarriedBench(cluster.url);
});
afterAll(async () => {
  await load?.finish().catch(() => undefined);
  await bench.close();
  await cluster.stop();
  load?.remove();
});

/** Both nodes fail at every step, each in its own way, and take turns in leading, until `isEnough`. */
async function failUntil(isEnough: () => boolean, failing: readonly StepByStep[], clients: CarriedLoad): Promise<void> {
  const ended = new AbortController();
  for (const [index, { faults }] of cluster.nodes.entries()) faults.chaos = failing[index];
  const late = cluster.nodes.map(({ faults }) => storeLate(faults, 1.5 * SILENCE_MS_MAX, ended.signal));
  let turn = 0;
  const changing = setInterval(() => cluster.changeLeader(cluster.nodes[++turn % 2]), LEADER_FOR_MS);
  try {
    await Promise.race([eventually('enough faults', () => isEnough() || undefined, RUN_MS_MAX), clients.failed]);
  } finally {
    clearInterval(changing);
    ended.abort();
    for (const { faults } of cluster.nodes) faults.clear();
  }
  expect(await Promise.all(late)).toEqual([expect.any(Number), expect.any(Number)]);
}

test(
  'faults at every step of an append, a read and a subscription lose, double and reorder nothing',
  async () => {
    const database = await bench.database();
    // The first call of a process takes long: it is not made under faults.
    await (await bench.instance(database)).close();
    // One instance says at once that it does not know; the other finds it out by itself first.
    const common = { silenceMsMax: SILENCE_MS_MAX, learnForMs: 300 };
    const patient = await bench.instance(database, { ...common, insistForMs: 2_000 });
    const impatient = await bench.instance(database, { ...common, insistForMs: 10 });
    const failing = cluster.nodes.map(
      (_node, index) => new StepByStep(random.branch(`node ${index}`), cluster.nodes[1 - index]!),
    );
    const clients = new CarriedLoad([impatient, patient], CLIENT_COUNT, random.branch('clients'));
    load = clients;

    const faultCount = (step?: FaultPoint): number =>
      cluster.nodes.reduce((sum, { faults }) => sum + faults.count(step), 0);
    const isEnough = (): boolean =>
      faultCount() >= FAULT_COUNT_MIN &&
      APPEND_STEPS.every((step) => faultCount(step) >= APPEND_FAULT_COUNT_MIN) &&
      missingOf(failing).length === 0;
    await failUntil(isEnough, failing, clients);
    await clients.finish();

    await expectNothingWrong(clients, impatient, bench, seed);
  },
  2 * RUN_MS_MAX,
);
