import { readConfig } from '@khamrap/platform/config';
import { eventually } from '@khamrap/testing';
import { firstAdministrator, firstAdministratorOptionsOf } from '../../../apps/cli/first-administrator';
import { OptionRefused } from '../../../apps/cli/refusals';
import { IssuerOnNetwork } from '../../../libs/platform/access/spec/issuer-on-network';
import { ApiClient } from '../../../libs/testing/service';
import type { CommandAnswer, List } from '../answers';
import { beginJourney, headOf, type Journey } from '../journey';

// A ledger with an issuer of the operator begins without anybody who may do anything; whoever runs the database lets the first in.

const issuer = new IssuerOnNetwork();
let journey: Journey;
let administrator: ApiClient;

beforeAll(async () => {
  await issuer.start();
  journey = await beginJourney({ KHAMRAP_EMBEDDED_ISSUER: 'no', KHAMRAP_ISSUER: issuer.url });
  administrator = new ApiClient(journey.service.url, await issuer.token({ sub: 'somchai' }));
}, 60_000);

afterAll(async () => {
  administrator?.close();
  await journey?.end();
  issuer.stop();
});

const parametersOf = (subject: string): readonly string[] => [
  '--issuer',
  issuer.url,
  '--subject',
  subject,
  '--office',
  'phrae-province',
  '--office-name',
  'จังหวัดแพร่',
  '--reason',
  'คำสั่งจังหวัดแพร่ ที่ 1/2570',
];

/** The exit code, and what was said. */
async function run(subject: string): Promise<readonly [code: number, said: string]> {
  const said: string[] = [];
  const spies = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, 'write').mockImplementation((text) => said.push(String(text)) > 0),
  );
  try {
    const options = firstAdministratorOptionsOf(parametersOf(subject));
    return [await firstAdministrator(readConfig(journey.environment.variables), options), said.join('')];
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

test('the first administrator is let in by whoever runs the database, and lets in others', async () => {
  expect((await administrator.get('/v1/role-grants')).status).toBe(403);
  const [code, said] = await run('somchai');
  expect([code, said]).toEqual([0, expect.stringContaining('is administrator from now on')]);
  const { body } = await eventually('the administrator is known', async () => {
    const answer = await administrator.get<List<object>>('/v1/role-grants?minPosition=3');
    return answer.status === 200 ? answer : undefined;
  });
  expect(body.items).toMatchObject([
    { role: 'administrator', scopeKind: 'nation', officeId: 'phrae-province', reason: 'คำสั่งจังหวัดแพร่ ที่ 1/2570' },
  ]);
  const clerk = new ApiClient(journey.service.url, await issuer.token({ sub: 'clerk' }));
  const { pseudonym } = (await clerk.get<{ pseudonym: string }>('/v1/role-grants/mine')).body;
  const role = { grantee: pseudonym, role: 'recorder', scope: { kind: 'nation' }, reason: 'คำสั่งที่ 2' };
  const granted = await administrator.post<CommandAnswer>('/v1/offices/phrae-province/role-grants', role);
  expect(granted.status).toBe(200);
  const mine = await clerk.get<List<object>>(`/v1/role-grants/mine?minPosition=${granted.body.position}`);
  expect(mine.body.items).toMatchObject([{ role: 'recorder' }]);
  clerk.close();
});

test('nobody comes in that way when somebody may grant roles', async () => {
  const before = await headOf(journey);
  expect(await run('somsri')).toEqual([1, 'Somebody may grant roles in this ledger already: ask them.\n']);
  expect(await headOf(journey)).toBe(before);
});

test.each<[string, readonly string[]]>([
  ['nothing', []],
  ['no reason', parametersOf('somchai').slice(0, -2)],
  ['what there is not', [...parametersOf('somchai'), '--role', 'recorder']],
  ['a code that is none', parametersOf('somchai').map((each) => (each === 'phrae-province' ? 'Phrae!' : each))],
])('a command line that says %s is refused', (_what, parameters) => {
  expect(() => firstAdministratorOptionsOf(parameters)).toThrow(OptionRefused);
});
