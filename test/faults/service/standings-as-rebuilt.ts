import { eventually } from '@khamrap/testing';
import { Client } from 'pg';
import { rebuild } from '../../../apps/cli/rebuild';
import { readConfig } from '@khamrap/platform/config';
import { signIn, type Answer } from '../../../libs/testing/service';
import type { List, StandingRow } from '../../journeys/answers';
import type { ServiceUnderFault } from './service-under-fault';

const PROJECTION = 'standings';

/** All standings as they are read, and as they are read once they were made anew from the first event on. */
export async function standingsAndTheirRebuild(
  service: ServiceUnderFault,
): Promise<{ readonly kept: readonly StandingRow[]; readonly rebuilt: readonly StandingRow[] }> {
  const kept = await everyStanding(service.url);
  const reader = new Client({ connectionString: (await service.database()).urls.read });
  await reader.connect();
  try {
    const before = await liveBuild(reader);
    const exitCode = await rebuild(readConfig(service.variables), PROJECTION);
    if (exitCode !== 0) throw new Error('the rebuild was refused');
    await eventually(
      'the rebuilt standings',
      async () => ((await liveBuild(reader)) === before ? undefined : true),
      30_000,
    );
    return { kept, rebuilt: await everyStanding(service.url) };
  } finally {
    await reader.end();
  }
}

async function liveBuild(reader: Client): Promise<number | undefined> {
  const { rows } = await reader.query<{ build: number }>(
    `SELECT build_id AS build FROM projections.build WHERE projection = $1 AND state = 'live'`,
    [PROJECTION],
  );
  return rows[0]?.build;
}

/** Walks through all pages, at the position that the log has reached. */
async function everyStanding(url: string): Promise<readonly StandingRow[]> {
  const api = await signIn(url, 'dashboard');
  try {
    const health = await api.get<{ checks: { log: { details: { position: number } } } }>('/health/ready');
    const { position } = health.body.checks.log.details;
    const rows: StandingRow[] = [];
    for (let next: string | undefined = `/v1/standings?limit=1000&minPosition=${position}`; next !== undefined;) {
      const { status, body, headers, text }: Answer<List<StandingRow>> = await api.get(next);
      if (status !== 200 || body.position !== position)
        throw new Error(`not all at position ${position}: ${text.slice(0, 500)}`);
      rows.push(...body.items);
      next = /^<([^>]+)>; rel="next"$/.exec(String(headers.link))?.[1];
    }
    return rows;
  } finally {
    api.close();
  }
}
