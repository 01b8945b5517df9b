import {
  code,
  decimal,
  decimalOrNotStated,
  eventSchema,
  integer,
  list,
  NOT_STATED,
  object,
  official,
  optional,
  privateText,
  type EventDeclaration,
  type EventOf,
  type EventSchema,
  type IsoDate,
} from '@khamrap/kernel';

// The enumerations are part of the events, so they only ever grow: a value that was written once can be read for ever.

export const LEVELS = ['ministry', 'department', 'cluster', 'province', 'provincialOffice', 'district'] as const;
/**
 * What the agreement rests on: `signed` by its parties in this ledger; `announced`, as a source document tells, with
 * no signatures that anyone here has seen; `monitoringOnly`, figures that are followed without an agreement at hand.
 */
export const BASES = ['signed', 'announced', 'monitoringOnly'] as const;
export const SIDES = ['maker', 'receiver', 'witness'] as const;
export const UNITS = ['baht', 'millionBaht', 'percent', 'count', NOT_STATED] as const;
/** Which way is better. */
export const DIRECTIONS = ['higher', NOT_STATED] as const;
/** In whose right the signatory signs; the Thai terms are in the glossary of the README. */
export const CAPACITIES = ['holder', 'delegated', 'actingFor', 'actingInPosition'] as const;
/** How the signature came here. A click is an act in this system; it is never called a digital signature. */
export const CAPTURES = ['click', 'paper'] as const;
export const FINALITIES = ['provisional', 'final', NOT_STATED] as const;

const office = { officeId: code(), officeName: official() };
const days = object({ from: code<IsoDate>(), to: code<IsoDate>() });
/** The key of a span (`spanKey` of the kernel): `2022-10-01..2023-06-30`, both days included, or `notStated`. */
const spanOrNotStated = () => code();

/** The agreement begins to exist: who undertakes what towards whom is still open, except for what stands here. */
const agreementDrafted = eventSchema('AgreementDrafted', 1, {
  title: official(),
  level: code(LEVELS),
  basis: code(BASES),
  /** Number of the later year in the Buddhist Era. */
  fiscalYear: integer(),
  /** The days for which the parties undertake; signing and taking effect have days of their own. */
  period: days,
  /** ISO 3166-2, such as `TH-54`. */
  province: optional(code()),
  /** In the order of the document; empty where the document does not name them. */
  parties: list(object({ side: code(SIDES), ...office, officeNameEn: optional(official()) })),
  announcedOn: optional(code<IsoDate>()),
  goalSet: optional(code()),
  preamble: optional(official()),
});

const indicatorAdded = eventSchema('IndicatorAdded', 1, {
  indicatorId: code(),
  /** The number by which the ledger shows and orders indicators: `8`, `8.1`. */
  displayNumber: code(),
  /** The number as the document prints it, where it differs or matters. */
  printedNumber: optional(official()),
  parentIndicatorId: optional(code()),
  /** Number of the joint goal that the indicator serves, 1 to 99. */
  goalNumber: optional(integer()),
  name: official(),
  nameEn: optional(official()),
  unit: code(UNITS),
  direction: code(DIRECTIONS),
  /** On the scale of the scheme. */
  weight: decimalOrNotStated(),
  leadOffice: optional(object(office)),
  /** Name of the official who answers for the indicator by office: an undertaking in public names who undertakes. */
  leadPerson: optional(official()),
});

/** In a draft a later one for the same span takes the place of the earlier; elsewhere there is one for each span. */
const targetSet = eventSchema('TargetSet', 1, {
  indicatorId: code(),
  span: spanOrNotStated(),
  value: decimal(),
  unit: code(UNITS),
  asPrinted: optional(official()),
});

const agreementSigned = eventSchema('AgreementSigned', 1, {
  side: code(SIDES),
  officeId: code(),
  signatoryName: official(),
  position: official(),
  capacity: code(CAPACITIES),
  capture: code(CAPTURES),
  /** SHA-256 of the scanned paper, in hexadecimal; absent for a click. */
  scanSha256: optional(code()),
  signedOn: code<IsoDate>(),
  /** SHA-256 of the canonical terms that the signatory saw (agreement.terms.ts). */
  termsHash: code(),
});

/** The terms changed after some had signed: these signatures no longer count, and their parties may sign again. */
const signaturesVoided = eventSchema('SignaturesVoided', 1, {
  signatures: list(object({ side: code(SIDES), officeId: code() })),
});

/** The last maker or receiver has signed. From here on the terms are fixed. */
const agreementTookEffect = eventSchema('AgreementTookEffect', 1, {
  /** The latest day on which a maker or receiver signed. */
  effectiveOn: code<IsoDate>(),
  termsHash: code(),
});

const actualReported = eventSchema('ActualReported', 1, {
  indicatorId: code(),
  span: spanOrNotStated(),
  value: decimal(),
  unit: code(UNITS),
  finality: code(FINALITIES),
  /** The day up to which the figure is known. */
  asOf: optional(code<IsoDate>()),
  asPrinted: optional(official()),
  evidence: list(object({ sha256: code(), mediaType: code(), name: official() })),
  /** A keeper's working note. */
  note: optional(privateText()),
  /** Name of the person who put the figure together. */
  preparedBy: optional(privateText()),
});

export type AgreementDrafted = EventOf<typeof agreementDrafted>;
export type IndicatorAdded = EventOf<typeof indicatorAdded>;
export type TargetSet = EventOf<typeof targetSet>;
export type AgreementSigned = EventOf<typeof agreementSigned>;
export type SignaturesVoided = EventOf<typeof signaturesVoided>;
export type AgreementTookEffect = EventOf<typeof agreementTookEffect>;
export type ActualReported = EventOf<typeof actualReported>;

/** Everything that can have happened in a stream `agreement-{id}`. */
export type AgreementEvent =
  | AgreementDrafted
  | IndicatorAdded
  | TargetSet
  | AgreementSigned
  | SignaturesVoided
  | AgreementTookEffect
  | ActualReported;

/** What the codec knows about these events: every version that was ever written, and the way from each to the next. */
export const agreementEventDeclarations: readonly EventDeclaration[] = [
  firstVersion(agreementDrafted),
  firstVersion(indicatorAdded),
  firstVersion(targetSet),
  firstVersion(agreementSigned),
  firstVersion(signaturesVoided),
  firstVersion(agreementTookEffect),
  firstVersion(actualReported),
];

function firstVersion(schema: EventSchema): EventDeclaration {
  return { versions: [schema], upcasters: [] };
}

export type Level = (typeof LEVELS)[number];
export type AgreementBasis = (typeof BASES)[number];
export type Side = (typeof SIDES)[number];
export type Unit = (typeof UNITS)[number];
export type Direction = (typeof DIRECTIONS)[number];
export type SigningCapacity = (typeof CAPACITIES)[number];
export type SignatureCapture = (typeof CAPTURES)[number];
export type Finality = (typeof FINALITIES)[number];
