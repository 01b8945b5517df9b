import { isoDate, NATIVE, NOT_STATED, Rejection } from '@khamrap/kernel';
import * as fc from 'fast-check';
import type { OfficeCommand } from './office.commands';
import { officeDecider } from './office.decider';
import type { OfficeEvent } from './office.events';
import {
  ACTOR,
  appointHolder,
  dissolveOffice,
  endHolder,
  endRole,
  grantDelegation,
  grantRole,
  registerOffice,
  TRANSCRIBED,
} from './office.examples';
import { officeRefusals } from './office.refusals';
import type { OfficeState } from './office.state';
import { overlaps } from './tenure';

const day = fc.integer({ min: 1, max: 28 }).map((number) => isoDate(`2027-03-${String(number).padStart(2, '0')}`));
const dayOrNot = fc.oneof({ weight: 4, arbitrary: day }, { weight: 1, arbitrary: fc.constant(NOT_STATED) });
const provenance = fc.constantFrom(NATIVE, TRANSCRIBED);
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });

const command = fc.oneof(
  { weight: 2, arbitrary: fc.constant<OfficeCommand>(registerOffice()) },
  {
    weight: 8,
    arbitrary: fc
      .tuple(fc.constantFrom('ก', 'ข', 'ค'), dayOrNot, maybe(dayOrNot), provenance)
      .map(([personName, from, until, by]): OfficeCommand => appointHolder({ personName, from, until }, by)),
  },
  { weight: 6, arbitrary: fc.tuple(dayOrNot, provenance).map(([on, by]): OfficeCommand => endHolder({ on }, by)) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.nat(3), dayOrNot, maybe(day), provenance)
      .map(([id, from, to, by]): OfficeCommand => grantDelegation({ delegationId: `d${id}`, from, to }, by)),
  },
  {
    weight: 5,
    arbitrary: fc
      .tuple(fc.nat(9), fc.constantFrom(ACTOR, 'pseudonym-2'))
      .map(([id, grantee]): OfficeCommand => grantRole({ grantId: `g${id}`, grantee })),
  },
  { weight: 3, arbitrary: fc.nat(9).map((id): OfficeCommand => endRole({ grantId: `g${id}` })) },
  { weight: 1, arbitrary: fc.tuple(dayOrNot, provenance).map(([on, by]): OfficeCommand => dissolveOffice({ on }, by)) },
);

const replay = (history: readonly OfficeEvent[]): OfficeState =>
  history.reduce((state, event) => officeDecider.evolve(state, event), officeDecider.initialState);

/** What must hold of every office, whatever was asked for. */
function expectSound(state: OfficeState): void {
  if (state.status === 'notRegistered') return;
  const { tenures, delegations, grants } = state;
  expect(tenures.filter(({ until }) => until === undefined).length).toBeLessThanOrEqual(1);
  for (const [index, tenure] of tenures.entries())
    expect(tenures.slice(index + 1).filter((other) => overlaps(tenure, other))).toEqual([]);
  const open = [...grants.values()].filter(({ isEnded }) => !isEnded);
  expect(open.length).toBeLessThanOrEqual(1);
  expect(open.some(({ grantee }) => grantee === ACTOR)).toBe(false);
  if (state.status !== 'dissolved') return;
  expect([open.length, tenures.filter(({ until }) => until === undefined).length]).toEqual([0, 0]);
  expect([...delegations.values()].filter(({ isEnded, to }) => !isEnded && to === undefined)).toEqual([]);
}

test('nobody shares a post, nobody grants to themselves, and nothing outlives its office', () => {
  const accepted = new Set<string>();
  const codes = new Set<string>();
  fc.assert(
    fc.property(fc.array(command, { maxLength: 40, size: 'max' }), (commands) => {
      const history: OfficeEvent[] = [];
      for (const each of commands) {
        const decision = officeDecider.decide(each, replay(history));
        expect(officeDecider.decide(each, replay(history))).toEqual(decision);
        if (decision instanceof Rejection) codes.add(decision.code);
        else history.push(...decision);
        expectSound(replay(history));
      }
      for (const { type } of history) accepted.add(type);
    }),
    { numRuns: 200 },
  );
  expect([...accepted]).toEqual(expect.arrayContaining(['HolderEnded', 'RoleEnded', 'OfficeDissolved']));
  expect(Object.keys(officeRefusals)).toEqual(expect.arrayContaining([...codes]));
});
