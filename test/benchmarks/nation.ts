import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { PROVINCES, ZONES } from '@khamrap/kernel';
import { SeededRandom } from '@khamrap/testing';
import type { Manifest } from '../../apps/cli/generate/generate';
import { caughtUp, profiling } from './http';
import type { AsOfOptions, AsOfResult } from './load/as-of.program';
import type { Report } from './measure/report';
import type { Latencies } from './measure/statistics';
import type { NationPlan, Plan } from './plan';
import type { BenchmarkServer } from './server/benchmark-server';
import { nodeFlagsOf } from './server/node-flags';
import { runProgram } from './server/run-program';
import { startService, type ServiceProcess } from './server/service-process';

const ROOT = path.resolve(__dirname, '../..');
const READS = path.join(__dirname, 'load/as-of.program.ts');
const NATION = 'nation';
const CAUGHT_UP_MS_MAX = 1_200_000;
const READS_MS_MAX = 300_000;
const WARM_UP_COUNT = 20;
const LIMIT = 1_000;
const SEED = 1;
/** Times of generated data are supplied; on a server of one's own that has to be asked for by name. */
const SIMULATED = { KHAMRAP_CLOCK: 'simulated', KHAMRAP_ALLOW_SIMULATED_CLOCK_ON_EXTERNAL_DATABASE: 'yes' };

/** A whole nation through the commands, then what dashboards ask of it. */
export async function nationThroughTheCommands(server: BenchmarkServer, plan: Plan, report: Report): Promise<void> {
  await server.createLedger(NATION);
  const environment = { ...server.serviceEnvironment(NATION), ...SIMULATED };
  const { eventCount, durationMs } = await generated(server, environment, plan.nation);
  const on = `${eventCount.toLocaleString('en')} events`;
  const section = 'Nation: generated through the commands, then asked';
  const single = (figure: number) => ({ median: figure, least: figure, most: figure });
  report.add({
    section,
    what: 'generated: every command decided and appended, no projection beside',
    on,
    unit: 'events/s',
    ours: single(eventCount / (durationMs / 1_000)),
    aim: { least: 5_000 },
  });
  const begun = performance.now();
  const service = await startService(environment, profiling(plan));
  try {
    await caughtUp(server, NATION, CAUGHT_UP_MS_MAX);
    const projectedMs = performance.now() - begun;
    report.add({
      section,
      what: 'all projections, from nothing',
      on,
      unit: 'events/s',
      ours: single(eventCount / (projectedMs / 1_000)),
    });
    await server.query(NATION, 'VACUUM (ANALYZE)');
    for (const { what, paths } of questionsOf(plan)) {
      const { p50, p99 } = await asked(service, paths);
      report.add({
        section,
        what: `${what} (p99; median ${p50.toFixed(1)} ms)`,
        on,
        unit: 'ms',
        ours: single(p99),
        aim: { most: 50 },
      });
    }
  } finally {
    await service.stop();
    await server.dropDatabase(NATION);
  }
}

/** Runs the generator as its users do, in a process of its own. */
async function generated(
  server: BenchmarkServer,
  environment: Readonly<Record<string, string>>,
  { officeCount, yearCount }: NationPlan,
): Promise<Manifest> {
  const manifestFile = path.join(server.folder, 'manifest.json');
  const options = ['--offices', String(officeCount), '--years', String(yearCount), '--manifest', manifestFile];
  const child = spawn(
    process.execPath,
    [...nodeFlagsOf('khamrap'), path.join(ROOT, 'dist/apps/cli/main.js'), 'generate', ...options],
    { cwd: ROOT, env: { ...process.env, ...environment }, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`the generator ended with code ${code}`);
  return JSON.parse(fs.readFileSync(manifestFile, 'utf8')) as Manifest;
}

interface Questions {
  readonly what: string;
  readonly paths: readonly string[];
}

/** The last year of the nation, as dashboards ask for it: each answer from another place. */
function questionsOf({ nation, asOfCount }: Plan): readonly Questions[] {
  const random = new SeededRandom(SEED);
  const year = nation.firstFiscalYear + nation.yearCount - 1;
  const count = asOfCount + WARM_UP_COUNT;
  const many = (pathOf: () => string) => Array.from({ length: count }, pathOf);
  const province = () => random.pick(PROVINCES).code;
  const zone = () => random.pick(ZONES).zoneId;
  const round = () => random.pick(['6m', '9m', '12m']);
  return [
    {
      what: 'standings of a province and round',
      paths: many(() => `/v1/standings?province=${province()}&fiscalYear=${year}&round=${round()}&limit=${LIMIT}`),
    },
    {
      what: 'standings of the provinces of a zone, added up',
      paths: many(() => `/v1/standings/roll-ups?by=province&zone=${zone()}&fiscalYear=${year}&round=${round()}`),
    },
    {
      what: 'standings of all provinces, added up',
      paths: many(() => `/v1/standings/roll-ups?by=province&fiscalYear=${year}&round=${round()}`),
    },
    {
      what: 'standings of all zones, added up',
      paths: many(() => `/v1/standings/roll-ups?by=zone&fiscalYear=${year}&round=${round()}`),
    },
    {
      what: 'league of the provinces',
      paths: many(
        () => `/v1/standings/league?by=province&fiscalYear=${year}&round=${round()}&scheme=generated-${year}`,
      ),
    },
    {
      what: 'what is due in a province',
      paths: many(() => `/v1/standings/due?province=${province()}&fiscalYear=${year}`),
    },
  ];
}

async function asked(service: ServiceProcess, paths: readonly string[]): Promise<Latencies> {
  const options: AsOfOptions = {
    url: service.url,
    token: await service.token('dashboard'),
    paths,
    warmUpCount: WARM_UP_COUNT,
  };
  return (await runProgram<AsOfOptions, AsOfResult>(READS, options, READS_MS_MAX)).latenciesMs;
}
