import { NOT_STATED, type IsoDate, type NotStated } from '@khamrap/kernel';
import type { ColumnValue } from '@khamrap/platform/projections';
import { isAwaited } from '../../domain/due.decide';
import { placeOfFinding, placeOfRecommendation, type FindingPlace } from '../../domain/inspection.place';
import { awaitedOffices, isSettled, type OpenedRound } from '../../domain/inspection.state';
import { inspectedProvinces } from '../../domain/round.decide';
import type { FollowedItem, FollowedRound } from './followed-round';

type Row = Readonly<Record<string, ColumnValue>>;

/** The row of a round; undefined where there is none. */
export function rowOfRound(roundId: string, followed: FollowedRound): Row | undefined {
  const { state, visitCount, isFoundEmpty, eventId = null } = followed;
  if (state.status === 'notOpened') return undefined;
  const { round } = state;
  return {
    round_id: roundId,
    number: round.number.printed,
    level: round.level,
    inspecting_office_id: round.inspectingBody.officeId ?? null,
    inspecting_name: round.inspectingBody.name ?? null,
    fiscal_year: round.fiscalYear ?? null,
    theme: round.theme ?? null,
    zone_id: round.zone?.zoneId ?? null,
    provinces: inspectedProvinces(round).join('\n'),
    days_from: statedDay(round.days.from),
    days_to: statedDay(round.days.to),
    status: state.status,
    is_found_empty: isFoundEmpty,
    inspector_ids: round.inspectors.flatMap(({ inspectorId }) => inspectorId ?? []).join('\n'),
    visit_count: visitCount,
    event_id: eventId,
  };
}

/** The row of a finding or a recommendation; undefined where there is none. */
export function rowOfItem(roundId: string, itemId: string, { state, items }: FollowedRound): Row | undefined {
  const item = items.get(itemId);
  if (!item || state.status === 'notOpened') return undefined;
  const { round } = state;
  const row = item.kind === 'finding' ? rowOfFinding(itemId, state) : rowOfRecommendation(itemId, state);
  return (
    row && {
      item_id: itemId,
      kind: item.kind,
      round_id: roundId,
      number: round.number.printed,
      level: round.level,
      fiscal_year: round.fiscalYear ?? null,
      ...row,
      ...rowOfFacts(item),
    }
  );
}

function rowOfFinding(findingId: string, state: OpenedRound): Row | undefined {
  const known = state.findings.get(findingId);
  if (!known) return undefined;
  const { finding, status, escalations } = known;
  const last = escalations.at(-1);
  const awaits = !isSettled(status) && isAwaited(known, state);
  return {
    finding_id: findingId,
    severity: finding.severity,
    theme: finding.theme,
    content: finding.text,
    ...rowOfPlace(placeOfFinding(finding, state.round), finding.officeIds),
    status,
    due_on: finding.dueOn ?? null,
    awaited: awaits ? awaitedOffices(known, state.responses.values()).join('\n') : '',
    is_awaited: awaits,
    escalation_count: escalations.length,
    escalated_level: last?.toLevel ?? null,
    escalated_office: last?.toOfficeId ?? null,
  };
}

function rowOfRecommendation(recommendationId: string, state: OpenedRound): Row | undefined {
  const known = state.recommendations.get(recommendationId);
  if (!known) return undefined;
  const { recommendation, status } = known;
  const { findingId, officeId } = recommendation;
  const officeIds = officeId === undefined ? [] : [officeId];
  const awaits = status === 'open' || status === 'insufficient';
  return {
    finding_id: findingId ?? null,
    severity: null,
    theme: (findingId === undefined ? undefined : state.findings.get(findingId)?.finding.theme) ?? null,
    content: recommendation.text,
    ...rowOfPlace(placeOfRecommendation(recommendation, state), officeIds),
    status,
    due_on: recommendation.dueOn ?? null,
    awaited: awaits ? officeIds.join('\n') : '',
    is_awaited: awaits,
    escalation_count: 0,
    escalated_level: null,
    escalated_office: null,
  };
}

/** @param asked the offices that are to answer: fewer than those that may know of it */
function rowOfPlace(place: FindingPlace, asked: readonly string[]): Row {
  const { provinces, officeIds } = place;
  const inPlaces = (office: string): readonly string[] =>
    provinces.length === 0 ? [`@${office}`] : provinces.map((province) => `${province}@${office}`);
  return {
    offices: asked.join('\n'),
    provinces: provinces.join('\n'),
    office_names: officeIds.flatMap((office) => [`*@${office}`, ...inPlaces(office)]).join('\n'),
  };
}

function rowOfFacts({ eventId, recordedOn, responseCount, settledOn, escalatedOn, isTold }: FollowedItem): Row {
  return {
    event_id: eventId,
    recorded_on: recordedOn,
    response_count: responseCount,
    settled_on: settledOn ?? null,
    escalated_on: escalatedOn ?? null,
    is_told: isTold,
  };
}

function statedDay(day: IsoDate | NotStated): IsoDate | null {
  return day === NOT_STATED ? null : day;
}
