import { NATIVE, NOT_STATED, Rejection, type IsoDate, type Provenance } from '@khamrap/kernel';
import * as fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import {
  certifyActual,
  correctActual,
  examineActual,
  grantExemption,
  INSPECTOR,
  returnActual,
  SUPERVISOR,
  UNIT,
} from '../figures/actuals.examples';
import type { AgreementCommand } from '../agreement.commands';
import { agreementDecider } from '../agreement.decider';
import { BASES, STEPS, type AgreementEvent } from '../agreement.events';
import {
  acceptTerms,
  addIndicator,
  approveAmendment,
  draftAgreement,
  FIRST_HALF,
  GOVERNOR,
  HEAD,
  KEEPER,
  MAKER,
  proposeTerms,
  RECEIVER,
  rejectAmendment,
  removeIndicator,
  reportActual,
  requestAmendment,
  returnTerms,
  reviseIndicator,
  setTarget,
  sign,
  SIGNATORIES,
  stateAfter,
  TODAY,
  TRANSCRIBED,
  WITNESS,
  withdrawAgreement,
  YEAR,
} from '../agreement.examples';
import { AgreementModel } from './agreement.model';
import { agreementRefusals } from '../agreement.refusals';
import type { AgreementState } from '../agreement.state';
import { isAcceptable } from './agreement.verdicts';
import {
  AFTER_HALF,
  AFTER_YEAR,
  announceResult,
  closeAgreement,
  closeRound,
  decideAppeal,
  determineScore,
  fileAppeal,
  HALF,
  reopenRound,
  ROUNDS,
  SCHEME,
  SECOND_HALF,
  WHOLE,
} from '../rounds/rounds.examples';

// Lives of an agreement, step by step: each step is put to the decider, and its answer is held against a model that knows the
// rules in other words. Steps are drawn from few persons, indicators, spans and rounds, so that they meet.

const KEEPERS = [MAKER, RECEIVER].map(({ officeId, officeName }) => ({ officeId, officeName }));
const INDICATORS = {
  a: { indicatorId: 'a', displayNumber: '1' },
  b: { indicatorId: 'b', displayNumber: '2' },
  joint: { indicatorId: 'joint', displayNumber: '3', keepers: KEEPERS },
} as const;

/** What a life has come to. */
interface Life {
  readonly history: AgreementEvent[];
  state: AgreementState;
  today: IsoDate;
  /** A number that was never used before in this life. */
  next: () => string;
}

const acceptedTypes = new Set<string>();

/** A command that is put to the decider. */
class Step {
  constructor(
    private readonly name: string,
    private readonly commandIn: (life: Life) => AgreementCommand,
  ) {}

  run(model: AgreementModel, life: Life): void {
    const command = this.commandIn(life);
    const { state } = life;
    const decision = agreementDecider.decide(command, state);
    const isAccepted = !(decision instanceof Rejection);
    // Plain comparisons: these run some hundred thousand times.
    if (!isDeepStrictEqual(agreementDecider.decide(command, state), decision)) throw new Error('decided otherwise');
    if (isAccepted !== isAcceptable(model, command, life.today)) {
      throw new Error(`${command.type} ${isAccepted ? 'was accepted' : `was refused: ${decision.code}`}`);
    }
    if (!isAccepted) {
      expect(agreementRefusals).toHaveProperty([decision.code]);
      return;
    }
    acceptedTypes.add(command.type);
    const provenance = 'provenance' in command ? command.provenance : NATIVE;
    for (const event of decision) {
      // The ledger folds envelopes, which say where a statement came from.
      const told: AgreementEvent = Object.assign({ ...event }, { provenance });
      life.state = agreementDecider.evolve(life.state, told);
      life.history.push(told);
      model.apply(event, provenance, command.type === 'RequestAmendment' ? command : undefined);
    }
  }

  toString(): string {
    return this.name;
  }
}

class DayPasses {
  constructor(private readonly day: IsoDate) {}
  run = (_model: AgreementModel, life: Life): void => {
    if (this.day > life.today) life.today = this.day;
  };
  toString = (): string => `until ${this.day}`;
}

/** Mostly one of the usual values, so that lives come far; now and then a strange one. */
const mostly = <Value>(usual: readonly Value[], strange: readonly Value[]): fc.Arbitrary<Value> =>
  fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: fc.constantFrom(...strange) });

const PERSONS = [KEEPER, SUPERVISOR, UNIT, GOVERNOR, HEAD, INSPECTOR];
const choices = fc.record({
  indicatorId: mostly<'a' | 'b' | 'joint' | '__proto__'>(['a', 'a', 'joint', 'b'], ['__proto__']),
  officeId: fc.constantFrom(MAKER.officeId, RECEIVER.officeId),
  isOfOther: mostly([false], [true]),
  span: fc.constantFrom(FIRST_HALF, FIRST_HALF, SECOND_HALF, YEAR),
  person: fc.constantFrom(...PERSONS),
  isUsual: mostly([true], [false]),
  provenance: mostly<Provenance>([NATIVE], [TRANSCRIBED]),
  basis: fc.constantFrom('signed', ...BASES),
  side: fc.constantFrom(MAKER, RECEIVER, WITNESS),
  round: fc.constantFrom(HALF, WHOLE),
  step: fc.constantFrom(...STEPS),
  change: fc.constantFrom('target', 'weight', 'cancelIndicator'),
  number: fc.nat({ max: 2 }),
});
type Choices = typeof choices extends fc.Arbitrary<infer Chosen> ? Chosen : never;

const figureName = ({ indicatorId, officeId, isOfOther, span }: Choices) => ({
  indicatorId,
  span: `${span.from}..${span.to}`,
  ...((indicatorId === 'joint') !== isOfOther && { officeId }),
});
const termsOf = ({ indicatorId }: Choices) =>
  indicatorId === '__proto__' ? { indicatorId, displayNumber: '9' } : INDICATORS[indicatorId];
/** Whoever usually acts, or anybody. */
const actor = ({ isUsual, person }: Choices, usual: string): string => (isUsual ? usual : person);
const CHECKERS = { keeper: KEEPER, supervisor: SUPERVISOR, performanceUnit: UNIT } as const;

function amendment(life: Life, chosen: Choices): AgreementCommand {
  const { indicatorId, change, round, span, number } = chosen;
  const value = life.next();
  const changes = {
    target: { target: { span: `${span.from}..${span.to}`, value, unit: 'baht' } },
    weight: { weight: value },
    cancelIndicator: { fromRound: round },
  } as const;
  const data = {
    amendmentId: `amendment-${number}`,
    requestedBy: actor(chosen, HEAD),
    changes: [{ change, indicatorId, ...changes[change] }],
    effectiveFrom: life.today,
  } as const;
  return { ...requestAmendment(data, { rounds: ROUNDS }), decidedOn: life.today };
}

/** Every command of the stream, from what was chosen. */
const COMMANDS: Readonly<Record<AgreementCommand['type'], (life: Life, chosen: Choices) => AgreementCommand>> = {
  DraftAgreement: (_life, { basis, provenance }) =>
    draftAgreement({ basis, scheme: SCHEME, province: 'TH-54' }, provenance),
  AddIndicator: (_life, chosen) => addIndicator(termsOf(chosen), chosen.provenance),
  ReviseIndicator: (life, chosen) => reviseIndicator({ ...termsOf(chosen), name: life.next() }, chosen.provenance),
  RemoveIndicator: (_life, { indicatorId, provenance }) => removeIndicator({ indicatorId }, provenance),
  SetTarget: (life, { indicatorId, span, provenance }) =>
    setTarget({ indicatorId, span, value: life.next() }, provenance),
  ProposeTerms: () => proposeTerms(),
  ReturnTerms: ({ history }) => returnTerms(history),
  AcceptTerms: ({ history }) => acceptTerms(history),
  SignAgreement: ({ history, today }, { side, isUsual, number, person }) => ({
    ...sign(side.side, history, isUsual ? {} : { termsHash: NOT_STATED }),
    decidedOn: today,
    actorId: number === 1 ? person : SIGNATORIES[side.side],
  }),
  WithdrawAgreement: () => withdrawAgreement(),
  RequestAmendment: amendment,
  ApproveAmendment: (_life, chosen) =>
    approveAmendment({ amendmentId: `amendment-${chosen.number}`, approvedBy: actor(chosen, GOVERNOR) }),
  RejectAmendment: (_life, chosen) =>
    rejectAmendment({ amendmentId: `amendment-${chosen.number}`, rejectedBy: actor(chosen, GOVERNOR) }),
  ReportActual: (life, chosen) => ({
    ...reportActual({ ...figureName(chosen), span: chosen.span, value: life.next() }, chosen.provenance),
    decidedOn: life.today,
    actorId: actor(chosen, KEEPER),
  }),
  CorrectActual: (life, chosen) => ({
    ...correctActual(
      { ...figureName(chosen), value: life.next(), correctedBy: actor(chosen, KEEPER) },
      chosen.provenance,
    ),
    decidedOn: life.today,
  }),
  CertifyActual: (_life, chosen) =>
    certifyActual({ ...figureName(chosen), step: chosen.step, certifiedBy: actor(chosen, CHECKERS[chosen.step]) }),
  ReturnActual: (_life, chosen) =>
    returnActual({ ...figureName(chosen), step: chosen.step, returnedBy: actor(chosen, CHECKERS[chosen.step]) }),
  ExamineActual: (_life, chosen) => {
    const examinedBy = actor(chosen, INSPECTOR);
    const found = { ...figureName(chosen), verdict: 'agrees', observedValue: undefined } as const;
    return examineActual({ ...found, examinedBy }, { inspectors: [examinedBy] });
  },
  GrantExemption: (_life, chosen) => {
    const { indicatorId, round } = chosen;
    return grantExemption({ indicatorId, round, grantedBy: actor(chosen, GOVERNOR) }, ROUNDS);
  },
  CloseEvaluationRound: ({ today }, { round }) => closeRound(round, { decidedOn: today }),
  ReopenEvaluationRound: (_life, { round }) => reopenRound(round),
  DetermineScore: (_life, chosen) =>
    determineScore({
      round: chosen.round,
      determinedBy: actor(chosen, UNIT),
      ...(chosen.isOfOther && { indicatorId: 'a' }),
    }),
  AnnounceResult: ({ today }, { round }) => ({ ...announceResult({ round, announcedOn: today }), decidedOn: today }),
  FileAppeal: (life, chosen) =>
    fileAppeal({ appealId: `appeal-${life.next()}`, round: chosen.round, filedBy: actor(chosen, HEAD) }),
  DecideAppeal: ({ history }, chosen) => {
    const filed = history.flatMap((event) => (event.type === 'AppealFiled' ? [event.data.appealId] : []));
    return decideAppeal({
      appealId: filed[chosen.number] ?? 'none',
      outcome: 'dismissed',
      decidedBy: actor(chosen, GOVERNOR),
    });
  },
  CloseAgreement: ({ today }) => closeAgreement({ decidedOn: today }),
};
const TYPES = Object.keys(COMMANDS) as AgreementCommand['type'][];

const stepOf = (type: AgreementCommand['type'], chosen: Choices): Step =>
  new Step(`${type} ${JSON.stringify(chosen)}`, (life) => COMMANDS[type](life, chosen));
const step = (type: AgreementCommand['type'], fixed: Partial<Choices> = {}): fc.Arbitrary<Step> =>
  choices.map((chosen) => stepOf(type, { ...chosen, ...fixed }));
const days = fc.constantFrom(AFTER_HALF, AFTER_YEAR).map((day) => [new DayPasses(day)]);
/** As often as it takes to come far: figures are what an agreement sees most. */
const anyStep = fc
  .oneof(...TYPES.map((type) => ({ weight: type.endsWith('Actual') ? 3 : 1, arbitrary: step(type) })))
  .map((taken) => [taken]);
/** Steps on one matter, one after the other. */
const matter = fc
  .tuple(
    choices,
    fc.constantFrom<readonly AgreementCommand['type'][]>(
      ['AddIndicator', 'ReviseIndicator', 'RemoveIndicator'],
      ['ProposeTerms', 'ReturnTerms'],
      ['RequestAmendment', 'ApproveAmendment'],
      ['RequestAmendment', 'RejectAmendment'],
      ['ReportActual', 'CorrectActual', 'ExamineActual'],
      ['ReportActual', 'CertifyActual', 'ReturnActual', 'CertifyActual'],
      ['FileAppeal', 'DecideAppeal'],
    ),
  )
  .map(([chosen, types]) => types.map((type) => stepOf(type, chosen)));

const USUAL = {
  provenance: NATIVE,
  isUsual: true,
  isOfOther: false,
  span: FIRST_HALF,
  officeId: MAKER.officeId,
  basis: 'signed',
} as const;
const usual = (type: AgreementCommand['type'], fixed: Partial<Choices> = {}) => step(type, { ...USUAL, ...fixed });
const DRAFT = [
  usual('DraftAgreement'),
  usual('AddIndicator', { indicatorId: 'a' }),
  usual('AddIndicator', { indicatorId: 'joint' }),
  usual('SetTarget', { indicatorId: 'a' }),
  usual('SetTarget', { indicatorId: 'joint' }),
];
const EFFECT = [
  usual('ProposeTerms'),
  usual('AcceptTerms'),
  usual('SignAgreement', { side: MAKER }),
  usual('SignAgreement', { side: RECEIVER }),
];
const figureOf = (fixed: Partial<Choices>) => [
  usual('ReportActual', fixed),
  usual('CertifyActual', { step: 'supervisor', ...fixed }),
  usual('CertifyActual', { step: 'performanceUnit', ...fixed }),
];
const HALF_JUDGED = [
  ...figureOf({ indicatorId: 'a' }),
  ...figureOf({ indicatorId: 'joint' }),
  ...figureOf({ indicatorId: 'joint', officeId: RECEIVER.officeId }),
  fc.constant(new DayPasses(AFTER_HALF)),
  usual('CloseEvaluationRound', { round: HALF }),
];
const YEAR_JUDGED = [fc.constant(new DayPasses(AFTER_YEAR)), usual('CloseEvaluationRound', { round: WHOLE })];

// Chance alone seldom brings an agreement into effect, so many lives are led there, with chance before and after.
const stages: readonly (readonly fc.Arbitrary<Step | DayPasses>[])[] = [DRAFT, EFFECT, HALF_JUDGED, YEAR_JUDGED];
const chance = (maxLength: number) =>
  fc
    .array(
      fc.oneof({ weight: 20, arbitrary: anyStep }, { weight: 10, arbitrary: matter }, { weight: 1, arbitrary: days }),
      { maxLength, size: 'max' },
    )
    .map((taken) => taken.flat());
const lives = fc
  .nat({ max: stages.length })
  .chain((count) =>
    fc
      .tuple(
        chance(2),
        ...stages.slice(0, count).map((stage) => fc.tuple(fc.tuple(...stage), chance(2)).map((taken) => taken.flat())),
        chance(25),
      )
      .map((parts) => parts.flat()),
  );

function newLife(): Life {
  let used = 0;
  const next = (): string => String((used += 1));
  return { history: [], state: agreementDecider.initialState, today: TODAY, next };
}

const options = {
  rounds: ROUNDS,
  period: YEAR,
  keepers: new Map([['joint', KEEPERS.map(({ officeId }) => officeId)]]),
};

function lived(steps: readonly (Step | DayPasses)[]): Life {
  const life = newLife();
  const model = new AgreementModel(options);
  for (const taken of steps) taken.run(model, life);
  return life;
}

test('the decider accepts what the model accepts and refuses what it refuses, the same when asked again', () => {
  const property = fc.property(lives, (steps) => {
    const { history, state } = lived(steps);
    expect(stateAfter(history)).toEqual(state);
  });
  fc.assert(property, { numRuns: 250 });
  expect([...acceptedTypes].toSorted()).toEqual(TYPES.toSorted());
}, 60_000);

test('a state is never changed, only followed by another', () => {
  const property = fc.property(lives, (steps) => {
    const { history } = lived(steps);
    const before = stateAfter(history.slice(0, -1));
    const copy = structuredClone(before);
    const last = history.at(-1);
    if (last) agreementDecider.evolve(before, last);
    expect(before).toEqual(copy);
  });
  fc.assert(property, { numRuns: 40 });
});

/** The types of what changes terms. */
const OF_TERMS = ['IndicatorAdded', 'IndicatorRevised', 'IndicatorRemoved', 'TargetSet'];

test('terms in effect change after an approval only, and figures of a closed round not at all', () => {
  const counts = { inEffect: 0, amended: 0, closed: 0 };
  const property = fc.property(lives, (steps) => {
    const { history } = lived(steps);
    const from = history.findIndex(({ type }) => type === 'AgreementTookEffect');
    if (from < 0) return;
    counts.inEffect += 1;
    const approved = new Set<string>();
    const closed = new Map<string, string>();
    for (const { type, data } of history.slice(from + 1)) {
      expect(OF_TERMS).not.toContain(type);
      if (type === 'AmendmentApproved') approved.add(data.amendmentId);
      if (type === 'TargetAmended' || type === 'WeightAmended' || type === 'IndicatorCancelled') {
        counts.amended += 1;
        expect(approved).toContain(data.amendmentId);
      }
      if (type === 'EvaluationRoundClosed') closed.set(data.round, data.span);
      if (type === 'EvaluationRoundReopened') closed.delete(data.round);
      if (type === 'ActualReported' || type === 'ActualCorrected') {
        counts.closed += closed.size;
        expect([...closed.values()]).not.toContain(data.span);
      }
    }
  });
  fc.assert(property, { numRuns: 80 });
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(0);
});

test('an agreement takes effect on signatures of makers and receivers under the very terms that stand', () => {
  const property = fc.property(lives, (steps) => {
    const { history } = lived(steps);
    const at = history.findIndex(({ type }) => type === 'AgreementTookEffect');
    if (at < 0) return;
    const past = history.slice(0, at);
    const frozen = past.findLast((event) => event.type === 'TermsProposed');
    const begun = past.findLastIndex((event) => event.type === 'TermsProposed');
    const signatures = past.slice(begun).filter((event) => event.type === 'AgreementSigned');
    expect(past.slice(begun).some(({ type }) => OF_TERMS.includes(type))).toBe(false);
    expect(signatures.map(({ data }) => data.officeId)).toEqual(
      expect.arrayContaining([MAKER.officeId, RECEIVER.officeId]),
    );
    expect(new Set(signatures.map(({ data }) => data.termsHash))).toEqual(new Set([frozen?.data.termsHash]));
    expect(history[at]?.data).toMatchObject({ termsHash: frozen?.data.termsHash });
  });
  fc.assert(property, { numRuns: 80 });
});
