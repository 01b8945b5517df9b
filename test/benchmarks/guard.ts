import * as path from 'node:path';
import { announceAgreements, caughtUp, commandLoad, numbered, rateOf, type LoadRun } from './http';
import type { Report } from './measure/report';
import { alternate, type Contestant } from './measure/rounds';
import { serviceRounds, type Plan } from './plan';
import type { BenchmarkServer } from './server/benchmark-server';
import { startService } from './server/service-process';

const DATABASE = 'guard';
const CONSTANT_ACTOR = path.join(__dirname, 'server/constant-actor.cjs');
/** More than anybody can send, so that every request is counted and none refused. */
const COUNTED = 'read=1000000,command=1000000,public=1000000';

/**
 * The service with its guards (token, grants, budgets, the log of refusals) beside itself with a guard that knows one actor
 * and asks for nothing. Both only answer: what projects would take its time from one of them.
 */
export async function guardsBesideConstantActor(server: BenchmarkServer, plan: Plan, report: Report): Promise<void> {
  const agreements = await announceAgreements(server, DATABASE, plan.agreementCount);
  const environment = server.serviceEnvironment(DATABASE);
  const projecting = await startService(environment);
  await caughtUp(server, DATABASE);
  await projecting.stop();
  const answering = { ...environment, KHAMRAP_ROLE: 'api' };
  const ours = await startService({ ...answering, KHAMRAP_RATE_LIMITS: COUNTED });
  const constant = await startService(answering, ['--require', CONSTANT_ACTOR]);
  const load = { agreements: agreements.slice(1), choice: 'skewed', token: await ours.token('recorder') } as const;
  const numbering = numbered(2 * (plan.rounds.count + 1));
  const checkpointed = (contestant: Contestant<LoadRun>): Contestant<LoadRun> => {
    return async (durationMs, round) => {
      await server.checkpoint();
      return contestant(durationMs, round);
    };
  };
  const runs = await alternate(
    {
      ours: checkpointed(commandLoad([ours], load, numbering)),
      constant: checkpointed(commandLoad([constant], load, numbering)),
    },
    serviceRounds(plan),
  );
  await Promise.all([ours.stop(), constant.stop()]);
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
