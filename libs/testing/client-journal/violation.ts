/** What a log can do that it must never do. */
export type ViolationKind =
  /** Acknowledged, and not in the log. */
  | 'lost'
  /** One event stands twice. */
  | 'doubled'
  /** Refused, and yet in the log. */
  | 'rejectedButPresent'
  /** Acknowledged at another place than where it stands. */
  | 'misplaced'
  /** Stored with another body than the client's. */
  | 'altered'
  /** Events of one operation stand apart, in another order, or only some of them. */
  | 'torn'
  /** Stands before one that had been acknowledged before it was asked for. */
  | 'reordered'
  /** The same operation was answered in two ways. */
  | 'answersDiffer'
  | 'positionsNotContiguous'
  | 'revisionsNotContiguous'
  | 'timeRunsBackwards'
  /** The log's own hash does not fit the body that it keeps. */
  | 'damaged';

export interface Violation {
  readonly kind: ViolationKind;
  /** The operation concerned, where it is one of a client. */
  readonly operation?: string;
  readonly detail: string;
}
