import { eventually, SeededRandom, within } from '@khamrap/testing';
import { CarriedBench } from '../../../libs/platform/event-store/eventstoredb/spec/carried-bench';
import { isStoreGiven, storeUnderTest } from '../../../libs/testing/eventstoredb/under-test';
import { TcpProxy } from '../../../libs/testing/tcp-proxy';
import { JournalTail } from '../crash-loop/journal-tail';
import { CarriedLoad } from './carried-load';
import { expectNothingWrong } from './nothing-wrong';

const CLIENT_COUNT = 16;
const CUT_COUNT = 100;
const ACKNOWLEDGED_BETWEEN_MAX = 6;
const RUN_MS_MAX = 120_000;

// The store in this process is made to fail step by step, in journal-oracle.spec.ts; a real one only by its connections.
const testOnGivenStore = isStoreGiven() ? test : test.skip;

testOnGivenStore(
  'connections to a real store that are cut at any moment lose, double and reorder nothing',
  async () => {
    const seed = Date.now() % 1_000_000;
    const random = new SeededRandom(seed);
    const { url } = await storeUnderTest();
    const bench = new CarriedBench(url);
    try {
      const proxy = await TcpProxy.open(url);
      bench.closing(() => proxy.close());
      const database = await bench.database();
      const throughProxy = { url: proxy.through(url), learnForMs: 500 };
      const patient = await bench.instance(database, throughProxy);
      const impatient = await bench.instance(database, { ...throughProxy, insistForMs: 10 });
      const load = new CarriedLoad([patient, impatient], CLIENT_COUNT, random.branch('clients'));
      bench.closing(async () => load.remove());
      const tail = new JournalTail(load.folder);
      for (let count = 0; count < CUT_COUNT; count++) {
        const cut = proxy.cutNext(random.chance(0.5) ? 'request' : 'reply');
        await within(RUN_MS_MAX, 'something to cut', Promise.race([cut, load.failed]));
        // Else hardly anything would come through.
        const enough = tail.acknowledgedCount + random.integer(1, ACKNOWLEDGED_BETWEEN_MAX);
        await eventually('acknowledgements', () => {
          tail.read();
          return tail.acknowledgedCount >= enough || undefined;
        });
      }
      await load.finish();
      await expectNothingWrong(load, patient, bench, seed);
    } finally {
      await bench.close();
    }
  },
  2 * RUN_MS_MAX,
);
