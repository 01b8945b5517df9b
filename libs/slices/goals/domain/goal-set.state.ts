import type { GoalSetPublished } from './goal-set.events';

/** A set as it is now. */
export interface PublishedGoalSet {
  readonly status: 'published';
  readonly goalSetVersion: number;
  readonly content: GoalSetPublished['data'];
}

/** What the rules need to know of a goal set. */
export type GoalSetState = { readonly status: 'notPublished' } | PublishedGoalSet;
