import type { PublicationRules } from '@khamrap/audit/events';
import type { SchemeEvent } from './domain/scheme.events';

const PUBLISHED = 'Without the rules nobody could compute a score again, so everybody reads every version.';

/** Which events of schemes everybody may have as they were recorded. */
export const schemePublication = {
  SchemePublished: { publish: 'atOnce', because: PUBLISHED },
  ScoringRulePublished: { publish: 'atOnce', because: PUBLISHED },
  BandsPublished: { publish: 'atOnce', because: PUBLISHED },
  StatusRulesPublished: { publish: 'atOnce', because: PUBLISHED },
  ReportingCalendarPublished: { publish: 'atOnce', because: PUBLISHED },
  DeadlineExtended: { publish: 'atOnce', because: PUBLISHED },
  ReferenceDataPublished: { publish: 'atOnce', because: PUBLISHED },
} as const satisfies PublicationRules<SchemeEvent>;
