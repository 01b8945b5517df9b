import { grant, knowsOf, permits, ROLES, type Grant, type Place, type Requester } from './index';

const requester = (...grants: Grant[]): Requester => ({
  issuer: 'i',
  subject: 's',
  actor: { id: 'p', role: 'r' },
  grants,
});
const ZONE = { kind: 'zone', zone: 'primeMinisterOffice-16', provinces: ['TH-54', 'TH-55'] } as const;
const DEPARTMENT = { kind: 'office', office: 'cdd', below: new Map([['nan-cdd', 'TH-55']]) } as const;
const INDICATOR = { kind: 'indicator', indicator: 'i-1' } as const;

describe('permits', () => {
  const office = { kind: 'office', office: 'phrae-cdd', province: 'TH-54' } as const;

  it.each<[what: string, grants: Grant[], place: Place, expected: boolean]>([
    [
      'the nation reaches everywhere',
      [grant('recorder', { kind: 'nation' })],
      { province: 'TH-50', office: 'x' },
      true,
    ],
    ['the nation reaches the unknown', [grant('recorder', { kind: 'nation' })], {}, true],
    [
      'a province reaches its offices',
      [grant('governor', { kind: 'province', province: 'TH-54' })],
      { province: 'TH-54', office: 'x' },
      true,
    ],
    [
      'a province ends at its border',
      [grant('governor', { kind: 'province', province: 'TH-54' })],
      { province: 'TH-57' },
      false,
    ],
    [
      'a province does not reach the unknown',
      [grant('governor', { kind: 'province', province: 'TH-54' })],
      { office: 'phrae-cdd' },
      false,
    ],
    ['an office reaches itself', [grant('officeHead', office)], { province: 'TH-54', office: 'phrae-cdd' }, true],
    [
      'an office stands in one province',
      [grant('officeHead', office)],
      { province: 'TH-57', office: 'phrae-cdd' },
      false,
    ],
    ['an office is not its province', [grant('officeHead', office)], { province: 'TH-54' }, false],
    [
      'an office is no other office',
      [grant('officeHead', office)],
      { province: 'TH-54', office: 'phrae-health' },
      false,
    ],
    ['a zone reaches its provinces', [grant('officeHead', ZONE)], { province: 'TH-55', office: 'x' }, true],
    ['a zone ends where they end', [grant('officeHead', ZONE)], { province: 'TH-57' }, false],
    ['a zone does not reach the unknown', [grant('officeHead', ZONE)], {}, false],
    ['an office reaches those below it', [grant('officeHead', DEPARTMENT)], { office: 'nan-cdd' }, true],
    [
      'each of them where it stands',
      [grant('officeHead', DEPARTMENT)],
      { office: 'nan-cdd', province: 'TH-54' },
      false,
    ],
    ['an office without a province reaches itself', [grant('officeHead', DEPARTMENT)], { office: 'cdd' }, true],
    ['an indicator is that one', [grant('officeHead', INDICATOR)], { indicator: 'i-1', province: 'TH-54' }, true],
    ['an indicator is no other', [grant('officeHead', INDICATOR)], { indicator: 'i-2', province: 'TH-54' }, false],
    ['an indicator is not its office', [grant('officeHead', INDICATOR)], { office: 'phrae-cdd' }, false],
    ['a role allows what it allows', [grant('keeper', { kind: 'nation' })], {}, false],
    ['nothing allows nothing', [], {}, false],
    [
      'one grant of several is enough',
      [grant('keeper', { kind: 'nation' }), grant('officeHead', office)],
      { office: 'phrae-cdd' },
      true,
    ],
  ])('%s', (_what, grants, place, expected) => {
    expect(permits(requester(...grants), 'agreement.sign', place)).toBe(expected);
  });

  it('keeps deciding and running apart', () => {
    expect(ROLES.administrator).not.toContain('agreement.sign');
    expect(ROLES.administrator).not.toContain('award.grant');
    for (const role of ['dashboard', 'inspector', 'naccOfficer'] as const) {
      // Who inspects decides about the inspection, and about nothing that is inspected.
      const looking = /\.(read|examine)$|^inspection\.conduct$|^question\.ask$/;
      expect(ROLES[role].filter((permission) => !looking.test(permission))).toEqual([]);
    }
  });
});

describe('what somebody may know of', () => {
  const office = { kind: 'office', office: 'phrae-cdd', province: 'TH-54' } as const;

  it.each<[what: string, grants: Grant[], place: Place, expected: boolean]>([
    ['all that is in the province', [grant('keeper', office)], { province: 'TH-54', office: 'phrae-health' }, true],
    ['nothing of another', [grant('keeper', office)], { province: 'TH-57', office: 'x' }, false],
    ['what no province has, only by reaching it', [grant('keeper', office)], { office: 'x' }, false],
    ['its own, wherever it is', [grant('keeper', INDICATOR)], { province: 'TH-57', indicator: 'i-1' }, true],
    ['the provinces of those below', [grant('officeHead', DEPARTMENT)], { province: 'TH-55', office: 'x' }, true],
    ['the provinces of the zone', [grant('inspector', ZONE)], { province: 'TH-55' }, true],
    ['all, by a role that may read all', [grant('recorder', { kind: 'nation' })], { province: 'TH-57' }, true],
    ['nothing, by one that may not', [grant('administrator', { kind: 'nation' })], { province: 'TH-57' }, false],
    ['nothing, without any', [], { province: 'TH-54' }, false],
  ])('%s', (_what, grants, place, expected) => {
    expect(knowsOf(requester(...grants), 'agreement.read', place)).toBe(expected);
  });

  it('limits a grant to what it covers, and never beyond its role', () => {
    const { permissions } = grant('delegate', office, ['agreement.sign', 'office.grantRole', 'event.preside']);
    expect([...permissions]).toEqual(['agreement.sign']);
  });
});
