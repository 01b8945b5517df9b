import * as path from 'node:path';
import type { Reportable } from './load/actuals';
import type { CommandLoadOptions, CommandLoadResult } from './load/command-load.program';
import { withMemoryOf, type MemoryUse } from './measure/memory';
import type { Report } from './measure/report';
import { alternate, type Contestant } from './measure/rounds';
import { spreadOf } from './measure/statistics';
import type { BareRouteOptions } from './peers/bare-route.program';
import { serviceRounds, type Plan } from './plan';
import type { BenchmarkServer } from './server/benchmark-server';
import { runProgram, startWithOptions } from './server/run-program';
import { startService, type ServiceProcess } from './server/service-process';
import { announce, generatedAgreement, registerSource } from './world/agreements';
import { inGroups, openLedger } from './world/growing-ledger';
import { PROVINCES } from './world/provinces';

const SECTION = 'HTTP: commands that report an actual, 64 connections';
const CONNECTION_COUNT = 64;
const FISCAL_YEAR = 2566;
/** As many indicators as all offices of a province have together: the agreement that everybody reports to. */
const BUSY_INDICATOR_COUNT = 48;
const LOAD = path.join(__dirname, 'load/command-load.program.ts');
const BARE_ROUTE = path.join(__dirname, 'peers/bare-route.program.ts');

export interface LoadRun {
  readonly commandsASecond: number;
  readonly p99Ms: number;
  readonly memory: MemoryUse;
}

/** Which run of how many, over all contestants that write to one ledger. */
interface Numbering {
  readonly runCount: number;
  next(): number;
}

/** Loads services, counting runs so that no figure is reported twice. */
export function commandLoad(
  services: readonly Pick<ServiceProcess, 'url' | 'pid'>[],
  load: Pick<CommandLoadOptions, 'agreements' | 'choice' | 'token'>,
  numbering: Numbering,
): Contestant<LoadRun> {
  return async (durationMs) => {
    const options: CommandLoadOptions = {
      ...load,
      urls: services.map(({ url }) => url),
      connectionCount: CONNECTION_COUNT,
      durationMs,
      run: numbering.next(),
      runCount: numbering.runCount,
    };
    const { result, memory } = await withMemoryOf(
      services.map(({ pid }) => pid),
      () => runProgram<CommandLoadOptions, CommandLoadResult>(LOAD, options, durationMs + 60_000),
    );
    return { commandsASecond: result.commandsASecond, p99Ms: result.latenciesMs.p99, memory };
  };
}

export function numbered(runCount: number): Numbering {
  let run = 0;
  return { runCount, next: () => run++ };
}

/** The service beside a bare route, in the same server. */
export async function httpBesideBareRoute(server: BenchmarkServer, plan: Plan, report: Report): Promise<void> {
  const agreements = await announceAgreements(server, 'http', plan.agreementCount);
  await server.createDatabase('bare');
  // One address for both instances, as behind whoever shares the load between them: a token of one is good at the other.
  const environment = { ...server.serviceEnvironment('http'), KHAMRAP_ADDRESS: 'http://localhost:9' };
  const first = await startService(environment, profiling(plan));
  await caughtUp(server, 'http');
  const token = await first.token('recorder');
  const bareRoute = await startBareRoute(server.adminUrl('bare'));

  const runCount = plan.rounds.count + 1;
  const numbering = numbered(2 * runCount);
  const skewed = { agreements: agreements.slice(1), choice: 'skewed', token } as const;
  const all = { agreements: agreements.slice(0, 1), choice: 'one', token } as const;
  const checkpointed = (contestant: Contestant<LoadRun>): Contestant<LoadRun> => {
    return async (durationMs, round) => {
      await server.checkpoint();
      return contestant(durationMs, round);
    };
  };
  // The bare route has no rule against reporting twice.
  const bare = checkpointed(commandLoad([bareRoute], skewed, numbered(1)));
  const alone = await alternate(
    {
      skewed: checkpointed(commandLoad([first], skewed, numbering)),
      bare,
      one: checkpointed(commandLoad([first], all, numbered(runCount))),
    },
    serviceRounds(plan),
  );
  // Started only now: an instance that idles listens too, and would take its time from the one that is measured.
  const second = await startService(environment);
  const together = await alternate(
    { two: checkpointed(commandLoad([first, second], skewed, numbering)), bareBesideTwo: bare },
    serviceRounds(plan),
  );
  await Promise.all([second.stop(), bareRoute.stop()]);
  await first.stop();
  await Promise.all([server.dropDatabase('http'), server.dropDatabase('bare')]);
  tell(report, plan, { ...alone, ...together });
}

type Side = 'skewed' | 'bare' | 'one' | 'two' | 'bareBesideTwo';

function tell(report: Report, plan: Plan, runs: Readonly<Record<Side, LoadRun[]>>): void {
  const bare = (figures: readonly LoadRun[]) => ({ what: 'bare route', figure: rateOf(figures) });
  const on = `${plan.agreementCount.toLocaleString('en')} agreements`;
  const common = { section: SECTION, on, unit: 'commands/s', beside: bare(runs.bare), aim: { least: 1 } };
  report.add({ ...common, what: 'skewed choice', ours: rateOf(runs.skewed) });
  report.add({ ...common, what: 'all on one agreement', ours: rateOf(runs.one) });
  report.add({
    ...common,
    what: 'skewed choice, two instances',
    ours: rateOf(runs.two),
    beside: bare(runs.bareBesideTwo),
  });
  report.add({
    section: SECTION,
    what: 'p99 of an answer, skewed choice',
    on,
    unit: 'ms',
    ours: spreadOf(runs.skewed.map(({ p99Ms }) => p99Ms)),
    beside: { what: 'bare route', figure: spreadOf(runs.bare.map(({ p99Ms }) => p99Ms)) },
  });
  const memory = [...runs.skewed, ...runs.one].map((run) => run.memory);
  const ofService = { section: SECTION, on, unit: 'MB' };
  const peak = spreadOf(memory.map((use) => use.peak));
  report.add({ ...ofService, what: 'memory of the service under load, peak', ours: peak, aim: { most: 250 } });
  report.add({
    ...ofService,
    what: 'memory of the service under load, median',
    ours: spreadOf(memory.map((use) => use.median)),
  });
}

export function rateOf(runs: readonly LoadRun[]) {
  return spreadOf(runs.map(({ commandsASecond }) => commandsASecond));
}

/** The agreement that everybody reports to, and all others behind it. */
export async function announceAgreements(
  server: BenchmarkServer,
  databaseName: string,
  count: number,
): Promise<readonly Reportable[]> {
  const database = await server.createLedger(databaseName);
  const { ledger, close } = await openLedger(database);
  await registerSource(ledger);
  const agreements = Array.from({ length: count + 1 }, (_, index) =>
    generatedAgreement(
      PROVINCES[index % PROVINCES.length] as string,
      Math.floor(index / PROVINCES.length),
      FISCAL_YEAR,
      ...(index === 0 ? [BUSY_INDICATOR_COUNT] : []),
    ),
  );
  const groups = inGroups(agreements, (agreement, index) =>
    announce(ledger, agreement, Math.floor(index / PROVINCES.length)),
  );
  for await (const _ of groups);
  await close();
  return agreements;
}

async function startBareRoute(databaseUrl: string): Promise<Pick<ServiceProcess, 'url' | 'pid' | 'stop'>> {
  const program = startWithOptions(BARE_ROUTE, { databaseUrl } satisfies BareRouteOptions);
  const [, url = ''] = await program.line(/listens at (\S+)/);
  return { url, pid: program.pid, stop: () => program.kill().then(() => undefined) };
}

/** Waits until the read model shows the whole log, so that catching up is in nobody's figure. */
export async function caughtUp(server: BenchmarkServer, databaseName: string, waitMs = 600_000): Promise<void> {
  for (const until = performance.now() + waitMs; performance.now() < until;) {
    const [row] = await server.query<{ behind: boolean }>(
      databaseName,
      `SELECT next_position - 1 > coalesce((SELECT min(position) FROM projections.build WHERE state = 'live'), -1) AS behind
       FROM ledger.head`,
    );
    if (row?.behind === false) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the read model of ${databaseName} is not caught up after ${waitMs} ms`);
}

export function profiling({ profileFolder }: Plan): string[] {
  return profileFolder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`];
}
