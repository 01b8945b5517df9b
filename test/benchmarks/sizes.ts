import type { Database } from '@khamrap/platform/database';
import { askThePast, type AsOfFigures } from './as-of';
import { caughtUp, commandLoad, numbered, profiling, type LoadRun } from './http';
import { lagOf } from './lag';
import type { LagResult } from './load/lag.program';
import { alternate } from './measure/rounds';
import { serviceRounds, type Plan } from './plan';
import { rebuildStandings, type RebuildFigures } from './rebuild';
import type { BenchmarkServer } from './server/benchmark-server';
import { startService } from './server/service-process';
import { storeOnLog } from './store';
import { GrowingLedger } from './world/growing-ledger';

/** What was measured on a log of one size. */
export interface SizeFigures {
  readonly eventCount: number;
  /** Events a second of the whole loop (read, fold, decide, encode, append) while the log grew to this size. */
  readonly loopEventsASecond: number;
  readonly store?: { readonly few: number[]; readonly many: number[] };
  readonly rebuild?: RebuildFigures;
  readonly commands?: readonly LoadRun[];
  readonly lag?: LagResult;
  readonly asOf?: AsOfFigures;
}

const LEDGER = 'ledger';
const COPY = 'ledger_copy';
/** Commands choose among the same number of agreements on every log: those that the smallest has. */
const AGREEMENT_COUNT = 160;

/** Grows one ledger, and measures at each size on the ledger itself or, what writes, on a copy. */
export async function measureSizes(
  server: BenchmarkServer,
  plan: Plan,
  tell: (figures: SizeFigures) => void,
): Promise<void> {
  const database = await server.createLedger(LEDGER);
  const growing = new GrowingLedger();
  for (const size of plan.logSizes) {
    const loopEventsASecond = await growing.growTo(size, database);
    const rebuild = plan.sections.has('rebuild') ? await rebuildStandings(server, LEDGER, database, plan) : undefined;
    tell({
      eventCount: growing.eventCount,
      loopEventsASecond,
      ...(rebuild && { rebuild }),
      ...(plan.sections.has('asof') && { asOf: await past(server, database, growing, plan) }),
      ...(plan.sections.has('store') && {
        store: await onCopy(server, (copy) => storeOnLog(copy, server, plan.rounds)),
      }),
      ...(plan.sections.has('http') && { commands: await onCopy(server, () => commands(server, growing, plan)) }),
      ...(plan.sections.has('lag') && { lag: await onCopy(server, () => lag(server, growing, plan)) }),
    });
  }
  await server.dropDatabase(LEDGER);
}

async function onCopy<Result>(server: BenchmarkServer, work: (copy: Database) => Promise<Result>): Promise<Result> {
  await server.copyDatabase(LEDGER, COPY);
  try {
    return await work(await server.openLedger(COPY));
  } finally {
    await server.dropDatabase(COPY);
  }
}

async function past(
  server: BenchmarkServer,
  database: Database,
  growing: GrowingLedger,
  plan: Plan,
): Promise<AsOfFigures> {
  const service = await startService(server.serviceEnvironment(LEDGER), profiling(plan));
  await caughtUp(server, LEDGER);
  await server.query(LEDGER, 'VACUUM (ANALYZE)');
  try {
    return await askThePast(service, database, growing.completeYears, plan.asOfCount);
  } finally {
    await service.stop();
  }
}

async function commands(server: BenchmarkServer, growing: GrowingLedger, plan: Plan): Promise<readonly LoadRun[]> {
  const service = await startService(server.serviceEnvironment(COPY), profiling(plan));
  await caughtUp(server, COPY);
  const load = {
    agreements: growing.newestAgreements.slice(0, AGREEMENT_COUNT),
    choice: 'skewed',
    token: await service.token('recorder'),
  } as const;
  try {
    const { runs } = await alternate(
      { runs: commandLoad([service], load, numbered(plan.rounds.count + 1)) },
      serviceRounds(plan),
    );
    return runs;
  } finally {
    await service.stop();
  }
}

async function lag(server: BenchmarkServer, growing: GrowingLedger, plan: Plan): Promise<LagResult> {
  const service = await startService(server.serviceEnvironment(COPY), profiling(plan));
  await caughtUp(server, COPY);
  try {
    return await lagOf(service, growing.newestAgreements.slice(0, AGREEMENT_COUNT), plan.lagMs);
  } finally {
    await service.stop();
  }
}
