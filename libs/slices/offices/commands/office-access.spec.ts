import { grant, type Grant, type Requester } from '@khamrap/platform/access';
import { CommandRejected } from '@khamrap/platform/event-store';
import type { RoleScope } from '../domain/office.events';
import { refusalAt, refusalOfReach } from './office-access';
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

test('zones are for those who register offices in the whole nation', () => {
  expect(provenanceOfZone(undefined, NATION)).toEqual({ kind: 'native' });
  for (const requester of [PROVINCE, OFFICE, HEAD])
    expect(() => provenanceOfZone(undefined, requester)).toThrow(CommandRejected);
});
