import type { IsoDate } from '@khamrap/kernel';
import type { FindingEscalated, FindingResponded, RecommendationMade } from './finding.events';
import type { Finding, InspectionRound } from './inspection.events';

/** What the rules need to know of a round. */
export type InspectionState = { readonly status: 'notOpened' } | OpenedRound;

export interface OpenedRound {
  readonly status: 'open' | 'closed';
  readonly round: InspectionRound;
  /** A document says that there is the round: what documents say further of it may be transcribed too. */
  readonly isTranscribed: boolean;
  /** How often it was closed. */
  readonly closings: number;
  /** An inspector's statement that nothing was found stands. */
  readonly isStatedWithoutFindings: boolean;
  /** By finding id, in the order in which they were recorded. */
  readonly findings: ReadonlyMap<string, KnownFinding>;
  /** By recommendation id. */
  readonly recommendations: ReadonlyMap<string, KnownRecommendation>;
  /** By response id. */
  readonly responses: ReadonlyMap<string, KnownResponse>;
}

/**
 * How far an answer has come. `open`: nobody has answered, or not all who are to; `responded`: a response waits for its judgement;
 * `insufficient`: the last one that was judged is not enough.
 */
export type AnswerStatus = 'open' | 'responded' | 'insufficient';
export type FindingStatus = AnswerStatus | 'resolved' | 'withdrawn';
export type RecommendationStatus = AnswerStatus | 'fulfilled' | 'withdrawn';

export interface KnownFinding {
  readonly finding: Finding;
  readonly status: FindingStatus;
  /** The offices whose response was accepted, with that response; emptied when the finding is opened again. */
  readonly accepted: ReadonlyMap<string, string>;
  /** It was resolved once, and may have been published then. */
  readonly wasResolved: boolean;
  readonly escalations: readonly FindingEscalated['data'][];
}

export interface KnownRecommendation {
  readonly recommendation: RecommendationMade['data'];
  readonly status: RecommendationStatus;
}

export interface KnownResponse {
  readonly response: FindingResponded['data'];
  readonly status: 'pending' | 'accepted' | 'insufficient';
}

/** Whether nothing more is asked of anybody about it. */
export function isSettled(status: FindingStatus | RecommendationStatus): boolean {
  return status === 'resolved' || status === 'fulfilled' || status === 'withdrawn';
}

/** What a response answers: a recommendation, or else a finding. */
export function answers(
  { response }: KnownResponse,
  target: { readonly findingId?: string | undefined; readonly recommendationId?: string | undefined },
): boolean {
  return target.recommendationId === undefined
    ? response.recommendationId === undefined && response.findingId === target.findingId
    : response.recommendationId === target.recommendationId;
}

/** The offices from which an answer to a finding is still awaited: without a response that waits or was accepted. */
export function awaitedOffices(
  { finding: { findingId, officeIds }, accepted }: KnownFinding,
  responses: Iterable<KnownResponse>,
): readonly string[] {
  const pending = [...responses]
    .filter((each) => each.status === 'pending' && answers(each, { findingId }))
    .map(({ response }) => response.officeId);
  return officeIds.filter((officeId) => !accepted.has(officeId) && !pending.includes(officeId));
}

/** Whether a day on which an answer was due has passed, and there is none that waits to be judged. */
export function isOverdue(
  { status, dueOn }: { readonly status: FindingStatus | RecommendationStatus; readonly dueOn: IsoDate | undefined },
  isAwaited: boolean,
  day: IsoDate,
): boolean {
  return dueOn !== undefined && dueOn < day && isAwaited && !isSettled(status);
}
