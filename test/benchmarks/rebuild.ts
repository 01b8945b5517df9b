import * as path from 'node:path';
import type { RebuildOptions, RebuildResult } from './load/rebuild.program';
import type { BenchmarkServer } from './server/benchmark-server';
import { runProgram } from './server/run-program';

const REBUILD = path.join(__dirname, 'load/rebuild.program.ts');
const REBUILD_MS_MAX = 900_000;

/** Rebuilds the standings of a ledger, latest state and history, in a process that does nothing else. */
export function rebuildStandings(server: BenchmarkServer, databaseName: string): Promise<RebuildResult> {
  const environment = { ...server.serviceEnvironment(databaseName), KHAMRAP_ROLE: 'projector' };
  return runProgram<RebuildOptions, RebuildResult>(REBUILD, { environment }, REBUILD_MS_MAX);
}
