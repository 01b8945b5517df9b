import type { AwardEvent } from './award.events';
import type { AwardState } from './award.state';

/** Folds one event. It takes in what happened and judges nothing. */
export function evolve(_state: AwardState, event: AwardEvent): AwardState {
  switch (event.type) {
    case 'AwardGranted':
      return { status: 'granted' };
    case 'AwardsAnnounced':
      return { status: 'announced' };
  }
}
