import { isoDate, NATIVE, NOT_STATED, Rejection, type Provenance, type ScoringRule, type Span } from '@khamrap/kernel';
import type {
  AgreementCommand,
  AnnounceResult,
  CloseAgreement,
  CloseEvaluationRound,
  DecideAppeal,
  DetermineScore,
  FileAppeal,
  ReopenEvaluationRound,
} from '../agreement.commands';
import { agreementDecider } from '../agreement.decider';
import type {
  ActualReported,
  AgreementDrafted,
  AgreementEvent,
  IndicatorAdded,
  ResultAnnounced,
  TargetSet,
} from '../agreement.events';
import {
  actualReported,
  drafted,
  FIRST_HALF,
  HEAD,
  indicatorAdded,
  inEffect,
  KEEPER,
  MAKER,
  RECEIVER,
  stateAfter,
  targetSet,
  YEAR,
} from '../agreement.examples';
import { actualCertified, SUPERVISOR, UNIT } from '../figures/actuals.examples';

// A year of the agreement in agreement.examples.ts as it is judged: two rounds, scored on five levels from 1 to 5.

export const EVALUATOR = 'person-evaluator';
export const SCHEME: NonNullable<AgreementDrafted['data']['scheme']> = {
  schemeId: 'example',
  ruleVersion: 1,
  calendarVersion: 1,
};
export const HALF = '6m';
export const WHOLE = '12m';
export const YEAR_KEY = '2026-10-01..2027-09-30';
export const SECOND_HALF: Span = { from: isoDate('2027-04-01'), to: isoDate('2027-09-30') };
export const SECOND_HALF_KEY = '2027-04-01..2027-09-30';
/** Each judges from the beginning of the year. */
export const ROUNDS: CloseEvaluationRound['rounds'] = [
  { round: HALF, span: FIRST_HALF },
  { round: WHOLE, span: YEAR },
];
export const RULE: ScoringRule = {
  ruleVersion: 1,
  fiveLevels: ['1', '2', '3', '4', '5'],
  threeAnchors: ['1', '3', '5'],
  between: 'linear',
  belowLowest: '1',
  single: { met: '5', notMet: '1' },
  judged: { min: '1', max: '5' },
};
/** The anchors that a report of 2567 prints: 50, 70, 100. */
export const ANCHORED_RULE: ScoringRule = {
  ruleVersion: 1,
  fiveLevels: ['50', '60', '70', '85', '100'],
  threeAnchors: ['50', '70', '100'],
  between: 'linear',
  belowLowest: '0',
  single: { met: '100', notMet: '0' },
  judged: { min: '0', max: '100' },
};
export const BANDS: NonNullable<CloseEvaluationRound['bands']> = {
  bandsVersion: 2,
  bands: [
    { code: 'improve', from: '1' },
    { code: 'quality', from: '4.5' },
  ],
};

/** Days after the end of each round. */
export const AFTER_HALF = isoDate('2027-04-15');
export const AFTER_YEAR = isoDate('2027-10-15');

/** An indicator, its target for the first half, and the figure that was reported; each can be left out. */
export interface IndicatorSketch {
  readonly terms?: Partial<IndicatorAdded['data']>;
  readonly target?: Partial<TargetSet['data']>;
  readonly figures?: readonly Partial<ActualReported['data']>[];
}

/** An agreement in effect by the scheme of the examples, with figures that have every step of certification. */
export function judgedAgreement(
  sketches: readonly IndicatorSketch[],
  heading: Partial<AgreementDrafted['data']> = {},
): readonly AgreementEvent[] {
  const named = sketches.map((sketch, index) => ({
    key: { indicatorId: sketch.terms?.indicatorId ?? `indicator-${index + 1}` },
    displayNumber: `${index + 1}`,
    ...sketch,
  }));
  const terms = named.flatMap(({ key, displayNumber, terms: changes, target }) => [
    indicatorAdded({ displayNumber, ...changes, ...key }),
    ...(target ? [targetSet({ unit: changes?.unit ?? 'baht', ...target, ...key })] : []),
  ]);
  const figures = named.flatMap(({ key, terms: changes, figures: reported = [] }) =>
    reported.flatMap((figure) => certified({ unit: changes?.unit ?? 'baht', ...figure, ...key })),
  );
  return [...inEffect([drafted({ scheme: SCHEME, ...heading }), ...terms]), ...figures];
}

/** A figure, reported and certified by those who have to. */
export function certified(changes: Partial<ActualReported['data']>): readonly AgreementEvent[] {
  const reported = actualReported(changes);
  const { indicatorId, span, officeId } = reported.data;
  const key = { indicatorId, span, ...(officeId !== undefined && { officeId }) };
  return [
    reported,
    actualCertified({ ...key, step: 'supervisor', certifiedBy: SUPERVISOR }),
    actualCertified({ ...key, step: 'performanceUnit', certifiedBy: UNIT }),
  ];
}

/**
 * What is past, with what commands made of it.
 * @throws Error when one of them is refused
 */
export function after(
  past: readonly AgreementEvent[],
  ...commands: readonly AgreementCommand[]
): readonly AgreementEvent[] {
  return commands.reduce<readonly AgreementEvent[]>((events, command) => {
    const decision = agreementDecider.decide(command, stateAfter(events));
    if (decision instanceof Rejection) throw new Error(`${command.type} was refused: ${decision.code}`);
    return [...events, ...decision];
  }, past);
}

export function closeRound(
  round: string,
  changes: Partial<Omit<CloseEvaluationRound, 'type' | 'data'>> = {},
): CloseEvaluationRound {
  return {
    type: 'CloseEvaluationRound',
    data: { round, closedBy: UNIT, officeId: RECEIVER.officeId },
    rule: RULE,
    rounds: ROUNDS,
    bands: BANDS,
    decidedOn: round === HALF ? AFTER_HALF : AFTER_YEAR,
    ...changes,
  };
}
export function reopenRound(round: string): ReopenEvaluationRound {
  return { type: 'ReopenEvaluationRound', data: { round, reason: 'รายงานของอำเภอตกหล่น', reopenedBy: UNIT } };
}
export function determineScore(
  changes: Partial<DetermineScore['data']> = {},
  further: Partial<Pick<DetermineScore, 'bounds' | 'rounds'>> = {},
): DetermineScore {
  return {
    type: 'DetermineScore',
    data: { round: HALF, assessor: 'evaluator', score: '4.5', determinedBy: EVALUATOR, ...changes },
    bounds: { least: '1', most: '5' },
    rounds: ROUNDS,
    ...further,
  };
}
export function announceResult(
  changes: Partial<ResultAnnounced['data']> = {},
  provenance: Provenance = NATIVE,
): AnnounceResult {
  return {
    type: 'AnnounceResult',
    data: { round: HALF, score: '4.2', announcedOn: isoDate('2027-05-01'), ...changes },
    provenance,
    decidedOn: isoDate('2027-05-02'),
  };
}
export function fileAppeal(changes: Partial<FileAppeal['data']> = {}): FileAppeal {
  const officeId = MAKER.officeId;
  const grounds = 'เอกสารหลักฐานไม่ได้ถูกนำมาพิจารณา';
  return {
    type: 'FileAppeal',
    data: { appealId: 'appeal-1', round: HALF, officeId, filedBy: HEAD, grounds, ...changes },
  };
}
export function decideAppeal(
  changes: Partial<DecideAppeal['data']> = {},
  further: Partial<Pick<DecideAppeal, 'officeId' | 'bounds'>> = { bounds: { least: '1', most: '5' } },
): DecideAppeal {
  const reason = 'หลักฐานครบถ้วน';
  return {
    type: 'DecideAppeal',
    data: { appealId: 'appeal-1', outcome: 'upheld', decidedBy: EVALUATOR, reason, ...changes },
    ...further,
  };
}
export function closeAgreement(changes: Partial<Omit<CloseAgreement, 'type'>> = {}): CloseAgreement {
  return { type: 'CloseAgreement', data: { closedBy: UNIT }, rounds: ROUNDS, decidedOn: AFTER_YEAR, ...changes };
}

/** One indicator, whose target of the first half is met. */
export const ONE_FIGURE = judgedAgreement([{ target: { value: '100' }, figures: [{ value: '120' }] }]);
export const HALF_CLOSED = after(ONE_FIGURE, closeRound(HALF));
export const YEAR_CLOSED = after(HALF_CLOSED, closeRound(WHOLE), closeAgreement());
/** One indicator that an evaluator judges. */
export const WITH_JUDGED = judgedAgreement([{ terms: { direction: 'judged', unit: 'score' } }]);

/** Indicators of every kind, so that the snapshot of their round holds every field that it can have. */
export const OF_EVERY_KIND: readonly IndicatorSketch[] = [
  {
    target: { value: '100', criterion: 'single', asPrinted: '๑๐๐ บาท' },
    figures: [{ value: '120' }],
  },
  {
    terms: {
      unit: 'percent',
      accumulation: 'ratio',
      keepers: [MAKER, RECEIVER].map(({ officeId, officeName }) => ({ officeId, officeName })),
    },
    target: { criterion: 'fiveLevels', value: undefined, levels: ['60', '65', '70', '75', '80'] },
    figures: [
      { kind: 'ratio', value: undefined, numerator: '30', denominator: '40', officeId: MAKER.officeId },
      { kind: 'ratio', value: undefined, numerator: '42', denominator: '60', officeId: RECEIVER.officeId },
    ],
  },
  {
    terms: { direction: 'milestone', unit: 'level' },
    target: {
      criterion: 'milestones',
      value: undefined,
      milestones: [
        { level: 1, description: 'มีแผน' },
        { level: 3, description: 'ดำเนินการ' },
        { level: 5, description: 'แล้วเสร็จ' },
      ],
    },
    figures: [{ kind: 'milestone', value: undefined, milestone: 4 }],
  },
  {
    terms: { direction: 'date', unit: 'day' },
    target: {
      criterion: 'dates',
      value: undefined,
      dates: [isoDate('2027-03-31'), isoDate('2027-02-28'), isoDate('2027-01-31')],
    },
    figures: [{ kind: 'date', value: undefined, date: isoDate('2027-02-28') }],
  },
  {
    target: { value: '50', comparisonSpan: '2025-10-01..2026-03-31' },
    figures: [{ kind: 'delta', value: '40', comparisonSpan: '2025-10-01..2026-03-31' }],
  },
  { terms: { direction: 'judged', unit: 'score', indicatorId: 'judged' } },
  { target: { value: '10' } },
  { terms: { rounds: [WHOLE] } },
];

/** A sound history in which each event of rounds, scores and appeals stands with every field that it can have. */
export const ROUNDS_HISTORY: readonly AgreementEvent[] = after(
  judgedAgreement(OF_EVERY_KIND),
  determineScore({ indicatorId: 'judged', asPrinted: '๔.๕', reason: 'ผลงานครบถ้วน' }),
  determineScore({ assessor: 'selfAssessment', score: '4.9', determinedBy: KEEPER }),
  closeRound(HALF),
  announceResult({ band: 'quality', asPrinted: '๔.๒๐ คะแนน' }),
  fileAppeal({ indicatorId: 'judged' }),
  decideAppeal({ outcome: 'partlyUpheld', score: '4.75' }),
  reopenRound(HALF),
  determineScore({ indicatorId: 'judged', score: '4.75' }),
  closeRound(HALF),
  announceResult({ score: NOT_STATED }),
  closeRound(WHOLE),
  closeAgreement(),
  fileAppeal({ appealId: 'appeal-2', round: WHOLE }),
  decideAppeal({ appealId: 'appeal-2', outcome: 'dismissed' }),
);
/** The document states no weights, so the round has no total. */
export const UNWEIGHTED_HISTORY: readonly AgreementEvent[] = after(
  judgedAgreement([
    { terms: { weight: NOT_STATED }, target: { value: '100' }, figures: [{ value: '120' }] },
    { terms: { weight: NOT_STATED }, target: { value: '100' } },
  ]),
  closeRound(HALF),
);
