import * as fs from 'node:fs';
import * as os from 'node:os';
import { accessLogBesideRoundTrip } from './access-log';
import { auditOfAFolder } from './audit';
import { guardsBesideConstantActor } from './guard';
import { historiesOverHttp } from './history';
import { httpBesideBareRoute } from './http';
import { Report } from './measure/report';
import { nationThroughTheCommands } from './nation';
import { planOf, type Plan, type Section } from './plan';
import { secondEngineBesidePostgres } from './second-engine';
import { BenchmarkServer } from './server/benchmark-server';
import { measureSizes } from './sizes';
import { SizesReport } from './sizes-report';
import { storeBesidePeers } from './store';
import { trailOfManyEvents } from './trail';
import { inclusionAfterTheAnswer, logOfManyEvents, verifiableLogOnBesideOff } from './verifiable-log';

const ON_A_GROWING_LOG: readonly Section[] = ['store', 'http', 'rebuild', 'lag', 'asof'];

async function run(plan: Plan): Promise<void> {
  const report = new Report();
  const server = await BenchmarkServer.start();
  // Whoever loses patience leaves no PostgreSQL behind, and no folder.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void server.stop().finally(() => process.exit(1)));
  }
  try {
    if (plan.sections.has('store')) await storeBesidePeers(server, plan.rounds, report);
    if (plan.sections.has('eventstoredb')) await secondEngineBesidePostgres(server, plan.rounds, report);
    if (plan.sections.has('http')) await httpBesideBareRoute(server, plan, report);
    if (plan.sections.has('guard')) await guardsBesideConstantActor(server, plan, report);
    if (plan.sections.has('nation')) await nationThroughTheCommands(server, plan, report);
    if (plan.sections.has('log')) {
      await verifiableLogOnBesideOff(server, plan, report);
      await inclusionAfterTheAnswer(server, plan, report);
      await logOfManyEvents(server, plan, report);
    }
    if (plan.sections.has('audit')) await auditOfAFolder(plan, report);
    if (plan.sections.has('trail')) await trailOfManyEvents(server, plan, report);
    if (plan.sections.has('access')) await accessLogBesideRoundTrip(server, report);
    if (plan.sections.has('history')) await historiesOverHttp(server, plan, report);
    const sizes = new SizesReport(report);
    if (ON_A_GROWING_LOG.some((section) => plan.sections.has(section))) {
      await measureSizes(server, plan, (figures) => sizes.add(figures));
      sizes.compare();
    }
    await tell(server, report, plan);
  } finally {
    await server.stop();
  }
}

async function tell(server: BenchmarkServer, report: Report, plan: Plan): Promise<void> {
  const [row] = await server.query<{ version: string; fsync: string; synchronous_commit: string }>(
    'postgres',
    `SELECT current_setting('server_version') AS version, current_setting('fsync') AS fsync,
            current_setting('synchronous_commit') AS synchronous_commit`,
  );
  const machine = `${os.cpus().length} × ${os.cpus()[0]?.model}, ${Math.round(os.totalmem() / 2 ** 30)} GB`;
  const made = `Node ${process.version}, PostgreSQL ${row?.version} (fsync ${row?.fsync}, synchronous_commit ${row?.synchronous_commit})`;
  console.log(`# Benchmark\n\n${machine}; ${made}; ${new Date().toISOString()}\n\n${report.markdown()}`);
  if (plan.jsonFile === undefined) return;
  fs.writeFileSync(plan.jsonFile, JSON.stringify({ machine, made, rows: report.rows }, null, 2));
}

run(planOf(process.argv.slice(2))).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
