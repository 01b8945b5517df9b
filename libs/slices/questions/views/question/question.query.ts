import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Sight } from '@khamrap/platform/access';
import { CommandRejected, Ledger, type DecodedEvent } from '@khamrap/platform/event-store';
import { statedIn } from '@khamrap/platform/http';
import { ReadModels, type Freshness } from '@khamrap/platform/projections';
import { streamOfQuestion } from '../../commands/question-access';
import type { QuestionEvent } from '../../domain/question.events';
import { refuse } from '../../domain/question.refusals';
import { itemOf } from '../questions/question.item';
import { QUESTIONS } from '../questions/questions.projection';
import { findQuestion, rulesAt } from '../questions/questions.sql';
import type { QuestionAnswer, QuestionStepAnswer } from './question.answer';

export class ReadQuestion extends Query<QuestionAnswer> {
  constructor(
    readonly questionId: string,
    readonly freshness: Freshness,
    readonly sight: () => Promise<Sight>,
  ) {
    super();
  }
}

/** Tells a question from the read model, and what was said in it from its stream as far as the read model has come. */
@QueryHandler(ReadQuestion)
export class ReadQuestionHandler implements IQueryHandler<ReadQuestion> {
  constructor(
    private readonly ledger: Ledger,
    private readonly readModels: ReadModels,
  ) {}

  async execute({ questionId, freshness, sight }: ReadQuestion): Promise<QuestionAnswer> {
    const { standpoint, result } = await this.readModels.read(
      QUESTIONS,
      freshness,
      async (manager, at, seen) => {
        const row = await findQuestion(manager, at, questionId);
        return row && itemOf(row, await rulesAt(manager, at), seen);
      },
      sight,
    );
    if (!result) throw new CommandRejected(refuse('question.unknown'));
    const history =
      result.revision === null ? [] : await this.ledger.history(streamOfQuestion(questionId), standpoint.position);
    return Object.assign(result, { steps: history.map(stepOf), asOfPosition: standpoint.position });
  }
}

function stepOf(recorded: DecodedEvent): QuestionStepAnswer {
  const { type, data } = recorded as unknown as QuestionEvent;
  const stated = statedIn(recorded);
  switch (type) {
    case 'QuestionOpened':
      return {
        step: 'opened',
        by: data.openedBy,
        text: data.note,
        officeId: data.askedOffice,
        dueOn: data.dueOn,
        stated,
      };
    case 'QuestionExplained':
      return {
        step: 'explained',
        by: data.explainedBy,
        text: data.text,
        officeId: data.officeId,
        evidence: data.evidence,
        stated,
      };
    case 'QuestionExplanationReturned':
      return { step: 'returned', by: data.returnedBy, text: data.reason, dueOn: data.dueOn, stated };
    case 'QuestionExplanationAccepted':
      return { step: 'accepted', by: data.acceptedBy, text: data.reason, stated };
    case 'QuestionReopened':
      return { step: 'reopened', by: data.reopenedBy, text: data.reason, dueOn: data.dueOn, stated };
  }
}
