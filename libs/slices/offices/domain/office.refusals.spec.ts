import { isoDate, NOT_STATED } from '@khamrap/kernel';
import { specification } from '@khamrap/testing';
import type { OfficeCommand } from './office.commands';
import { officeDecider } from './office.decider';
import type { OfficeEvent } from './office.events';
import {
  ACTOR,
  appointed,
  appointHolder,
  delegated,
  delegationEnded,
  dissolved,
  dissolveOffice,
  endDelegation,
  endHolder,
  endRole,
  grantDelegation,
  grantRole,
  left,
  OFFICE,
  registered,
  registerOffice,
  renameOffice,
  registerZone,
  roleEnded,
  roleGranted,
  setZoneProvinces,
  TRANSCRIBED,
  zoneRegistered,
} from './office.examples';
import { officeRefusals, type OfficeRefusal } from './office.refusals';
import { zoneDecider, type ZoneCommand } from './zone.decider';
import type { ZoneEvent } from './zone.events';

const day = isoDate;

interface Refused<Command, Event> {
  readonly given?: readonly Event[];
  readonly when: Command;
  readonly facts?: Record<string, string | number>;
  readonly pointer?: string;
}

const afterwards = [
  renameOffice(),
  dissolveOffice(),
  appointHolder(),
  endHolder(),
  grantDelegation(),
  endDelegation(),
  grantRole(),
  endRole(),
];
const HELD = [registered(), appointed()];
const DISSOLVED = [registered(), dissolved()];
const DELEGATED = [registered(), delegated({ to: day('2027-09-30') })];
const GRANTED = [registered(), roleGranted()];

/** Each way in which an office's rules refuse, by the code that they refuse with. */
const refusedByOffice: Partial<Record<OfficeRefusal, readonly Refused<OfficeCommand, OfficeEvent>[]>> = {
  'office.notRegistered': afterwards.map((when) => ({ given: [], when })),
  'office.alreadyRegistered': [
    { when: registerOffice() },
    { given: DISSOLVED, when: registerOffice({ nameTh: 'สำนักงานอื่น' }) },
  ],
  'office.dissolved': [renameOffice(), dissolveOffice(), appointHolder(), grantDelegation(), grantRole()].map(
    (when) => ({ given: DISSOLVED, when }),
  ),
  'office.provinceMissing': (
    [
      'province',
      'governorOffice',
      'provincialOffice',
      'district',
      'provincialCommittee',
      'localAdministration',
    ] as const
  ).map((kind) => ({
    given: [],
    when: { ...registerOffice(), data: { nameTh: 'ตัวอย่าง', kind } },
    facts: { kind },
    pointer: '/province',
  })),
  'office.provinceUnknown': [
    { given: [], when: registerOffice({ province: 'TH-99' }), facts: { province: 'TH-99' }, pointer: '/province' },
    { when: grantRole({ scope: { kind: 'province', value: 'TH-28' } }), pointer: '/scope/value' },
  ],
  'office.ownParent': [{ given: [], when: registerOffice({ parentOfficeId: OFFICE }), pointer: '/parentOfficeId' }],
  'office.ownSuccessor': [{ when: dissolveOffice({ successorOfficeId: OFFICE }), pointer: '/successorOfficeId' }],
  'office.dissolvedBeforeBegun': [
    { given: HELD, when: dissolveOffice({ on: day('2026-09-30') }), facts: { from: '2026-10-01' }, pointer: '/on' },
    {
      given: DELEGATED,
      when: dissolveOffice({ on: day('2026-12-31') }),
      facts: { from: '2027-01-01' },
      pointer: '/on',
    },
  ],
  'office.heldAfterwards': [
    {
      given: [registered(), appointed({ until: day('2027-04-01') })],
      when: dissolveOffice(),
      facts: { personName: 'สมมุติ ตัวอย่าง', from: '2026-10-01' },
      pointer: '/on',
    },
    { given: DISSOLVED, when: appointHolder({ until: day('2027-04-01') }), pointer: '/until' },
    {
      given: DISSOLVED,
      when: appointHolder({ from: day('2027-04-01'), until: NOT_STATED }, TRANSCRIBED),
      pointer: '/until',
    },
  ],
  'office.sourceNeeded': [
    { when: renameOffice({ from: NOT_STATED }), pointer: '/from' },
    { when: dissolveOffice({ on: NOT_STATED }), pointer: '/on' },
    { when: appointHolder({ from: NOT_STATED }), pointer: '/from' },
    { when: appointHolder({ until: NOT_STATED }), pointer: '/until' },
    { given: HELD, when: endHolder({ on: NOT_STATED }), pointer: '/on' },
    { given: HELD, when: endHolder({ reason: NOT_STATED }), pointer: '/reason' },
    { when: grantDelegation({ from: NOT_STATED }), pointer: '/from' },
    { when: grantDelegation({ scope: [] }), pointer: '/scope' },
    { given: DELEGATED, when: endDelegation({ on: NOT_STATED }), pointer: '/on' },
  ],
  'holder.alreadyHeld': [
    {
      given: HELD,
      when: appointHolder({ personName: 'คนอื่น', from: day('2027-10-01') }),
      facts: { personName: 'สมมุติ ตัวอย่าง', from: '2026-10-01' },
    },
    { given: [registered(), appointed({ from: NOT_STATED })], when: appointHolder() },
  ],
  'holder.overlaps': [
    { given: [...HELD, left()], when: appointHolder({ from: day('2027-02-28') }), pointer: '/from' },
    { given: HELD, when: appointHolder({ from: day('2025-10-01'), until: day('2026-10-01') }), pointer: '/from' },
    {
      given: [registered(), appointed({ until: day('2027-03-01') }), appointed({ from: NOT_STATED })],
      when: endHolder(),
      facts: { from: '2026-10-01' },
      pointer: '/on',
    },
    {
      given: [registered(), appointed({ until: day('2027-04-01') }), appointed({ from: NOT_STATED })],
      when: dissolveOffice(),
      pointer: '/on',
    },
  ],
  'holder.vacant': [{ when: endHolder() }, { given: [...HELD, left()], when: endHolder() }],
  'holder.spanReversed': [
    { when: appointHolder({ until: day('2026-09-30') }), pointer: '/until' },
    { given: HELD, when: endHolder({ on: day('2026-09-30') }), pointer: '/on' },
  ],
  'delegation.alreadyGranted': [{ given: DELEGATED, when: grantDelegation() }],
  'delegation.toHolder': [
    {
      given: HELD,
      when: grantDelegation({ personName: 'สมมุติ ตัวอย่าง', kind: 'actingFor' }),
      facts: { personName: 'สมมุติ ตัวอย่าง' },
      pointer: '/personName',
    },
  ],
  'delegation.orderNeeded': [
    {
      when: { ...grantDelegation(), data: { ...grantDelegation().data, orderReference: undefined } },
      pointer: '/orderReference',
    },
  ],
  'delegation.toOneself': [{ when: grantDelegation({ delegate: ACTOR }), pointer: '/delegate' }],
  'delegation.termsNeeded': [
    { when: grantDelegation({ delegate: 'pseudonym-3', from: NOT_STATED }, TRANSCRIBED), pointer: '/from' },
    { when: grantDelegation({ delegate: 'pseudonym-3', scope: [] }, TRANSCRIBED), pointer: '/scope' },
  ],
  'delegation.delegateNeeded': [{ when: grantDelegation({ coversBelow: true }), pointer: '/coversBelow' }],
  'delegation.spanReversed': [{ when: grantDelegation({ to: day('2026-12-31') }), pointer: '/to' }],
  'delegation.unknown': [{ given: DELEGATED, when: endDelegation({ delegationId: 'another' }) }],
  'delegation.alreadyEnded': [{ given: [...DELEGATED, delegationEnded()], when: endDelegation() }],
  'delegation.endOutsideSpan': [
    { given: DELEGATED, when: endDelegation({ on: day('2026-12-31') }), facts: { from: '2027-01-01' }, pointer: '/on' },
    { given: DELEGATED, when: endDelegation({ on: day('2027-10-01') }), facts: { to: '2027-09-30' }, pointer: '/on' },
  ],
  'roleGrant.toOneself': [{ when: grantRole({ grantee: ACTOR }), pointer: '/grantee' }],
  'roleGrant.alreadyGranted': [
    { given: GRANTED, when: grantRole(), facts: { grantId: 'grant-1' } },
    { given: GRANTED, when: grantRole({ grantId: 'grant-2', from: day('2027-10-01') }), facts: { grantId: 'grant-1' } },
    {
      given: [registered(), roleGranted({ from: day('2027-06-01') })],
      when: grantRole({ grantId: 'grant-2', to: day('2027-06-01') }),
    },
  ],
  'roleGrant.scopeContradicted': [
    { when: grantRole({ scope: { kind: 'nation', value: 'TH-54' } }), facts: { kind: 'nation' }, pointer: '/scope' },
    { when: grantRole({ scope: { kind: 'zone' } }), facts: { kind: 'zone' }, pointer: '/scope' },
  ],
  'roleGrant.scopeUnknown': [
    { when: { ...grantRole(), isScopeKnown: false }, facts: { kind: 'office' }, pointer: '/scope/value' },
    {
      when: grantRole({ scope: { kind: 'indicator', value: 'indicator-1' } }),
      facts: { kind: 'indicator' },
      pointer: '/scope/value',
    },
  ],
  'roleGrant.onlyByDelegation': [{ when: grantRole({ role: 'delegate' }), pointer: '/role' }],
  'roleGrant.fromInThePast': [
    { when: grantRole({ from: day('2027-03-30') }), facts: { decidedOn: '2027-03-31' }, pointer: '/from' },
  ],
  'roleGrant.spanReversed': [
    { when: grantRole({ to: day('2027-03-30') }), pointer: '/to' },
    { when: grantRole({ from: day('2027-06-01'), to: day('2027-05-31') }), pointer: '/to' },
  ],
  'roleGrant.unknown': [{ given: GRANTED, when: endRole({ grantId: 'another' }) }],
  'roleGrant.alreadyEnded': [
    { given: [...GRANTED, roleEnded()], when: endRole() },
    { given: [registered(), roleGranted({ from: day('2027-01-01'), to: day('2027-03-30') })], when: endRole() },
  ],
};

/** The same of a zone's rules. */
const refusedByZone: Partial<Record<OfficeRefusal, readonly Refused<ZoneCommand, ZoneEvent>[]>> = {
  'zone.notRegistered': [{ given: [], when: setZoneProvinces() }],
  'zone.alreadyRegistered': [{ when: registerZone() }],
  'zone.officeMissing': (['ministry', 'department'] as const).map((scheme) => ({
    given: [],
    when: registerZone({ scheme }),
    facts: { scheme },
    pointer: '/officeId',
  })),
  'zone.officeNotForScheme': [{ given: [], when: registerZone({ officeId: 'cdd' }), pointer: '/officeId' }],
  'zone.numberNotPositive': [
    { given: [], when: registerZone({ number: 0 }), facts: { number: 0 }, pointer: '/number' },
  ],
  'zone.provinceMissing': [{ when: setZoneProvinces({ provinces: [] }), pointer: '/provinces' }],
  'zone.provinceRepeated': [{ when: setZoneProvinces({ provinces: ['TH-54', 'TH-54'] }), pointer: '/provinces/1' }],
  'office.provinceUnknown': [{ when: setZoneProvinces({ provinces: ['TH-54', 'TH-S'] }), pointer: '/provinces/1' }],
  'office.sourceNeeded': [{ when: setZoneProvinces({ effectiveFrom: NOT_STATED }), pointer: '/effectiveFrom' }],
};

const office = specification(officeDecider);
const zone = specification(zoneDecider);
const offices = Object.entries(refusedByOffice).flatMap(([code, cases]) =>
  cases.map((example, index) => [code, index + 1, example] as const),
);
const zones = Object.entries(refusedByZone).flatMap(([code, cases]) =>
  cases.map((example, index) => [code, index + 1, example] as const),
);

test.each(offices)('%s, case %i of an office', (code, _number, { given = [registered()], when, facts, pointer }) => {
  office
    .given(...given)
    .when(when)
    .thenRejected(code, facts);
  const state = given.reduce((folded, event) => officeDecider.evolve(folded, event), officeDecider.initialState);
  expect(officeDecider.decide(when, state)).toHaveProperty('pointer', pointer);
});

test.each(zones)('%s, case %i of a zone', (code, _number, { given = [zoneRegistered()], when, facts, pointer }) => {
  zone
    .given(...given)
    .when(when)
    .thenRejected(code, facts);
  const state = given.reduce((folded, event) => zoneDecider.evolve(folded, event), zoneDecider.initialState);
  expect(zoneDecider.decide(when, state)).toHaveProperty('pointer', pointer);
});

test('every code of the catalogue is refused with above', () => {
  // Refused in commands/, before the rules are asked.
  const byAccess = ['office.notYours', 'roleGrant.beyondOwnReach', 'roleGrant.lastAdministrator', 'zone.notYours'];
  const codes = [...new Set([...Object.keys(refusedByOffice), ...Object.keys(refusedByZone)])];
  expect([...codes, ...byAccess].toSorted()).toEqual(Object.keys(officeRefusals).toSorted());
  expect([...Object.values(refusedByOffice), ...Object.values(refusedByZone)].every(({ length }) => length > 0)).toBe(
    true,
  );
});
