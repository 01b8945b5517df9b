import { grant, permits, ROLES, type Grant, type Requester } from './index';

describe('permits', () => {
  const requester = (...grants: Grant[]): Requester => ({
    issuer: 'i',
    subject: 's',
    actor: { id: 'p', role: 'r' },
    grants,
  });
  const office = { kind: 'office', office: 'phrae-cdd', province: 'TH-54' } as const;

  it.each<[what: string, grants: Grant[], place: { province?: string; office?: string }, expected: boolean]>([
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
    for (const role of ['dashboard', 'inspector'] as const) {
      expect(ROLES[role].filter((permission) => !/\.(read|examine)$/.test(permission))).toEqual([]);
    }
  });
});
