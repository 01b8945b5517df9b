import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { streamName } from '@khamrap/kernel';
import { Ledger } from '@khamrap/platform/event-store';
import {
  IsPlainText,
  provenanceOf,
  RequestedCommand,
  withProvenance,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { goalSetDecider } from '../domain/goal-set.decider';
import { contextInProvince, refusalOfRevising, type GoalSetTarget } from './goal-set-access';
import { GoalsBody } from './goals-body';

const REASON_BYTES_MAX = 4_000;

export class ReviseGoalSetBody extends GoalsBody {
  @ApiProperty({ example: 'ตามมติคณะกรมการจังหวัด' })
  @IsPlainText({ bytesMax: REASON_BYTES_MAX, lines: true })
  readonly reason: string;
}

export class ReviseGoalSet extends RequestedCommand<ReviseGoalSetBody, GoalSetTarget> {}

@CommandHandler(ReviseGoalSet)
export class ReviseGoalSetHandler implements ICommandHandler<ReviseGoalSet> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ target: { goalSetId }, body, requester, context }: ReviseGoalSet): Promise<CommandOutcome> {
    const { source, ...data } = body;
    const provenance = provenanceOf(source, requester);
    const stream = streamName('goal-set', goalSetId);
    const { state: standing } = await this.ledger.stateOf(goalSetDecider, stream);
    const acting =
      standing.status === 'published' ? contextInProvince(context, requester, standing.content.province) : context;
    const accepted = await this.ledger.execute({
      decider: goalSetDecider,
      stream,
      command: { type: 'ReviseGoalSet', data },
      context: withProvenance(acting, provenance),
      // What does not exist is for the decider to refuse.
      authorise: (state) =>
        state.status === 'published' ? refusalOfRevising(requester, state.content.province) : undefined,
    });
    return { id: goalSetId, ...accepted };
  }
}
