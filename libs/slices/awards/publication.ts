import type { PublicationRules } from '@khamrap/audit/events';
import type { AwardEvent } from './domain/award.events';

const ANNOUNCED = 'Awards are announced for everybody to know, and their history is told whole.';

/** Which events of awards everybody may have as they were recorded. */
export const awardPublication = {
  AwardGranted: { publish: 'atOnce', because: ANNOUNCED },
  AwardsAnnounced: { publish: 'atOnce', because: ANNOUNCED },
  AwardCorrected: { publish: 'atOnce', because: ANNOUNCED },
  AwardRevoked: { publish: 'atOnce', because: ANNOUNCED },
} as const satisfies PublicationRules<AwardEvent>;
