import {
  boolean,
  code,
  eventSchema,
  eventVersions,
  list,
  object,
  official,
  optional,
  privateText,
  type EventDeclaration,
  type EventOf,
} from '@khamrap/kernel';
import { retentionApplied } from './retention.events';

/** What somebody may ask for: to see, to have erased or to have put right what is kept about them. */
export const REQUEST_KINDS = ['access', 'erasure', 'correction'] as const;

/**
 * Why the law lets a request be refused, by the sections of the Personal Data Protection Act B.E. 2562; which of them go with
 * which kind of request stands in the rules.
 */
export const REFUSAL_GROUNDS = [
  'archivesOrStatistics',
  'publicTask',
  'legalDuty',
  'freedomOfExpression',
  'legalClaims',
  'lawOrCourtOrder',
  'rightsOfOthers',
  'dataAreCorrect',
] as const;

/** Somebody has asked for something about the data that are kept about them. */
const personalDataRequestFiled = eventSchema('PersonalDataRequestFiled', 1, {
  kind: code(REQUEST_KINDS),
  /** The pseudonym of the person whose data it is about. */
  subject: code(),
  /** The pseudonym of who has filed it: the person, or the privacy officer for somebody who wrote on paper. */
  filedBy: code(),
  receivedOn: code(),
  /** The last day of the term. */
  dueOn: code(),
  /** What is to be erased; of nothing for the other kinds. */
  scope: object({
    identity: boolean(),
    /** Private values of events: the one at the path, or all of the event's. */
    values: list(object({ stream: code(), eventId: code(), path: optional(code()) })),
    /** SHA-256 of files of evidence. */
    evidence: list(code()),
  }),
  explanation: optional(privateText()),
});

/** What was asked for was done. */
const personalDataRequestFulfilled = eventSchema('PersonalDataRequestFulfilled', 1, {
  explanation: optional(privateText()),
});

/** What was asked for is not done: the record of the refusal that section 39 asks for. */
const personalDataRequestRefused = eventSchema('PersonalDataRequestRefused', 1, {
  ground: code(REFUSAL_GROUNDS),
  /** For the record, with nothing in it that tells of a person. */
  reason: official(),
  /** To the person. */
  explanation: optional(privateText()),
});

/** What is erased for good. It names commitments and hashes, which tell nothing of what they stood for. */
const personalDataErased = eventSchema('PersonalDataErased', 1, {
  categories: list(code(['privateValues', 'identity', 'evidence'])),
  /** What the vault erases: it reads this event and nothing else (`Vault.carryOutErasure`). */
  fromVault: object({ commitments: list(code()), pseudonym: optional(code()) }),
  /** SHA-256 of files of evidence whose bytes are erased. */
  evidence: list(code()),
});

export type PersonalDataRequestFiled = EventOf<typeof personalDataRequestFiled>;
export type PersonalDataRequestFulfilled = EventOf<typeof personalDataRequestFulfilled>;
export type PersonalDataRequestRefused = EventOf<typeof personalDataRequestRefused>;
export type PersonalDataErased = EventOf<typeof personalDataErased>;

export type RequestKind = PersonalDataRequestFiled['data']['kind'];
export type RefusalGround = PersonalDataRequestRefused['data']['ground'];
export type RequestScope = PersonalDataRequestFiled['data']['scope'];

/** Everything that can have happened in a stream `personal-data-request-{id}`. */
export type PersonalDataRequestEvent =
  PersonalDataErased | PersonalDataRequestFiled | PersonalDataRequestFulfilled | PersonalDataRequestRefused;

/** What the codec knows about the events of this slice: every version that was ever written, and the way from each to the next. */
export const personalDataEventDeclarations: readonly EventDeclaration[] = [
  eventVersions(personalDataRequestFiled),
  eventVersions(personalDataRequestFulfilled),
  eventVersions(personalDataRequestRefused),
  eventVersions(personalDataErased),
  eventVersions(retentionApplied),
];
