import { isoDate, NATIVE, NOT_STATED, Rejection, type NotStated, type Provenance, type Span } from '@khamrap/kernel';
import * as fc from 'fast-check';
import type { AgreementCommand, SignAgreement } from './agreement.commands';
import { agreementDecider } from './agreement.decider';
import { BASES, UNITS, type AgreementBasis, type AgreementEvent, type Unit } from './agreement.events';
import {
  addIndicator,
  draftAgreement,
  FIRST_HALF,
  MAKER,
  RECEIVER,
  reportActual,
  setTarget,
  sign,
  termsHashAfter,
  TODAY,
  TRANSCRIBED,
  WITNESS,
  YEAR,
} from './agreement.examples';
import { agreementRefusals } from './agreement.refusals';
import type { AgreementState, Party } from './agreement.state';

const OUTSIDE: Span = { from: isoDate('2026-09-01'), to: TODAY };

/** Mostly one of the usual values, so that lives come far; now and then a strange one. */
const mostly = <Value>(usual: readonly Value[], strange: readonly Value[]): fc.Arbitrary<Value> =>
  fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: fc.constantFrom(...strange) });

const provenance = fc.constantFrom<Provenance>(NATIVE, TRANSCRIBED);
const indicatorId = mostly(['a', 'b'], ['__proto__', 'constructor']);
const span = mostly<Span | NotStated>([FIRST_HALF, YEAR, NOT_STATED], [OUTSIDE]);
const unit = mostly<Unit>(['baht'], UNITS);
const value = fc.constantFrom('0', '1', '-3.50', '2446.88');
const weight = mostly(['0', '10', NOT_STATED], ['-1']);
const displayNumber = mostly(['1', '1.1', '1.1.1', '2', '10'], ['x']);
const basis = fc.constantFrom<AgreementBasis>('signed', ...BASES);
const parent = mostly<string | undefined>([undefined, undefined, 'a', 'b'], ['constructor']);
const parties = mostly(
  [MAKER, RECEIVER, WITNESS].map(({ side, officeId }) => ({ side, officeId })),
  [{ side: 'maker', officeId: RECEIVER.officeId } as const],
);

const drafting = fc
  .record({ basis, period: fc.constantFrom(YEAR, undefined), provenance })
  .map(({ provenance: from, ...changes }) => draftAgreement(changes, from));
const adding = fc
  .record({ indicatorId, displayNumber, parentIndicatorId: parent, unit, weight, provenance })
  .map(({ provenance: from, ...changes }) => addIndicator(changes, from));
const targeting = fc
  .record({ indicatorId, span, unit, value, provenance })
  .map(({ provenance: from, ...changes }) => setTarget(changes, from));
const reporting = fc
  .record({ indicatorId, span, unit, value, provenance })
  .map(({ provenance: from, ...changes }) => reportActual(changes, from));
/** Most signatories have read the current terms; what these are is known only when it is their turn. */
const signing = fc.record({ party: parties, hasRead: mostly([true], [false]) });

type Step = AgreementCommand | { readonly party: Party; readonly hasRead: boolean };

// Chance alone seldom brings an agreement into effect, so many lives are led there, with chance before and after.
const beginning = fc.constantFrom<readonly Step[]>(
  [],
  [draftAgreement({ basis: 'monitoringOnly' }), addIndicator({ indicatorId: 'a' })],
  [draftAgreement(), addIndicator({ indicatorId: 'a' }), setTarget({ indicatorId: 'a' })],
);
const middle = fc.constantFrom<readonly Step[]>(
  [],
  [MAKER, RECEIVER].map(({ side, officeId }) => ({ party: { side, officeId }, hasRead: true })),
);
const step = fc.oneof<fc.Arbitrary<Step>[]>(drafting, adding, targeting, reporting, signing);
const chance = fc.array(step, { maxLength: 20 });
const life = fc.tuple(beginning, chance, middle, chance).map((parts): readonly Step[] => parts.flat());

function commandOf(taken: Step, past: readonly AgreementEvent[]): AgreementCommand {
  if ('type' in taken) return taken;
  const termsHash = taken.hasRead ? termsHashAfter(past) : 'd'.repeat(64);
  return sign(taken.party.side, past, { officeId: taken.party.officeId, termsHash });
}

interface Lived {
  readonly history: readonly AgreementEvent[];
  readonly state: AgreementState;
}

/** Lives through the steps; every decision is made twice, and every event is folded. */
function live(steps: readonly Step[]): Lived {
  const history: AgreementEvent[] = [];
  let state = agreementDecider.initialState;
  for (const taken of steps) {
    const command = commandOf(taken, history);
    const decision = agreementDecider.decide(command, state);
    expect(agreementDecider.decide(command, state)).toEqual(decision);
    if (decision instanceof Rejection) {
      expect(Object.keys(agreementRefusals)).toContain(decision.code);
      continue;
    }
    history.push(...decision);
    state = decision.reduce((folded, event) => agreementDecider.evolve(folded, event), state);
  }
  return { history, state };
}

const replay = (history: readonly AgreementEvent[]) =>
  history.reduce((folded, event) => agreementDecider.evolve(folded, event), agreementDecider.initialState);

function forEveryLife(check: (lived: Lived) => void): void {
  fc.assert(
    fc.property(life, (steps) => check(live(steps))),
    { numRuns: 300 },
  );
}

test('what was decided can be folded, and folded again to the same state', () => {
  forEveryLife(({ history, state }) => expect(replay(history)).toEqual(state));
});

test('a state is never changed, only followed by another', () => {
  forEveryLife(({ history }) => {
    const before = replay(history.slice(0, -1));
    const copy = structuredClone(before);
    const last = history.at(-1);
    if (last) agreementDecider.evolve(before, last);
    expect(before).toEqual(copy);
  });
});

test('terms are fixed from the moment at which the agreement takes effect', () => {
  let inEffectCount = 0;
  forEveryLife(({ history }) => {
    const tookEffectAt = history.findIndex(({ type }) => type === 'AgreementTookEffect');
    if (tookEffectAt < 0) return;
    inEffectCount += 1;
    const after = history.slice(tookEffectAt + 1).map(({ type }) => type);
    expect(after.every((type) => type === 'ActualReported' || type === 'AgreementSigned')).toBe(true);
  });
  expect(inEffectCount).toBeGreaterThan(10);
});

test('an agreement takes effect on signatures of makers and receivers under the very terms that stand', () => {
  forEveryLife(({ history }) => {
    const tookEffectAt = history.findIndex(({ type }) => type === 'AgreementTookEffect');
    if (tookEffectAt < 0) return;
    const past = history.slice(0, tookEffectAt);
    const lastChange = past.findLastIndex(({ type }) => type === 'IndicatorAdded' || type === 'TargetSet');
    const signatures = past.slice(lastChange).filter((event) => event.type === 'AgreementSigned');
    expect(signatures.map(({ data }) => data.officeId)).toEqual(
      expect.arrayContaining([MAKER.officeId, RECEIVER.officeId]),
    );
    expect(new Set(signatures.map(({ data }) => data.termsHash))).toEqual(new Set([termsHashAfter(past)]));
  });
});

test('there is one actual at most for each indicator and span', () => {
  let actualCount = 0;
  forEveryLife(({ history }) => {
    const keys = history
      .filter((event) => event.type === 'ActualReported')
      .map(({ data }) => `${data.indicatorId} ${data.span}`);
    actualCount += keys.length;
    expect(new Set(keys).size).toBe(keys.length);
  });
  expect(actualCount).toBeGreaterThan(10);
});

test('a signature under other terms than the current ones is refused, whoever gives it', () => {
  const stale: SignAgreement['data'] = { ...sign('maker', []).data, termsHash: 'd'.repeat(64) };
  forEveryLife(({ state }) => {
    const decision = agreementDecider.decide({ type: 'SignAgreement', data: stale, decidedOn: TODAY }, state);
    expect(decision).toBeInstanceOf(Rejection);
  });
});
