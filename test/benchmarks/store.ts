import type { Database } from '@khamrap/platform/database';
import { openPostgresEventStore, type EventStore } from '@khamrap/platform/event-store';
import { NO_STREAM, streamName, type StreamName } from '@khamrap/kernel';
import { randomUUID } from 'node:crypto';
import type { Report } from './measure/report';
import { alternate, eventsASecond, type Contestant, type Rounds } from './measure/rounds';
import { spreadOf } from './measure/statistics';
import { BareInserts, BULK_COUNT } from './peers/bare-inserts';
import { EmmettPeer } from './peers/emmett';
import { BODY_BYTES, nextEvent } from './peers/prepared-bodies';
import type { BenchmarkServer } from './server/benchmark-server';

const SECTION = 'Store: appends of one event, each to a stream that exists';
const FEW = 64;
const MANY = 1_024;
const UNIT = 'events/s';

/** Our store, in this process; one stream for each lane. */
export class OurStore {
  readonly #streams: StreamName[] = [];
  readonly #revisions: number[] = [];

  private constructor(private readonly store: EventStore) {}

  static async open({ urls }: Database): Promise<OurStore> {
    const { append: appendUrl, read: readUrl } = urls;
    return OurStore.on(
      await openPostgresEventStore({ appendUrl, readUrl, origin: 'benchmark.test/log', clock: 'system' }),
    );
  }

  /** With a stream for each lane. */
  static async on(store: EventStore): Promise<OurStore> {
    const ours = new OurStore(store);
    for (let lane = 0; lane < MANY; lane++) ours.#streams.push(streamName('agreement', randomUUID()));
    await Promise.all(ours.#streams.map((_, lane) => ours.append(lane)));
    return ours;
  }

  async append(lane: number): Promise<number> {
    const outcome = await this.store.append({
      stream: this.#streams[lane] as StreamName,
      expectedRevision: this.#revisions[lane] ?? NO_STREAM,
      events: [nextEvent()],
    });
    if (outcome.kind !== 'appended') throw new Error(`an append ended as ${outcome.kind}`);
    this.#revisions[lane] = outcome.firstRevision;
    return 1;
  }

  close(): Promise<void> {
    return this.store.close();
  }
}

/** Ours beside Emmett, single rows and bulk rows, in the same server. */
export async function storeBesidePeers(server: BenchmarkServer, rounds: Rounds, report: Report): Promise<void> {
  const database = await server.createLedger('store');
  await server.createDatabase('emmett');
  const ours = await OurStore.open(database);
  const emmett = await EmmettPeer.open(server.adminUrl('emmett'), MANY);
  const bare = BareInserts.open(server.adminUrl('store'));
  const lanes = (count: number, operation: (lane: number) => Promise<number>): Contestant<number> => {
    return async (durationMs) => {
      await server.checkpoint();
      return eventsASecond(count, durationMs, operation);
    };
  };
  const cleared = (contestant: Contestant<number>): Contestant<number> => {
    return async (durationMs, round) => {
      await bare.clear();
      return contestant(durationMs, round);
    };
  };
  const rates = await alternate(
    {
      oursFew: lanes(FEW, (lane) => ours.append(lane)),
      emmettFew: lanes(FEW, (lane) => emmett.append(lane)),
      rowEach: cleared(lanes(FEW, (lane) => bare.insertOne(lane))),
      oursMany: lanes(MANY, (lane) => ours.append(lane)),
      emmettMany: lanes(MANY, (lane) => emmett.append(lane)),
      bulk: cleared(lanes(1, () => bare.insertMany(MANY))),
    },
    rounds,
  );
  await Promise.all([ours.close(), emmett.close(), bare.close()]);
  await Promise.all([server.dropDatabase('store'), server.dropDatabase('emmett')]);

  const note = `Bodies of ${BODY_BYTES} bytes, prepared before; Emmett turns the same data into JSON by itself, over a pool of 32 connections.`;
  const [few, many] = [spreadOf(rates.oursFew), spreadOf(rates.oursMany)];
  const common = { section: SECTION, on: 'new log', unit: UNIT, note };
  const beside = (what: string, figures: readonly number[]) => ({ beside: { what, figure: spreadOf(figures) } });
  report.add({
    ...common,
    what: `${FEW} in flight`,
    ours: few,
    ...beside('Emmett', rates.emmettFew),
    aim: { least: 8, goal: 10 },
  });
  report.add({
    ...common,
    what: `${FEW} in flight`,
    ours: few,
    ...beside('one row each commit, 64 connections', rates.rowEach),
  });
  report.add({ ...common, what: `${MANY} in flight`, ours: many, ...beside('Emmett', rates.emmettMany) });
  report.add({
    ...common,
    what: `${MANY} in flight`,
    ours: many,
    ...beside(`bare insert of ${BULK_COUNT.toLocaleString('en')} rows`, rates.bulk),
    aim: { least: 0.4, goal: 0.5 },
  });
}

/** Ours alone on a log that has grown. */
export async function storeOnLog(
  database: Database,
  server: BenchmarkServer,
  rounds: Rounds,
): Promise<{ readonly few: number[]; readonly many: number[] }> {
  const ours = await OurStore.open(database);
  const lanes = (count: number): Contestant<number> => {
    return async (durationMs) => {
      await server.checkpoint();
      return eventsASecond(count, durationMs, (lane) => ours.append(lane));
    };
  };
  const rates = await alternate({ few: lanes(FEW), many: lanes(MANY) }, rounds);
  await ours.close();
  return rates;
}
