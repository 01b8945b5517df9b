import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { streamName } from '@khamrap/kernel';
import { CommandRejected, Ledger } from '@khamrap/platform/event-store';
import {
  IsFiscalYear,
  IsIdentifier,
  provenanceOf,
  PROVINCE_CODE,
  RequestedCommand,
  withProvenance,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { goalSetDecider } from '../domain/goal-set.decider';
import { contextInProvince, refusalOfAccess } from './goal-set-access';
import { GoalsBody } from './goals-body';

export class PublishGoalSetBody extends GoalsBody {
  @ApiProperty({ example: 'phrae-2565', description: 'Chosen by who publishes; agreements name it' })
  @IsIdentifier()
  readonly goalSetId: string;

  @ApiProperty({ example: 'TH-54', description: 'ISO 3166-2' })
  @Matches(PROVINCE_CODE)
  readonly province: string;

  @ApiProperty({
    type: 'integer',
    minimum: 2500,
    maximum: 2642,
    example: 2565,
    description: 'Buddhist Era, the later year',
  })
  @IsFiscalYear()
  readonly fiscalYear: number;
}

export class PublishGoalSet extends RequestedCommand<PublishGoalSetBody> {}

@CommandHandler(PublishGoalSet)
export class PublishGoalSetHandler implements ICommandHandler<PublishGoalSet> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ body, requester, context }: PublishGoalSet): Promise<CommandOutcome> {
    const { source, goalSetId, ...data } = body;
    const refusal = refusalOfAccess(requester, data.province);
    if (refusal) throw new CommandRejected(refusal);
    const provenance = provenanceOf(source, requester);
    const accepted = await this.ledger.execute({
      decider: goalSetDecider,
      stream: streamName('goal-set', goalSetId),
      command: { type: 'PublishGoalSet', data },
      context: withProvenance(contextInProvince(context, requester, data.province), provenance),
    });
    return { id: goalSetId, ...accepted };
  }
}
