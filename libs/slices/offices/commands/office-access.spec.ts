import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { grant, type Grant, type Place, type Requester } from '@khamrap/platform/access';
import { CommandRejected } from '@khamrap/platform/event-store';
import { officeDecider } from '../domain/office.decider';
import { registered } from '../domain/office.examples';
import { GrantRoleBody } from './grant-role';
import { refusalAt, refusalOfAccess, refusalOfReach } from './office-access';
import { provenanceOfZone } from './zone-access';

const PHRAE_CDD = { office: 'phrae-cdd', province: 'TH-54' };
const requesterWith = (...grants: Grant[]): Requester => ({
  issuer: 'issuer',
  subject: 'subject',
  actor: { id: 'pseudonym', role: 'administrator' },
  grants,
});
const NATION = requesterWith(grant('administrator', { kind: 'nation' }));
const PROVINCE = requesterWith(grant('administrator', { kind: 'province', province: 'TH-54' }));
const OFFICE_SCOPE = { kind: 'office', ...PHRAE_CDD } as const;
const NEIGHBOUR = { kind: 'office', office: 'phrae-land', province: 'TH-54' } as const;
const ZONE = { kind: 'zone', zone: 'z', provinces: ['TH-54', 'TH-55'] } as const;
const OFFICE = requesterWith(grant('administrator', OFFICE_SCOPE));
const NAN = requesterWith(grant('administrator', { kind: 'province', province: 'TH-55' }));
const HEAD = requesterWith(grant('officeHead', { kind: 'office', ...PHRAE_CDD }));

test.each<[string, Requester, object, boolean]>([
  ['the nation reaches every office', NATION, { office: 'ministry' }, true],
  ['a province reaches its offices', PROVINCE, PHRAE_CDD, true],
  ['a province reaches no other', PROVINCE, { office: 'nan-cdd', province: 'TH-55' }, false],
  ['a province reaches no office outside all provinces', PROVINCE, { office: 'ministry' }, false],
  ['an office reaches itself', OFFICE, PHRAE_CDD, true],
  ['a head registers nothing', HEAD, PHRAE_CDD, false],
])('%s', (_what, requester, place, isAllowed) => {
  expect(refusalAt(requester, 'office.register', place)?.code).toBe(isAllowed ? undefined : 'office.notYours');
});

test.each<[string, Requester, string | undefined]>([
  ['the nation', NATION, undefined],
  ['its province', PROVINCE, undefined],
  ['the office itself', OFFICE, undefined],
  ['another role at the office', HEAD, 'office.notYours'],
  ['another office of the province', requesterWith(grant('keeper', NEIGHBOUR)), 'office.notYours'],
  ['a zone that holds the province', requesterWith(grant('inspector', ZONE)), 'office.notYours'],
  ['another role for the nation', requesterWith(grant('privacyOfficer', { kind: 'nation' })), 'office.notYours'],
  ['the same role in another province', NAN, 'office.notRegistered'],
  ['nothing', requesterWith(), 'office.notRegistered'],
])('roles of an office are for those who grant them there; a grant for %s is answered so', (_what, requester, code) => {
  const state = officeDecider.evolve(officeDecider.initialState, registered());
  expect(refusalOfAccess(requester, 'office.grantRole', 'phrae-cdd', state)?.code).toBe(code);
  // What does not exist is for the decider to refuse.
  expect(refusalOfAccess(requester, 'office.grantRole', 'x', officeDecider.initialState)).toBeUndefined();
});

const PHRAE = { province: 'TH-54' };
const NAN_PROVINCE = { province: 'TH-55' };
const NAN_CDD = { office: 'nan-cdd', province: 'TH-55' };

test.each<[string, Requester, (readonly Place[] | undefined)[], (readonly Place[] | undefined)[]]>([
  ['the nation', NATION, [[PHRAE_CDD], [NAN_CDD], [PHRAE, NAN_PROVINCE], undefined], []],
  ['a province', PROVINCE, [[PHRAE_CDD], [PHRAE]], [[NAN_CDD], [PHRAE, NAN_PROVINCE], [PHRAE_CDD, NAN_CDD], undefined]],
  ['an office', OFFICE, [[PHRAE_CDD]], [[NAN_CDD], [PHRAE], undefined]],
  [
    'an office with one below it',
    requesterWith(grant('administrator', { ...OFFICE_SCOPE, below: new Map([['nan-cdd', 'TH-55']]) })),
    [[PHRAE_CDD], [PHRAE_CDD, NAN_CDD]],
    [[PHRAE]],
  ],
  [
    'a zone',
    requesterWith(grant('administrator', ZONE)),
    [[PHRAE, NAN_PROVINCE], [NAN_CDD]],
    [[{ province: 'TH-10' }]],
  ],
  ['one who grants no roles', HEAD, [], [[PHRAE_CDD], [PHRAE], undefined]],
])('%s passes on no more than it has', (_who, requester, within, beyond) => {
  expect(within.map((places) => refusalOfReach(requester, places))).toEqual(within.map(() => undefined));
  for (const places of beyond)
    expect(refusalOfReach(requester, places)).toMatchObject({ code: 'roleGrant.beyondOwnReach', pointer: '/scope' });
});

test.each([
  ['0F8FAD5B-D9CB-469F-A165-70867728950E', '0f8fad5b-d9cb-469f-a165-70867728950e'],
  ['somchai.jaidee', undefined],
])('a role is granted to a pseudonym, which is no name: %s', (grantee, read) => {
  const scope = { kind: 'nation' };
  const body = plainToInstance(GrantRoleBody, { grantee, role: 'keeper', scope, reason: 'คำสั่ง' });
  const wrong = validateSync(body).map(({ property }) => property);
  expect(read === undefined ? wrong : [body.grantee, ...wrong]).toEqual([read ?? 'grantee']);
});

test('zones are for those who register offices in the whole nation; their provinces for those who grant roles in it', () => {
  const source = { document: 'a'.repeat(64), passage: 'paragraph 1' };
  const recorder = requesterWith(grant('recorder', { kind: 'nation' }));
  for (const stated of ['zone', 'provinces'] as const) {
    expect(provenanceOfZone(undefined, NATION, stated)).toEqual({ kind: 'native' });
    for (const requester of [PROVINCE, OFFICE, HEAD])
      expect(() => provenanceOfZone(undefined, requester, stated)).toThrow(CommandRejected);
  }
  expect(provenanceOfZone(undefined, recorder, 'zone')).toEqual({ kind: 'native' });
  for (const each of [source, undefined])
    expect(() => provenanceOfZone(each, recorder, 'provinces')).toThrow(CommandRejected);
  const both = requesterWith(grant('recorder', { kind: 'nation' }), grant('administrator', { kind: 'nation' }));
  expect(provenanceOfZone(source, both, 'provinces')).toMatchObject({ kind: 'transcribed' });
});
