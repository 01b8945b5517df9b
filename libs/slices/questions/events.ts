/** The door for other slices: what the events of questions and of their rules say. Types only, so nothing of this slice runs elsewhere. */
export type {
  QuestionEvent,
  QuestionExplained,
  QuestionExplanationAccepted,
  QuestionExplanationReturned,
  QuestionOpened,
  QuestionReopened,
} from './domain/question.events';
export type { QuestionRulesEvent, QuestionRulesPublished } from './domain/rules/question-rules.events';
export type { RuleCode, RuleMode } from './domain/rules/rule-vocabulary';
