import type { GoalSetEvent } from './goal-set.events';
import type { GoalSetState } from './goal-set.state';

/** Folds one event. It takes in what happened and judges nothing: each of the two tells the whole set. */
export function evolve(_state: GoalSetState, event: GoalSetEvent): GoalSetState {
  switch (event.type) {
    case 'GoalSetPublished':
      return { status: 'published', goalSetVersion: 1, content: event.data };
    case 'GoalSetRevised': {
      const { goalSetVersion, reason: _reason, ...content } = event.data;
      return { status: 'published', goalSetVersion, content };
    }
  }
}
