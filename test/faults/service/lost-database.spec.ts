import { randomUUID } from 'node:crypto';
import type { Config } from '@khamrap/platform/config';
import { eventually, within } from '@khamrap/testing';
import { MIGRATIONS } from '../../../apps/composition/infrastructure';
import { startService, type Service } from '../../../apps/api/service';
import {
  makeServiceEnvironment,
  RunningService,
  type ApiClient,
  type ServiceEnvironment,
} from '../../../libs/testing/service';
import { TcpProxy } from '../../../libs/testing/tcp-proxy';
import type { CommandAnswer, List, Problem, StandingRow } from '../../journeys/answers';
import { indicatorBody, monitoringBody } from '../../journeys/bodies';
import { UNACCOUNTED_COUNT } from './http-load';

// The way to the database breaks, and comes back. The service lives through it, and says how it is.

/** How long the store tries to find out what became of an append; in service it is more patient. */
const RESUBMIT_FOR_MS = 1_000;

let environment: ServiceEnvironment;
let proxy: TcpProxy;
let service: RunningService<Service>;
let recorder: ApiClient;
let agreement = '';
const key = randomUUID();

beforeAll(async () => {
  environment = await makeServiceEnvironment({ migrations: MIGRATIONS });
  const address = String(environment.variables['DATABASE_URL']);
  proxy = await TcpProxy.open(address);
  const variables = { ...environment.variables, DATABASE_URL: proxy.through(address) };
  service = await RunningService.start(startImpatiently, variables);
  recorder = await service.as('recorder');
  agreement = `/v1/agreements/${(await recorder.post<CommandAnswer>('/v1/agreements', monitoringBody())).body.id}`;
}, 60_000);

afterAll(async () => {
  proxy?.recover();
  if (service) await within(15_000, 'the stop', service.stop());
  await proxy?.close();
  await environment?.remove();
}, 30_000);

function startImpatiently(config: Config): Promise<Service> {
  const log = { ...config.log, resubmitForMs: RESUBMIT_FOR_MS };
  return startService({ ...config, log });
}

async function isCaughtUp(): Promise<true | undefined> {
  const { status, text } = await service.anybody.get('/health/projections');
  return (status === 200 && !/"lagEventCount":[1-9]/.test(text)) || undefined;
}

test('as long as all is well, health says so', async () => {
  const { status, body } = await service.anybody.get('/health/ready');
  const details = expect.objectContaining({ position: UNACCOUNTED_COUNT - 1, clock: 'system' }) as unknown;
  expect([status, body]).toEqual([200, { status: 'ok', checks: { log: { ok: true, details } } }]);
  await eventually('projections that have caught up', isCaughtUp);
});

describe('while the database cannot be reached', () => {
  beforeAll(() => proxy.refuse());

  test('the process lives, and says that it is not ready', async () => {
    expect((await service.anybody.get('/health/live')).status).toBe(200);
    for (const path of ['/health/ready', '/health/projections']) {
      // What was said a moment before is said for a second.
      const { status, body, text } = await eventually('another answer', async () => {
        const answer = await service.anybody.get(path);
        return answer.status === 200 ? undefined : answer;
      });
      expect([path, status, body['status']]).toEqual([path, 503, 'failing']);
      expect(text).not.toMatch(/postgres|khamrap_test|password|127\.0\.0\.1/);
    }
  });

  test('a command is not taken, and the client is told to come back', async () => {
    const { status, body, headers } = await recorder.post<Problem>(`${agreement}/indicators`, indicatorBody(), { key });
    expect([status, body.type]).toEqual([503, expect.stringMatching(/\/(?:storeUnavailable|outcomeUnknown)$/)]);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  }, 30_000);

  test.each(['/v1/standings', '/v1/agreements', '/v1/awards', 'the agreement'])(
    '%s is not answered, nor is the cause',
    async (what) => {
      const { status, headers, body, text } = await recorder.get<Problem>(what.startsWith('/') ? what : agreement);
      expect([status, body.type]).toEqual([503, '/problems/storeUnavailable']);
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      expect(text).not.toMatch(/khamrap_test|select|connect|127\.0\.0\.1/i);
    },
    30_000,
  );
});

describe('when it is back', () => {
  beforeAll(() => proxy.recover());

  test('the same command is taken under the same key, once', async () => {
    const sent = () => recorder.post<CommandAnswer>(`${agreement}/indicators`, indicatorBody(), { key });
    const answer = await eventually('an answer', async () => {
      const { status, body } = await sent();
      return status === 200 ? body : undefined;
    });
    expect(answer.revision).toBe(1);
    expect((await sent()).body).toEqual(answer);
    const { status, body } = await recorder.get<List<StandingRow>>(`/v1/standings?minPosition=${answer.position}`);
    expect([status, body.items.length]).toEqual([200, 1]);
    expect((await service.anybody.get('/health/ready')).status).toBe(200);
    await eventually('projections that have caught up', isCaughtUp);
  }, 30_000);
});
