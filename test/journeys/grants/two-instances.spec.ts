import { bangkokDateOf } from '@khamrap/kernel';
import { Clock } from '@khamrap/platform/http';
import { eventually, fakeClock } from '@khamrap/testing';
import { MIGRATIONS } from '../../../apps/composition/infrastructure';
import { startService, type Service } from '../../../apps/api/service';
import {
  ApiClient,
  makeServiceEnvironment,
  RunningService,
  type ServiceEnvironment,
} from '../../../libs/testing/service';
import type { AgreementAnswer, CommandAnswer, List, Problem } from '../answers';
import { agreementBody, CDD, indicatorBody, signatureBody, targetBody, type FrozenTerms } from '../bodies';

// Two instances on one database. Roles are given and ended at one; the other lets in and refuses within a second.

const REVOKED_MS_MAX = 1_000;
const DAY_MS = 86_400_000;
const time = fakeClock(new Date().toISOString());
const clock: Clock = { now: () => new Date(time.now()) };
const today = (): string => bangkokDateOf(time.now());

type Instance = RunningService<Service>;

interface OwnRoles extends List<{ readonly role: string }> {
  readonly pseudonym: string;
}
interface RoleGrant {
  readonly grantId: string;
  readonly grantee: string;
  readonly endReason: string | null;
  readonly endedBy: string | null;
}

let environment: ServiceEnvironment;
let here: Instance;
let there: Instance;
let administrator: ApiClient;
/** Somebody without any role, at the other instance. */
let stranger: ApiClient;
let pseudonym: string;

beforeAll(async () => {
  environment = await makeServiceEnvironment({ migrations: MIGRATIONS });
  const start = (role: string): Promise<Instance> =>
    RunningService.start((config) => startService(config, clock), { ...environment.variables, KHAMRAP_ROLE: role });
  [here, there] = await Promise.all([start('all'), start('api')]);
  [administrator, stranger] = await Promise.all([here.as('administrator'), there.as('stranger')]);
  pseudonym = (await stranger.get<OwnRoles>('/v1/role-grants/mine')).body.pseudonym;
}, 60_000);

afterAll(async () => {
  await Promise.all([here?.stop(), there?.stop()]);
  await environment?.remove();
});

async function accepted<Body = CommandAnswer>(client: ApiClient, path: string, body: unknown): Promise<Body> {
  const answer = await client.post<Body>(path, body);
  expect([path, answer.status < 300, answer.text]).toEqual([path, true, answer.text]);
  return answer.body;
}

/** Milliseconds until the other instance answers a request of the stranger with a status. */
async function timeUntil(status: number, path: string): Promise<number> {
  const begun = performance.now();
  await eventually(
    `${path} answered with ${status}`,
    async () => ((await stranger.get(path)).status === status ? true : undefined),
    REVOKED_MS_MAX,
  );
  return Math.round(performance.now() - begun);
}

const giveRole = (changes: object = {}): Promise<CommandAnswer> =>
  accepted(administrator, `/v1/offices/${CDD.officeId}/role-grants`, {
    grantee: pseudonym,
    role: 'governor',
    scope: { kind: 'office', value: CDD.officeId },
    reason: 'คำสั่งที่ 1',
    ...changes,
  });

const endGrant = (grantId: string): Promise<CommandAnswer> =>
  accepted(administrator, `/v1/offices/${CDD.officeId}/role-grants/${grantId}/end`, { reason: 'ย้าย' });

/** A route for which `governor` is enough, and `delegate` and nothing are not. */
const ROLES = '/v1/role-grants';

test('whoever has no role is told their pseudonym, and nothing else', async () => {
  const { status, body } = await stranger.get<OwnRoles>('/v1/role-grants/mine');
  expect([status, body.items]).toEqual([200, []]);
  expect(body.pseudonym).toMatch(/^[0-9a-f-]{36}$/);
  expect((await there.anybody.get('/v1/role-grants/mine')).status).toBe(401);
  expect((await stranger.get(ROLES)).status).toBe(403);
});

test('a role that one instance grants and ends holds and ends at the other within a second', async () => {
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    const { id } = await giveRole();
    const granted = await timeUntil(200, ROLES);
    await endGrant(id);
    times.push(granted, await timeUntil(403, ROLES));
  }
  process.stdout.write(`a role is known at the other instance after ${times.join(', ')} ms\n`);
});

test('it holds at the instance that recorded it when its answer comes', async () => {
  const self = await here.as('stranger');
  const { id } = await giveRole();
  expect((await self.get(ROLES)).status).toBe(200);
  await endGrant(id);
  expect((await self.get(ROLES)).status).toBe(403);
});

test('a role ends with its last day, with nothing recorded', async () => {
  const { id } = await giveRole({ to: today() });
  await timeUntil(200, ROLES);
  time.advance(DAY_MS);
  expect((await stranger.get(ROLES)).status).toBe(403);
  time.advance(-DAY_MS);
  await endGrant(id);
  await timeUntil(403, ROLES);
});

test('a delegation lets sign for the holder what its order covers, until it is ended', async () => {
  const [head, governor] = await Promise.all([here.as('head-of-phrae-cdd'), here.as('governor-of-phrae')]);
  const agreement = `/v1/agreements/${(await accepted(head, '/v1/agreements', agreementBody())).id}`;
  const { id: indicator } = await accepted(head, `${agreement}/indicators`, indicatorBody({ weight: '100' }));
  await accepted(head, `${agreement}/indicators/${indicator}/target`, targetBody());
  await accepted(head, `${agreement}/proposal`, { officeId: CDD.officeId });
  const { negotiation } = (await governor.get<AgreementAnswer>(agreement)).body;
  const terms = negotiation.proposal as FrozenTerms & { readonly termsHash: string };
  await accepted(governor, `${agreement}/acceptance`, { officeId: 'phrae-province', termsHash: terms.termsHash });
  const { termsHash, termsRevision } = (await governor.get<AgreementAnswer>(agreement)).body.negotiation
    .proposal as FrozenTerms;
  const signature = signatureBody(
    { termsHash, termsRevision },
    { capacity: 'delegated', authority: 'คำสั่งที่ 1/2570', signatoryName: 'รองพัฒนาการ', position: 'รองพัฒนาการจังหวัด' },
  );
  expect((await stranger.post(`${agreement}/signatures`, signature)).status).toBe(403);

  const delegation = {
    personName: 'รองพัฒนาการ',
    positionTitle: 'รองพัฒนาการจังหวัด',
    kind: 'delegated',
    scope: ['agreement.sign'],
    orderReference: 'คำสั่งที่ 1/2570',
    from: { day: today() },
    delegate: pseudonym,
  };
  const delegations = `/v1/offices/${CDD.officeId}/delegations`;
  const { id } = await accepted(administrator, delegations, delegation);
  const answer = await eventually('the delegation at the other instance', async () => {
    const attempt = await stranger.post<CommandAnswer>(`${agreement}/signatures`, signature);
    return attempt.status === 403 ? undefined : attempt;
  });
  expect([answer.status, answer.text]).toEqual([200, answer.text]);
  const drafting = await stranger.post<Problem>(`${agreement}/indicators`, indicatorBody());
  expect([drafting.status, drafting.body.type]).toEqual([403, '/problems/notPermitted']);
  const publicly = await here.anybody.get(`/v1/offices/${CDD.officeId}`);
  expect([publicly.status, publicly.text.includes('รองพัฒนาการ'), publicly.text.includes(pseudonym)]).toEqual([
    200,
    true,
    false,
  ]);

  await accepted(administrator, `${delegations}/${id}/end`, { on: { day: today() } });
  const begun = performance.now();
  await eventually(
    'the end of the delegation at the other instance',
    async () => {
      const { body } = await stranger.post<Problem>(`${agreement}/signatures`, signature);
      return body.type === '/problems/notPermitted' ? true : undefined;
    },
    REVOKED_MS_MAX,
  );
  process.stdout.write(
    `a delegation has ended at the other instance after ${Math.round(performance.now() - begun)} ms\n`,
  );
});

describe('an assignment to inspect', () => {
  const ASSIGNMENTS = '/v1/inspection-assignments';
  const PART = ['TH-84', 'TH-86'];
  const assignment = (changes: object = {}): object => ({
    inspector: pseudonym,
    level: 'primeMinisterOffice',
    officeId: 'prime-minister-office',
    zoneId: 'primeMinisterOffice-5',
    provinces: PART,
    reason: 'มอบหมายตามคำสั่งตัวอย่าง',
    ...changes,
  });
  const assign = (changes: object = {}): Promise<CommandAnswer> =>
    accepted(administrator, ASSIGNMENTS, assignment(changes));
  const idsIn = async (client: ApiClient, path: string): Promise<readonly unknown[]> =>
    (await client.get<List<{ readonly assignmentId: string }>>(path)).body.items.map((each) => each.assignmentId);

  test('lets inspect a part of a zone at the other instance within a second, and ends with its last day', async () => {
    const { id, position } = await assign({ to: today() });
    const known = await timeUntil(200, ROLES);
    const mine = await stranger.get<OwnRoles>(`/v1/role-grants/mine?role=inspector&minPosition=${position}`);
    expect(mine.body.items).toMatchObject([
      { grantId: id, kind: 'assignment', role: 'inspector', scopeValue: 'primeMinisterOffice-5', provinces: PART },
    ]);
    expect(await idsIn(stranger, `${ASSIGNMENTS}/mine?minPosition=${position}`)).toEqual([id]);
    const [ofZone, governor] = await Promise.all([here.as('inspector-zone-5'), here.as('governor-of-phrae')]);
    const query = `${ASSIGNMENTS}?province=TH-86&effectiveOn=${today()}&minPosition=${position}`;
    expect(await idsIn(ofZone, query)).toEqual(expect.arrayContaining([id]));
    expect(await idsIn(governor, query)).toEqual([]);
    time.advance(DAY_MS);
    expect((await stranger.get(ROLES)).status).toBe(403);
    time.advance(-DAY_MS);
    await accepted(administrator, `${ASSIGNMENTS}/${id}/end`, { reason: 'คำสั่งใหม่' });
    process.stdout.write(`an assignment holds after ${known}, is over after ${await timeUntil(403, ROLES)} ms\n`);
  });

  test.each<[string, string, object, number, string]>([
    ['by whoever may not', 'governor-of-phrae', {}, 403, 'notPermitted'],
    [
      'of a province that the zone does not hold',
      'administrator',
      { provinces: ['TH-54'] },
      422,
      'assignment.provinceOutsideZone',
    ],
    [
      'to a zone that there is not',
      'administrator',
      { zoneId: 'department-nobody-1', provinces: undefined },
      422,
      'assignment.zoneUnknown',
    ],
    ['for an office that there is not', 'administrator', { officeId: 'nobody' }, 422, 'assignment.officeUnknown'],
    ['from a day that has passed', 'administrator', { from: '2020-01-01' }, 422, 'assignment.fromInThePast'],
    ['that ends before it begins', 'administrator', { to: '2020-01-01' }, 422, 'assignment.spanReversed'],
    ['of nothing', 'administrator', { provinces: [] }, 400, 'invalidRequest'],
    ['with more than is asked for', 'administrator', { role: 'administrator' }, 400, 'invalidRequest'],
  ])('is not given %s', async (_what, subject, changes, status, code) => {
    const client = await here.as(subject);
    const answer = await client.post<Problem>(ASSIGNMENTS, assignment(changes));
    expect([answer.status, answer.body.type]).toEqual([status, `/problems/${code}`]);
  });

  test('is not given to oneself, and not ended by others or twice', async () => {
    const own = (await administrator.get<OwnRoles>('/v1/role-grants/mine')).body.pseudonym;
    const self = await administrator.post<Problem>(ASSIGNMENTS, assignment({ inspector: own }));
    expect([self.status, self.body.type]).toEqual([403, '/problems/assignment.toOneself']);
    const { id } = await assign({ from: '2099-01-01' });
    const end = `${ASSIGNMENTS}/${id}/end`;
    const governor = await here.as('governor-of-phrae');
    expect((await governor.post<Problem>(end, { reason: 'ก' })).status).toBe(403);
    await accepted(administrator, end, { reason: 'ก' });
    const twice = await administrator.post<Problem>(end, { reason: 'ก' });
    expect([twice.status, twice.body.type]).toEqual([409, '/problems/assignment.alreadyEnded']);
  });
});

test('who could do what is told for a day, and as it was known', async () => {
  const list = async (client: ApiClient, query: string) =>
    (await client.get<List<RoleGrant>>(`/v1/role-grants?${query}`)).body;
  const before = (await list(administrator, `grantee=${pseudonym}`)).position;
  const { id, position } = await giveRole({ role: 'keeper' });
  const ended = await endGrant(id);
  const whole = await list(administrator, `grantee=${pseudonym}&role=keeper&minPosition=${ended.position}`);
  expect(whole.items).toMatchObject([{ grantId: id, endReason: 'ย้าย', endedBy: expect.any(String) as string }]);
  const asKnown = await list(administrator, `grantee=${pseudonym}&role=keeper&asOfPosition=${position}`);
  expect(asKnown.items).toMatchObject([{ grantId: id, endReason: null, endedBy: null }]);
  expect((await list(administrator, `grantee=${pseudonym}&role=keeper&asOfPosition=${before}`)).items).toEqual([]);
  const held = (day: string) =>
    list(administrator, `permission=agreement.report&effectiveOn=${day}&grantee=${pseudonym}`);
  expect((await held(today())).items).toHaveLength(1);
  expect((await held('2020-01-01')).items).toEqual([]);
  const table = await administrator.get(`/v1/role-grants?grantee=${pseudonym}`, { headers: { accept: 'text/csv' } });
  expect(table.text).toContain('grantId,kind,grantee,role');
});

test('each sees the roles within their reach', async () => {
  const officesOf = async (subject: string): Promise<readonly string[]> => {
    const client = await here.as(subject);
    const { body } = await client.get<List<{ officeId: string; scopeKind: string }>>('/v1/role-grants');
    return [...new Set(body.items.map(({ officeId, scopeKind }) => `${officeId} ${scopeKind}`))].toSorted();
  };
  const ofPhrae = ['phrae-cdd office', 'phrae-province province'];
  expect(await officesOf('governor-of-phrae')).toEqual(ofPhrae);
  expect(await officesOf('inspector-zone-16')).toEqual([...ofPhrae, 'prime-minister-office zone']);
  expect(await officesOf('inspector-zone-5')).toEqual(['prime-minister-office zone']);
  expect(await officesOf('nacc-officer')).toEqual([
    'demonstration-operator nation',
    'nacc nation',
    ...ofPhrae,
    'prime-minister-office zone',
  ]);
});
