import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { bangkokDateOf, streamName } from '@khamrap/kernel';
import { Ledger } from '@khamrap/platform/event-store';
import {
  IsIdentifier,
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
import { refusalOfAccess } from './office-access';
import type { OfficeTarget } from './targets';

export class DissolveOfficeBody {
  @IsDay('The last day on which there is the office')
  readonly on: DayBody;

  @ApiProperty({ example: 'กฎกระทรวงแบ่งส่วนราชการ', description: 'The law, order or announcement that dissolves it' })
  @IsPlainText({ bytesMax: 2_000 })
  readonly basis: string;

  @ApiProperty({ required: false, description: 'The office that takes its place' })
  @IsOptional()
  @IsIdentifier()
  readonly successorOfficeId?: string;

  @IsSource()
  readonly source?: SourceBody;
}

export class DissolveOffice extends RequestedCommand<DissolveOfficeBody, OfficeTarget> {}

@CommandHandler(DissolveOffice)
export class DissolveOfficeHandler implements ICommandHandler<DissolveOffice> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ target: { officeId }, body, requester, context }: DissolveOffice): Promise<CommandOutcome> {
    const { source, on, ...end } = body;
    const provenance = provenanceOf(source, requester);
    const accepted = await this.ledger.execute({
      decider: officeDecider,
      stream: streamName('office', officeId),
      command: {
        type: 'DissolveOffice',
        officeId,
        data: { ...end, on: dayOf(on) },
        provenance,
        actor: requester.actor.id,
        decidedOn: bangkokDateOf(Date.parse(context.decidedAt)),
      },
      context: withProvenance(context, provenance),
      authorise: (state) => refusalOfAccess(requester, 'office.register', officeId, state),
    });
    return { id: officeId, ...accepted };
  }
}
