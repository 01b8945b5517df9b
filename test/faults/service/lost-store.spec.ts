import { randomUUID } from 'node:crypto';
import type { Config } from '@khamrap/platform/config';
import { eventually, within } from '@khamrap/testing';
import { MIGRATIONS } from '../../../apps/composition/infrastructure';
import { startService, type Service } from '../../../apps/api/service';
import { EventStoreDbServer } from '../../../libs/testing/eventstoredb';
import { makeServiceEnvironment, RunningService, type ServiceEnvironment } from '../../../libs/testing/service';
import type { CommandAnswer, List, Problem, StandingRow } from '../../journeys/answers';
import { indicatorBody, monitoringBody } from '../../journeys/bodies';

// The EventStoreDB that carries the log is away, and comes back, while PostgreSQL with what was recorded stays.

const RESUBMIT_FOR_MS = 300;
const KEY = randomUUID();

let environment: ServiceEnvironment;
let server: EventStoreDbServer;
let service: RunningService<Service>;
let agreement = '';
let position = 0;

beforeAll(async () => {
  server = await EventStoreDbServer.start();
  const variables = { EVENTSTORE_URL: server.url };
  environment = await makeServiceEnvironment({ migrations: MIGRATIONS, engine: 'postgresql', variables });
  service = await RunningService.start(startImpatiently, environment.variables);
  const { body } = await (await service.as('recorder')).post<CommandAnswer>('/v1/agreements', monitoringBody());
  agreement = `/v1/agreements/${body.id}`;
  position = body.position as number;
}, 60_000);

afterAll(async () => {
  if (service) await within(20_000, 'the stop', service.stop());
  await server?.stop();
  await environment?.remove();
}, 30_000);

function startImpatiently(config: Config): Promise<Service> {
  const log = { ...config.log, resubmitForMs: RESUBMIT_FOR_MS };
  return startService({ ...config, log });
}

const addIndicator = async () =>
  (await service.as('recorder')).post<CommandAnswer & Problem>(`${agreement}/indicators`, indicatorBody(), {
    key: KEY,
  });
const standings = (query: string) => service.anybody.get<List<StandingRow>>(`/v1/standings?province=TH-54&${query}`);

test('as long as all is well, nothing is said of how old an answer is', async () => {
  const { status, headers } = await standings(`minPosition=${position}`);
  expect([status, headers['khamrap-position'], headers['khamrap-complete-until']]).toEqual([
    200,
    String(position),
    undefined,
  ]);
  const { body } = await service.anybody.get<{ checks: object }>('/health/ready');
  expect(body.checks).toMatchObject({ log: { ok: true, details: { engine: 'eventstoredb', takesAppends: true } } });
});

describe('while the store is away', () => {
  let awaySince = 0;
  beforeAll(async () => {
    awaySince = Date.now();
    await server.kill();
  });

  test('a command is not taken, and the client is told to come back', async () => {
    for (let attempt = 0; attempt < 2; attempt++) {
      const { status, body, headers } = await addIndicator();
      expect([status, body.type, headers['content-type']]).toEqual([
        503,
        '/problems/storeUnavailable',
        'application/problem+json',
      ]);
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    }
  });

  test('reads go on, of now and of the past, and say up to when they are complete', async () => {
    const told = await eventually('an answer that says how old it is', async () => {
      const { status, headers } = await standings(`minPosition=${position}`);
      expect([status, headers['khamrap-position']]).toEqual([200, String(position)]);
      return headers['khamrap-complete-until'];
    });
    const until = Date.parse(String(told));
    expect(until).toBeLessThan(Date.now() - 4_000);
    expect(until).toBeGreaterThan(awaySince - 5_000);
    expect((await standings('asOfPosition=1')).status).toBe(200);
    expect((await (await service.as('recorder')).get(agreement)).status).toBe(200);
    expect((await service.anybody.get('/log/checkpoint')).status).toBe(200);
  });

  test('health says so, and still lets readers come', async () => {
    const ready = await service.anybody.get<{ checks: object }>('/health/ready');
    expect([ready.status, ready.body.checks]).toMatchObject([200, { log: { details: { takesAppends: false } } }]);
    const behind = await service.anybody.get<{ checks: object }>('/health/projections');
    expect([behind.status, behind.body.checks]).toMatchObject([503, { sequencing: { ok: false } }]);
    expect(behind.text).not.toMatch(/esdb|127\.0\.0\.1/);
  });
});

test('when it is back, the same command is taken once, and everything is as fresh as before', async () => {
  server = await EventStoreDbServer.start({ state: server.state, port: server.port });
  const taken = await eventually('a command that is taken', async () => {
    const answer = await addIndicator();
    return answer.status === 200 ? answer : undefined;
  });
  const again = await addIndicator();
  expect([again.status, again.headers['idempotent-replayed'], again.body.eventIds]).toEqual([
    200,
    'true',
    taken.body.eventIds,
  ]);
  const { body } = await service.anybody.get<List<StandingRow>>(
    `/v1/standings?province=TH-54&after=${encodeURIComponent(taken.body.after)}`,
  );
  expect(body.items).toHaveLength(1);
  await eventually('an answer that is complete', async () => {
    const { headers } = await standings('');
    return headers['khamrap-complete-until'] === undefined || undefined;
  });
  await eventually(
    'health',
    async () => (await service.anybody.get('/health/projections')).status === 200 || undefined,
  );
});
