import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { streamName } from '@khamrap/kernel';
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
import { refusalOfAccess } from './office-access';
import type { OfficeTarget } from './targets';

export class RenameOfficeBody {
  @ApiProperty({ example: 'สำนักงานพัฒนาชุมชนจังหวัดแพร่' })
  @IsPlainText({ bytesMax: 1_000 })
  readonly nameTh: string;

  @ApiProperty({ required: false, description: 'Without it the office has no English name any more' })
  @IsOptional()
  @IsPlainText({ bytesMax: 1_000 })
  readonly nameEn?: string;

  @IsDay('The first day of the new name')
  readonly from: DayBody;

  @ApiProperty({ required: false, description: 'The law, order or announcement that gives it' })
  @IsOptional()
  @IsPlainText({ bytesMax: 2_000 })
  readonly basis?: string;

  @IsSource()
  readonly source?: SourceBody;
}

export class RenameOffice extends RequestedCommand<RenameOfficeBody, OfficeTarget> {}

@CommandHandler(RenameOffice)
export class RenameOfficeHandler implements ICommandHandler<RenameOffice> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ target: { officeId }, body, requester, context }: RenameOffice): Promise<CommandOutcome> {
    const { source, from, ...names } = body;
    const provenance = provenanceOf(source, requester);
    const accepted = await this.ledger.execute({
      decider: officeDecider,
      stream: streamName('office', officeId),
      command: { type: 'RenameOffice', data: { ...names, from: dayOf(from) }, provenance },
      context: withProvenance(context, provenance),
      authorise: (state) => refusalOfAccess(requester, 'office.register', officeId, state),
    });
    return { id: officeId, ...accepted };
  }
}
