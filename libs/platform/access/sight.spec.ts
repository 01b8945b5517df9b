import {
  FULL_SIGHT,
  grant,
  PUBLIC_SIGHT,
  sees,
  sightNow,
  sightOf,
  type Grant,
  type Requester,
  type Sight,
} from './index';

const requester = (...grants: Grant[]): Requester => ({
  issuer: 'i',
  subject: 's',
  actor: { id: 'p', role: 'r' },
  grants,
});
const BELOW = new Map([
  ['phrae-cdd', 'TH-54'],
  ['nan-cdd', 'TH-55'],
]);

describe('how far somebody sees', () => {
  it('is nothing without a token, and nothing by a role that does not allow it', () => {
    expect(sightOf(undefined, 'standings.read')).toEqual(PUBLIC_SIGHT);
    expect(sightOf(requester(grant('privacyOfficer', { kind: 'nation' })), 'standings.read')).toEqual(PUBLIC_SIGHT);
  });

  it('is everything with one grant for the nation', () => {
    const grants = [
      grant('keeper', { kind: 'office', office: 'phrae-cdd', province: 'TH-54' }),
      grant('recorder', { kind: 'nation' }),
    ];
    expect(sightOf(requester(...grants), 'standings.read')).toEqual(FULL_SIGHT);
  });

  it('is all of what several grants reach, each once', () => {
    const grants = [
      grant('governor', { kind: 'province', province: 'TH-54' }),
      grant('inspector', { kind: 'zone', zone: 'primeMinisterOffice-16', provinces: ['TH-54', 'TH-55'] }),
      grant('officeHead', { kind: 'office', office: 'cdd', below: BELOW }),
      grant('keeper', { kind: 'indicator', indicator: 'i-1' }),
    ];
    expect(sightOf(requester(...grants), 'standings.read')).toEqual({
      kind: 'within',
      provinces: ['TH-54', 'TH-55'],
      offices: [
        { office: 'cdd' },
        { office: 'phrae-cdd', province: 'TH-54' },
        { office: 'nan-cdd', province: 'TH-55' },
      ],
      indicators: ['i-1'],
    });
  });

  it.each<[string, Parameters<typeof sees>[1], boolean]>([
    ['in a province', { province: 'TH-54', offices: [] }, true],
    ['of an office', { province: 'TH-10', offices: ['other', 'cdd'] }, true],
    ['of an office in its province', { province: 'TH-57', offices: ['rai-cdd'] }, true],
    ['of an office, and nobody knows where', { province: null, offices: ['rai-cdd'] }, true],
    ['of an office, and nothing is said of where', { offices: ['rai-cdd'] }, true],
    ['of the same code in another province', { province: 'TH-10', offices: ['rai-cdd'] }, false],
    ['of an indicator', { offices: [], indicators: ['i-1'] }, true],
    ['elsewhere', { province: 'TH-10', offices: ['other'], indicators: ['i-2'] }, false],
    ['nobody knows where', { province: null, offices: [] }, false],
  ])('reaches what is %s: %s', (_what, place, isSeen) => {
    const offices = [{ office: 'cdd' }, { office: 'rai-cdd', province: 'TH-57' }];
    const sight: Sight = { kind: 'within', provinces: ['TH-54'], offices, indicators: ['i-1'] };
    expect(sees(sight, place)).toBe(isSeen);
    expect(sees(FULL_SIGHT, place)).toBe(true);
    expect(sees(PUBLIC_SIGHT, place)).toBe(false);
  });

  it('is asked anew of whoever knows the grants, by the one whom it is about', async () => {
    const governor = requester(grant('governor', { kind: 'province', province: 'TH-54' }));
    const asked: unknown[] = [];
    let grants = governor.grants;
    const reader = { grantsOf: (person: unknown) => (asked.push(person), grants) };
    const now = sightNow(reader, governor, 'standings.read');
    expect(await now()).toEqual(sightOf(governor, 'standings.read'));
    grants = [];
    expect(await now()).toEqual(PUBLIC_SIGHT);
    expect(await sightNow(reader, undefined, 'standings.read')()).toEqual(PUBLIC_SIGHT);
    expect(asked).toEqual(Array.from({ length: 2 }, () => ({ issuer: 'i', subject: 's', pseudonym: 'p' })));
  });
});
