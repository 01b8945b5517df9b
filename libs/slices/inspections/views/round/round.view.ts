import { NOT_STATED } from '@khamrap/kernel';
import type { DecodedEvent } from '@khamrap/platform/event-store';
import { statedIn, type Source } from '@khamrap/platform/http';
import type { Finding, InspectionEvent, InspectionRound, RecommendationMade } from '../../domain/inspection.events';
import { placeOfFinding, placeOfRecommendation, type FindingPlace } from '../../domain/inspection.place';
import {
  awaitedOffices,
  isSettled,
  type FindingStatus,
  type OpenedRound,
  type RecommendationStatus,
} from '../../domain/inspection.state';
import { inspectedProvinces } from '../../domain/round.decide';
import { follow, NO_ROUND, type FollowedRound } from '../follow-up/followed-round';

/** One thing that happened, as it was recorded. */
export interface RoundEventView {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly revision: number;
  readonly stated: Source;
}

export interface FindingView extends Omit<Finding, 'dueOn'> {
  readonly status: FindingStatus;
  readonly dueOn: string;
  /** Who is still to answer. */
  readonly awaitedOfficeIds: readonly string[];
  readonly history: readonly RoundEventView[];
}

export interface RecommendationView extends Omit<RecommendationMade['data'], 'madeBy' | 'dueOn'> {
  readonly status: RecommendationStatus;
  readonly dueOn: string;
  readonly history: readonly RoundEventView[];
}

/** A round as it is told to somebody. */
export interface RoundView {
  readonly status: OpenedRound['status'];
  readonly round: InspectionRound;
  /** Whether somebody has stated that nothing was found. */
  readonly isFoundEmpty: boolean;
  /** What happened to the round itself. */
  readonly events: readonly RoundEventView[];
  readonly findings: readonly FindingView[];
  readonly recommendations: readonly RecommendationView[];
  /** Of the events that are told. */
  readonly last: { readonly revision: number; readonly position: number };
  /** Positions of those that are not published. */
  readonly inside: readonly number[];
}

/** Whether somebody is told of what lies at a place although it is not published. */
export type IsInside = (place: FindingPlace) => boolean;

/** Tells a round from its events; undefined where there is none. */
export function roundView(events: readonly DecodedEvent[], isInside: IsInside): RoundView | undefined {
  const followed = events.reduce<FollowedRound>(follow, NO_ROUND);
  const { state } = followed;
  if (state.status === 'notOpened') return undefined;
  const seen = seenItems(followed, state, isInside);
  const isOfInspectors = isWholeInside(state, isInside);
  const told = events.filter((event) => {
    const itemId = itemOf(event);
    return itemId === undefined ? isOfInspectors || isRoundPublic(event, state) : seen.has(itemId);
  });
  const eventsOf = (id: string | undefined): readonly RoundEventView[] =>
    told
      .filter((event) => itemOf(event) === id)
      .map((event) => viewOf(event, isOfInspectors || seen.get(id ?? '') === 'inside'));
  const last = told.at(-1);
  const isAnythingInside = isOfInspectors || [...seen.values()].includes('inside');
  const whole = events.at(-1);
  const end = isAnythingInside ? whole : last;
  return {
    status: state.status,
    round: isOfInspectors ? state.round : withoutPseudonyms(state.round),
    isFoundEmpty: isOfInspectors ? state.isStatedWithoutFindings : followed.isFoundEmpty,
    events: eventsOf(undefined),
    findings: [...state.findings.values()]
      .filter(({ finding }) => seen.has(finding.findingId))
      .map((known) => ({
        ...known.finding,
        status: known.status,
        dueOn: known.finding.dueOn ?? NOT_STATED,
        awaitedOfficeIds: isSettled(known.status) ? [] : awaitedOffices(known, state.responses.values()),
        history: eventsOf(known.finding.findingId),
      })),
    recommendations: [...state.recommendations.values()]
      .filter(({ recommendation }) => seen.has(recommendation.recommendationId))
      .map(({ recommendation: { madeBy: _madeBy, ...recommendation }, status }) => ({
        ...recommendation,
        status,
        dueOn: recommendation.dueOn ?? NOT_STATED,
        history: eventsOf(recommendation.recommendationId),
      })),
    last: { revision: end?.revision ?? 0, position: end?.position ?? 0 },
    inside: told
      .filter((event) => {
        const itemId = itemOf(event);
        return itemId === undefined ? !isRoundPublic(event, state) : followed.items.get(itemId)?.isTold !== true;
      })
      .map(({ position }) => position),
  };
}

/** Whether somebody may see all that is inside: who sees one of several provinces is not told how much there is in the others. */
function isWholeInside({ round }: OpenedRound, isInside: IsInside): boolean {
  const provinces = inspectedProvinces(round);
  return provinces.length === 0
    ? isInside({ provinces, officeIds: [] })
    : provinces.every((province) => isInside({ provinces: [province], officeIds: [] }));
}

/** The findings and recommendations that somebody is told of, and whether that is because they may see what is inside. */
function seenItems(
  { items }: FollowedRound,
  state: OpenedRound,
  isInside: IsInside,
): ReadonlyMap<string, 'inside' | 'published'> {
  const seen = new Map<string, 'inside' | 'published'>();
  for (const [id, { isTold }] of items) {
    const place = placeOf(id, state);
    if (place && isInside(place)) seen.set(id, 'inside');
    else if (isTold) seen.set(id, 'published');
  }
  return seen;
}

function placeOf(id: string, state: OpenedRound): FindingPlace | undefined {
  const finding = state.findings.get(id);
  if (finding) return placeOfFinding(finding.finding, state.round);
  const recommendation = state.recommendations.get(id);
  return recommendation && placeOfRecommendation(recommendation.recommendation, state);
}

/** The finding or recommendation that an event is about; undefined where it is the round itself, of which nothing had been found. */
function itemOf(event: DecodedEvent): string | undefined {
  if (event.type === 'NoFindingsVoided') return undefined;
  const { recommendationId, findingId } = event.data as { recommendationId?: string; findingId?: string };
  return recommendationId ?? findingId;
}

/** As `publication.ts` has it of events that are about the round itself. */
function isRoundPublic({ type }: DecodedEvent, { status }: OpenedRound): boolean {
  const told = type as InspectionEvent['type'];
  if (told === 'NoFindingsStated') return status === 'closed';
  return told !== 'FindingsCarried' && told !== 'NoFindingsVoided';
}

/** Who did it, by pseudonym, is told to those inside: beside a name that is printed it would tell whose it is. */
const PSEUDONYMS =
  /^(?:opened|revised|recorded|corrected|withdrawn|made|responded|judged|resolved|reopened|escalated|extended|stated|closed)By$/;

function viewOf(event: DecodedEvent, isInside: boolean): RoundEventView {
  const { type, revision } = event;
  const entries = Object.entries(event.data).filter(([name]) => isInside || !PSEUDONYMS.test(name));
  const data = Object.fromEntries(entries);
  const shown = isInside || !('inspectors' in data) ? data : withoutPseudonyms(data as unknown as InspectionRound);
  return { type, data: shown, revision, stated: statedIn(event) };
}

function withoutPseudonyms(round: InspectionRound): InspectionRound {
  return {
    ...round,
    inspectors: round.inspectors.map(({ inspectorId: _inspectorId, assignmentId: _assignmentId, ...named }) => named),
  };
}
