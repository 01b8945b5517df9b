import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { streamName } from '@khamrap/kernel';
import { Ledger } from '@khamrap/platform/event-store';
import {
  IsIdentifier,
  IsPlainText,
  IsSource,
  RequestedCommand,
  SourceBody,
  withProvenance,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { zoneDecider } from '../domain/zone.decider';
import { ZONE_SCHEMES, type ZoneScheme } from '../domain/zone.events';
import { zoneIdOf } from '../domain/zone.identity';
import { provenanceOfZone } from './zone-access';

const NUMBER_MAX = 999;

export class RegisterZoneBody {
  @ApiProperty({ enum: ZONE_SCHEMES })
  @IsIn(ZONE_SCHEMES)
  readonly scheme: ZoneScheme;

  @ApiProperty({ required: false, example: 'cdd', description: 'The ministry or department whose zone it is' })
  @IsOptional()
  @IsIdentifier()
  readonly officeId?: string;

  @ApiProperty({
    type: 'integer',
    minimum: 1,
    maximum: NUMBER_MAX,
    required: false,
    description: 'Without it: central',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(NUMBER_MAX)
  readonly number?: number;

  @ApiProperty({ example: 'เขตตรวจราชการที่ 16' })
  @IsPlainText({ bytesMax: 1_000 })
  readonly nameTh: string;

  @ApiProperty({ required: false, example: 'Inspection zone 16' })
  @IsOptional()
  @IsPlainText({ bytesMax: 1_000 })
  readonly nameEn?: string;

  @IsSource()
  readonly source?: SourceBody;
}

export class RegisterZone extends RequestedCommand<RegisterZoneBody> {}

@CommandHandler(RegisterZone)
export class RegisterZoneHandler implements ICommandHandler<RegisterZone> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ body, requester, context }: RegisterZone): Promise<CommandOutcome> {
    const { source, ...data } = body;
    const provenance = provenanceOfZone(source, requester, 'zone');
    const id = zoneIdOf(data);
    const accepted = await this.ledger.execute({
      decider: zoneDecider,
      stream: streamName('zone', id),
      command: { type: 'RegisterZone', data },
      context: withProvenance(context, provenance),
    });
    return { id, ...accepted };
  }
}
