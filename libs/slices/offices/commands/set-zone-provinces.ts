import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, Matches } from 'class-validator';
import { PROVINCES, streamName } from '@khamrap/kernel';
import { Ledger } from '@khamrap/platform/event-store';
import {
  IsPlainText,
  IsSource,
  PROVINCE_CODE,
  RequestedCommand,
  SourceBody,
  withProvenance,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { zoneDecider } from '../domain/zone.decider';
import { DayBody, dayOf, IsDay } from './day-body';
import { provenanceOfZone } from './zone-access';

export class SetZoneProvincesBody {
  @ApiProperty({ type: [String], example: ['TH-54', 'TH-55', 'TH-56', 'TH-57'] })
  @IsArray()
  @ArrayMaxSize(PROVINCES.length)
  @Matches(PROVINCE_CODE, { each: true })
  readonly provinces: string[];

  @IsDay('The first day on which the zone holds these provinces')
  readonly effectiveFrom: DayBody;

  @ApiProperty({ example: 'คำสั่งสำนักนายกรัฐมนตรี', description: 'The order or announcement that says it' })
  @IsPlainText({ bytesMax: 2_000 })
  readonly basis: string;

  @IsSource()
  readonly source?: SourceBody;
}

export class SetZoneProvinces extends RequestedCommand<SetZoneProvincesBody, { readonly zoneId: string }> {}

@CommandHandler(SetZoneProvinces)
export class SetZoneProvincesHandler implements ICommandHandler<SetZoneProvinces> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ target: { zoneId }, body, requester, context }: SetZoneProvinces): Promise<CommandOutcome> {
    const { source, effectiveFrom, ...rest } = body;
    const provenance = provenanceOfZone(source, requester, 'provinces');
    const accepted = await this.ledger.execute({
      decider: zoneDecider,
      stream: streamName('zone', zoneId),
      command: { type: 'SetZoneProvinces', data: { ...rest, effectiveFrom: dayOf(effectiveFrom) }, provenance },
      context: withProvenance(context, provenance),
    });
    return { id: zoneId, ...accepted };
  }
}
