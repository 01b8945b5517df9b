import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { streamName } from '@khamrap/kernel';
import { Ledger } from '@khamrap/platform/event-store';
import {
  IsDecimalText,
  IsIdentifier,
  IsListOfBodies,
  IsSource,
  RequestedCommand,
  SourceBody,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { schemeDecider } from '../domain/scheme.decider';
import { publishingContext, SchemeTarget } from './scheme-access';
import { IsBasis, NamesBody } from './published-text';

const BAND_COUNT_MAX = 50;

class BandBody extends NamesBody {
  @ApiProperty({ example: 'quality' })
  @IsIdentifier()
  readonly code: string;

  @ApiProperty({ example: 'คุณภาพ' })
  declare readonly nameTh: string;

  @ApiProperty({ example: '90', description: 'The least total that lies in the band' })
  @IsDecimalText()
  readonly from: string;
}

export class PublishBandsBody {
  @ApiProperty({ type: [BandBody], description: 'The lowest first; a band ends where the next one begins' })
  @IsListOfBodies(() => BandBody, { countMax: BAND_COUNT_MAX })
  readonly bands: BandBody[];

  @IsBasis()
  readonly basis?: string;

  @IsSource()
  readonly source?: SourceBody;
}

export class PublishBands extends RequestedCommand<PublishBandsBody, SchemeTarget> {}

@CommandHandler(PublishBands)
export class PublishBandsHandler implements ICommandHandler<PublishBands> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ target: { schemeId }, body, requester, context }: PublishBands): Promise<CommandOutcome> {
    const { source, ...data } = body;
    const acting = publishingContext(context, requester, source);
    const accepted = await this.ledger.execute({
      decider: schemeDecider,
      stream: streamName('scheme', schemeId),
      command: { type: 'PublishBands', data },
      context: acting,
    });
    return { id: schemeId, ...accepted };
  }
}
