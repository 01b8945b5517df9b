import { createPool, type Database } from '@khamrap/platform/database';
import { orderRebuild } from '@khamrap/platform/projections';
import { STANDINGS } from '@khamrap/standings';
import type { Pool } from 'pg';
import { caughtUp, profiling } from './http';
import { withMemoryOf } from './measure/memory';
import type { Plan } from './plan';
import type { BenchmarkServer } from './server/benchmark-server';
import { startService } from './server/service-process';

export interface RebuildFigures {
  /** While events were projected: from the end of the first batch to the end of the last. */
  readonly eventsASecond: number;
  /** From the order to the moment when readers see the new build. */
  readonly seconds: number;
  readonly peakMegabytes: number;
}

interface Look {
  readonly atMs: number;
  readonly position: number;
  readonly live: boolean;
}

const LOOK_MS = 10;

/** Rebuilds the standings, latest state and history, in a process of the service that does nothing else. */
export async function rebuildStandings(
  server: BenchmarkServer,
  databaseName: string,
  { urls }: Database,
  plan: Plan,
): Promise<RebuildFigures> {
  const environment = { ...server.serviceEnvironment(databaseName), KHAMRAP_ROLE: 'projector' };
  const service = await startService(environment, profiling(plan));
  const pool = createPool({ url: urls.project, size: 1, applicationName: 'benchmark' });
  try {
    await caughtUp(server, databaseName);
    await server.checkpoint();
    const { result, memory } = await withMemoryOf([service.pid], () => rebuildOnce(pool));
    return { ...result, peakMegabytes: memory.peak };
  } finally {
    await pool.end();
    await service.stop();
  }
}

async function rebuildOnce(pool: Pool): Promise<Omit<RebuildFigures, 'peakMegabytes'>> {
  const orderedMs = performance.now();
  const refusal = await orderRebuild(pool, STANDINGS);
  if (refusal !== undefined) throw new Error(refusal);
  let first: Look | undefined;
  for (;;) {
    const look = await newestBuild(pool);
    if (look.position >= 0) first ??= look;
    if (first && look.live) {
      return {
        eventsASecond: (look.position - first.position) / ((look.atMs - first.atMs) / 1_000),
        seconds: (look.atMs - orderedMs) / 1_000,
      };
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

async function newestBuild(pool: Pool): Promise<Look> {
  const { rows } = await pool.query<{ position: number; live: boolean; error: string | null }>(
    `SELECT position, state = 'live' AS live, error FROM projections.build WHERE projection = $1
     ORDER BY build_id DESC LIMIT 1`,
    [STANDINGS],
  );
  const [build] = rows;
  if (!build || build.error !== null) throw new Error(`the build failed: ${build?.error ?? 'it is gone'}`);
  return { ...build, atMs: performance.now() };
}
