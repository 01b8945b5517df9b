import {
  code,
  decimal,
  eventSchema,
  eventVersions,
  integer,
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

/** What is handed over with an award. */
export const FORMS = ['plaque', 'certificate', NOT_STATED] as const;
/** Whether a document that counts awards says whose they are; those that it names are granted, each `partOf` the count. */
export const NAMED_RECIPIENTS = [NOT_STATED, 'partlyNamed'] as const;

/** A year of the Buddhist Era as four digits, such as `2565`, or `notStated`. */
const yearOrNotStated = () => code();
const grantors = () => list(object({ name: official(), officeId: optional(code()) }));

const grantedFieldsV1 = {
  category: code(),
  /** The category as the document prints it, misprints included. */
  categoryPrinted: optional(official()),
  grantors: grantors(),
  /** `province` is an ISO 3166-2 code, such as `TH-54`. */
  recipients: list(object({ name: official(), officeId: optional(code()), province: optional(code()) })),
  /** The year for which the award is given: neither the fiscal year nor the day of the announcement follow from it. */
  awardYear: yearOrNotStated(),
  fiscalYear: optional(integer()),
  level: optional(code()),
  /** A rank means nothing without the set in which it was reached. */
  rank: optional(object({ rank: integer(), comparisonSet: official() })),
  forms: list(code(FORMS)),
  announcedOn: optional(code<IsoDate>()),
  /** The rule, order or resolution that the award rests on. */
  basis: optional(official()),
  asPrinted: optional(official()),
};

const announcedFieldsV1 = {
  category: code(),
  categoryPrinted: optional(official()),
  grantors: grantors(),
  /** How many awards the document counts. */
  statedCount: integer(),
  recipients: code([NOT_STATED]),
  awardYear: yearOrNotStated(),
  announcedOn: optional(code<IsoDate>()),
  /** ISO 3166-2 code of the province to whose bodies the awards went, such as `TH-54`. */
  province: optional(code()),
};

/** The number that a document gives for several kinds of awards together; `group` is the same for all that it sums up. */
const statedTotal = () => optional(object({ group: code(), count: integer() }));

const grantedFields = {
  ...grantedFieldsV1,
  /** One of so many that were given in the same set, such as one of four; with its place among them where it is told. */
  oneOf: optional(object({ rank: optional(integer()), of: integer(), comparisonSet: official() })),
  validUntil: optional(code<IsoDate>()),
  /** The score for which it was given, with the digits that are printed, such as `99.15`. */
  score: optional(decimal()),
  /** The announcement whose stated count has this award in it already. */
  partOf: optional(code()),
  statedTotal: statedTotal(),
  /** The agreement whose result the award rests on: a closed round, a figure, and which version of it. */
  basisAgreement: optional(
    object({
      agreementId: code(),
      round: optional(code()),
      /** Which closing of the round, counted from 1. */
      closureRevision: optional(integer()),
      /** `span` is the key of a span, such as `2022-10-01..2023-06-30`, or `notStated`. */
      figure: optional(object({ indicatorId: code(), span: code() })),
      /** The event that states the figure, or else that closed the round. */
      eventId: optional(code()),
    }),
  ),
};

const announcedFields = {
  ...announcedFieldsV1,
  recipients: code(NAMED_RECIPIENTS),
  fiscalYear: optional(integer()),
  level: optional(code()),
  asPrinted: optional(official()),
  statedTotal: statedTotal(),
};

const awardGrantedV1 = eventSchema('AwardGranted', 1, grantedFieldsV1);
/** A named recipient was granted one award; several recipients share it. */
const awardGranted = eventSchema('AwardGranted', 2, grantedFields);

const awardsAnnouncedV1 = eventSchema('AwardsAnnounced', 1, announcedFieldsV1);
/** A number of awards was announced without saying whose each of them is. */
const awardsAnnounced = eventSchema('AwardsAnnounced', 2, announcedFields);

/** What was stated is replaced as a whole, by a statement of the same kind; the earlier one stays in the history. */
const awardCorrected = eventSchema('AwardCorrected', 1, {
  granted: optional(object(grantedFields)),
  announced: optional(object(announcedFields)),
  reason: official(),
});

/** The award, or all that were announced together, no longer counts. */
const awardRevoked = eventSchema('AwardRevoked', 1, {
  revokedOn: code<IsoDate | NotStated>(),
  reason: official(),
  /** The rule, order or resolution by which it was revoked. */
  basis: optional(official()),
});

export type AwardGranted = EventOf<typeof awardGranted>;
export type AwardsAnnounced = EventOf<typeof awardsAnnounced>;
export type AwardCorrected = EventOf<typeof awardCorrected>;
export type AwardRevoked = EventOf<typeof awardRevoked>;

/** Everything that can have happened in a stream `award-{id}`. */
export type AwardEvent = AwardGranted | AwardsAnnounced | AwardCorrected | AwardRevoked;

/** What the codec knows about these events: every version that was ever written, and the way from each to the next. */
export const awardEventDeclarations: readonly EventDeclaration[] = [
  eventVersions(awardGrantedV1, awardGranted),
  eventVersions(awardsAnnouncedV1, awardsAnnounced),
  eventVersions(awardCorrected),
  eventVersions(awardRevoked),
];

export type AwardForm = (typeof FORMS)[number];
export type NamedRecipients = (typeof NAMED_RECIPIENTS)[number];

/** The result of an agreement that an award rests on. */
export type BasisAgreement = NonNullable<AwardGranted['data']['basisAgreement']>;
