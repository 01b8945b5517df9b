import {
  code,
  eventSchema,
  integer,
  list,
  NOT_STATED,
  object,
  official,
  optional,
  type EventDeclaration,
  type EventOf,
  type EventSchema,
  type IsoDate,
} from '@khamrap/kernel';

/** What is handed over with an award. */
export const FORMS = ['plaque', 'certificate', NOT_STATED] as const;

/** A year of the Buddhist Era as four digits, such as `2565`, or `notStated`. */
const yearOrNotStated = () => code();
const grantors = () => list(object({ name: official(), officeId: optional(code()) }));

/** A named recipient was granted one award; several recipients share it. */
const awardGranted = eventSchema('AwardGranted', 1, {
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
});

/** A number of awards was announced without saying whose each of them is. */
const awardsAnnounced = eventSchema('AwardsAnnounced', 1, {
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
});

export type AwardGranted = EventOf<typeof awardGranted>;
export type AwardsAnnounced = EventOf<typeof awardsAnnounced>;

/** Everything that can have happened in a stream `award-{id}`. */
export type AwardEvent = AwardGranted | AwardsAnnounced;

/** What the codec knows about these events: every version that was ever written, and the way from each to the next. */
export const awardEventDeclarations: readonly EventDeclaration[] = [
  firstVersion(awardGranted),
  firstVersion(awardsAnnounced),
];

function firstVersion(schema: EventSchema): EventDeclaration {
  return { versions: [schema], upcasters: [] };
}

export type AwardForm = (typeof FORMS)[number];
