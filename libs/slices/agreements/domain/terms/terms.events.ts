import {
  code,
  decimal,
  decimalOrNotStated,
  eventSchema,
  integer,
  list,
  object,
  official,
  optional,
  type EventOf,
  type IsoDate,
} from '@khamrap/kernel';
import {
  ACCUMULATIONS,
  BASES,
  CHAINS,
  CRITERIA,
  DIRECTIONS,
  INDICATOR_KINDS,
  LEVELS,
  SIDES,
  UNITS,
} from '../agreement.vocabulary';

// What the parties undertake. A later version of an event only ever adds optional fields to the one before it.

const office = { officeId: code(), officeName: official() };
const days = object({ from: code<IsoDate>(), to: code<IsoDate>() });
/** The key of a span (`spanKey` of the kernel): `2022-10-01..2023-06-30`, both days included, or `notStated`. */
const spanOrNotStated = () => code();

const heading = {
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
};

/** The agreement begins to exist: who undertakes what towards whom is still open, except for what stands here. */
export const agreementDraftedV1 = eventSchema('AgreementDrafted', 1, heading);
export const agreementDrafted = eventSchema('AgreementDrafted', 2, {
  ...heading,
  /** Agreements of the same office's superiors that this one breaks down, each by the chain that leads to it. */
  parents: optional(list(object({ chain: code(CHAINS), agreementId: code() }))),
  /** By which published rules the agreement is scored and reported; without it nothing is scored. */
  scheme: optional(object({ schemeId: code(), ruleVersion: integer(), calendarVersion: integer() })),
});

const indicatorTerms = {
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
};
const indicatorTermsInFull = {
  ...indicatorTerms,
  definition: optional(official()),
  formula: optional(official()),
  /** The unit as people count it, where the code says less: `กลุ่ม/ราย`. */
  unitPrinted: optional(official()),
  kind: optional(code(INDICATOR_KINDS)),
  /** Code of a definition that other agreements use as well, so that their figures can be compared. */
  sharedDefinition: optional(code()),
  accumulation: optional(code(ACCUMULATIONS)),
  /** Codes of the evaluation rounds in which it counts; in all of them where absent. */
  rounds: optional(list(code())),
  /** The offices that report; the leading office where absent. With several it is a joint indicator. */
  keepers: optional(list(object(office))),
  /** Who works on it besides, bodies outside the state included. */
  coOwners: optional(list(object({ name: official(), officeId: optional(code()) }))),
  supervisor: optional(object(office)),
  dataSource: optional(official()),
  baselines: optional(
    list(object({ fiscalYear: integer(), value: decimalOrNotStated(), asPrinted: optional(official()) })),
  ),
};

export const indicatorAddedV1 = eventSchema('IndicatorAdded', 1, indicatorTerms);
export const indicatorAdded = eventSchema('IndicatorAdded', 2, indicatorTermsInFull);
/** The terms of an indicator are these from here on, all of them; its targets stay. */
export const indicatorRevised = eventSchema('IndicatorRevised', 1, indicatorTermsInFull);
/** The indicator is out of the terms, with its targets. */
export const indicatorRemoved = eventSchema('IndicatorRemoved', 1, {
  indicatorId: code(),
  reason: optional(official()),
});

/** How a target is stated; which of the optional fields are there follows from the criterion. */
export const targetFields = {
  span: spanOrNotStated(),
  criterion: optional(code(CRITERIA)),
  /** The headline value: what has to be reached. With levels or anchors it may be left to them. */
  value: optional(decimal()),
  unit: code(UNITS),
  /** Five levels or three anchors, the poorest first. */
  levels: optional(list(decimal())),
  milestones: optional(list(object({ level: integer(), description: official() }))),
  /** Days by which it is done, the poorest first. */
  dates: optional(list(code<IsoDate>())),
  /** The target is a change against this span. */
  comparisonSpan: optional(code()),
  asPrinted: optional(official()),
};
export const targetSetV1 = eventSchema('TargetSet', 1, {
  indicatorId: code(),
  span: spanOrNotStated(),
  value: decimal(),
  unit: code(UNITS),
  asPrinted: optional(official()),
});
/** In a draft a later one for the same span takes the place of the earlier; elsewhere there is one for each span. */
export const targetSet = eventSchema('TargetSet', 2, { indicatorId: code(), ...targetFields });

export type AgreementDrafted = EventOf<typeof agreementDrafted>;
export type IndicatorAdded = EventOf<typeof indicatorAdded>;
export type IndicatorRevised = EventOf<typeof indicatorRevised>;
export type IndicatorRemoved = EventOf<typeof indicatorRemoved>;
export type TargetSet = EventOf<typeof targetSet>;
