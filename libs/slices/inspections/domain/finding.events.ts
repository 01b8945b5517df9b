import {
  boolean,
  code,
  eventSchema,
  integer,
  list,
  object,
  official,
  optional,
  type EventOf,
  type IsoDate,
} from '@khamrap/kernel';
import { ESCALATION_LEVELS, RESPONSE_OUTCOMES, SEVERITIES } from './inspection.vocabulary';
import { evidence } from './round.events';

// What was found and recommended, what those concerned answer, and what became of it. Pseudonyms say who did it.

const findingFields = {
  findingId: code(),
  severity: code(SEVERITIES),
  /** What it is about, in few words: findings are counted by it. */
  theme: official(),
  text: official(),
  /** Who is to answer; empty only where a document does not say it. */
  officeIds: list(code()),
  /** The inspected provinces that it concerns. ISO 3166-2, such as `TH-54`. */
  provinces: list(code()),
  /** What it is about in agreements: the whole, an indicator, a period of it, an evaluation round. */
  subjects: list(
    object({
      agreementId: code(),
      indicatorId: optional(code()),
      /** The key of a span, such as `2022-10-01..2023-06-30`. */
      span: optional(code()),
      round: optional(code()),
    }),
  ),
  /** The events that it concerns. That each of them was recorded there has been looked up, and stands in the basis. */
  events: list(object({ eventId: code(), stream: code(), revision: integer() })),
  /** The question from which it came. */
  questionId: optional(code()),
  evidence: evidence(),
  /** The last day on which an answer is in time; absent where none is asked for by a day. */
  dueOn: optional(code<IsoDate>()),
};

export const findingRecorded = eventSchema('FindingRecorded', 1, { ...findingFields, recordedBy: code() });

/** The finding is stated anew and as a whole; what was stated before stays in the history. */
export const findingCorrected = eventSchema('FindingCorrected', 1, {
  ...findingFields,
  reason: official(),
  correctedBy: code(),
});

/** It was no finding. It stays in the history, and counts no more. */
export const findingWithdrawn = eventSchema('FindingWithdrawn', 1, {
  findingId: code(),
  reason: official(),
  withdrawnBy: code(),
});

export const recommendationMade = eventSchema('RecommendationMade', 1, {
  recommendationId: code(),
  /** The finding that it follows from; absent for a general one. */
  findingId: optional(code()),
  text: official(),
  /** The office that it is addressed to; absent only where a document does not say it. */
  officeId: optional(code()),
  dueOn: optional(code<IsoDate>()),
  madeBy: code(),
});

/** What is answered: a finding, or a recommendation (with its finding where it follows from one). */
const answered = { findingId: optional(code()), recommendationId: optional(code()) };

/** An office answers a finding or a recommendation. */
export const findingResponded = eventSchema('FindingResponded', 1, {
  responseId: code(),
  ...answered,
  officeId: code(),
  text: official(),
  evidence: evidence(),
  respondedBy: code(),
});

export const responseJudged = eventSchema('ResponseJudged', 1, {
  responseId: code(),
  ...answered,
  officeId: code(),
  outcome: code(RESPONSE_OUTCOMES),
  /** What is missing where it is insufficient; may be told where it is accepted. */
  reason: optional(official()),
  /** Whether the round was closed by then: what is settled earlier is published with the closing. */
  isRoundClosed: boolean(),
  judgedBy: code(),
});

/** Every office that is to answer has an accepted response. */
export const findingResolved = eventSchema('FindingResolved', 1, {
  findingId: code(),
  /** The response with which it was resolved. */
  responseId: code(),
  isRoundClosed: boolean(),
  resolvedBy: code(),
});

export const findingReopened = eventSchema('FindingReopened', 1, {
  findingId: code(),
  reason: official(),
  dueOn: optional(code<IsoDate>()),
  reopenedBy: code(),
});

/** It was not answered in time, and is brought to somebody above. */
export const findingEscalated = eventSchema('FindingEscalated', 1, {
  findingId: code(),
  toLevel: code(ESCALATION_LEVELS),
  /** To whom, where it is one office. */
  toOfficeId: optional(code()),
  /** The day that has passed. */
  dueOn: code<IsoDate>(),
  daysLate: integer(),
  reason: official(),
  escalatedBy: code(),
});

export const dueDateExtended = eventSchema('DueDateExtended', 1, {
  ...answered,
  previousDueOn: optional(code<IsoDate>()),
  dueOn: code<IsoDate>(),
  reason: official(),
  extendedBy: code(),
});

export type FindingRecorded = EventOf<typeof findingRecorded>;
export type FindingCorrected = EventOf<typeof findingCorrected>;
export type FindingWithdrawn = EventOf<typeof findingWithdrawn>;
export type RecommendationMade = EventOf<typeof recommendationMade>;
export type FindingResponded = EventOf<typeof findingResponded>;
export type ResponseJudged = EventOf<typeof responseJudged>;
export type FindingResolved = EventOf<typeof findingResolved>;
export type FindingReopened = EventOf<typeof findingReopened>;
export type FindingEscalated = EventOf<typeof findingEscalated>;
export type DueDateExtended = EventOf<typeof dueDateExtended>;
