/** The door for other slices: what a goal set's events say. Types only, so nothing of this slice runs elsewhere. */
export type { Goal, GoalSetEvent, GoalSetPublished, GoalSetRevised } from './domain/goal-set.events';
