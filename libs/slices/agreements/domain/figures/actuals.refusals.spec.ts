import { isoDate, NOT_STATED, Rejection } from '@khamrap/kernel';
import { specification } from '@khamrap/testing';
import {
  actualCertified,
  actualCorrected,
  actualReturned,
  CERTIFIED,
  certifyActual,
  correctActual,
  examineActual,
  exemptionGranted,
  FIRST_QUARTER,
  grantExemption,
  JOINT_RATIO,
  REPORTED,
  returnActual,
  SUPERVISOR,
  transcribed,
  UNIT,
  WITH_JOINT,
} from './actuals.examples';
import { actualsRefusals } from './actuals.refusals';
import type { AgreementCommand, ReportActual } from '../agreement.commands';
import { agreementDecider } from '../agreement.decider';
import type { AgreementEvent } from '../agreement.events';
import {
  actualReported,
  agreed,
  ANNOUNCED,
  drafted,
  FIRST_HALF,
  FIRST_HALF_KEY,
  IN_EFFECT,
  indicatorAdded,
  inEffect,
  KEEPER,
  MAKER,
  MONITORED,
  READY_DRAFT,
  reportActual,
  stateAfter,
  targetSet,
  TODAY,
  TRANSCRIBED,
  withdrawn,
  YEAR,
} from '../agreement.examples';

const { given } = specification(agreementDecider);

const TOMORROW = isoDate('2027-04-01');
const SECOND_HALF = { from: TOMORROW, to: YEAR.to };
const LAST_YEAR = { from: isoDate('2025-10-01'), to: isoDate('2026-09-30') };
const REVERSED = { from: FIRST_HALF.to, to: FIRST_HALF.from };
const RETURNED: readonly AgreementEvent[] = [...REPORTED, actualReturned()];
const TOLD: readonly AgreementEvent[] = [...MONITORED, transcribed(actualReported({ reportedBy: undefined }))];
const ROUND_CLOSED: AgreementEvent = {
  type: 'EvaluationRoundClosed',
  data: {
    round: '6',
    span: FIRST_HALF_KEY,
    revision: 1,
    closedOn: TOMORROW,
    closedBy: UNIT,
    scheme: { schemeId: 'scheme-1', ruleVersion: 1, calendarVersion: 1 },
    indicators: [],
    targetsMet: 0,
    targetsJudged: 0,
  },
};
const LOCKED: readonly AgreementEvent[] = [...REPORTED, ROUND_CLOSED];
const LOCK = { round: '6', closedBy: UNIT, closedOn: TOMORROW };
const YEAR_OVER: readonly AgreementEvent[] = [
  ...REPORTED,
  { type: 'AgreementClosed', data: { closedOn: YEAR.to, closedBy: UNIT } },
];

type Facts = Record<string, string | number | readonly string[] | Record<string, string>>;
interface Refused {
  readonly given: readonly AgreementEvent[];
  readonly when: AgreementCommand;
  readonly facts?: Facts;
  readonly pointer?: string;
}
type Figure = Partial<ReportActual['data']>;

/** Every command of figures, as it would pass but for what is wrong with the state. */
const all = (past: readonly AgreementEvent[], facts: Facts = {}): readonly Refused[] => [
  { given: past, when: reportActual({ span: FIRST_QUARTER }), facts },
  { given: past, when: correctActual(), facts },
  { given: past, when: certifyActual(), facts },
  { given: past, when: returnActual(), facts },
];
const onReport = (figure: Figure, facts: Facts, pointer: string): Refused => ({
  given: IN_EFFECT,
  when: reportActual(figure),
  facts,
  pointer,
});
const unfit = (figure: Figure, missing: readonly string[], unexpected: readonly string[]): Refused =>
  onReport(figure, { kind: figure.kind ?? 'value', missing, unexpected }, `/${[...missing, ...unexpected][0]}`);

/** Refusals of what figures rest on outside the agreement: commands/figure-sources.spec.ts. */
type OfSources =
  'actual.adoptedUnknown' | 'actual.adoptedSuperseded' | 'actual.adoptedUnfit' | 'actual.evidenceMissing';

/** Each way to be refused, by the code that it is refused with. */
const refused: Record<Exclude<keyof typeof actualsRefusals, OfSources>, readonly Refused[]> = {
  'agreement.notInEffect': [
    ...all(READY_DRAFT),
    { given: agreed(READY_DRAFT), when: reportActual({}, TRANSCRIBED) },
    { given: READY_DRAFT, when: examineActual() },
    { given: [...READY_DRAFT, withdrawn()], when: reportActual() },
  ],
  'agreement.closed': [...all(YEAR_OVER), { given: YEAR_OVER, when: grantExemption() }],
  'round.closed': [
    ...all(LOCKED, LOCK),
    { given: LOCKED, when: reportActual({ span: FIRST_HALF }), facts: LOCK },
    { given: LOCKED, when: correctActual({}, TRANSCRIBED), facts: LOCK },
    { given: LOCKED, when: grantExemption(), facts: LOCK },
  ],
  'actual.spanOutsidePeriod': [
    onReport({ span: LAST_YEAR }, { period: { ...YEAR } }, '/span'),
    { given: MONITORED, when: reportActual({ span: { from: isoDate('2026-09-30'), to: TODAY } }, TRANSCRIBED) },
  ],
  'actual.unitDiffers': [
    onReport({ unit: 'millionBaht' }, { indicatorUnit: 'baht' }, '/unit'),
    { given: REPORTED, when: correctActual({ unit: 'person' }), facts: { indicatorUnit: 'baht' }, pointer: '/unit' },
  ],
  'actual.alreadyReported': [
    {
      given: REPORTED,
      when: reportActual({ value: '2', finality: 'final' }),
      facts: { span: FIRST_HALF_KEY },
      pointer: '/span',
    },
    { given: [...WITH_JOINT, actualReported(JOINT_RATIO)], when: reportActual(jointPart()) },
    { given: TOLD, when: reportActual() },
  ],
  'actual.inTheFuture': [
    onReport({ asOf: TOMORROW }, { decidedOn: TODAY }, '/asOf'),
    onReport({ kind: 'date', value: undefined, date: TOMORROW }, { decidedOn: TODAY }, '/date'),
    { given: MONITORED, when: reportActual({ span: SECOND_HALF }), facts: { decidedOn: TODAY }, pointer: '/span' },
    { given: REPORTED, when: correctActual({ asOf: TOMORROW }), pointer: '/asOf' },
  ],
  'actual.fieldsUnfit': [
    unfit({ value: undefined }, ['value'], []),
    unfit({ numerator: '1', denominator: '2' }, [], ['numerator', 'denominator']),
    unfit({ kind: 'ratio', value: undefined, numerator: '1' }, ['denominator'], []),
    unfit({ kind: 'ratio', numerator: '1', denominator: '2' }, [], ['value']),
    unfit({ kind: 'delta' }, ['comparisonSpan'], []),
    unfit({ kind: 'milestone' }, ['milestone'], ['value']),
    unfit({ kind: 'date', value: undefined }, ['date'], []),
    unfit({ kind: 'narrative', value: undefined, notAvailableReason: 'x' }, ['narrative'], ['notAvailableReason']),
    unfit({ kind: 'notAvailable', value: undefined }, ['notAvailableReason'], []),
    unfit({ kind: 'notAvailable', notAvailableReason: 'x' }, [], ['value']),
    unfit({ kind: 'adopted' }, ['adoptedFrom'], []),
    unfit(
      { kind: 'milestone', value: undefined, milestone: 1, statedGrowth: { percent: '1', comparedWith: NOT_STATED } },
      [],
      ['statedGrowth'],
    ),
    { given: REPORTED, when: correctActual({ value: undefined }), facts: { missing: ['value'] }, pointer: '/value' },
  ],
  'actual.denominatorNotPositive': ['0', '0.00', '-5'].map((denominator) =>
    onReport({ kind: 'ratio', value: undefined, numerator: '1', denominator }, { denominator }, '/denominator'),
  ),
  'actual.ratioNeeded': (['value', 'delta'] as const).map((kind) => ({
    given: WITH_JOINT,
    when: reportActual(
      jointPart({
        kind,
        value: '79',
        numerator: undefined,
        denominator: undefined,
        ...(kind === 'delta' && { comparisonSpan: '2025-10-01..2026-03-31' }),
      }),
    ),
    facts: { kind },
    pointer: '/kind',
  })),
  'actual.milestoneOutOfRange': [-1, 6].map((milestone) =>
    onReport({ kind: 'milestone', value: undefined, milestone }, { milestone }, '/milestone'),
  ),
  'actual.keeperUnfit': [
    onReport({ officeId: MAKER.officeId }, { keepers: [] }, '/officeId'),
    ...[undefined, 'district-3'].map((officeId) => ({
      given: WITH_JOINT,
      when: reportActual(jointPart({ officeId })),
      facts: { keepers: ['district-1', 'district-2'] },
      pointer: '/officeId',
    })),
    {
      given: inEffect([drafted(), indicatorAdded({ keepers: [MAKER] }), targetSet()]),
      when: reportActual({ officeId: MAKER.officeId }),
    },
  ],
  'actual.notReported': [
    { given: IN_EFFECT, when: correctActual(), facts: { span: FIRST_HALF_KEY } },
    { given: REPORTED, when: correctActual({ span: '2026-10-01..2026-12-31' }) },
    { given: REPORTED, when: certifyActual({ officeId: MAKER.officeId }), facts: { officeId: MAKER.officeId } },
    { given: IN_EFFECT, when: returnActual() },
    { given: IN_EFFECT, when: examineActual() },
    { given: [...WITH_JOINT, actualReported(JOINT_RATIO)], when: certifyActual({ indicatorId: 'joint' }) },
  ],
  'actual.unchanged': [
    { given: REPORTED, when: correctActual(sameAsReported()), facts: { span: FIRST_HALF_KEY } },
    { given: REPORTED, when: correctActual({ ...sameAsReported(), note: 'อีกครั้ง', correctedBy: 'other' }) },
    { given: [...REPORTED, actualCorrected()], when: correctActual({ reason: 'อีกครั้ง' }) },
    { given: RETURNED, when: correctActual(sameAsReported()) },
  ],
  'actual.transcribedNotCertified': [
    { given: TOLD, when: certifyActual() },
    { given: TOLD, when: certifyActual({ step: 'keeper', certifiedBy: KEEPER }) },
    { given: TOLD, when: returnActual() },
    { given: [...CERTIFIED, transcribed(actualCorrected())], when: certifyActual() },
  ],
  'actual.stepOutOfOrder': [
    {
      given: REPORTED,
      when: certifyActual({ step: 'performanceUnit', certifiedBy: UNIT }),
      facts: { step: 'performanceUnit', next: 'supervisor' },
      pointer: '/step',
    },
    { given: RETURNED, when: certifyActual(), facts: { step: 'supervisor', next: 'keeper' } },
    { given: [...CERTIFIED, actualCorrected()], when: certifyActual({ step: 'performanceUnit', certifiedBy: UNIT }) },
    { given: REPORTED, when: returnActual({ step: 'performanceUnit', returnedBy: UNIT }), pointer: '/step' },
    { given: REPORTED, when: returnActual({ step: 'keeper', returnedBy: KEEPER }) },
    { given: CERTIFIED, when: returnActual({ step: 'keeper', returnedBy: 'person-other' }) },
  ],
  'actual.stepDone': [
    { given: REPORTED, when: certifyActual({ step: 'keeper', certifiedBy: KEEPER }), facts: { step: 'keeper' } },
    { given: [...REPORTED, actualCertified()], when: certifyActual(), pointer: '/step' },
    { given: CERTIFIED, when: certifyActual({ step: 'performanceUnit', certifiedBy: UNIT }) },
  ],
  'actual.alreadyReturned': [{ given: RETURNED, when: returnActual(), facts: { returnedAt: 'supervisor' } }],
  'actual.ownFigure': [
    { given: REPORTED, when: certifyActual({ certifiedBy: KEEPER }) },
    { given: REPORTED, when: returnActual({ returnedBy: KEEPER }) },
    { given: REPORTED, when: examineActual({ examinedBy: KEEPER }) },
    // Who did the other step.
    {
      given: [...REPORTED, actualCertified()],
      when: certifyActual({ step: 'performanceUnit', certifiedBy: SUPERVISOR }),
    },
    {
      given: [...REPORTED, actualCertified()],
      when: returnActual({ step: 'performanceUnit', returnedBy: SUPERVISOR }),
    },
    // Who stood by it for its keeper.
    {
      given: [...RETURNED, actualCertified({ step: 'keeper', certifiedBy: SUPERVISOR })],
      when: certifyActual(),
    },
    // Who corrected it, and who had reported it before.
    {
      given: [...REPORTED, actualCorrected({ correctedBy: SUPERVISOR })],
      when: certifyActual(),
    },
    {
      given: [...REPORTED, actualCorrected({ correctedBy: 'person-other' })],
      when: certifyActual({ certifiedBy: KEEPER }),
    },
  ],
  'actual.observedValueUnfit': [
    {
      given: REPORTED,
      when: examineActual({ observedValue: undefined }),
      facts: { verdict: 'differs' },
      pointer: '/observedValue',
    },
    { given: REPORTED, when: examineActual({ observedValue: '1250000.500' }) },
  ],
  'examination.roundUnknown': [
    { given: REPORTED, when: { ...examineActual(), inspection: undefined }, pointer: '/inspectionRound' },
  ],
  'examination.roundClosed': [{ given: REPORTED, when: examineActual({}, { isOpen: false }) }],
  'examination.outsideRound': [{ given: REPORTED, when: examineActual({}, { officeIds: ['elsewhere'] }) }],
  'examination.notInspector': [
    { given: REPORTED, when: examineActual({ examinedBy: 'person-other' }), pointer: '/inspectionRound' },
    { given: REPORTED, when: examineActual({}, { inspectors: [] }) },
  ],
  'exemption.roundUnknown': [
    { given: IN_EFFECT, when: grantExemption({ round: '9' }), facts: { rounds: ['6', '12'] }, pointer: '/round' },
    { given: IN_EFFECT, when: grantExemption({}, []), facts: { rounds: [] } },
    {
      given: inEffect([drafted(), indicatorAdded({ rounds: ['12'] }), targetSet()]),
      when: grantExemption(),
      facts: { rounds: ['12'] },
    },
  ],
  'exemption.notAReceiver': [
    {
      given: IN_EFFECT,
      when: grantExemption({ officeId: MAKER.officeId }),
      facts: { officeId: MAKER.officeId },
      pointer: '/officeId',
    },
    { given: IN_EFFECT, when: grantExemption({ officeId: 'province-2' }) },
  ],
  'exemption.ownIndicator': [
    { given: REPORTED, when: grantExemption({ grantedBy: KEEPER }) },
    {
      given: [...REPORTED, actualCorrected({ correctedBy: 'person-other' })],
      when: grantExemption({ grantedBy: KEEPER }),
    },
  ],
  'exemption.alreadyGranted': [
    { given: [...IN_EFFECT, exemptionGranted()], when: grantExemption(), facts: { round: '6' }, pointer: '/round' },
  ],
};

/** Refusals whose codes belong to the other rules, where a figure meets them too. */
const elsewhere: readonly (readonly [code: string, example: Refused])[] = [
  ['agreement.notDrafted', { given: [], when: correctActual() }],
  ['indicator.unknown', { given: IN_EFFECT, when: reportActual({ indicatorId: 'other' }) }],
  ['indicator.unknown', { given: REPORTED, when: certifyActual({ indicatorId: 'constructor' }) }],
  ['indicator.unknown', { given: IN_EFFECT, when: grantExemption({ indicatorId: 'other' }) }],
  ['span.reversed', { ...onReport({ span: REVERSED }, {}, '/span') }],
  ['span.reversed', onReport({ kind: 'delta', comparisonSpan: '2027-01-01..2026-01-01' }, {}, '/comparisonSpan')],
  ['span.sourceNeeded', { given: MONITORED, when: reportActual({ span: NOT_STATED }), pointer: '/span' }],
  ['span.sourceNeeded', onReport({ kind: 'delta', comparisonSpan: NOT_STATED }, {}, '/comparisonSpan')],
  ['round.unsignedBasis', { given: ANNOUNCED, when: grantExemption(), facts: { status: 'announced' } }],
  ['round.agreementNotInEffect', { given: READY_DRAFT, when: grantExemption(), facts: { status: 'draft' } }],
];

const cases = [
  ...Object.entries(refused).flatMap(([code, examples]) => examples.map((example) => [code, example] as const)),
  ...elsewhere,
];

test.each(cases.map(([code, example], index) => [code, index + 1, example] as const))(
  '%s, case %i',
  (code, _number, example) => {
    given(...example.given)
      .when(example.when)
      .thenRejected(code, example.facts);
    const refusal = agreementDecider.decide(example.when, stateAfter(example.given)) as Rejection;
    if (example.pointer !== undefined) expect(refusal.pointer).toBe(example.pointer);
  },
);

test('a figure of which only a part lies in a closed round is not locked, nor one whose days nobody knows', () => {
  given(...LOCKED)
    .when(reportActual({ span: YEAR }))
    .then(actualReported({ span: '2026-10-01..2027-09-30' }));
  given(...LOCKED)
    .when(reportActual({ span: NOT_STATED }, TRANSCRIBED))
    .then(actualReported({ span: NOT_STATED, reportedBy: undefined }));
});

test('a reopened round locks nothing', () => {
  const reopened: AgreementEvent = {
    type: 'EvaluationRoundReopened',
    data: { round: '6', revision: 1, reason: 'พบข้อมูลผิดพลาด', reopenedBy: UNIT },
  };
  given(...LOCKED, reopened)
    .when(correctActual())
    .then(actualCorrected());
});

test('an examination is not locked, neither by a closed round nor by the end of the year', () => {
  for (const past of [LOCKED, YEAR_OVER]) {
    expect(agreementDecider.decide(examineActual(), stateAfter(past))).not.toBeInstanceOf(Rejection);
  }
});

function jointPart(changes: Figure = {}): Figure {
  const { span: _key, reportedBy: _who, ...part } = actualReported(JOINT_RATIO).data;
  return { ...part, ...changes };
}

function sameAsReported(): Omit<ReturnType<typeof actualReported>['data'], 'reportedBy'> {
  const { reportedBy: _who, ...figure } = actualReported().data;
  return figure;
}
