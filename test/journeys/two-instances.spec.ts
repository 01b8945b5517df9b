import { eventually } from '@khamrap/testing';
import { MIGRATIONS } from '../../apps/composition/infrastructure';
import { startService, type Service } from '../../apps/api/service';
import { makeServiceEnvironment, RunningService, ApiClient, type ServiceEnvironment } from '../../libs/testing/service';
import type { AgreementAnswer, CommandAnswer, List, Problem, StandingRow, StandingsEvent } from './answers';
import { indicatorBody, monitoringBody, registerSource, targetBody, transcribedActualBody } from './bodies';

// Several instances on one database: what one accepts, all know. `leading` projects, `answering` only answers.

type Instance = RunningService<Service>;

let environment: ServiceEnvironment;
let leading: Instance;
let answering: Instance;
let here: ApiClient;
let there: ApiClient;
let agreement = '';
let indicator = '';

/** Where whoever shares the load between them would be found. */
const ADDRESS = 'http://localhost:9';

async function start(role: 'all' | 'api' | 'projector'): Promise<Instance> {
  return RunningService.start(startService, {
    ...environment.variables,
    KHAMRAP_ROLE: role,
    KHAMRAP_ADDRESS: ADDRESS,
  });
}

beforeAll(async () => {
  environment = await makeServiceEnvironment({ migrations: MIGRATIONS });
  [leading, answering] = await Promise.all([start('all'), start('api')]);
  [here, there] = await Promise.all([leading.as('recorder'), answering.as('recorder')]);
  await registerSource(here);
}, 60_000);

afterAll(async () => {
  await Promise.all([leading?.stop(), answering?.stop()]);
  await environment?.remove();
});

async function accepted(client: ApiClient, path: string, body: unknown, key?: string): Promise<CommandAnswer> {
  const answer = await client.post<CommandAnswer>(path, body, key === undefined ? {} : { key });
  expect({ path, status: answer.status < 300, text: answer.text }).toEqual({ path, status: true, text: answer.text });
  return answer.body;
}

async function standingsAt(client: ApiClient, position: number | null): Promise<readonly StandingRow[]> {
  const query = `agreement=${agreement.split('/').at(-1)}&minPosition=${position}`;
  const { status, body } = await client.get<List<StandingRow>>(`/v1/standings?${query}`);
  expect(status).toBe(200);
  expect(body.position).toBeGreaterThanOrEqual(position ?? 0);
  return body.items;
}

test('both started at once have opened one log', () => {
  const logs = [leading, answering].map(({ service }) => service.infrastructure.store.identity().logId);
  expect(new Set(logs).size).toBe(1);
});

test('a token of one is good at the other', async () => {
  expect((await new ApiClient(answering.url, here.token).get('/v1/agreements/1')).status).toBe(404);
});

test('a command at one is known to the other at once, by its stream and by what is read', async () => {
  agreement = `/v1/agreements/${(await accepted(here, '/v1/agreements', monitoringBody())).id}`;
  const { id, revision } = await accepted(there, `${agreement}/indicators`, indicatorBody());
  expect(revision).toBe(1);
  indicator = `${agreement}/indicators/${id}`;
  const target = await accepted(here, `${indicator}/target`, targetBody());
  for (const client of [here, there]) {
    expect((await client.get<AgreementAnswer>(agreement)).body).toMatchObject({
      revision: 2,
      asOfPosition: target.position,
    });
    expect(await standingsAt(client, target.position)).toMatchObject([{ target: '1887', status: 'notReported' }]);
  }
});

test('a revision that has passed at one is refused at the other', async () => {
  const headers = { 'if-match': '"1"' };
  const { status, body } = await there.post<Problem>(`${indicator}/actuals`, transcribedActualBody(), { headers });
  expect([status, body.currentRevision]).toEqual([412, 2]);
});

test('a repeated key at the other instance is a repeat, with other words a refusal', async () => {
  const first = await accepted(here, `${indicator}/actuals`, transcribedActualBody(), 'report');
  const again = await there.post<CommandAnswer>(`${indicator}/actuals`, transcribedActualBody(), { key: 'report' });
  expect(again.body).toEqual(first);
  expect(again.headers['idempotent-replayed']).toBe('true');
  const other = await there.post<Problem>(`${indicator}/actuals`, transcribedActualBody({ value: '1' }), {
    key: 'report',
  });
  expect([other.status, other.body.type]).toEqual([422, '/problems/idempotencyKeyReused']);
});

test('of the same command sent to both at once, one is accepted and the other repeats it', async () => {
  const body = transcribedActualBody({ span: { from: '2022-10-01', to: '2022-12-31' } });
  const answers = await Promise.all(
    [here, there, here, there].map((client) =>
      client.post<CommandAnswer>(`${indicator}/actuals`, body, { key: 'at-once' }),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(answers.filter(({ headers }) => headers['idempotent-replayed'] === undefined)).toHaveLength(1);
});

test('of different commands that both want the same place, one stands', async () => {
  const before = (await here.get<AgreementAnswer>(agreement)).body.revision;
  const body = (value: string) => transcribedActualBody({ span: { from: '2023-01-01', to: '2023-03-31' }, value });
  const answers = await Promise.all(
    ['1', '2', '3', '4', '5', '6'].map((value, index) =>
      (index % 2 === 0 ? here : there).post<Problem>(`${indicator}/actuals`, body(value)),
    ),
  );
  const countOf = (status: number): number => answers.filter((answer) => answer.status === status).length;
  expect([countOf(200), countOf(409)]).toEqual([1, 5]);
  expect((await there.get<AgreementAnswer>(agreement)).body.revision).toBe(before + 1);
});

test('a stream at one tells what the other has accepted', async () => {
  const stream = await answering.streamAs<StandingsEvent>('dashboard', '/v1/standings/stream?fiscalYear=2566');
  const { position } = await accepted(
    here,
    `${indicator}/actuals`,
    transcribedActualBody({ span: { from: '2023-04-01', to: '2023-06-30' }, value: '7' }),
  );
  // Where projecting is behind, what was reported before comes first.
  let event = await stream.next();
  while (Number(event.id) < Number(position)) event = await stream.next();
  const { id, data } = event;
  expect([id, data.standings.map(({ actual }) => actual)]).toEqual([String(position), ['7']]);
  stream.close();
});

describe('projections', () => {
  let standby: Instance;

  afterAll(async () => {
    await standby?.stop();
  });

  test('are led by one, and taken over when it stops', async () => {
    standby = await start('projector');
    const before = await standingsAt(there, 0);
    await leading.stop();
    leading = answering;
    const { position } = await accepted(
      there,
      `${indicator}/actuals`,
      transcribedActualBody({ span: { from: '2022-11-01', to: '2022-11-30' }, value: '8' }),
    );
    const after = await standingsAt(there, position);
    expect(after).toHaveLength(before.length + 1);
    const { status, body } = await there.get<{ checks: { projections: { details: unknown } } }>('/health/projections');
    expect([status, body.checks.projections.details]).toEqual([
      200,
      expect.arrayContaining([
        expect.objectContaining({ projection: 'standings', position, lagEventCount: 0, error: null }),
      ]),
    ]);
    expect(JSON.stringify(body)).not.toContain('appliedCount');
  });

  test('a process that only projects answers to nobody but those who look after it', async () => {
    const client = standby.anybody;
    expect((await client.get('/health/ready')).status).toBe(200);
    expect((await client.get('/v1/standings')).status).toBe(404);
  });

  test('without any leader a reader is told to come back, not shown the past as the present', async () => {
    await standby.stop();
    const { after } = await accepted(
      there,
      `${indicator}/actuals`,
      transcribedActualBody({ span: { from: '2022-12-01', to: '2022-12-31' }, value: '9' }),
    );
    const answer = await there.get<Problem>(`/v1/standings?after=${after}`);
    expect([answer.status, answer.body.type]).toEqual([503, '/problems/positionNotReached']);
    expect(answer.headers['retry-after']).toBe('1');
    standby = await start('projector');
    await eventually('the read model', async () => {
      const { status } = await there.get(`/v1/standings?after=${after}`);
      return status === 200 || undefined;
    });
  }, 30_000);
});
