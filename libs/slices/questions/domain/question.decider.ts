import type { Decider, Rejection } from '@khamrap/kernel';
import type { ExplainQuestion, OpenQuestion, QuestionCommand } from './question.commands';
import type { QuestionEvent } from './question.events';
import { refuse } from './question.refusals';

export const OPEN_STATUSES = ['opened', 'explained', 'returned', 'accepted'] as const;
/** How far a question has come that somebody took up. Before that it is `raised`, by its rule. */
export type OpenStatus = (typeof OPEN_STATUSES)[number];

/** A question from when it was opened on. */
export interface OpenedQuestion {
  readonly status: OpenStatus;
  readonly askedOffice: string;
  /** Where it stands, for what somebody may do to it. */
  readonly province?: string | undefined;
  readonly offices: readonly string[];
  /** Pseudonyms of all who have explained it. */
  readonly explainedBy: readonly string[];
}

/** What the rules need to know of a question. */
export type QuestionState = { readonly status: 'notOpened' } | OpenedQuestion;

/** The rules of a stream `question-{id}`. */
export const questionDecider: Decider<QuestionState, QuestionCommand, QuestionEvent> = {
  initialState: { status: 'notOpened' },
  decide,
  evolve,
};

function decide(command: QuestionCommand, state: QuestionState): readonly QuestionEvent[] | Rejection {
  if (command.type === 'OpenQuestion')
    return state.status === 'notOpened' ? open(command) : refuse('question.alreadyOpened');
  if (state.status === 'notOpened') return refuse('question.notOpened');
  switch (command.type) {
    case 'ExplainQuestion':
      return explain(command, state);
    case 'ReturnExplanation':
      return (
        refusalOfJudging(command.data.returnedBy, state) ??
        refusalOfDay(command) ?? [{ type: 'QuestionExplanationReturned', data: command.data }]
      );
    case 'AcceptExplanation':
      return (
        refusalOfJudging(command.data.acceptedBy, state) ?? [
          { type: 'QuestionExplanationAccepted', data: command.data },
        ]
      );
    case 'ReopenQuestion':
      if (state.status !== 'accepted') return refuse('question.notAccepted', { status: state.status });
      return refusalOfDay(command) ?? [{ type: 'QuestionReopened', data: command.data }];
  }
}

function open(command: OpenQuestion): readonly QuestionEvent[] | Rejection {
  const { offices, askedOffice } = command.data;
  // What concerns the whole nation, such as a scheme, names no office.
  if (offices.length > 0 && !offices.includes(askedOffice))
    return refuse('question.officeNotConcerned', { askedOffice }, '/askedOffice');
  return refusalOfDay(command) ?? [{ type: 'QuestionOpened', data: command.data }];
}

function explain({ data }: ExplainQuestion, state: OpenedQuestion): readonly QuestionEvent[] | Rejection {
  if (state.status === 'explained') return refuse('question.alreadyExplained');
  if (state.status === 'accepted') return refuse('question.alreadyAccepted');
  return [{ type: 'QuestionExplained', data: { ...data, officeId: state.askedOffice } }];
}

/** Four eyes: whoever has explained, in whatever role, does not judge. */
function refusalOfJudging(by: string, { status, explainedBy }: OpenedQuestion): Rejection | undefined {
  if (explainedBy.includes(by)) return refuse('question.ownExplanation');
  if (status === 'accepted') return refuse('question.alreadyAccepted');
  return status === 'explained' ? undefined : refuse('question.nothingExplained', { status });
}

function refusalOfDay({
  data: { dueOn },
  today,
}: Exclude<QuestionCommand, { type: 'ExplainQuestion' | 'AcceptExplanation' }>) {
  return dueOn < today ? refuse('question.dueInThePast', { dueOn }, '/dueOn') : undefined;
}

/** Folds one event. It takes in what happened and judges nothing. */
function evolve(state: QuestionState, event: QuestionEvent): QuestionState {
  if (event.type === 'QuestionOpened') {
    const { askedOffice, province, offices } = event.data;
    return { status: 'opened', askedOffice, province, offices, explainedBy: [] };
  }
  if (state.status === 'notOpened') throw new Error(`${event.type} of a question that nobody opened`);
  switch (event.type) {
    case 'QuestionExplained':
      return { ...state, status: 'explained', explainedBy: [...state.explainedBy, event.data.explainedBy] };
    case 'QuestionExplanationReturned':
      return { ...state, status: 'returned' };
    case 'QuestionExplanationAccepted':
      return { ...state, status: 'accepted' };
    case 'QuestionReopened':
      return { ...state, status: 'opened' };
  }
}
