import { DEMONSTRATION_PERSONS } from '@khamrap/platform/access';
import { DEMONSTRATION_ASSIGNMENTS, DEMONSTRATION_GRANTS } from '../../../apps/api/demonstration/grants';
import { MIGRATIONS } from '../../../apps/composition/infrastructure';
import { startService, type Service } from '../../../apps/api/service';
import {
  makeServiceEnvironment,
  RunningService,
  type ServiceEnvironment,
  type Variables,
} from '../../../libs/testing/service';
import type { CommandAnswer, List } from '../answers';

// What the persons of the embedded issuer may do is in the ledger like everything else, and is entered once.

interface OwnRoles extends List<{ readonly grantId: string; readonly role: string; readonly scopeKind: string }> {
  readonly pseudonym: string;
}

type Running = RunningService<Service>;

// Machines get their tokens in another way.
const HELD = [
  ...DEMONSTRATION_GRANTS.map(({ subject, role, scope }) => ({ subject, told: `${subject} ${role} ${scope.kind}` })),
  ...DEMONSTRATION_ASSIGNMENTS.map(({ subject }) => ({ subject, told: `${subject} inspector zone` })),
].filter(({ subject }) => DEMONSTRATION_PERSONS.some((person) => person.subject === subject));
const start = (variables: Variables): Promise<Running> => RunningService.start(startService, variables);

/** What each of the persons holds, by the service; and where the log ends. */
async function heldIn(service: Running) {
  const head = (await service.service.infrastructure.store.head()).position;
  const subjects = [...new Set(HELD.map(({ subject }) => subject))];
  const held = await Promise.all(
    subjects.map(async (subject): Promise<readonly string[]> => {
      const { body } = await (await service.as(subject)).get<OwnRoles>(`/v1/role-grants/mine?minPosition=${head}`);
      return body.items.map(({ role, scopeKind }) => `${subject} ${role} ${scopeKind}`);
    }),
  );
  return { head, held: held.flat().toSorted() };
}

describe.each<[clock: string, demonstration: string]>([
  ['system', 'no'],
  ['simulated', 'yes'],
])('on a %s clock with demonstration data: %s', (clock, demonstration) => {
  let environment: ServiceEnvironment;
  let service: Running | undefined;

  beforeAll(async () => {
    const variables = {
      KHAMRAP_CLOCK: clock,
      KHAMRAP_DEMONSTRATION: demonstration,
      KHAMRAP_ALLOW_SIMULATED_CLOCK_ON_EXTERNAL_DATABASE: 'yes',
    };
    environment = await makeServiceEnvironment({ migrations: MIGRATIONS, variables });
    service = await start(environment.variables);
  }, 60_000);

  afterAll(async () => {
    await service?.stop();
    await environment?.remove();
  });

  test('each person holds what is theirs; what is ended is not given back by the next start', async () => {
    const running = service as Running;
    const first = await heldIn(running);
    expect(first.held).toEqual(HELD.map(({ told }) => told).toSorted());
    const governor = await running.as('governor-of-phrae');
    const [grant] = (await governor.get<OwnRoles>('/v1/role-grants/mine')).body.items;
    const administrator = await running.as('administrator');
    expect((await governor.get('/v1/role-grants')).status).toBe(200);
    const path = `/v1/offices/phrae-province/role-grants/${grant?.grantId}/end`;
    expect((await administrator.post<CommandAnswer>(path, { reason: 'ย้าย' })).status).toBe(200);
    await running.stop();
    service = undefined;

    service = await start(environment.variables);
    expect((await heldIn(service)).head).toBe(first.head + 1);
    expect((await (await service.as('governor-of-phrae')).get('/v1/role-grants')).status).toBe(403);
  }, 60_000);
});
