import type { PublicationRules } from '@khamrap/audit/events';
import type { PersonalDataRequestEvent } from './domain/personal-data-request.events';
import type { RetentionApplied } from './domain/retention.events';

const OF_PERSONS = 'What somebody asks of the data about them is nobody else’s business.';

/** Whoever decides on requests; that somebody audits the nation is not enough. */
const OF_OFFICER = {
  permissions: ['personalData.decide'],
  nationOnly: true,
  privateValues: ['personalData.decide'],
} as const;

/** Which events of requests everybody may have as they were recorded: none. */
export const personalDataPublication = {
  PersonalDataRequestFiled: { publish: 'never', because: OF_PERSONS, ...OF_OFFICER },
  PersonalDataRequestFulfilled: { publish: 'never', because: OF_PERSONS, ...OF_OFFICER },
  PersonalDataRequestRefused: { publish: 'never', because: OF_PERSONS, ...OF_OFFICER },
  PersonalDataErased: { publish: 'never', because: OF_PERSONS, ...OF_OFFICER },
  RetentionApplied: {
    publish: 'never',
    because: 'It names what is gone by its commitments; that it is gone, views show where it was.',
    nationOnly: true,
  },
} as const satisfies PublicationRules<PersonalDataRequestEvent | RetentionApplied>;
