import type { IsoDate } from '@khamrap/kernel';
import type {
  QuestionExplained,
  QuestionExplanationAccepted,
  QuestionExplanationReturned,
  QuestionOpened,
  QuestionReopened,
} from './question.events';

export type QuestionCommand = OpenQuestion | ExplainQuestion | ReturnExplanation | AcceptExplanation | ReopenQuestion;

/** Takes up a question that a rule has raised, and asks an office. */
export interface OpenQuestion {
  readonly type: 'OpenQuestion';
  readonly data: QuestionOpened['data'];
  /** In Bangkok. */
  readonly today: IsoDate;
}

export interface ExplainQuestion {
  readonly type: 'ExplainQuestion';
  readonly data: Omit<QuestionExplained['data'], 'officeId'>;
}

/** Gives an explanation back, with another day until when it is to come. */
export interface ReturnExplanation {
  readonly type: 'ReturnExplanation';
  readonly data: QuestionExplanationReturned['data'];
  readonly today: IsoDate;
}

export interface AcceptExplanation {
  readonly type: 'AcceptExplanation';
  readonly data: QuestionExplanationAccepted['data'];
}

/** Asks again what was accepted. */
export interface ReopenQuestion {
  readonly type: 'ReopenQuestion';
  readonly data: QuestionReopened['data'];
  readonly today: IsoDate;
}
