import { randomBytes } from 'node:crypto';
import { withoutWaitingForDisk } from '@khamrap/platform/database';
import { openEventStore, openPostgresEventStore } from '@khamrap/platform/event-store';
import type { Report } from './measure/report';
import { alternate, eventsASecond, type Contestant, type Rounds } from './measure/rounds';
import { latenciesOf, spreadOf, type Latencies } from './measure/statistics';
import type { BenchmarkServer } from './server/benchmark-server';
import { OurStore } from './store';

const SECTION = 'EventStoreDB beside PostgreSQL: appends of one event, each to a stream that exists';
const LANES = { 'one after another': 1, '64 in flight': 64 } as const;
const LOG = { origin: 'benchmark.test/log', clock: 'system' } as const;
const NOTE =
  'The same appends through the same port. EventStoreDB answers an append when its event has its position too; PostgreSQL, which ' +
  'keeps the sequenced copy, does not wait for the disk there.';

interface Run extends Latencies {
  readonly rate: number;
}

/** Appends to the EventStoreDB that EVENTSTORE_URL names, beside the same to PostgreSQL; nothing, said so, without one. */
export async function secondEngineBesidePostgres(
  server: BenchmarkServer,
  rounds: Rounds,
  report: Report,
): Promise<void> {
  const url = process.env['EVENTSTORE_URL'] ?? '';
  if (url === '') {
    process.stderr.write('  EventStoreDB is not measured: EVENTSTORE_URL names none.\n');
    return;
  }
  const [own, carried] = [await server.createLedger('own'), await server.createLedger('carried')];
  const { append: appendUrl, read: readUrl } = own.urls;
  const postgres = await OurStore.on(await openPostgresEventStore({ appendUrl, readUrl, ...LOG }));
  const carrier = { url, ledger: `benchmark_${randomBytes(6).toString('hex')}` };
  const log = { info: () => undefined, error: (message: string) => void process.stderr.write(`  ${message}\n`) };
  // As the service opens it.
  const urls = { ...carried.urls, project: withoutWaitingForDisk(carried.urls.project) };
  const second = await OurStore.on(await openEventStore({ urls, carrier, sequences: true, ...LOG, log }));
  const run = (store: OurStore, laneCount: number): Contestant<Run> => {
    return async (durationMs) => {
      await server.checkpoint();
      return timed(store, laneCount, durationMs);
    };
  };
  for (const [what, laneCount] of Object.entries(LANES)) {
    const runs = await alternate({ second: run(second, laneCount), postgres: run(postgres, laneCount) }, rounds);
    for (const [figure, unit] of [
      ['rate', 'events/s'],
      ['p50', 'ms, p50'],
      ['p99', 'ms, p99'],
    ] as const) {
      const spread = (side: readonly Run[]) => spreadOf(side.map((each) => each[figure]));
      const beside = { what: 'PostgreSQL', figure: spread(runs.postgres) };
      report.add({ section: SECTION, what, on: 'new log', unit, ours: spread(runs.second), beside, note: NOTE });
    }
  }
  await Promise.all([postgres.close(), second.close()]);
  await Promise.all([server.dropDatabase('own'), server.dropDatabase('carried')]);
}

async function timed(store: OurStore, laneCount: number, durationMs: number): Promise<Run> {
  const tookMs: number[] = [];
  const rate = await eventsASecond(laneCount, durationMs, async (lane) => {
    const begun = performance.now();
    const count = await store.append(lane);
    tookMs.push(performance.now() - begun);
    return count;
  });
  return { rate, ...latenciesOf(tookMs) };
}
