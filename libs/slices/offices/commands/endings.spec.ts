import { isoDate, streamName } from '@khamrap/kernel';
import { grant, type Grant, type Requester, type RoleName } from '@khamrap/platform/access';
import { EventCodec, Ledger, ledgerEventDeclarations, type CommandContext } from '@khamrap/platform/event-store';
import { commandContext } from '@khamrap/testing';
import { ProjectionBench, type Happening } from '../../../testing/projection';
import { assignmentEventDeclarations } from '../../inspections/domain/assignments/assignment.events';
import { inspectorAssigned } from '../../inspections/domain/assignments/assignment.examples';
import { officeEventDeclarations } from '../domain/office.declarations';
import { delegated, registered, roleEnded, roleGranted, TODAY } from '../domain/office.examples';
import { GrantBook } from '../grants/grant-book';
import { officesProjection } from '../views/offices/offices.projection';
import { DissolveOffice, DissolveOfficeHandler } from './dissolve-office';
import { EndDelegation, EndDelegationHandler } from './end-delegation';
import { EndRole, EndRoleHandler } from './end-role';
import { Endings } from './endings';
import { ScopeFacts } from './scope-facts';

// Whoever ends what lets somebody in must be allowed to let them in.

const codec = new EventCodec([...ledgerEventDeclarations, ...officeEventDeclarations, ...assignmentEventDeclarations]);
const NATION = { kind: 'nation' } as const;
const PROVINCE = { kind: 'province', province: 'TH-54' } as const;
const requesterWith = (role: RoleName, scope: Grant['scope']): Requester => ({
  issuer: 'issuer',
  subject: 'subject',
  actor: { id: 'pseudonym-1', role },
  grants: [grant(role, scope)],
});
const RECORDER = requesterWith('recorder', NATION);
const OF_NATION = requesterWith('administrator', NATION);
const OF_PROVINCE = requesterWith('administrator', PROVINCE);

const office = (id: string, event: Happening['event']): Happening => ({ stream: streamName('office', id), event });
const kept = (at: string, grantId: string, scope: object, changes: object = {}): Happening =>
  office(at, roleGranted({ grantId, scope, ...changes } as never));
const HAPPENED: readonly Happening[] = [
  ...['bare', 'roles', 'nation', 'last', 'named', 'over', 'acting', 'below', 'elsewhere'].map((id) =>
    office(id, registered()),
  ),
  office('above', registered({ province: undefined, kind: 'department' })),
  office('nan', registered({ province: 'TH-55', parentOfficeId: 'above' })),
  kept('roles', 'g-roles', { kind: 'office', value: 'roles' }),
  kept('nation', 'g-nation', { kind: 'nation' }),
  kept('elsewhere', 'g-named', { kind: 'office', value: 'named' }),
  kept('over', 'g-over', { kind: 'office', value: 'over' }),
  kept('over', 'g-past', { kind: 'nation' }, { from: isoDate('2027-01-01'), to: isoDate('2027-01-31') }),
  office('over', roleEnded({ grantId: 'g-over' })),
  office('over', delegated({ delegationId: 'd-past', delegate: 'pseudonym-9', to: isoDate('2027-02-01') })),
  office('acting', delegated({ delegationId: 'd-acting', delegate: 'pseudonym-9' })),
  office('below', delegated({ delegationId: 'd-nobody' })),
  office('above', delegated({ delegationId: 'd-above', delegate: 'pseudonym-9', coversBelow: true })),
  ...['near', 'far'].flatMap((id) => [
    { stream: streamName('office', id), event: registered() },
    {
      stream: streamName('inspection-assignment', id),
      event: inspectorAssigned({
        assignmentId: id,
        officeId: id,
        provinces: id === 'far' ? ['TH-54', 'TH-55'] : ['TH-54'],
        to: undefined,
      }),
    },
  ]),
  kept('last', 'g-last', { kind: 'nation' }, { role: 'administrator', grantee: 'pseudonym-3' }),
];

let bench: ProjectionBench;
let ledger: Ledger;
let endings: Endings;
let book: GrantBook;
const context = (): CommandContext => commandContext({ decidedAt: `${TODAY}T03:00:00.000Z` });

beforeAll(async () => {
  bench = await ProjectionBench.open(codec);
  ledger = new Ledger(bench.store, codec, { keep: () => Promise.resolve() });
  await bench.record(HAPPENED);
  const { readModels } = await bench.instance([officesProjection], { projects: false });
  book = new GrantBook(bench.store, codec, readModels, { now: () => new Date(`${TODAY}T03:00:00.000Z`) });
  endings = new Endings(ledger, new ScopeFacts(ledger, book), book);
});
afterAll(async () => {
  await book.onApplicationShutdown();
  await bench.close();
});

type Attempt = (requester: Requester) => Promise<object>;
const dissolving =
  (officeId: string): Attempt =>
  (requester) =>
    new DissolveOfficeHandler(ledger, endings).execute(
      new DissolveOffice({ officeId }, { on: { day: TODAY }, basis: 'กฎกระทรวง' }, requester, context()),
    );
const endingDelegation =
  (officeId: string, delegationId: string): Attempt =>
  (requester) =>
    new EndDelegationHandler(ledger, endings).execute(
      new EndDelegation({ officeId, delegationId }, { on: { day: TODAY } }, requester, context()),
    );
const endingRole =
  (officeId: string, grantId: string): Attempt =>
  (requester) =>
    new EndRoleHandler(ledger, endings).execute(
      new EndRole({ officeId, grantId }, { reason: 'ย้าย' }, requester, context()),
    );

const BEYOND = 'roleGrant.beyondOwnReach';
const LAST = 'roleGrant.lastAdministrator';

// In this order: what is refused to one is done by the next.
test.each<[what: string, by: string, requester: Requester, attempt: Attempt, refusal: string | undefined]>([
  ['an office with a role in it is dissolved', 'a recorder', RECORDER, dissolving('roles'), BEYOND],
  ['the same', 'who grants in the province', OF_PROVINCE, dissolving('roles'), undefined],
  ['an office with a role for the nation', 'who grants in the province', OF_PROVINCE, dissolving('nation'), BEYOND],
  ['the same', 'who grants in the nation', OF_NATION, dissolving('nation'), undefined],
  ['an office of a role that is kept elsewhere', 'a recorder', RECORDER, dissolving('named'), BEYOND],
  ['the same', 'who grants in the province', OF_PROVINCE, dissolving('named'), undefined],
  ['an office in which all is over', 'a recorder', RECORDER, dissolving('over'), undefined],
  ['an office without roles', 'a recorder', RECORDER, dissolving('bare'), undefined],
  ['an office in which somebody acts', 'a recorder', RECORDER, dissolving('acting'), BEYOND],
  ['who acts', 'a recorder', RECORDER, endingDelegation('acting', 'd-acting'), BEYOND],
  ['who acts', 'who grants in the province', OF_PROVINCE, endingDelegation('acting', 'd-acting'), undefined],
  ['who acts nobody knows here', 'a recorder', RECORDER, endingDelegation('below', 'd-nobody'), undefined],
  ['who acts for offices below', 'a recorder', RECORDER, endingDelegation('above', 'd-above'), BEYOND],
  [
    'who acts for offices below',
    'who grants in the nation',
    OF_NATION,
    endingDelegation('above', 'd-above'),
    undefined,
  ],
  ['an office for which somebody inspects', 'a recorder', RECORDER, dissolving('near'), BEYOND],
  ['the same', 'who grants in the province', OF_PROVINCE, dissolving('near'), undefined],
  ['one for which somebody inspects elsewhere', 'who grants in the province', OF_PROVINCE, dissolving('far'), BEYOND],
  ['the same', 'who grants in the nation', OF_NATION, dissolving('far'), undefined],
  ['the last who grants in the nation', 'themselves', OF_NATION, endingRole('last', 'g-last'), LAST],
  ['the office at which that is kept', 'themselves', OF_NATION, dissolving('last'), LAST],
  ['what is for the nation', 'who grants in the province', OF_PROVINCE, endingRole('last', 'g-last'), BEYOND],
])('%s: ended by %s', async (_what, _by, requester, attempt, refusal) => {
  const outcome = attempt(requester);
  if (refusal === undefined) expect(await outcome).toHaveProperty('id');
  else await expect(outcome).rejects.toMatchObject({ name: 'CommandRejected', rejection: { code: refusal } });
});

test('the last who grants in the nation is let go when there is another', async () => {
  const role = { role: 'administrator', grantee: 'pseudonym-4' };
  const [granted] = await bench.record([kept('elsewhere', 'g-next', { kind: 'nation' }, role)]);
  expect(await book.reached(granted!.position)).toBe(true);
  expect(await endingRole('last', 'g-last')(OF_NATION)).toHaveProperty('id');
});
