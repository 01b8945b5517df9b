import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { bangkokDateOf, NOT_STATED, streamName, type IsoDate } from '@khamrap/kernel';
import { Ledger } from '@khamrap/platform/event-store';
import {
  contextUnder,
  IsDateText,
  IsPlainText,
  IsSource,
  provenanceOf,
  RequestedCommand,
  SourceBody,
  withProvenance,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { awardDecider } from '../domain/award.decider';
import { officesIn, refusalOfChanging } from './award-access';
import type { AwardTarget } from './correct-award';
import { OfficePlaces } from './office-places';

export class RevokeAwardBody {
  @ApiProperty({ type: 'string', required: false, example: '2023-02-01', description: 'Absent: the source is silent' })
  @IsOptional()
  @IsDateText()
  readonly revokedOn?: IsoDate;

  @ApiProperty({ example: 'ตรวจพบว่าคุณสมบัติไม่ครบ' })
  @IsPlainText({ bytesMax: 2_000 })
  readonly reason: string;

  @ApiProperty({ required: false, description: 'The rule, order or resolution by which it is revoked' })
  @IsOptional()
  @IsPlainText({ bytesMax: 2_000 })
  readonly basis?: string;

  @IsSource()
  readonly source?: SourceBody;
}

export class RevokeAward extends RequestedCommand<RevokeAwardBody, AwardTarget> {}

@CommandHandler(RevokeAward)
export class RevokeAwardHandler implements ICommandHandler<RevokeAward> {
  constructor(
    private readonly ledger: Ledger,
    private readonly offices: OfficePlaces,
  ) {}

  async execute({ target: { awardId }, body, requester, context }: RevokeAward): Promise<CommandOutcome> {
    const { source, revokedOn = NOT_STATED, reason, basis } = body;
    const provenance = provenanceOf(source, requester);
    const stream = streamName('award', awardId);
    const { state } = await this.ledger.stateOf(awardDecider, stream);
    const offices = await this.offices.of(state.status === 'notRecorded' ? [] : officesIn(state.statement));
    const asking = { provenance, offices };
    const acting = contextUnder(context, requester, (each) => refusalOfChanging(each, state, asking));
    const accepted = await this.ledger.execute({
      decider: awardDecider,
      stream,
      command: {
        type: 'RevokeAward',
        data: { revokedOn, reason, ...(basis !== undefined && { basis }) },
        decidedOn: bangkokDateOf(Date.parse(context.decidedAt)),
        provenance,
      },
      context: withProvenance(acting, provenance),
      authorise: (current) => refusalOfChanging(requester, current, asking),
    });
    return { id: awardId, ...accepted };
  }
}
