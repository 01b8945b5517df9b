/** The round that a command is about. */
export interface RoundTarget {
  readonly roundId: string;
}

/** The finding that a command is about. */
export interface FindingTarget extends RoundTarget {
  readonly findingId: string;
}

/** The recommendation that a command is about. */
export interface RecommendationTarget extends RoundTarget {
  readonly recommendationId: string;
}

/** The response that a command judges. */
export interface ResponseTarget extends RoundTarget {
  readonly responseId: string;
}
