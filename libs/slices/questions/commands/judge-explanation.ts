import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { bangkokDateOf, type IsoDate } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import { CommandRejected, Ledger, type CommandContext } from '@khamrap/platform/event-store';
import { IsDateText, IsPlainText, RequestedCommand, type CommandOutcome } from '@khamrap/platform/http';
import type { QuestionCommand } from '../domain/question.commands';
import { questionDecider } from '../domain/question.decider';
import { refuse } from '../domain/question.refusals';
import { contextAt, refusalOfAccess, streamOfQuestion, type QuestionTarget } from './question-access';

// What an inspector does with an explanation, and with what was accepted.

const REASON_BYTES_MAX = 8_000;

export class AcceptExplanationBody {
  @ApiProperty({ example: 'หลักฐานตรงกับคำชี้แจง' })
  @IsPlainText({ bytesMax: REASON_BYTES_MAX, lines: true })
  readonly reason: string;
}

export class AskAgainBody extends AcceptExplanationBody {
  @ApiProperty({ type: 'string', example: '2026-12-31', description: 'Until when the office is to explain' })
  @IsDateText()
  readonly dueOn: IsoDate;
}

export class AcceptExplanation extends RequestedCommand<AcceptExplanationBody, QuestionTarget> {}
export class ReturnExplanation extends RequestedCommand<AskAgainBody, QuestionTarget> {}
export class ReopenQuestion extends RequestedCommand<AskAgainBody, QuestionTarget> {}

@CommandHandler(AcceptExplanation)
export class AcceptExplanationHandler implements ICommandHandler<AcceptExplanation> {
  constructor(private readonly ledger: Ledger) {}

  execute({ target, body: { reason }, requester, context }: AcceptExplanation): Promise<CommandOutcome> {
    const command = { type: 'AcceptExplanation', data: { reason, acceptedBy: requester.actor.id } } as const;
    return judge(this.ledger, target, command, requester, context);
  }
}

@CommandHandler(ReturnExplanation)
export class ReturnExplanationHandler implements ICommandHandler<ReturnExplanation> {
  constructor(private readonly ledger: Ledger) {}

  execute({ target, body: { reason, dueOn }, requester, context }: ReturnExplanation): Promise<CommandOutcome> {
    const data = { reason, dueOn, returnedBy: requester.actor.id };
    const command = { type: 'ReturnExplanation', data, today: todayOf(context) } as const;
    return judge(this.ledger, target, command, requester, context);
  }
}

@CommandHandler(ReopenQuestion)
export class ReopenQuestionHandler implements ICommandHandler<ReopenQuestion> {
  constructor(private readonly ledger: Ledger) {}

  execute({ target, body: { reason, dueOn }, requester, context }: ReopenQuestion): Promise<CommandOutcome> {
    const data = { reason, dueOn, reopenedBy: requester.actor.id };
    const command = { type: 'ReopenQuestion', data, today: todayOf(context) } as const;
    return judge(this.ledger, target, command, requester, context);
  }
}

const todayOf = ({ decidedAt }: CommandContext): IsoDate => bangkokDateOf(Date.parse(decidedAt));

async function judge(
  ledger: Ledger,
  { questionId }: QuestionTarget,
  command: QuestionCommand,
  requester: Requester,
  context: CommandContext,
): Promise<CommandOutcome> {
  const stream = streamOfQuestion(questionId);
  const { state: standing } = await ledger.stateOf(questionDecider, stream);
  if (standing.status === 'notOpened') throw new CommandRejected(refuse('question.unknown'));
  const accepted = await ledger.execute({
    decider: questionDecider,
    stream,
    command,
    context: contextAt(context, requester, 'question.ask', standing),
    authorise: (state) =>
      state.status === 'notOpened' ? undefined : refusalOfAccess(requester, 'question.ask', state),
  });
  return { id: questionId, ...accepted };
}
