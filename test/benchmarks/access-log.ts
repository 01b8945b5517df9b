import { AccessLog, type Access } from '@khamrap/platform/access-log';
import { createPool } from '@khamrap/platform/database';
import type { Report } from './measure/report';
import { latenciesOf, spreadOf } from './measure/statistics';
import type { BenchmarkServer } from './server/benchmark-server';

const READ_COUNT = 2_000;
const TOGETHER_COUNT = 5_000;
const ON = 'rows one after the other';
const SECTION = 'access';

const ROW: Access = {
  kind: 'unpublished',
  person: 'f1a6fd8a-0f0e-4a52-9d6c-3a5c7a0f4b11',
  roles: ['inspector'],
  places: ['zone:primeMinisterOffice-16'],
  permissions: ['standings.read'],
  route: 'GET /v1/standings',
  parameters: { province: 'TH-54' },
  others: [],
  opened: [],
  status: 200,
  correlationId: '0b7d6c9e-6a86-4f0e-8a55-0d5a5a9f5f10',
};

/** What a read waits for before it is answered: that who reads is written down, beside a round trip that does nothing. */
export async function accessLogBesideRoundTrip(server: BenchmarkServer, report: Report): Promise<void> {
  const { urls } = await server.createLedger('access_log');
  const pool = createPool({ url: urls.append, size: 1, applicationName: 'access log' });
  const log = new AccessLog(pool, 'b8f0b4a4-0000-4000-8000-000000000000');
  const ofPrivate: Access = { ...ROW, kind: 'private' };
  const kinds: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['a read of what is not published', () => log.keep(ROW)],
    ['a read of private data, on the disk', () => log.keep(ofPrivate)],
  ];
  const trip = await timed(() => pool.query('SELECT 1'));
  for (const [what, work] of kinds) {
    const found = await timed(work);
    for (const percentile of ['p50', 'p99'] as const)
      report.add({
        section: SECTION,
        what: `${what}: ${percentile}`,
        on: ON,
        unit: 'ms',
        ours: spreadOf([found[percentile]]),
        beside: { what: 'SELECT 1', figure: spreadOf([trip[percentile]]) },
      });
  }
  const begun = performance.now();
  await Promise.all(Array.from({ length: TOGETHER_COUNT }, () => log.keep(ofPrivate)));
  const rate = (TOGETHER_COUNT / (performance.now() - begun)) * 1_000;
  report.add({
    section: SECTION,
    what: 'rows',
    on: `${TOGETHER_COUNT} at once`,
    unit: 'rows/s',
    ours: spreadOf([rate]),
  });
  await log.close();
  await pool.end();
}

async function timed(work: () => Promise<unknown>): Promise<ReturnType<typeof latenciesOf>> {
  const times: number[] = [];
  for (let count = 0; count < READ_COUNT; count++) {
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  }
  return latenciesOf(times);
}
