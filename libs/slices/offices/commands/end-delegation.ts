import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { bangkokDateOf, streamName } from '@khamrap/kernel';
import { Ledger } from '@khamrap/platform/event-store';
import {
  IsPlainText,
  IsSource,
  provenanceOf,
  RequestedCommand,
  SourceBody,
  withProvenance,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { officeDecider } from '../domain/office.decider';
import { DayBody, dayOf, IsDay } from './day-body';
import { Endings, roleOfDelegation } from './endings';
import { refusalOfAccess } from './office-access';
import type { DelegationTarget } from './targets';

export class EndDelegationBody {
  @IsDay('The last day')
  readonly on: DayBody;

  @ApiProperty({ required: false, description: 'The order that ends it' })
  @IsOptional()
  @IsPlainText({ bytesMax: 2_000 })
  readonly reason?: string;

  @IsSource()
  readonly source?: SourceBody;
}

export class EndDelegation extends RequestedCommand<EndDelegationBody, DelegationTarget> {}

@CommandHandler(EndDelegation)
export class EndDelegationHandler implements ICommandHandler<EndDelegation> {
  constructor(
    private readonly ledger: Ledger,
    private readonly endings: Endings,
  ) {}

  async execute({ target, body, requester, context }: EndDelegation): Promise<CommandOutcome> {
    const { officeId, delegationId } = target;
    const { source, on, ...end } = body;
    const provenance = provenanceOf(source, requester);
    const refusalOfEnd = await this.endings.refusalOf({
      requester,
      officeId,
      decidedOn: bangkokDateOf(Date.parse(context.decidedAt)),
      rolesIn: (state) => roleOfDelegation(officeId, delegationId, state),
    });
    const accepted = await this.ledger.execute({
      decider: officeDecider,
      stream: streamName('office', officeId),
      command: { type: 'EndDelegation', data: { delegationId, on: dayOf(on), ...end }, provenance },
      context: withProvenance(context, provenance),
      authorise: (state) => refusalOfAccess(requester, 'office.register', officeId, state) ?? refusalOfEnd(state),
    });
    return { id: delegationId, ...accepted };
  }
}
