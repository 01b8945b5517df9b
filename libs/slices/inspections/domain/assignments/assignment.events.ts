import {
  code,
  eventSchema,
  eventVersions,
  list,
  object,
  official,
  optional,
  type EventDeclaration,
  type EventOf,
  type IsoDate,
} from '@khamrap/kernel';
import { INSPECTION_LEVELS, PROVINCES_STATED_BY } from '../inspection.vocabulary';

const inspectorAssigned = eventSchema('InspectorAssigned', 1, {
  assignmentId: code(),
  /** Pseudonym of the one who is to inspect. */
  inspector: code(),
  /** Whose inspector they are; the zone may be one that somebody else has cut. */
  level: code(INSPECTION_LEVELS),
  /** The body for which they inspect. */
  officeId: code(),
  /** The zone as it was on the first day; whose zone it is, its id says (`primeMinisterOffice-5`). */
  zone: object({
    zoneId: code(),
    /** ISO 3166-2, such as `TH-54`. */
    provinces: list(code()),
    statedBy: code(PROVINCES_STATED_BY),
  }),
  /** Those of the zone that are assigned: they stay what they are, however the zone is cut later. */
  provinces: list(code()),
  /** The first day, never one that lay in the past. */
  from: code<IsoDate>(),
  /** The last day, where the assignment has one. */
  to: optional(code<IsoDate>()),
  /** The order or decision that the assignment rests on. */
  reason: official(),
  basisDocument: optional(object({ reference: official(), sha256: optional(code()) })),
  /** Pseudonym. */
  assignedBy: code(),
});

/** An end on the day on which it is decided takes place with the recording of this event; one that lies ahead, with its day. */
const inspectorAssignmentEnded = eventSchema('InspectorAssignmentEnded', 1, {
  assignmentId: code(),
  /** The last day. */
  on: code<IsoDate>(),
  /** The day on which that was decided. */
  endedOn: code<IsoDate>(),
  reason: official(),
  /** Pseudonym. */
  endedBy: code(),
});

export type InspectorAssigned = EventOf<typeof inspectorAssigned>;
export type InspectorAssignmentEnded = EventOf<typeof inspectorAssignmentEnded>;

/** Everything that can have happened in a stream `inspection-assignment-{id}`. */
export type AssignmentEvent = InspectorAssigned | InspectorAssignmentEnded;

/** What the codec knows about the events of assignments. */
export const assignmentEventDeclarations: readonly EventDeclaration[] = [
  eventVersions(inspectorAssigned),
  eventVersions(inspectorAssignmentEnded),
];
