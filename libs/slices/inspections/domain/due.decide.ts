import { dayNumberOf, type IsoDate, Rejection } from '@khamrap/kernel';
import { unsettledFinding } from './finding.decide';
import type { DueDateExtended, FindingEscalated } from './finding.events';
import type { EscalateFinding, ExtendDueDate } from './inspection.commands';
import { refuse } from './inspection.refusals';
import { answers, awaitedOffices, isOverdue, type KnownFinding, type OpenedRound } from './inspection.state';
import { unsettledRecommendation } from './response.decide';

/** Only what nobody has answered in time is brought further up; what waits to be judged waits for the inspector. */
export function escalateFinding(
  { data, actor, decidedOn }: EscalateFinding,
  state: OpenedRound,
): readonly FindingEscalated[] | Rejection {
  const known = unsettledFinding(data.findingId, state);
  if (known instanceof Rejection) return known;
  const { dueOn } = known.finding;
  if (dueOn === undefined) return refuse('finding.noDueDay');
  if (!isOverdue({ status: known.status, dueOn }, isAwaited(known, state), decidedOn))
    return refuse('finding.notOverdue', { dueOn });
  const isRepeated = known.escalations.some(
    (before) => before.toLevel === data.toLevel && before.toOfficeId === data.toOfficeId && before.dueOn === dueOn,
  );
  if (isRepeated) return refuse('finding.escalatedBefore');
  const daysLate = dayNumberOf(decidedOn) - dayNumberOf(dueOn);
  return [{ type: 'FindingEscalated', data: { ...data, dueOn, daysLate, escalatedBy: actor } }];
}

export function extendDueDate(
  { data, actor, decidedOn, provenance }: ExtendDueDate,
  state: OpenedRound,
): readonly DueDateExtended[] | Rejection {
  const previous = dueDayOf(data, state);
  if (previous instanceof Rejection) return previous;
  const { dueOn: previousDueOn } = previous;
  if (previousDueOn !== undefined && data.dueOn <= previousDueOn)
    return refuse('finding.dueNotLater', { dueOn: previousDueOn }, '/dueOn');
  if (provenance.kind === 'native' && data.dueOn < decidedOn)
    return refuse('finding.dueInThePast', { decidedOn }, '/dueOn');
  const before = previousDueOn !== undefined && { previousDueOn };
  return [{ type: 'DueDateExtended', data: { ...data, ...before, extendedBy: actor } }];
}

/** Whether somebody is still to answer: one of the offices, or anybody where none is named. */
export function isAwaited(known: KnownFinding, { responses }: OpenedRound): boolean {
  const { findingId, officeIds } = known.finding;
  if (officeIds.length > 0) return awaitedOffices(known, responses.values()).length > 0;
  return ![...responses.values()].some((each) => each.status === 'pending' && answers(each, { findingId }));
}

function dueDayOf(
  { findingId, recommendationId }: ExtendDueDate['data'],
  state: OpenedRound,
): { readonly dueOn: IsoDate | undefined } | Rejection {
  if (recommendationId === undefined) {
    const known = unsettledFinding(findingId, state);
    return known instanceof Rejection ? known : { dueOn: known.finding.dueOn };
  }
  const known = unsettledRecommendation(recommendationId, state);
  return known instanceof Rejection ? known : { dueOn: known.recommendation.dueOn };
}
