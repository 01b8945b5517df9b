import type { PublicationRules } from '@khamrap/audit/events';
import type { GoalSetEvent } from './domain/goal-set.events';

const PUBLISHED = 'Goal sets are published matters, and every version stays readable.';

/** Which events of goal sets everybody may have as they were recorded. */
export const goalSetPublication = {
  GoalSetPublished: { publish: 'atOnce', because: PUBLISHED },
  GoalSetRevised: { publish: 'atOnce', because: PUBLISHED },
} as const satisfies PublicationRules<GoalSetEvent>;
