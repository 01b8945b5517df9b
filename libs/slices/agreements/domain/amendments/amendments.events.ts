import {
  code,
  decimalOrNotStated,
  eventSchema,
  list,
  object,
  official,
  optional,
  type EventOf,
  type IsoDate,
} from '@khamrap/kernel';
import { AMENDMENT_CHANGES } from '../agreement.vocabulary';
import { targetFields } from '../terms/terms.events';

// Terms in effect change by an amendment only: requested by a maker, approved by every receiver, effective from a day.

const basisDocument = optional(object({ reference: official(), sha256: optional(code()) }));

export const amendmentRequested = eventSchema('AmendmentRequested', 1, {
  amendmentId: code(),
  officeId: code(),
  /** Pseudonym of the one who asks. */
  requestedBy: code(),
  requestedOn: code<IsoDate>(),
  changes: list(
    object({
      change: code(AMENDMENT_CHANGES),
      indicatorId: code(),
      /** For `target`: the target that is to stand. */
      target: optional(object(targetFields)),
      /** For `weight`. */
      weight: optional(decimalOrNotStated()),
      /** For `cancelIndicator`: the evaluation round from which on it no longer counts. */
      fromRound: optional(code()),
    }),
  ),
  reason: official(),
  basisDocument,
  effectiveFrom: code<IsoDate>(),
});
/** One receiver agrees; with the last of them the changes follow as events of their own. */
export const amendmentApproved = eventSchema('AmendmentApproved', 1, {
  amendmentId: code(),
  officeId: code(),
  approvedBy: code(),
});
export const amendmentRejected = eventSchema('AmendmentRejected', 1, {
  amendmentId: code(),
  officeId: code(),
  rejectedBy: code(),
  reason: official(),
});

const amended = { amendmentId: code(), indicatorId: code(), effectiveFrom: code<IsoDate>(), basisDocument };
export const targetAmended = eventSchema('TargetAmended', 1, { ...amended, ...targetFields });
export const weightAmended = eventSchema('WeightAmended', 1, { ...amended, weight: decimalOrNotStated() });
/** From a round on the indicator leaves the denominator and scores nothing. */
export const indicatorCancelled = eventSchema('IndicatorCancelled', 1, { ...amended, fromRound: code() });

export type AmendmentRequested = EventOf<typeof amendmentRequested>;
export type AmendmentApproved = EventOf<typeof amendmentApproved>;
export type AmendmentRejected = EventOf<typeof amendmentRejected>;
export type TargetAmended = EventOf<typeof targetAmended>;
export type WeightAmended = EventOf<typeof weightAmended>;
export type IndicatorCancelled = EventOf<typeof indicatorCancelled>;
