import type { Condition, Mark, PublicationRules, ToldEvent } from '@khamrap/audit/events';
import type { InspectionEvent, InspectionRoundOpened, InspectionRoundRevised } from './domain/inspection.events';

const ROUNDS = 'That there is a round, what it inspects and that it is over, everybody may know.';
const FINDINGS =
  'A finding is told with all that became of it once it is resolved and its round is closed: what is open stays inside.';
const RECOMMENDATIONS = 'A recommendation is told once it is done and its round is closed, like a finding.';
const INSIDE = 'It tells of findings that are not resolved, or that were none.';

/** Whoever inspects, and whoever may see what is found, where that stands: audit places a finding by what was recorded of it. */
const OF_INSPECTORS = { permissions: ['inspection.read'] } as const;

/** What tells of the round as a whole, such as how much is open in it: whoever reaches one of its provinces is told of that one. */
const OF_WHOLE_ROUND = { ...OF_INSPECTORS, wholeOnly: true } as const;

/** The mark with which a finding or a recommendation is told. */
function told(kind: 'finding' | 'recommendation', id: string): readonly string[] {
  return [kind, id, 'told'];
}

/** What is answered: a recommendation where one is named, else a finding. */
interface Answered {
  readonly findingId?: string | undefined;
  readonly recommendationId?: string | undefined;
}

function asFinding({ data: { findingId } }: { readonly data: { readonly findingId: string } }): Condition {
  return { mark: told('finding', findingId), stands: 'either' };
}

function asAnswered({ data: { findingId = '', recommendationId } }: { readonly data: Answered }): Condition {
  const mark = recommendationId === undefined ? told('finding', findingId) : told('recommendation', recommendationId);
  return { mark, stands: 'either' };
}

const ofFinding = { publish: asFinding, because: FINDINGS, ...OF_INSPECTORS } as const;
const ofAnswer = { publish: asAnswered, because: FINDINGS, ...OF_INSPECTORS } as const;

/** Which events of inspection rounds everybody may have as they were recorded, and when. */
export const inspectionRoundPublication = {
  InspectionRoundOpened: { publish: asRound, because: ROUNDS, ...OF_WHOLE_ROUND },
  InspectionRoundRevised: { publish: asRound, because: ROUNDS, ...OF_WHOLE_ROUND },
  InspectionVisitRecorded: { publish: 'atOnce', because: ROUNDS, ...OF_INSPECTORS },
  FindingRecorded: ofFinding,
  FindingCorrected: ofFinding,
  FindingWithdrawn: { publish: 'never', because: INSIDE, ...OF_INSPECTORS },
  RecommendationMade: {
    publish: ({ data }) => ({ mark: told('recommendation', data.recommendationId), stands: 'either' }),
    because: RECOMMENDATIONS,
    ...OF_INSPECTORS,
  },
  FindingResponded: ofAnswer,
  ResponseJudged: {
    ...ofAnswer,
    marks: ({ data: { recommendationId, outcome, isRoundClosed } }) =>
      recommendationId !== undefined && outcome === 'accepted' && isRoundClosed
        ? [{ name: told('recommendation', recommendationId) }]
        : [],
  },
  FindingResolved: {
    ...ofFinding,
    marks: ({ data: { findingId, isRoundClosed } }) => (isRoundClosed ? [{ name: told('finding', findingId) }] : []),
  },
  // What was told once is not taken back; what happens from here on waits until it is resolved again.
  FindingReopened: {
    ...ofFinding,
    marks: ({ data: { findingId } }) => [{ name: told('finding', findingId), lifted: true }],
  },
  FindingEscalated: ofFinding,
  DueDateExtended: ofAnswer,
  NoFindingsStated: {
    publish: { mark: ['closed'], stands: 'either' },
    because: 'That nothing was found is told with the closing.',
    ...OF_WHOLE_ROUND,
  },
  NoFindingsVoided: { publish: 'never', because: INSIDE, ...OF_WHOLE_ROUND },
  InspectionRoundClosed: {
    publish: 'atOnce',
    because: ROUNDS,
    ...OF_INSPECTORS,
    marks: ({ data: { resolved, fulfilled } }): readonly Mark[] => [
      { name: ['closed'] },
      ...resolved.map((findingId) => ({ name: told('finding', findingId) })),
      ...fulfilled.map((recommendationId) => ({ name: told('recommendation', recommendationId) })),
    ],
  },
  FindingsCarried: { publish: 'never', because: INSIDE, ...OF_WHOLE_ROUND },
  InspectionRoundReopened: {
    publish: 'atOnce',
    because: ROUNDS,
    ...OF_INSPECTORS,
    marks: () => [{ name: ['closed'], lifted: true }],
  },
} as const satisfies PublicationRules<InspectionEvent>;

/** A name beside a pseudonym would tell whose pseudonym that is. */
function asRound({
  data: { inspectors },
}: ToldEvent<InspectionRoundOpened['data'] | InspectionRoundRevised['data']>): 'atOnce' | 'never' {
  return inspectors.some(({ inspectorId, name }) => inspectorId !== undefined && name !== undefined)
    ? 'never'
    : 'atOnce';
}
