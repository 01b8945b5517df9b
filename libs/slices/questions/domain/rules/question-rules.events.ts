import {
  code,
  decimal,
  eventSchema,
  eventVersions,
  integer,
  list,
  object,
  official,
  type EventDeclaration,
  type EventOf,
} from '@khamrap/kernel';
import { RULE_CODES, RULE_MODES } from './rule-vocabulary';

/** The rules by which questions arise are these from the position of this event on, all of them. */
const questionRulesPublished = eventSchema('QuestionRulesPublished', 1, {
  /** The program's own rules are version 1. */
  rulesVersion: integer(),
  rules: list(
    object({
      rule: code(RULE_CODES),
      mode: code(RULE_MODES),
      thresholds: list(object({ name: code(), value: decimal() })),
    }),
  ),
  reason: official(),
});

export type QuestionRulesPublished = EventOf<typeof questionRulesPublished>;

/** Everything that can have happened in the stream `question-rules-current`. */
export type QuestionRulesEvent = QuestionRulesPublished;

/** What the codec knows about this event: every version that was ever written. */
export const questionRulesDeclarations: readonly EventDeclaration[] = [eventVersions(questionRulesPublished)];
