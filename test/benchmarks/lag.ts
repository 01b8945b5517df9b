import * as path from 'node:path';
import type { LagOptions, LagResult } from './load/lag.program';
import { runProgram } from './server/run-program';
import type { ServiceProcess } from './server/service-process';
import type { GeneratedAgreement } from './world/agreements';

const LAG = path.join(__dirname, 'load/lag.program.ts');
const WARM_UP_MS = 2_000;
export const COMMANDS_A_SECOND = 500;

/** How long after its answer a command shows in the live stream, at a steady rate of commands. */
export async function lagOf(
  service: ServiceProcess,
  agreements: readonly GeneratedAgreement[],
  durationMs: number,
): Promise<LagResult> {
  const options: LagOptions = {
    url: service.url,
    token: await service.token('recorder'),
    agreements,
    choice: 'skewed',
    run: 0,
    runCount: 1,
    commandsASecond: COMMANDS_A_SECOND,
    durationMs,
    warmUpMs: WARM_UP_MS,
  };
  return runProgram<LagOptions, LagResult>(LAG, options, durationMs + 60_000);
}
