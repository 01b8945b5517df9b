import type { PublicationRules } from '@khamrap/audit/events';
import type { QuestionEvent } from './domain/question.events';
import type { QuestionRulesEvent } from './domain/rules/question-rules.events';

const INSIDE =
  'A question is no finding: published, it would be read as a verdict on whom it asks, also when it was answered. What comes of it is told by inspections.';

/** Whoever sees questions where this one stands. */
const OF_QUESTIONS = { permissions: ['question.read'] } as const;

/** Which events of questions everybody may have as they were recorded: only by which rules there are any. */
export const questionPublication = {
  QuestionOpened: { publish: 'never', because: INSIDE, ...OF_QUESTIONS },
  QuestionExplained: { publish: 'never', because: INSIDE, ...OF_QUESTIONS },
  QuestionExplanationReturned: { publish: 'never', because: INSIDE, ...OF_QUESTIONS },
  QuestionExplanationAccepted: { publish: 'never', because: INSIDE, ...OF_QUESTIONS },
  QuestionReopened: { publish: 'never', because: INSIDE, ...OF_QUESTIONS },
  QuestionRulesPublished: {
    publish: 'atOnce',
    because: 'By which rules somebody may be asked is told to whoever may be asked; no rule names anybody.',
  },
} as const satisfies PublicationRules<QuestionEvent | QuestionRulesEvent>;
