import {
  code,
  decimal,
  decimalOrNotStated,
  eventSchema,
  integer,
  list,
  object,
  official,
  optional,
  type EventOf,
  type IsoDate,
} from '@khamrap/kernel';
import {
  APPEAL_OUTCOMES,
  ASSESSORS,
  DIRECTIONS,
  FIGURE_KINDS,
  SNAPSHOT_STANDINGS,
  UNITS,
} from '../agreement.vocabulary';
import { targetFields } from '../terms/terms.events';

// How a year is judged: rounds closed with a frozen snapshot, scores by assessors, results, appeals, the end.

/** What an indicator came to in a closed round: everything that its score was computed from. */
const snapshotOfIndicator = object({
  indicatorId: code(),
  displayNumber: code(),
  standing: code(SNAPSHOT_STANDINGS),
  /** Which way is better: with the rest, all that is needed to compute the score again. */
  direction: optional(code(DIRECTIONS)),
  weight: decimalOrNotStated(),
  target: optional(object(targetFields)),
  /** The one figure of the round, combined from those that were reported. */
  figure: optional(
    object({
      kind: code(FIGURE_KINDS),
      unit: code(UNITS),
      value: optional(decimal()),
      numerator: optional(decimal()),
      denominator: optional(decimal()),
      comparisonSpan: optional(code()),
      milestone: optional(integer()),
      date: optional(code<IsoDate>()),
    }),
  ),
  /** Whether every step of certification was done. */
  certified: optional(code(['yes', 'no'])),
  /** Half-up to four decimals. */
  score: optional(decimal()),
  /** Why there is no score, or why it is the floor. */
  reason: optional(code()),
});

/** The round is closed: what was promised, reported and scored stands as it is here, under its revision. */
export const evaluationRoundClosed = eventSchema('EvaluationRoundClosed', 1, {
  round: code(),
  span: code(),
  /** 1 for the first closing of the round, one more after each reopening. */
  revision: integer(),
  closedOn: code<IsoDate>(),
  closedBy: code(),
  officeId: optional(code()),
  scheme: object({
    schemeId: code(),
    ruleVersion: integer(),
    calendarVersion: integer(),
    bandsVersion: optional(integer()),
  }),
  indicators: list(snapshotOfIndicator),
  /** Half-up to four decimals; absent with the reason why. */
  total: optional(decimal()),
  noTotalReason: optional(code()),
  band: optional(code()),
  /** Per cent of the stated weight that counted, half-up to four decimals. */
  weightCountedPercent: optional(decimal()),
  targetsMet: integer(),
  targetsJudged: integer(),
});
/** The round is open again; the closed revision stays readable. */
export const evaluationRoundReopened = eventSchema('EvaluationRoundReopened', 1, {
  round: code(),
  /** The revision that is set aside. */
  revision: integer(),
  reason: official(),
  reopenedBy: code(),
  /** `yes` where its result was public already: that result is overtaken, and the next closing has one of its own. */
  resultAnnounced: optional(code(['yes'])),
});
/** A score that somebody gave: of an indicator, or of the whole round. */
export const scoreDetermined = eventSchema('ScoreDetermined', 1, {
  round: code(),
  indicatorId: optional(code()),
  assessor: code(ASSESSORS),
  score: decimal(),
  asPrinted: optional(official()),
  reason: optional(official()),
  determinedBy: code(),
});
/** The result that was made public. */
export const resultAnnounced = eventSchema('ResultAnnounced', 1, {
  round: code(),
  score: decimalOrNotStated(),
  band: optional(code()),
  announcedOn: code<IsoDate>(),
  asPrinted: optional(official()),
});
export const appealFiled = eventSchema('AppealFiled', 1, {
  appealId: code(),
  round: code(),
  indicatorId: optional(code()),
  officeId: code(),
  filedBy: code(),
  grounds: official(),
});
export const appealDecided = eventSchema('AppealDecided', 1, {
  appealId: code(),
  outcome: code(APPEAL_OUTCOMES),
  decidedBy: code(),
  reason: official(),
  /** The score that follows, where the appeal changes it. */
  score: optional(decimal()),
});
/** The year is over for this agreement. */
export const agreementClosed = eventSchema('AgreementClosed', 1, { closedOn: code<IsoDate>(), closedBy: code() });

export type EvaluationRoundClosed = EventOf<typeof evaluationRoundClosed>;
export type EvaluationRoundReopened = EventOf<typeof evaluationRoundReopened>;
export type ScoreDetermined = EventOf<typeof scoreDetermined>;
export type ResultAnnounced = EventOf<typeof resultAnnounced>;
export type AppealFiled = EventOf<typeof appealFiled>;
export type AppealDecided = EventOf<typeof appealDecided>;
export type AgreementClosed = EventOf<typeof agreementClosed>;
