import { Rejection, type Provenance } from '@khamrap/kernel';
import { permits, sees, sightOf, type Permission, type Requester } from '@khamrap/platform/access';
import { refuse } from '../domain/inspection.refusals';
import type { InspectionRound } from '../domain/inspection.events';
import { placeOfFinding, placeOfRecommendation, type FindingPlace } from '../domain/inspection.place';
import type { InspectionState, OpenedRound } from '../domain/inspection.state';
import { inspectedProvinces } from '../domain/round.decide';
import { isGovernors, type InspectedOffice } from './inspected-offices';

/**
 * Whether somebody may conduct a round: their grants reach every province that it inspects, and where none is named, the nation.
 * Who transcribes documents for the nation brings in what others have done. That there is the round everybody may know.
 */
export function refusalOfConducting(
  requester: Requester,
  round: InspectionRound,
  provenance: Provenance,
): Rejection | undefined {
  if (provenance.kind === 'transcribed')
    return permits(requester, 'sourceDocument.register', {}) ? undefined : refuse('inspection.notYours');
  const provinces = inspectedProvinces(round);
  const reaches =
    provinces.length === 0
      ? permits(requester, 'inspection.conduct', {})
      : provinces.every((province) => permits(requester, 'inspection.conduct', { province }));
  return reaches ? undefined : refuse('inspection.notYours');
}

/** The same for a round that there may be. What does not exist is for the decider to refuse. */
export function refusalOnRound(
  requester: Requester,
  state: InspectionState,
  provenance: Provenance,
): Rejection | undefined {
  return state.status === 'notOpened' ? undefined : refusalOfConducting(requester, state.round, provenance);
}

/** Who has a role in the office that has answered has a part in the answer. */
export function refusalOfJudging(
  requester: Requester,
  state: InspectionState,
  provenance: Provenance,
  responseId: string,
): Rejection | undefined {
  const refusal = refusalOnRound(requester, state, provenance);
  if (refusal || state.status === 'notOpened' || provenance.kind === 'transcribed') return refusal;
  const officeId = state.responses.get(responseId)?.response.officeId;
  const isOwn = requester.grants.some(({ scope }) => scope.kind === 'office' && scope.office === officeId);
  return isOwn ? refuse('response.ofOwnOffice') : undefined;
}

/** An answer in the name of an office, as far as it matters who brings it. */
export interface AnswerForOffice {
  readonly officeId: string;
  /** Where it stands; absent where nobody has registered it. */
  readonly office: InspectedOffice | undefined;
  readonly findingId?: string | undefined;
  readonly recommendationId?: string | undefined;
}

/**
 * Whether somebody may answer for an office: those of the office, those above it, the governor of its province. What is found is
 * no business of others while it is open: to them there is no such finding.
 */
export function refusalOfAnswering(
  requester: Requester,
  answer: AnswerForOffice,
  state: InspectionState,
  provenance: Provenance,
): Rejection | undefined {
  if (state.status === 'notOpened') return undefined;
  if (provenance.kind === 'transcribed')
    return permits(requester, 'sourceDocument.register', {}) ? undefined : refuse('finding.notYours');
  const place = placeOfAnswer(answer, state);
  // What there is not is for the decider to refuse, with the words that those hear who may not know of it.
  if (!place) return undefined;
  if (!isInSight(requester, 'inspection.read', place))
    return new Rejection(answer.recommendationId === undefined ? 'finding.notRecorded' : 'recommendation.notMade');
  return mayAnswer(requester, answer) ? undefined : refuse('finding.notYours');
}

/** Whether a permission reaches a finding: one of its provinces, one of its offices; the whole round where it names neither. */
export function isInSight(
  requester: Requester | undefined,
  permission: Permission,
  { provinces, officeIds }: FindingPlace,
): boolean {
  const sight = sightOf(requester, permission);
  const places = provinces.length === 0 ? [null] : provinces;
  return places.some((province) => sees(sight, { province, offices: officeIds }));
}

function placeOfAnswer({ findingId, recommendationId }: AnswerForOffice, state: OpenedRound): FindingPlace | undefined {
  if (recommendationId !== undefined) {
    const known = state.recommendations.get(recommendationId);
    return known && placeOfRecommendation(known.recommendation, state);
  }
  const known = findingId === undefined ? undefined : state.findings.get(findingId);
  return known && placeOfFinding(known.finding, state.round);
}

/** By a grant for the nation nobody answers in the name of an office; a governor does for those of the province's own chain. */
function mayAnswer({ grants }: Requester, { officeId, office }: AnswerForOffice): boolean {
  return grants
    .filter(({ permissions }) => permissions.has('inspection.respond'))
    .some(({ scope }) => {
      switch (scope.kind) {
        case 'office':
          return scope.office === officeId || scope.below?.has(officeId) === true;
        case 'province':
          return office?.province === scope.province && isGovernors(office);
        case 'nation':
        case 'zone':
        case 'indicator':
          return false;
      }
    });
}
