import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { streamName } from '@khamrap/kernel';
import { Ledger } from '@khamrap/platform/event-store';
import {
  IsBody,
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

export class AppointHolderBody {
  @ApiProperty({ example: 'สุสังข์ ชุ่มมะโน', description: 'Part of the public record' })
  @IsPlainText({ bytesMax: 500 })
  readonly personName: string;

  @ApiProperty({ example: 'พัฒนาการจังหวัดแพร่' })
  @IsPlainText({ bytesMax: 500 })
  readonly positionTitle: string;

  @IsDay('The first day in the post')
  readonly from: DayBody;

  @ApiProperty({
    required: false,
    type: DayBody,
    description: 'The last day, of a holder who has left the post already',
  })
  @IsOptional()
  @IsBody(() => DayBody)
  readonly until?: DayBody;

  @ApiProperty({ required: false })
  @IsOptional()
  @IsPlainText({ bytesMax: 1_000 })
  readonly orderReference?: string;

  @IsSource()
  readonly source?: SourceBody;
}

export class AppointHolder extends RequestedCommand<AppointHolderBody, OfficeTarget> {}

@CommandHandler(AppointHolder)
export class AppointHolderHandler implements ICommandHandler<AppointHolder> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ target: { officeId }, body, requester, context }: AppointHolder): Promise<CommandOutcome> {
    const { source, from, until, ...holder } = body;
    const provenance = provenanceOf(source, requester);
    const accepted = await this.ledger.execute({
      decider: officeDecider,
      stream: streamName('office', officeId),
      command: {
        type: 'AppointHolder',
        data: { ...holder, from: dayOf(from), ...(until && { until: dayOf(until) }) },
        provenance,
      },
      context: withProvenance(context, provenance),
      authorise: (state) => refusalOfAccess(requester, 'office.register', officeId, state),
    });
    return { id: officeId, ...accepted };
  }
}
