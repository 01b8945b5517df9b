import {
  code,
  decimal,
  eventSchema,
  integer,
  list,
  object,
  official,
  optional,
  privateText,
  type EventOf,
  type IsoDate,
  type JsonObject,
} from '@khamrap/kernel';
import { FIGURE_KINDS, FINALITIES, STEPS, UNITS, VERDICTS } from '../agreement.vocabulary';

// What was achieved, who checked it, and who found what of it.

/** The figure of an indicator and span; of a joint indicator, the part of one keeper. */
const figureKey = {
  indicatorId: code(),
  /** The key of a span, or `notStated`. */
  span: code(),
  /** The keeper whose part it is, for a joint indicator. */
  officeId: optional(code()),
};
const circumstances = {
  finality: code(FINALITIES),
  /** The day up to which the figure is known. */
  asOf: optional(code<IsoDate>()),
  asPrinted: optional(official()),
  evidence: list(object({ sha256: code(), mediaType: code(), name: official() })),
  /** A keeper's working note. */
  note: optional(privateText()),
  /** Name of the person who put the figure together. */
  preparedBy: optional(privateText()),
};
/** Which of the optional fields are there follows from `kind`. */
const figure = {
  kind: code(FIGURE_KINDS),
  unit: code(UNITS),
  /** Of a `value`, a `delta`, an `adopted` figure. */
  value: optional(decimal()),
  numerator: optional(decimal()),
  denominator: optional(decimal()),
  /** The span that a `delta` is a change against. */
  comparisonSpan: optional(code()),
  /** Level of the milestone that was reached. */
  milestone: optional(integer()),
  /** The day on which it was done. */
  date: optional(code<IsoDate>()),
  narrative: optional(official()),
  notAvailableReason: optional(official()),
  /** The figure of another agreement that this one repeats, by the event that stated it. */
  adoptedFrom: optional(object({ agreementId: code(), indicatorId: code(), eventId: code() })),
  /** A growth that the source prints beside the figure; the base is never computed from it. */
  statedGrowth: optional(object({ percent: decimal(), comparedWith: code() })),
  ...circumstances,
};

export const actualReportedV1 = eventSchema('ActualReported', 1, {
  indicatorId: code(),
  span: code(),
  value: decimal(),
  unit: code(UNITS),
  ...circumstances,
});
/** What was achieved, once for each indicator, span and keeper. `reportedBy` is a pseudonym. */
export const actualReported = eventSchema('ActualReported', 2, {
  ...figureKey,
  ...figure,
  reportedBy: optional(code()),
});
/** Version 1 knew plain values only. */
export const actualReportedFromV1 = (data: JsonObject): JsonObject => ({ ...data, kind: 'value' });

/** The figure is this from here on; the earlier one stays in the history, and its certification is void. */
export const actualCorrected = eventSchema('ActualCorrected', 1, {
  ...figureKey,
  ...figure,
  reason: official(),
  correctedBy: code(),
});
export const actualCertified = eventSchema('ActualCertified', 1, {
  ...figureKey,
  step: code(STEPS),
  certifiedBy: code(),
  comment: optional(official()),
});
/** Whoever checks a figure gives it back to its keeper, who corrects it or stands by it. */
export const actualReturned = eventSchema('ActualReturned', 1, {
  ...figureKey,
  step: code(STEPS),
  returnedBy: code(),
  comment: official(),
});
/** What an inspector found: it changes neither the score nor the certification. */
export const actualExamined = eventSchema('ActualExamined', 1, {
  ...figureKey,
  /** The inspection round in which it was examined. */
  inspectionRound: code(),
  verdict: code(VERDICTS),
  observedValue: optional(decimal()),
  comment: official(),
  examinedBy: code(),
});
/** In this evaluation round the indicator leaves the denominator. */
export const exemptionGranted = eventSchema('ExemptionGranted', 1, {
  indicatorId: code(),
  round: code(),
  officeId: code(),
  grantedBy: code(),
  reason: official(),
  basisDocument: optional(object({ reference: official(), sha256: optional(code()) })),
});

export type ActualReported = EventOf<typeof actualReported>;
export type ActualCorrected = EventOf<typeof actualCorrected>;
export type ActualCertified = EventOf<typeof actualCertified>;
export type ActualReturned = EventOf<typeof actualReturned>;
export type ActualExamined = EventOf<typeof actualExamined>;
export type ExemptionGranted = EventOf<typeof exemptionGranted>;
