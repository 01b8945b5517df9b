import {
  boolean,
  code,
  eventSchema,
  integer,
  list,
  object,
  official,
  optional,
  type EventOf,
  type IsoDate,
  type NotStated,
} from '@khamrap/kernel';
import { INSPECTION_LEVELS, PRESIDING_CAPACITIES, PROVINCES_STATED_BY } from './inspection.vocabulary';

// The round itself: what is inspected, where, by whom; what was visited; how it ends.

const dayOrNotStated = () => code<IsoDate | NotStated>();
/** The first and the last day, both included. */
const days = () => object({ from: dayOrNotStated(), to: dayOrNotStated() });
/** An office by its code where it is registered here, by its name as stated, or both. */
const body = () => object({ officeId: optional(code()), name: optional(official()) });
/** Where: a name as people say it, with its province (ISO 3166-2) where that is stated. */
const place = () => object({ name: official(), province: optional(code()) });
/** A file that was handed in, or that a document names. */
export const evidence = () => list(object({ sha256: code(), mediaType: code(), name: official() }));

const roundFields = {
  /**
   * The number as it is printed, such as `2/2562`. It is no quarter, and its year is neither the fiscal year nor that of the
   * days: `ordinal` and `year` (Buddhist Era) are read from it where it has that form.
   */
  number: object({ printed: official(), ordinal: optional(integer()), year: optional(integer()) }),
  level: code(INSPECTION_LEVELS),
  /** Whose inspectors inspect. */
  inspectingBody: body(),
  /** Buddhist Era, the later year; absent where the document does not say it. */
  fiscalYear: optional(integer()),
  theme: optional(official()),
  aims: list(official()),
  /** The zone, by its id (`department-cdd-5`); absent where a round is of no zone. */
  zone: optional(object({ zoneId: code(), asPrinted: optional(official()) })),
  /** What the zone held when the round was opened, and which of these provinces are inspected. ISO 3166-2, such as `TH-54`. */
  provinces: list(object({ province: code(), isInspected: boolean() })),
  provincesStatedBy: code(PROVINCES_STATED_BY),
  days: days(),
  places: list(place()),
  /** Offices, or a kind of office such as "provincial CDD office of each province" (หน่วยรับตรวจ). */
  inspectedUnits: list(object({ officeId: optional(code()), name: optional(official()), kind: optional(official()) })),
  /**
   * By pseudonym where they act in this ledger, by name and position as they are stated. An event with both of one person is not
   * published: it would tell whose pseudonym that is.
   */
  inspectors: list(
    object({
      inspectorId: optional(code()),
      /** The assignment by which they inspect, in the stream `inspection-assignment-{id}`. */
      assignmentId: optional(code()),
      name: optional(official()),
      positionTitle: optional(official()),
      level: optional(code(INSPECTION_LEVELS)),
    }),
  ),
  /** The order, plan or regulation that the round rests on. */
  basis: optional(official()),
};

export const inspectionRoundOpened = eventSchema('InspectionRoundOpened', 1, { ...roundFields, openedBy: code() });

/** The round is stated anew and as a whole; what was stated before stays in the history. */
export const inspectionRoundRevised = eventSchema('InspectionRoundRevised', 1, {
  ...roundFields,
  reason: official(),
  revisedBy: code(),
});

export const inspectionVisitRecorded = eventSchema('InspectionVisitRecorded', 1, {
  visitId: code(),
  days: days(),
  places: list(place()),
  officesVisited: list(body()),
  /** By role, never by name. `count` is absent where only the total is stated. */
  participants: list(object({ role: official(), count: optional(integer()) })),
  participantTotal: optional(integer()),
  /** An official who presides officially; to preside is to sign nothing. */
  presidedBy: optional(
    object({
      name: official(),
      positionTitle: optional(official()),
      capacity: code(PRESIDING_CAPACITIES),
      /** For whom, where the capacity is not the holder's own. */
      onBehalfOf: optional(object({ name: optional(official()), positionTitle: optional(official()) })),
    }),
  ),
  /** The inspector who reported on the occasion. */
  reportedBy: optional(object({ name: official(), positionTitle: optional(official()) })),
  evidence: evidence(),
  note: optional(official()),
  recordedBy: code(),
});

/** An inspector states that nothing was found: the only way in which a round has no findings. */
export const noFindingsStated = eventSchema('NoFindingsStated', 1, { statement: official(), statedBy: code() });

/** The statement no longer stands: the finding that is named was recorded after it. */
export const noFindingsVoided = eventSchema('NoFindingsVoided', 1, { findingId: code() });

/** The round is over. What was found and is not resolved goes on: it is answered, judged and escalated as before. */
export const inspectionRoundClosed = eventSchema('InspectionRoundClosed', 1, {
  /** Which closing, counted from 1. */
  closing: integer(),
  closedBy: code(),
  closedOn: code<IsoDate>(),
  summary: optional(official()),
  /** What is settled by then, by ids: findings that are resolved, recommendations that are done. It is published with the closing. */
  resolved: list(code()),
  fulfilled: list(code()),
});

/** What is not settled when the round is closed goes on. It stays inside, so the closing itself does not tell of it. */
export const findingsCarried = eventSchema('FindingsCarried', 1, {
  closing: integer(),
  findingIds: list(code()),
  recommendationIds: list(code()),
});

export const inspectionRoundReopened = eventSchema('InspectionRoundReopened', 1, {
  /** The closing that no longer stands. */
  closing: integer(),
  reason: official(),
  reopenedBy: code(),
});

export type InspectionRoundOpened = EventOf<typeof inspectionRoundOpened>;
export type InspectionRoundRevised = EventOf<typeof inspectionRoundRevised>;
export type InspectionVisitRecorded = EventOf<typeof inspectionVisitRecorded>;
export type NoFindingsStated = EventOf<typeof noFindingsStated>;
export type NoFindingsVoided = EventOf<typeof noFindingsVoided>;
export type InspectionRoundClosed = EventOf<typeof inspectionRoundClosed>;
export type FindingsCarried = EventOf<typeof findingsCarried>;
export type InspectionRoundReopened = EventOf<typeof inspectionRoundReopened>;
