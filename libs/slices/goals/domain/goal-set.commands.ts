import type { GoalSetPublished, GoalSetRevised } from './goal-set.events';

export type GoalSetCommand = PublishGoalSet | ReviseGoalSet;

/** Publishes the joint goals of a province for a fiscal year. */
export interface PublishGoalSet {
  readonly type: 'PublishGoalSet';
  readonly data: GoalSetPublished['data'];
}

/** Puts other names or goals in their place; the same again changes nothing. */
export interface ReviseGoalSet {
  readonly type: 'ReviseGoalSet';
  readonly data: Omit<GoalSetRevised['data'], 'province' | 'fiscalYear' | 'goalSetVersion'>;
}
