import { isoDate, streamName } from '@khamrap/kernel';
import { grant, type Grant, type Requester } from '@khamrap/platform/access';
import { EventCodec, ledgerEventDeclarations } from '@khamrap/platform/event-store';
import { encodeCursor, writeCsv } from '@khamrap/platform/http';
import { assignmentEventDeclarations } from '../../../inspections/domain/assignments/assignment.events';
import { assignmentEnded, inspectorAssigned } from '../../../inspections/domain/assignments/assignment.examples';
import { ProjectionBench, type Happening, type ProjectionInstance } from '../../../../testing/projection';
import { officeEventDeclarations } from '../../domain/office.declarations';
import {
  delegated,
  delegationEnded,
  dissolved,
  registered,
  roleEnded,
  roleGranted,
} from '../../domain/office.examples';
import type { RoleScope } from '../../domain/office.events';
import { OFFICES, officesProjection } from '../offices/offices.projection';
import { ROLE_GRANT_COLUMNS, type RoleGrantsPage, type RoleGrantsQuery } from './role-grants.answer';
import {
  ListOwnRoleGrants,
  ListOwnRoleGrantsHandler,
  ListRoleGrants,
  ListRoleGrantsHandler,
} from './role-grants.query';

const codec = new EventCodec([...ledgerEventDeclarations, ...officeEventDeclarations, ...assignmentEventDeclarations]);
const day = isoDate;
/** Long after every day that is stated below. */
const TODAY = day('2030-01-01');
const office = (id: string, event: Happening['event']): Happening => ({ stream: streamName('office', id), event });
const role = (grantId: string, scope: RoleScope, changes: object = {}): Happening =>
  office('phrae', roleGranted({ grantId, scope, from: day('2027-01-01'), ...changes }));
const ZONE = 'primeMinisterOffice-16';

const ASSIGNMENT = streamName('inspection-assignment', '9-assignment');
const ASSIGNED = {
  assignmentId: '9-assignment',
  officeId: 'body',
  zone: { ...inspectorAssigned().data.zone, zoneId: ZONE },
  provinces: ['TH-55', 'TH-57'],
  from: day('2028-01-01'),
  to: undefined,
};

const HAPPENED: readonly Happening[] = [
  office('phrae', registered()),
  office('nan', registered({ province: 'TH-55' })),
  role('1-office', { kind: 'office', value: 'phrae' }, { to: day('2027-06-30') }),
  role('2-nan', { kind: 'office', value: 'nan' }, { role: 'governor' }),
  role('3-province', { kind: 'province', value: 'TH-54' }, { grantee: 'pseudonym-3' }),
  role('4-zone', { kind: 'zone', value: ZONE }),
  role('5-nation', { kind: 'nation' }),
  role('6-indicator', { kind: 'indicator', value: 'i' }),
  office('phrae', delegated({ delegationId: '7-delegation', delegate: 'pseudonym-2', to: day('2027-09-30') })),
  office('phrae', delegated({ delegationId: '8-nobody' })),
  office('phrae', roleEnded({ grantId: '5-nation', on: day('2027-03-31') })),
  office('phrae', delegationEnded({ delegationId: '7-delegation', on: day('2027-02-01'), reason: 'คำสั่งใหม่' })),
  office('nan', dissolved({ on: day('2027-05-31') })),
  // A part of the zone, for an office that is no more after a while.
  office('body', registered({ province: undefined, kind: 'department' })),
  { stream: ASSIGNMENT, event: inspectorAssigned(ASSIGNED) },
  office('body', dissolved({ on: day('2028-05-31') })),
  { stream: ASSIGNMENT, event: assignmentEnded({ assignmentId: '9-assignment', on: day('2028-12-31') }) },
];

let bench: ProjectionBench;
let instance: ProjectionInstance;
let handler: ListRoleGrantsHandler;
let positions: readonly number[];

beforeAll(async () => {
  bench = await ProjectionBench.open(codec);
  instance = await bench.instance([officesProjection]);
  positions = (await bench.record(HAPPENED)).map(({ position }) => position);
  expect(await instance.projections.waitFor(OFFICES, await bench.head(), 10_000)).toBe(true);
  handler = new ListRoleGrantsHandler(instance.readModels, bench.store);
});
afterAll(() => bench.close());

const requesterWith = (...grants: Grant[]): Requester => ({
  issuer: 'issuer',
  subject: 'subject',
  actor: { id: 'pseudonym-3', role: 'role' },
  grants,
});
const NATION = requesterWith(grant('naccOfficer', { kind: 'nation' }));
const ask = (query: Partial<RoleGrantsQuery> = {}, requester = NATION): Promise<RoleGrantsPage> =>
  handler.execute(new ListRoleGrants({ limit: 100, ...query }, TODAY, requester));
const numbersIn = ({ items }: RoleGrantsPage): string => items.map(({ grantId }) => grantId[0]).join('');

test.each<[string, Partial<RoleGrantsQuery>, string]>([
  ['all that were ever given', {}, '12345679'],
  ['of a person', { grantee: 'pseudonym-3' }, '3'],
  ['kept at an office', { office: 'nan' }, ''],
  ['of a name', { role: 'governor' }, '2'],
  ['that allow something', { permission: 'agreement.sign' }, '27'],
  ['of which none allows something', { permission: 'agreement.negotiate', role: 'delegate' }, ''],
  ['of a kind of scope', { scopeKind: 'zone' }, '49'],
  ['that reach into a province', { province: 'TH-54' }, '134567'],
  ['that reach into another', { province: 'TH-55' }, '2459'],
  ['that reach into a third', { province: 'TH-10' }, '5'],
  ['before their first day', { effectiveOn: day('2026-12-31') }, ''],
  ['on a first day', { effectiveOn: day('2027-01-01') }, '1234567'],
  ['on the last day of a delegation', { effectiveOn: day('2027-02-01') }, '1234567'],
  ['on the day after it', { effectiveOn: day('2027-02-02') }, '123456'],
  ['on the day on which one was ended', { effectiveOn: day('2027-03-31') }, '123456'],
  ['on the day after that', { effectiveOn: day('2027-04-01') }, '12346'],
  ['on the last day of an office', { effectiveOn: day('2027-05-31') }, '12346'],
  ['when there is no such office any more', { effectiveOn: day('2027-06-01') }, '1346'],
  ['after the last day of one', { effectiveOn: day('2027-07-01') }, '346'],
  ['from the first day of an assignment on', { effectiveOn: day('2028-01-01') }, '3469'],
  ['on the last day of the office that inspects', { effectiveOn: day('2028-05-31') }, '3469'],
  ['when there is no office that inspects any more', { effectiveOn: day('2028-06-01') }, '346'],
])('roles are found: %s', async (_what, query, numbers) => {
  expect(numbersIn(await ask(query))).toBe(numbers);
});

test.each<[string, Requester, string]>([
  ['the nation', NATION, '12345679'],
  ['a province', requesterWith(grant('governor', { kind: 'province', province: 'TH-54' })), '1367'],
  [
    'a zone',
    requesterWith(grant('inspector', { kind: 'zone', zone: ZONE, provinces: ['TH-54', 'TH-55', 'TH-56', 'TH-57'] })),
    '1234679',
  ],
  [
    'the part of a zone that is assigned',
    requesterWith(grant('inspector', { kind: 'zone', zone: ZONE, provinces: ['TH-55', 'TH-57'] })),
    '29',
  ],
  ['an office', requesterWith(grant('governor', { kind: 'office', office: 'nan', province: 'TH-55' })), '2'],
  ['a role that sees none', requesterWith(grant('keeper', { kind: 'nation' })), ''],
])('who holds a grant for %s sees what lies within it', async (_what, requester, numbers) => {
  expect(numbersIn(await ask({}, requester))).toBe(numbers);
});

test('a role is told with its order, who gave it, and how it ended; a delegation with what it covers', async () => {
  const { items } = await ask();
  expect(items[4]).toMatchObject({
    kind: 'role',
    grantee: 'pseudonym-2',
    role: 'keeper',
    permissions: null,
    officeId: 'phrae',
    grantedBy: 'pseudonym-1',
    grantedPosition: positions[6],
    endedOn: '2027-03-31',
    endReason: 'ย้ายไปหน่วยงานอื่น',
    endedPosition: positions[10],
  });
  expect(items[6]).toMatchObject({
    kind: 'delegation',
    role: 'delegate',
    permissions: ['agreement.sign'],
    coversBelow: false,
    to: '2027-09-30',
    endedOn: '2027-02-01',
    endReason: 'คำสั่งใหม่',
  });
  expect(items[7]).toMatchObject({
    kind: 'assignment',
    role: 'inspector',
    permissions: null,
    scopeKind: 'zone',
    scopeValue: ZONE,
    provinces: ['TH-55', 'TH-57'],
    officeId: 'body',
    endedOn: '2028-12-31',
  });
  const lines = writeCsv(items, ROLE_GRANT_COLUMNS).split('\r\n');
  expect(lines[5]).toContain('5-nation,role,pseudonym-2,keeper,,nation,,,true');
  expect(lines[8]).toContain(`9-assignment,assignment,pseudonym-2,inspector,,zone,${ZONE},TH-55; TH-57,true,body`);
});

test('the past is as it was known, page by page', async () => {
  const before = await ask({ asOfPosition: positions[9]!, effectiveOn: day('2027-04-01') });
  expect(numbersIn(before)).toBe('1234567');
  expect(numbersIn(await ask({ asOfPosition: positions[4]! }))).toBe('123');
  const first = await ask({ limit: 4 });
  const second = await ask({ limit: 4, cursor: encodeCursor(first.next!) });
  expect([numbersIn(first), numbersIn(second), second.next]).toEqual(['1234', '5679', undefined]);
});

test('everybody sees their own', async () => {
  const own = new ListOwnRoleGrants({ limit: 100 }, TODAY, requesterWith());
  const page = await new ListOwnRoleGrantsHandler(handler).execute(own);
  expect([page.pseudonym, numbersIn(page)]).toEqual(['pseudonym-3', '3']);
});
