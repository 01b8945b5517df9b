import { startService, type Service } from '../../apps/api/service';
import { MIGRATIONS } from '../../apps/composition/infrastructure';
import {
  makeServiceEnvironment,
  RunningService,
  type ApiClient,
  type ServiceEnvironment,
} from '../../libs/testing/service';
import type { AgreementAnswer, CommandAnswer, List, StandingRow, StandingsEvent } from './answers';
import {
  actualBody,
  agreementBody,
  CDD,
  indicatorBody,
  PROVINCE,
  registerSource,
  signatureBody,
  targetBody,
  transcribedActualBody,
  type FrozenTerms,
} from './bodies';
import { headOf } from './journey';

// A year in short, on a log that EventStoreDB carries: in one life of the service, in the next one on the same database, and in a
// new database that knows nothing but where the log is. Every other journey runs there by `npm run test:eventstoredb`.

const START_MS_MAX = 60_000;
const KEY = 'the-figure-of-the-year';

const environments: ServiceEnvironment[] = [];
let service: RunningService<Service>;
let [agreement, indicator] = ['', ''];
let reported: CommandAnswer;
/** Standings as they were told when each command was through: to somebody who sees all, and in public. */
const known = new Map<number, { readonly inside: readonly StandingRow[]; readonly outside: readonly StandingRow[] }>();

async function start(ledgerOf?: ServiceEnvironment): Promise<void> {
  const environment = await makeServiceEnvironment({
    migrations: MIGRATIONS,
    engine: 'eventstoredb',
    ...(ledgerOf && { ledgerOf }),
  });
  environments.unshift(environment);
  service = await RunningService.start(startService, environment.variables);
}

beforeAll(() => start(), START_MS_MAX);

afterAll(async () => {
  await service?.stop();
  for (const environment of environments) await environment.remove();
});

async function accept(subject: string, path: string, body: unknown): Promise<CommandAnswer> {
  const answer = await (await service.as(subject)).post<CommandAnswer>(path, body);
  expect([path, answer.status < 300, answer.text]).toEqual([path, true, answer.text]);
  const { position } = answer.body;
  expect(answer.body.receipt).toMatchObject({ position, status: 'sequenced' });
  known.set(position as number, {
    inside: await standings(await service.as('dashboard'), `minPosition=${position}`),
    outside: await standings(service.anybody, `minPosition=${position}`),
  });
  return answer.body;
}

async function standings(reader: ApiClient, query: string): Promise<readonly StandingRow[]> {
  const { status, body, text } = await reader.get<List<StandingRow>>(`/v1/standings?province=TH-54&${query}`);
  expect([query, status, text]).toEqual([query, 200, text]);
  return body.items;
}

async function report() {
  return (await service.as('keeper-of-phrae-cdd')).post<CommandAnswer>(`${indicator}/actuals`, actualBody(), {
    key: KEY,
    headers: { prefer: 'wait=10' },
  });
}

async function expectToldAsBefore(who: 'inside' | 'outside'): Promise<void> {
  const reader = who === 'inside' ? await service.as('dashboard') : service.anybody;
  expect(known.size).toBeGreaterThan(8);
  for (const [position, told] of known)
    expect([position, await standings(reader, `asOfPosition=${position}`)]).toEqual([position, told[who]]);
}

test('health says which engine carries the log, and how old what is read may be', async () => {
  const { status, body } = await service.anybody.get<{ checks: { log: { details: object } } }>('/health/ready');
  expect([status, body.checks.log.details]).toEqual([200, expect.objectContaining({ engine: 'eventstoredb' })]);
});

test('an agreement is drafted, proposed, accepted and signed', async () => {
  const head = 'head-of-phrae-cdd';
  agreement = `/v1/agreements/${(await accept(head, '/v1/agreements', agreementBody())).id}`;
  indicator = `${agreement}/indicators/${(await accept(head, `${agreement}/indicators`, indicatorBody({ weight: '100' }))).id}`;
  await accept(head, `${indicator}/target`, targetBody());
  await accept(head, `${agreement}/proposal`, { officeId: CDD.officeId });
  const { body: terms } = await (await service.as(head)).get<AgreementAnswer & FrozenTerms>(agreement);
  const { officeId } = PROVINCE;
  await accept('governor-of-phrae', `${agreement}/acceptance`, { officeId, termsHash: terms.termsHash });
  await accept(head, `${agreement}/signatures`, signatureBody(terms));
  const signed = await accept(
    'governor-of-phrae',
    `${agreement}/signatures`,
    signatureBody(terms, { side: 'receiver', officeId }),
  );
  expect(signed.eventIds).toHaveLength(2);
  const all = await standings(await service.as('dashboard'), '');
  expect(all).toMatchObject([{ target: '1887', status: 'notReported' }]);
});

test('a figure is reported, proved by a receipt, told live, and certified', async () => {
  const live = await service.streamAs<StandingsEvent>('dashboard', '/v1/standings/stream?province=TH-54');
  const answer = await report();
  expect([answer.status, answer.text]).toEqual([200, answer.text]);
  reported = answer.body;
  expect(reported.receipt).toMatchObject({
    position: reported.position,
    status: 'included',
    proof: expect.any(String) as unknown,
  });
  const { id, data } = await live.next();
  live.close();
  expect([id, data.standings.map(({ actual }) => actual)]).toEqual([String(reported.position), ['2446.88']]);
  const certifications = `${indicator}/actuals/2022-10-01..2023-06-30/certifications`;
  await accept('supervisor-of-phrae-cdd', certifications, { step: 'supervisor' });
  await accept('performance-unit-of-phrae', certifications, { step: 'performanceUnit' });
  await registerSource(await service.as('recorder'));
  const quarter = { span: { from: '2022-10-01', to: '2022-12-31' }, value: '512.5' };
  await accept('recorder', `${indicator}/actuals`, transcribedActualBody(quarter));
  expect(await standings(service.anybody, 'status=noTarget')).toMatchObject([{ actual: '512.5' }]);
  for (const who of ['inside', 'outside'] as const) await expectToldAsBefore(who);
});

test(
  'the next life of the service answers the same key as this one, and tells the same past',
  async () => {
    const headBefore = await headOf({ service });
    await service.stop();
    service = await RunningService.start(startService, environments[0]!.variables);
    const again = await report();
    expect([again.status, again.headers['idempotent-replayed']]).toEqual([200, 'true']);
    const { position, eventIds } = reported;
    expect(again.body).toMatchObject({ position, eventIds });
    expect(await headOf({ service })).toBe(headBefore);
    await expectToldAsBefore('inside');
  },
  START_MS_MAX,
);

test(
  'a new database on the same store comes to the same positions and the same standings',
  async () => {
    const { store } = service.service.infrastructure;
    const log = await store.readLog(0, 1_000);
    await service.stop();
    await start(environments[0]);
    expect((await service.service.infrastructure.store.readLog(0, 1_000)).slice(0, log.length)).toEqual(log);
    // Who is who stands in the vault of the database, so that to the new one everybody is a stranger.
    await expectToldAsBefore('outside');
  },
  START_MS_MAX,
);
