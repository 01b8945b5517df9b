import {
  boolean,
  code,
  eventSchema,
  eventVersions,
  list,
  NOT_STATED,
  object,
  official,
  optional,
  type EventDeclaration,
  type EventOf,
  type IsoDate,
  type NotStated,
} from '@khamrap/kernel';

// The enumerations are part of the events, so they only ever grow: a value that was written once can be read for ever.

/**
 * What an office is. A local administration stands outside the governor's chain; an external body (the Prime Minister's
 * Office, NACC, OPDC …) belongs to the state and to no chain here; a non-state body takes part without being of the state.
 */
export const OFFICE_KINDS = [
  'ministry',
  'department',
  'cluster',
  'province',
  'governorOffice',
  'provincialOffice',
  'district',
  'provincialCommittee',
  'localAdministration',
  'externalBody',
  'nonStateBody',
] as const;
/** Why a holder left the post. `officeDissolved` goes with the dissolution of the office. */
export const END_REASONS = [
  'transferred',
  'promoted',
  'retired',
  'resigned',
  'termEnded',
  'died',
  'officeDissolved',
  'other',
  NOT_STATED,
] as const;
/** In whose right somebody acts for the holder; the Thai terms are in the README. */
export const DELEGATION_KINDS = ['delegated', 'actingFor', 'actingInPosition'] as const;
/** Where a granted role holds. All but `nation` name a value: an office, a province (ISO 3166-2), a zone, an indicator. */
export const SCOPE_KINDS = ['office', 'province', 'zone', 'nation', 'indicator'] as const;

const dayOrNotStated = () => code<IsoDate | NotStated>();
const roleScope = object({ kind: code(SCOPE_KINDS), value: optional(code()) });

const officeRegistered = eventSchema('OfficeRegistered', 1, {
  nameTh: official(),
  nameEn: optional(official()),
  kind: code(OFFICE_KINDS),
  /** ISO 3166-2, such as `TH-54`. */
  province: optional(code()),
  parentOfficeId: optional(code()),
  /** Where the office acts, as people say it: an area is no office itself. */
  area: optional(official()),
  /** How the post is reached, never a person. */
  contact: optional(object({ telephone: optional(official()), email: optional(official()) })),
});

const officeRenamed = eventSchema('OfficeRenamed', 1, {
  nameTh: official(),
  nameEn: optional(official()),
  /** The first day of the new name. */
  from: dayOrNotStated(),
  /** The law, order or announcement that gives it. */
  basis: optional(official()),
});

const officeDissolved = eventSchema('OfficeDissolved', 1, {
  /** The last day on which there was the office. */
  on: dayOrNotStated(),
  /** The law, order or announcement that dissolves it. */
  basis: official(),
  successorOfficeId: optional(code()),
});

const holderAppointed = eventSchema('HolderAppointed', 1, {
  personName: official(),
  positionTitle: official(),
  /** The first day in the post. */
  from: dayOrNotStated(),
  /** The last day in the post, where it was over when it was recorded; absent where `HolderEnded` is to tell it. */
  until: optional(dayOrNotStated()),
  orderReference: optional(official()),
});

const holderEnded = eventSchema('HolderEnded', 1, {
  /** The last day in the post. */
  on: dayOrNotStated(),
  reason: code(END_REASONS),
});

const delegationGrantedFields = {
  delegationId: code(),
  /** The office of the one who acts, where it is another. */
  toOfficeId: optional(code()),
  personName: official(),
  positionTitle: official(),
  kind: code(DELEGATION_KINDS),
  /** What it covers, by codes such as `agreement.sign`; empty where the document does not say it. */
  scope: list(code()),
  /** The written order; only a document can leave it open where authority is delegated. */
  orderReference: optional(official()),
  /** The first day. */
  from: dayOrNotStated(),
  /** The last day, where the order names one. */
  to: optional(code<IsoDate>()),
} as const;
const delegationGranted1 = eventSchema('DelegationGranted', 1, delegationGrantedFields);
const delegationGranted = eventSchema('DelegationGranted', 2, {
  ...delegationGrantedFields,
  /** Pseudonym of the one who acts: who then may do in this ledger what the delegation covers. */
  delegate: optional(code()),
  /** Whether that holds at the offices below this one too. */
  coversBelow: optional(boolean()),
});

const delegationEnded = eventSchema('DelegationEnded', 1, {
  delegationId: code(),
  /** The last day. */
  on: dayOrNotStated(),
  reason: optional(official()),
});

const roleGranted = eventSchema('RoleGranted', 1, {
  grantId: code(),
  /** Pseudonym of the one who is to hold the role. */
  grantee: code(),
  role: code(),
  scope: roleScope,
  /** The first day, never one that lay in the past. */
  from: code<IsoDate>(),
  /** The last day, where the grant has one. */
  to: optional(code<IsoDate>()),
  /** The order or decision that the grant rests on. */
  reason: official(),
  /** Pseudonym. */
  grantedBy: code(),
});

/** From the recording of this event on the role does not hold: a role is not taken back for days on which it held. */
const roleEnded = eventSchema('RoleEnded', 1, {
  grantId: code(),
  /** The day on which it was ended. */
  on: code<IsoDate>(),
  reason: official(),
  /** Pseudonym. */
  endedBy: code(),
});

export type OfficeRegistered = EventOf<typeof officeRegistered>;
export type OfficeRenamed = EventOf<typeof officeRenamed>;
export type OfficeDissolved = EventOf<typeof officeDissolved>;
export type HolderAppointed = EventOf<typeof holderAppointed>;
export type HolderEnded = EventOf<typeof holderEnded>;
export type DelegationGranted = EventOf<typeof delegationGranted>;
export type DelegationEnded = EventOf<typeof delegationEnded>;
export type RoleGranted = EventOf<typeof roleGranted>;
export type RoleEnded = EventOf<typeof roleEnded>;

/** Everything that can have happened in a stream `office-{id}`. */
export type OfficeEvent =
  | OfficeRegistered
  | OfficeRenamed
  | OfficeDissolved
  | HolderAppointed
  | HolderEnded
  | DelegationGranted
  | DelegationEnded
  | RoleGranted
  | RoleEnded;

/** What the codec knows about the events of offices: every version that was ever written, and the way from each to the next. */
export const officeStreamDeclarations: readonly EventDeclaration[] = [
  eventVersions(officeRegistered),
  eventVersions(officeRenamed),
  eventVersions(officeDissolved),
  eventVersions(holderAppointed),
  eventVersions(holderEnded),
  eventVersions(delegationGranted1, delegationGranted),
  eventVersions(delegationEnded),
  eventVersions(roleGranted),
  eventVersions(roleEnded),
];

export type OfficeKind = (typeof OFFICE_KINDS)[number];
export type EndReason = (typeof END_REASONS)[number];
export type DelegationKind = (typeof DELEGATION_KINDS)[number];
export type ScopeKind = (typeof SCOPE_KINDS)[number];
export type RoleScope = RoleGranted['data']['scope'];
