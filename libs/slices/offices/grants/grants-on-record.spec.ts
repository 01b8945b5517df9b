import {
  bangkokDateOf,
  isoDate,
  NOT_STATED,
  startOfBangkokDay,
  streamName,
  ZONES,
  type IsoDate,
} from '@khamrap/kernel';
import { grant, ROLES, type Grant, type RoleName, type Scope } from '@khamrap/platform/access';
import * as fc from 'fast-check';
import type { AssignmentEvent } from '../../inspections/domain/assignments/assignment.events';
import { assignmentEnded, inspectorAssigned } from '../../inspections/domain/assignments/assignment.examples';
import {
  delegated,
  delegationEnded,
  dissolved,
  registered,
  roleEnded,
  roleGranted,
  zoneProvincesSet,
} from '../domain/office.examples';
import type { OfficeEvent, RoleScope } from '../domain/office.events';
import type { ZoneEvent } from '../domain/zone.events';
import { GrantsOnRecord } from './grants-on-record';

const day = isoDate;
const ZONE = 'primeMinisterOffice-16';
const SHIPPED = ZONES.find(({ zoneId }) => zoneId === ZONE)!.provinces;

/** An event that was recorded at noon of a day. */
interface Recorded {
  readonly stream: string;
  readonly event: OfficeEvent | ZoneEvent | AssignmentEvent;
  readonly on: IsoDate;
}

const office = (id: string, event: OfficeEvent, on = '2027-03-31'): Recorded => ({
  stream: streamName('office', id),
  event,
  on: day(on),
});
const zone = (event: ZoneEvent, on = '2027-03-31'): Recorded => ({
  stream: streamName('zone', ZONE),
  event,
  on: day(on),
});

const assignment = (event: AssignmentEvent, on = '2027-03-31'): Recorded => ({
  stream: streamName('inspection-assignment', event.data.assignmentId),
  event,
  on: day(on),
});

function recordOf(history: readonly Recorded[]): GrantsOnRecord {
  const record = new GrantsOnRecord();
  for (const { stream, event, on } of history) {
    const recordedAtMs = startOfBangkokDay(on) + 43_200_000;
    record.take({ stream: stream as never, type: event.type, data: event.data, recordedAtMs });
  }
  return record;
}

const scopesOn = (history: readonly Recorded[], on: string, of = 'pseudonym-2'): readonly Scope[] =>
  recordOf(history)
    .grantsOf(of, day(on))
    .map(({ scope }) => scope);

const given = (scope: RoleScope, changes: object = {}) => office('a', roleGranted({ scope, ...changes }));
const NATION: Recorded[] = [given({ kind: 'nation' }, { to: day('2027-04-30') })];

test.each<[string, readonly Recorded[], string, readonly Scope[]]>([
  ['before its first day', NATION, '2027-03-30', []],
  ['on its first day', NATION, '2027-03-31', [{ kind: 'nation' }]],
  ['on its last day', NATION, '2027-04-30', [{ kind: 'nation' }]],
  ['after its last day', NATION, '2027-05-01', []],
  ['ended on this very day', [...NATION, office('a', roleEnded())], '2027-03-31', []],
  [
    'for a province',
    [given({ kind: 'province', value: 'TH-54' })],
    '2027-04-01',
    [{ kind: 'province', province: 'TH-54' }],
  ],
  [
    'for a zone as it ships',
    [given({ kind: 'zone', value: ZONE })],
    '2027-04-01',
    [{ kind: 'zone', zone: ZONE, provinces: SHIPPED }],
  ],
  [
    'for a zone as it is cut on that day',
    [given({ kind: 'zone', value: ZONE }), zone(zoneProvincesSet({ effectiveFrom: day('2027-04-01') }))],
    '2027-04-01',
    [{ kind: 'zone', zone: ZONE, provinces: ['TH-54', 'TH-55'] }],
  ],
  [
    'for an office, with those below it however they are told',
    [
      office('c', registered({ parentOfficeId: 'b' })),
      given({ kind: 'office', value: 'a' }),
      office('b', registered({ parentOfficeId: 'a' })),
      office('a', registered({ parentOfficeId: 'c' })),
    ],
    '2027-04-01',
    [
      {
        kind: 'office',
        office: 'a',
        province: 'TH-54',
        below: new Map([
          ['b', 'TH-54'],
          ['c', 'TH-54'],
        ]),
      },
    ],
  ],
  [
    'for an office in a province, and none below it in another one or in none',
    [
      given({ kind: 'office', value: 'a' }),
      office('a', registered({ province: 'TH-57' })),
      office('b', registered({ parentOfficeId: 'a' })),
      office('c', registered({ parentOfficeId: 'a', province: undefined, kind: 'department' })),
      office('d', registered({ parentOfficeId: 'c', province: 'TH-57' })),
    ],
    '2027-04-01',
    [{ kind: 'office', office: 'a', province: 'TH-57' }],
  ],
  [
    'for an office without a province, with those of several',
    [
      given({ kind: 'office', value: 'a' }),
      office('a', registered({ province: undefined, kind: 'department' })),
      office('b', registered({ parentOfficeId: 'a' })),
      office('c', registered({ parentOfficeId: 'a', province: 'TH-55' })),
      office('d', registered({ parentOfficeId: 'c', province: 'TH-56' })),
    ],
    '2027-04-01',
    [
      {
        kind: 'office',
        office: 'a',
        below: new Map([
          ['b', 'TH-54'],
          ['c', 'TH-55'],
        ]),
      },
    ],
  ],
  [
    'for an office that is not registered, whatever names it',
    [given({ kind: 'office', value: 'a' }), office('b', registered({ parentOfficeId: 'a' }))],
    '2027-04-01',
    [{ kind: 'office', office: 'a' }],
  ],
  [
    'for an office on its last day',
    [given({ kind: 'office', value: 'b' }), office('b', dissolved({ on: day('2027-04-30') }))],
    '2027-04-30',
    [{ kind: 'office', office: 'b' }],
  ],
  [
    'for an office that is no more',
    [given({ kind: 'office', value: 'b' }), office('b', dissolved({ on: day('2027-04-30') }))],
    '2027-05-01',
    [],
  ],
  [
    'for an indicator',
    [given({ kind: 'indicator', value: 'i' })],
    '2027-04-01',
    [{ kind: 'indicator', indicator: 'i' }],
  ],
  ['in a role that there is no more', [given({ kind: 'nation' }, { role: 'emperor' })], '2027-04-01', []],
])('a role %s', (_what, history, on, scopes) => {
  expect(scopesOn(history, on)).toEqual(scopes);
});

const acting = (changes: object = {}) => office('a', delegated({ delegate: 'pseudonym-2', ...changes }), '2027-01-01');
const below = office('b', registered({ parentOfficeId: 'a' }));

test.each<[string, readonly Recorded[], string, readonly Scope[]]>([
  ['gives nobody anything where it is not said who acts', [office('a', delegated())], '2027-03-31', []],
  ['holds at the office alone', [acting(), below], '2027-03-31', [{ kind: 'office', office: 'a' }]],
  [
    'holds at those below where that is said',
    [acting({ coversBelow: true }), office('a', registered()), below],
    '2027-03-31',
    [{ kind: 'office', office: 'a', province: 'TH-54', below: new Map([['b', 'TH-54']]) }],
  ],
  ['holds on no day that is not stated', [acting({ from: NOT_STATED })], '2027-03-31', []],
  [
    'goes on until an end that lies ahead',
    [acting(), office('a', delegationEnded({ on: day('2027-04-15') }))],
    '2027-04-15',
    [{ kind: 'office', office: 'a' }],
  ],
  ['does not outlive it', [acting(), office('a', delegationEnded({ on: day('2027-04-15') }))], '2027-04-16', []],
  [
    'is over at once when it ends today',
    [acting(), office('a', delegationEnded({ on: day('2027-03-31') }))],
    '2027-03-31',
    [],
  ],
  [
    'is over at once when no day is stated',
    [acting(), office('a', delegationEnded({ on: NOT_STATED }))],
    '2027-03-31',
    [],
  ],
])('a delegation %s', (_what, history, on, scopes) => {
  expect(scopesOn(history, on)).toEqual(scopes);
});

test('a delegation covers what its order names, and never more than its role', () => {
  const record = recordOf([acting({ scope: ['agreement.sign', 'office.grantRole', 'event.preside'] })]);
  const [held] = record.grantsOf('pseudonym-2', day('2027-03-31'));
  expect([held?.role, [...(held?.permissions ?? [])]]).toEqual(['delegate', ['agreement.sign']]);
});

const assigned = (changes: object = {}) => assignment(inspectorAssigned({ to: undefined, ...changes }));
const PART = [{ kind: 'zone', zone: 'primeMinisterOffice-5', provinces: ['TH-84', 'TH-86'] }] as const;
const endedOn = (on: string) => assignment(assignmentEnded({ on: day(on) }));
const OF_BODY = [assigned(), office('example-department', dissolved({ on: day('2027-04-15') }))];

test.each<[string, readonly Recorded[], string, readonly Scope[]]>([
  ['does not hold before its first day', [assigned()], '2027-03-30', []],
  ['holds for the part of the zone that was assigned', [assigned()], '2027-03-31', PART],
  [
    'holds for the same when the zone is cut otherwise',
    [
      assigned(),
      {
        stream: streamName('zone', 'primeMinisterOffice-5'),
        event: zoneProvincesSet({ effectiveFrom: day('2027-04-01'), provinces: ['TH-80', 'TH-84'] }),
        on: day('2027-03-31'),
      },
    ],
    '2027-04-02',
    PART,
  ],
  ['holds on its last day', [assigned({ to: day('2027-04-30') })], '2027-04-30', PART],
  ['does not hold after it', [assigned({ to: day('2027-04-30') })], '2027-05-01', []],
  ['holds until an end that lies ahead', [assigned(), endedOn('2027-04-15')], '2027-04-15', PART],
  ['does not outlive that', [assigned(), endedOn('2027-04-15')], '2027-04-16', []],
  ['is over at once when it ends today', [assigned(), endedOn('2027-03-31')], '2027-03-31', []],
  [
    'is over at once whatever end was said before',
    [assigned(), endedOn('2027-04-15'), endedOn('2027-03-31')],
    '2027-03-31',
    [],
  ],
  ['holds on the last day of the office for which somebody inspects', OF_BODY, '2027-04-15', PART],
  ['does not outlive that office', OF_BODY, '2027-04-16', []],
])('an assignment %s', (_what, history, on, scopes) => {
  expect(scopesOn(history, on)).toEqual(scopes);
});

test('whoever is assigned is an inspector, several times where they are assigned several times', () => {
  const other = assigned({ assignmentId: 'assignment-2', provinces: ['TH-93'] });
  const grants = recordOf([assigned(), other]).grantsOf('pseudonym-2', day('2027-03-31'));
  expect(grants.map(({ role, scope }) => [role, scope.kind === 'zone' && scope.provinces])).toEqual([
    ['inspector', ['TH-84', 'TH-86']],
    ['inspector', ['TH-93']],
  ]);
  expect(grants[0]?.permissions).toEqual(new Set(ROLES.inspector));
});

test('the same objects are answered until something changes', () => {
  const record = recordOf([given({ kind: 'nation' })]);
  const first = record.grantsOf('pseudonym-2', day('2027-04-01'));
  expect(record.grantsOf('pseudonym-2', day('2027-04-01'))).toBe(first);
  record.give('other', {
    grantee: 'pseudonym-9',
    role: 'keeper',
    scope: { kind: 'nation' },
    coversBelow: true,
    from: day('2027-01-01'),
  });
  expect(record.grantsOf('pseudonym-2', day('2027-04-01'))).toBe(first);
  record.end('grant-1', NOT_STATED, Date.parse('2027-04-01T05:00:00Z'));
  expect(record.grantsOf('pseudonym-2', day('2027-04-01'))).toEqual([]);
  expect([
    record.isHeldByAnybody('agreement.report', day('2027-04-01')),
    record.isHeldByAnybody('office.grantRole', day('2027-04-01')),
  ]).toEqual([true, false]);
});

test('who may do something in the whole nation is told by their grants, and for which offices there are roles', () => {
  const nation = { kind: 'nation' } as const;
  const record = recordOf([
    given(nation, { grantId: 'g1', role: 'administrator' }),
    given(nation, { grantId: 'g2', role: 'administrator', to: day('2027-04-01') }),
    given(nation, { grantId: 'g3', role: 'administrator' }),
    given(nation, { grantId: 'g4', role: 'recorder' }),
    given({ kind: 'province', value: 'TH-54' }, { grantId: 'g5', role: 'administrator' }),
    given({ kind: 'office', value: 'b' }, { grantId: 'g6', to: day('2027-04-01') }),
    office('a', roleEnded({ grantId: 'g3' })),
  ]);
  expect(record.heldForNation('office.grantRole', day('2027-04-01'))).toEqual(['g1', 'g2']);
  expect(record.heldForNation('office.grantRole', day('2027-04-02'))).toEqual(['g1']);
  expect(['2027-04-01', '2027-04-02'].map((on) => record.isScope('b', day(on)))).toEqual([true, false]);
  expect(record.isScope('a', day('2027-04-01'))).toBe(false);
  const inspecting = recordOf([
    assigned({ to: day('2027-04-01') }),
    assigned({ assignmentId: 'assignment-2', provinces: ['TH-86', 'TH-93'], from: day('2027-06-01') }),
  ]);
  const inspectedOn = (on: string) => inspecting.inspectedFor('example-department', day(on));
  expect([inspectedOn('2027-04-01'), inspectedOn('2027-04-02')]).toEqual([
    ['TH-84', 'TH-86', 'TH-93'],
    ['TH-86', 'TH-93'],
  ]);
});

// Random histories against a model that keeps nothing but the events, and works everything out anew for each question.

const PERSONS = ['pseudonym-1', 'pseudonym-2', 'pseudonym-3'];
const OFFICES = ['a', 'b', 'c', 'd'];
const days = fc.integer({ min: 1, max: 12 }).map((number) => day(`2027-03-${String(number).padStart(2, '0')}`));
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });
const offices = fc.constantFrom(...OFFICES);
const ids = fc.integer({ min: 1, max: 12 }).map(String);
const scopes: fc.Arbitrary<RoleScope> = fc.oneof(
  fc.constant({ kind: 'nation' } as const),
  fc.constant({ kind: 'province', value: 'TH-54' } as const),
  fc.constant({ kind: 'zone', value: ZONE } as const),
  offices.map((value) => ({ kind: 'office', value }) as const),
);
const early = fc.integer({ min: 1, max: 4 }).map((number) => day(`2027-03-0${number}`));
const late = fc.integer({ min: 5, max: 12 }).map((number) => day(`2027-03-${String(number).padStart(2, '0')}`));
const roles = fc.constantFrom('keeper', 'governor', 'no-role');
const giving = fc.oneof(
  fc
    .tuple(ids, fc.constantFrom(...PERSONS), scopes, early, maybe(late), roles)
    .map(([id, grantee, scope, from, to, role]) =>
      office('a', roleGranted({ grantId: `r${id}`, grantee, scope, from, to, role })),
    ),
  fc
    .tuple(ids, maybe(fc.constantFrom(...PERSONS)), offices, early, maybe(late), maybe(fc.boolean()))
    .map(([id, delegate, at, from, to, coversBelow]) =>
      office(at, delegated({ delegationId: `d${id}`, delegate, from, to, coversBelow })),
    ),
  fc
    .tuple(
      ids,
      fc.constantFrom(...PERSONS),
      offices,
      early,
      maybe(late),
      fc.constantFrom(['TH-54'], ['TH-90', 'TH-93']),
    )
    .map(([id, inspector, officeId, from, to, provinces]) =>
      assignment(inspectorAssigned({ assignmentId: `i${id}`, inspector, officeId, from, to, provinces })),
    ),
);
const dayOrNot = fc.oneof(days, fc.constant(NOT_STATED));
const changing = fc.oneof(
  fc
    .tuple(offices, maybe(offices), maybe(fc.constantFrom('TH-54', 'TH-55')))
    .map(([id, parentOfficeId, province]) => office(id, registered({ parentOfficeId, province }))),
  fc.tuple(offices, dayOrNot).map(([id, on]) => office(id, dissolved({ on }))),
  ids.map((id) => office('a', roleEnded({ grantId: `r${id}` }))),
  fc.tuple(ids, dayOrNot).map(([id, on]) => office('a', delegationEnded({ delegationId: `d${id}`, on }))),
  fc.tuple(ids, days).map(([id, on]) => assignment(assignmentEnded({ assignmentId: `i${id}`, on }))),
  fc
    .tuple(dayOrNot, fc.subarray(['TH-54', 'TH-55', 'TH-56'], { minLength: 1 }))
    .map(([effectiveFrom, provinces]) => zone(zoneProvincesSet({ effectiveFrom, provinces }))),
);
const happening = fc.oneof({ arbitrary: giving, weight: 2 }, { arbitrary: changing, weight: 1 });

/** What no decider would let happen is left out: something given, registered or ended twice, or before it was given. */
function sound(history: readonly Recorded[]): readonly Recorded[] {
  const once = new Set<string>();
  return history.filter(({ stream, event }) => {
    const data = event.data as {
      readonly grantId?: string;
      readonly delegationId?: string;
      readonly assignmentId?: string;
      readonly effectiveFrom?: string;
    };
    const id = data.grantId ?? data.delegationId ?? data.assignmentId;
    const isEnd = event.type.endsWith('Ended');
    if (isEnd && !once.has(`given ${id}`)) return false;
    const key =
      id === undefined ? `${stream} ${event.type} ${data.effectiveFrom}` : `${isEnd ? 'ended' : 'given'} ${id}`;
    if (once.has(key)) return false;
    once.add(key);
    return true;
  });
}

function naive(history: readonly Recorded[], person: string, on: IsoDate): readonly Grant[] {
  const isOver = (stated: string, recordedOn: IsoDate): boolean =>
    stated === NOT_STATED || stated <= recordedOn || stated < on;
  const provinceOf = (id: string): string | undefined => {
    const found = history.find(({ stream, event }) => stream === `office-${id}` && event.type === 'OfficeRegistered');
    return (found?.event.data as { province?: string } | undefined)?.province;
  };
  const isRegistered = (id: string): boolean =>
    history.some(({ stream, event }) => stream === `office-${id}` && event.type === 'OfficeRegistered');
  const isBelow = (id: string, above: string, steps = OFFICES.length): boolean => {
    const found = history.find(({ stream, event }) => stream === `office-${id}` && event.type === 'OfficeRegistered');
    const parent = (found?.event.data as { parentOfficeId?: string } | undefined)?.parentOfficeId;
    if (parent === undefined || steps === 0 || !isRegistered(parent)) return false;
    if (![undefined, provinceOf(id)].includes(provinceOf(parent))) return false;
    return parent === above || isBelow(parent, above, steps - 1);
  };
  const officeScope = (id: string, coversBelow: boolean): Scope[] => {
    const isNoMore = history.some(
      ({ stream, event, on: recordedOn }) =>
        stream === `office-${id}` && event.type === 'OfficeDissolved' && isOver(event.data.on, recordedOn),
    );
    if (isNoMore) return [];
    const under = OFFICES.filter((each) => coversBelow && each !== id && isBelow(each, id));
    const province = provinceOf(id);
    return [
      {
        kind: 'office',
        office: id,
        ...(province !== undefined && { province }),
        ...(under.length > 0 && { below: new Map(under.map((each) => [each, provinceOf(each)])) }),
      },
    ];
  };
  const provinces = (): readonly string[] => {
    const sets = history.flatMap(({ event }) => (event.type === 'ZoneProvincesSet' ? [event.data] : []));
    const dated = sets.filter(({ effectiveFrom }) => effectiveFrom !== NOT_STATED && effectiveFrom <= on);
    const latest = dated.toSorted((one, other) => one.effectiveFrom.localeCompare(other.effectiveFrom)).at(-1);
    return (latest ?? sets.find(({ effectiveFrom }) => effectiveFrom === NOT_STATED))?.provinces ?? SHIPPED;
  };
  const scopeOf = ({ kind, value = '' }: RoleScope): Scope[] => {
    if (kind === 'nation') return [{ kind }];
    if (kind === 'province') return [{ kind, province: value }];
    if (kind === 'zone') return [{ kind, zone: value, provinces: provinces() }];
    return officeScope(value, true);
  };
  const isEnded = (id: string): boolean =>
    history.some(
      ({ event, on: recordedOn }) =>
        (event.type === 'RoleEnded' && event.data.grantId === id) ||
        (event.type === 'InspectorAssignmentEnded' &&
          event.data.assignmentId === id &&
          isOver(event.data.on, recordedOn)) ||
        (event.type === 'DelegationEnded' && event.data.delegationId === id && isOver(event.data.on, recordedOn)),
    );
  return history.flatMap(({ stream, event }) => {
    if (event.type === 'RoleGranted') {
      const { grantId, grantee, role, scope, from, to } = event.data;
      if (grantee !== person || from > on || (to !== undefined && to < on) || isEnded(grantId)) return [];
      return Object.hasOwn(ROLES, role) ? scopeOf(scope).map((each) => grant(role as RoleName, each)) : [];
    }
    if (event.type === 'InspectorAssigned') {
      const { assignmentId, inspector, officeId, zone: of, provinces: assigned, from, to } = event.data;
      if (inspector !== person || from > on || (to !== undefined && to < on) || isEnded(assignmentId)) return [];
      const scope = { kind: 'zone', zone: of.zoneId, provinces: assigned } as const;
      return officeScope(officeId, false).map(() => grant('inspector', scope));
    }
    if (event.type === 'DelegationGranted') {
      const { delegationId, delegate, scope, from, to, coversBelow = false } = event.data;
      if (delegate !== person || from > on || (to !== undefined && to < on) || isEnded(delegationId)) return [];
      return officeScope(stream.slice('office-'.length), coversBelow).map((each) => grant('delegate', each, scope));
    }
    return [];
  });
}

test('a record that goes along with events tells what a model tells that reads them all anew', () => {
  let held = 0;
  fc.assert(
    fc.property(fc.array(fc.tuple(happening, days), { maxLength: 40, size: 'max' }), (happened) => {
      const recordedOn = happened.map(([, on]) => on).toSorted();
      const history = sound(happened.map(([each], index) => ({ ...each, on: recordedOn[index]! })));
      const record = new GrantsOnRecord();
      history.forEach(({ stream, event, on }, index) => {
        record.take({
          stream: stream as never,
          type: event.type,
          data: event.data,
          recordedAtMs: startOfBangkokDay(on),
        });
        expect(bangkokDateOf(startOfBangkokDay(on))).toBe(on);
        // Asked in between, so that what was worked out has to be forgotten in time.
        const told = history.slice(0, index + 1);
        for (const person of PERSONS) {
          const asked = day('2027-03-06');
          expect(record.grantsOf(person, asked)).toEqual(naive(told, person, asked));
        }
      });
      for (const asked of ['2027-03-01', '2027-03-04', '2027-03-08', '2027-03-13'].map((text) => day(text)))
        for (const person of PERSONS) {
          const grants = record.grantsOf(person, asked);
          held += grants.length;
          expect(grants).toEqual(naive(history, person, asked));
        }
    }),
    { numRuns: 150 },
  );
  expect(held).toBeGreaterThan(500);
});
