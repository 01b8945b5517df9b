import {
  code,
  eventSchema,
  eventVersions,
  integer,
  list,
  object,
  official,
  optional,
  type EventDeclaration,
  type EventOf,
  type IsoDate,
} from '@khamrap/kernel';
import { questionRulesDeclarations } from './rules/question-rules.events';
import { RULE_CODES, RULE_MODES } from './rules/rule-vocabulary';

// The life of one question. What it asks about stands in the first event as it was seen then, so that a question that somebody
// took up never disappears, whatever rules come later.

const files = () => list(object({ sha256: code(), mediaType: code(), name: official() }));

/** An inspector takes a question up and asks an office. */
const questionOpened = eventSchema('QuestionOpened', 1, {
  rule: code(RULE_CODES),
  mode: code(RULE_MODES),
  rulesVersion: integer(),
  thresholds: list(object({ name: code(), value: code() })),
  agreementId: optional(code()),
  schemeId: optional(code()),
  /** ISO 3166-2, such as `TH-54`; absent for what concerns the whole nation. */
  province: optional(code()),
  /** Every office that it concerns; the one that made the agreement first. */
  offices: list(code()),
  indicatorId: optional(code()),
  /** The key of a span, or `notStated`. */
  span: optional(code()),
  round: optional(code()),
  fiscalYear: optional(integer()),
  /** The events that it rests on. */
  restsOn: list(object({ eventId: code(), position: integer(), type: code(), stream: code(), revision: integer() })),
  /** What was seen, in Thai and in English. */
  seen: object({ th: official(), en: official() }),
  /** Who is asked. */
  askedOffice: code(),
  dueOn: code<IsoDate>(),
  /** What the inspector wants to know. */
  note: official(),
  /** Pseudonym. */
  openedBy: code(),
});
/** The office explains. */
const questionExplained = eventSchema('QuestionExplained', 1, {
  text: official(),
  evidence: files(),
  officeId: code(),
  /** Pseudonym. */
  explainedBy: code(),
});
/** The explanation is not enough: the office explains again. */
const questionExplanationReturned = eventSchema('QuestionExplanationReturned', 1, {
  reason: official(),
  dueOn: code<IsoDate>(),
  /** Pseudonym. */
  returnedBy: code(),
});
const questionExplanationAccepted = eventSchema('QuestionExplanationAccepted', 1, {
  reason: official(),
  /** Pseudonym. */
  acceptedBy: code(),
});
/** What was accepted is asked again. */
const questionReopened = eventSchema('QuestionReopened', 1, {
  reason: official(),
  dueOn: code<IsoDate>(),
  /** Pseudonym. */
  reopenedBy: code(),
});

export type QuestionOpened = EventOf<typeof questionOpened>;
export type QuestionExplained = EventOf<typeof questionExplained>;
export type QuestionExplanationReturned = EventOf<typeof questionExplanationReturned>;
export type QuestionExplanationAccepted = EventOf<typeof questionExplanationAccepted>;
export type QuestionReopened = EventOf<typeof questionReopened>;

/** Everything that can have happened in a stream `question-{id}`. */
export type QuestionEvent =
  QuestionOpened | QuestionExplained | QuestionExplanationReturned | QuestionExplanationAccepted | QuestionReopened;

/** What the codec knows about the events of this slice: every version that was ever written. */
export const questionEventDeclarations: readonly EventDeclaration[] = [
  eventVersions(questionOpened),
  eventVersions(questionExplained),
  eventVersions(questionExplanationReturned),
  eventVersions(questionExplanationAccepted),
  eventVersions(questionReopened),
  ...questionRulesDeclarations,
];
