import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { streamName } from '@khamrap/kernel';
import { Ledger } from '@khamrap/platform/event-store';
import { IsIdentifier, IsSource, RequestedCommand, SourceBody, type CommandOutcome } from '@khamrap/platform/http';
import { schemeDecider } from '../domain/scheme.decider';
import { publishingContext } from './scheme-access';
import { IsBasis, NamesBody } from './published-text';

export class PublishSchemeBody extends NamesBody {
  @ApiProperty({ example: 'opdc-2565', description: 'Chosen by who publishes; agreements name it' })
  @IsIdentifier()
  readonly schemeId: string;

  @ApiProperty({ example: 'การประเมินส่วนราชการตามคำรับรองการปฏิบัติราชการ' })
  declare readonly nameTh: string;

  @IsBasis()
  readonly basis?: string;

  @IsSource()
  readonly source?: SourceBody;
}

export class PublishScheme extends RequestedCommand<PublishSchemeBody> {}

@CommandHandler(PublishScheme)
export class PublishSchemeHandler implements ICommandHandler<PublishScheme> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ body, requester, context }: PublishScheme): Promise<CommandOutcome> {
    const { source, schemeId, ...data } = body;
    const acting = publishingContext(context, requester, source);
    const accepted = await this.ledger.execute({
      decider: schemeDecider,
      stream: streamName('scheme', schemeId),
      command: { type: 'PublishScheme', data },
      context: acting,
    });
    return { id: schemeId, ...accepted };
  }
}
