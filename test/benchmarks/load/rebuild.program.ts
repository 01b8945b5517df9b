import { readConfig } from '@khamrap/platform/config';
import { createPool } from '@khamrap/platform/database';
import { orderRebuild } from '../../../libs/platform/projections/builds';
import { STANDINGS } from '@khamrap/standings';
import type { Pool } from 'pg';
import { openInfrastructure } from '../../../apps/api/infrastructure';
import { programOptions, tellResult } from '../server/run-program';

export interface RebuildOptions {
  /** Variables of the environment of a service that only projects. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface RebuildResult {
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
const MEGABYTE_KILOBYTES = 1_024;

/** Rebuilds the standings as the service does, beside the build that readers see. */
async function run({ environment }: RebuildOptions): Promise<RebuildResult> {
  const infrastructure = await openInfrastructure(readConfig(environment));
  const pool = createPool({ url: infrastructure.database.urls.project, size: 2, applicationName: 'benchmark' });
  const { position: head } = await infrastructure.store.head();
  if (!(await infrastructure.projections.waitFor(STANDINGS, head, 600_000))) throw new Error('never caught up');

  const orderedMs = performance.now();
  const refusal = await orderRebuild(pool, STANDINGS);
  if (refusal !== undefined) throw new Error(refusal);
  const [firstLook, lastLook] = await watch(pool, head);
  await pool.end();
  const result: RebuildResult = {
    eventsASecond: (lastLook.position - firstLook.position) / ((lastLook.atMs - firstLook.atMs) / 1_000),
    seconds: (lastLook.atMs - orderedMs) / 1_000,
    peakMegabytes: process.resourceUsage().maxRSS / MEGABYTE_KILOBYTES,
  };
  await infrastructure.close();
  return result;
}

/** The first look at a build that has begun, and the first at one that readers see. */
async function watch(pool: Pool, head: number): Promise<readonly [Look, Look]> {
  let first: Look | undefined;
  for (;;) {
    const look = await newest(pool);
    if (look && look.position >= 0) first ??= look;
    if (first && look?.live && look.position >= head) return [first, look];
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

async function newest(pool: Pool): Promise<Look | undefined> {
  const { rows } = await pool.query<{ position: number; live: boolean }>(
    `SELECT position, state = 'live' AS live FROM projections.build WHERE projection = $1 ORDER BY build_id DESC LIMIT 1`,
    [STANDINGS],
  );
  return rows[0] && { ...rows[0], position: Number(rows[0].position), atMs: performance.now() };
}

void run(programOptions<RebuildOptions>()).then((result) => tellResult(result));
