import * as path from 'node:path';
import { serviceBesideItself } from './alone';
import { rateOf } from './http';
import type { Report } from './measure/report';
import type { Plan } from './plan';
import type { BenchmarkServer } from './server/benchmark-server';

const CONSTANT_ACTOR = path.join(__dirname, 'server/constant-actor.cjs');
/** More than anybody can send, so that every request is counted and none refused. */
const COUNTED = 'read=1000000,command=1000000,public=1000000';

/**
 * The service with its guards (token, grants, budgets, the log of refusals) beside itself with a guard that knows one actor
 * and asks for nothing.
 */
export async function guardsBesideConstantActor(server: BenchmarkServer, plan: Plan, report: Report): Promise<void> {
  const runs = await serviceBesideItself(server, plan, 'guard', {
    ours: { variables: { KHAMRAP_RATE_LIMITS: COUNTED } },
    constant: { nodeArguments: ['--require', CONSTANT_ACTOR] },
  });
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
