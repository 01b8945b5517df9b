import * as path from 'node:path';
import { announceAgreements, caughtUp, commandLoad, numbered, rateOf, type LoadRun } from './http';
import type { Report } from './measure/report';
import { alternate, type Contestant } from './measure/rounds';
import type { Plan } from './plan';
import type { BenchmarkServer } from './server/benchmark-server';
import { startService } from './server/service-process';

const DATABASE = 'guard';
const CONSTANT_ACTOR = path.join(__dirname, 'server/constant-actor.cjs');
/** More than anybody can send, so that every request is counted and none refused. */
const COUNTED = 'read=1000000,command=1000000,public=1000000';

/**
 * The service with its guards (token, grants, budgets, the log of refusals) beside itself with a guard that knows one actor
 * and asks for nothing. Each is started for its turn and is alone, projecting as it answers: as in the row of commands over HTTP.
 */
export async function guardsBesideConstantActor(server: BenchmarkServer, plan: Plan, report: Report): Promise<void> {
  const agreements = await announceAgreements(server, DATABASE, plan.agreementCount);
  const environment = server.serviceEnvironment(DATABASE);
  const numbering = numbered(4 * (plan.rounds.count + 1));
  const alone = (
    variables: Readonly<Record<string, string>>,
    nodeArguments: readonly string[],
  ): Contestant<LoadRun> => {
    return async (durationMs) => {
      const service = await startService({ ...environment, ...variables }, nodeArguments);
      await caughtUp(server, DATABASE);
      const token = await service.token('recorder');
      const load = commandLoad([service], { agreements: agreements.slice(1), choice: 'skewed', token }, numbering);
      await load(plan.serviceWarmUpMs, 0);
      await server.checkpoint();
      const run = await load(durationMs, 0);
      await service.stop();
      return run;
    };
  };
  const runs = await alternate(
    {
      ours: alone({ KHAMRAP_RATE_LIMITS: COUNTED }, []),
      constant: alone({}, ['--require', CONSTANT_ACTOR]),
    },
    plan.rounds,
  );
  await server.dropDatabase(DATABASE);
  report.add({
    section: 'HTTP: what the guards cost, 64 connections',
    what: 'commands, with token, grants and budgets',
    on: `${plan.agreementCount.toLocaleString('en')} agreements`,
    unit: 'commands/s',
    ours: rateOf(runs.ours),
    beside: { what: 'constant actor', figure: rateOf(runs.constant) },
    aim: { least: 0.9 },
  });
}
