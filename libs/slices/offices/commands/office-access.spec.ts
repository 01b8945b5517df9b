import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { grant, type Grant, type Requester } from '@khamrap/platform/access';
import { CommandRejected } from '@khamrap/platform/event-store';
import type { RoleScope } from '../domain/office.events';
import { officeDecider } from '../domain/office.decider';
import { registered, roleGranted } from '../domain/office.examples';
import { GrantRoleBody } from './grant-role';
import { refusalAt, refusalOfEnding, refusalOfReach } from './office-access';
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
const OFFICE = requesterWith(grant('administrator', { kind: 'office', ...PHRAE_CDD }));
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

const own: RoleScope = { kind: 'office', value: 'phrae-cdd' };
const neighbour: RoleScope = { kind: 'office', value: 'nan-cdd' };
const phrae: RoleScope = { kind: 'province', value: 'TH-54' };
const nan: RoleScope = { kind: 'province', value: 'TH-55' };
const anywhere: RoleScope[] = [{ kind: 'nation' }, { kind: 'zone', value: 'z' }, { kind: 'indicator', value: 'i' }];

test.each<[string, Requester, RoleScope[], RoleScope[]]>([
  ['the nation', NATION, [own, neighbour, phrae, nan, ...anywhere], []],
  ['a province', PROVINCE, [own, phrae], [neighbour, nan, ...anywhere]],
  ['an office', OFFICE, [own], [neighbour, phrae, nan, ...anywhere]],
  ['one who grants no roles', HEAD, [], [own, phrae, ...anywhere]],
])('%s passes on no more than it has', (_who, requester, within, beyond) => {
  expect(within.map((scope) => refusalOfReach(requester, scope, PHRAE_CDD))).toEqual(within.map(() => undefined));
  for (const scope of beyond)
    expect(refusalOfReach(requester, scope, PHRAE_CDD)).toMatchObject({
      code: 'roleGrant.beyondOwnReach',
      pointer: '/scope',
    });
});

test.each<[string, Requester, RoleScope, string | undefined]>([
  ['by the nation', NATION, { kind: 'nation' }, undefined],
  ['by the province to which it is limited', PROVINCE, phrae, undefined],
  ['by no province where it reaches further', PROVINCE, { kind: 'nation' }, 'roleGrant.beyondOwnReach'],
  ['by no office where it reaches the province', OFFICE, phrae, 'roleGrant.beyondOwnReach'],
  ['by nobody who grants no roles', HEAD, own, 'office.notYours'],
])('a role is ended %s', (_what, requester, scope, code) => {
  const state = [registered(), roleGranted({ scope })].reduce(
    (folded, event) => officeDecider.evolve(folded, event),
    officeDecider.initialState,
  );
  expect(refusalOfEnding(requester, 'grant-1', 'phrae-cdd', state)?.code).toBe(code);
  // What does not exist is for the decider to refuse.
  expect(refusalOfEnding(NATION, 'another', 'phrae-cdd', state)).toBeUndefined();
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

test('zones are for those who register offices in the whole nation', () => {
  expect(provenanceOfZone(undefined, NATION)).toEqual({ kind: 'native' });
  for (const requester of [PROVINCE, OFFICE, HEAD])
    expect(() => provenanceOfZone(undefined, requester)).toThrow(CommandRejected);
});
