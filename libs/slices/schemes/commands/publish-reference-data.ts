import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { streamName } from '@khamrap/kernel';
import { Ledger } from '@khamrap/platform/event-store';
import {
  IsIdentifier,
  IsPlainText,
  IsSource,
  RequestedCommand,
  SHA256_HEX,
  SourceBody,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { schemeDecider } from '../domain/scheme.decider';
import { publishingContext, SchemeTarget } from './scheme-access';

const SOURCE_BYTES_MAX = 2_000;

export class PublishReferenceDataBody {
  @ApiProperty({ example: 'provinces' })
  @IsIdentifier()
  readonly name: string;

  @ApiProperty({
    example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    description: 'SHA-256 of the file, hexadecimal',
    pattern: SHA256_HEX.source,
  })
  @Matches(SHA256_HEX)
  readonly sha256: string;

  @ApiProperty({ example: 'กรมการปกครอง', description: 'Who issued it, and where it is found' })
  @IsPlainText({ bytesMax: SOURCE_BYTES_MAX })
  readonly issuedBy: string;

  @IsSource()
  readonly source?: SourceBody;
}

export class PublishReferenceData extends RequestedCommand<PublishReferenceDataBody, SchemeTarget> {}

@CommandHandler(PublishReferenceData)
export class PublishReferenceDataHandler implements ICommandHandler<PublishReferenceData> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ target: { schemeId }, body, requester, context }: PublishReferenceData): Promise<CommandOutcome> {
    const { source, issuedBy, ...reference } = body;
    const acting = publishingContext(context, requester, source);
    const accepted = await this.ledger.execute({
      decider: schemeDecider,
      stream: streamName('scheme', schemeId),
      command: { type: 'PublishReferenceData', data: { ...reference, source: issuedBy } },
      context: acting,
    });
    return { id: schemeId, ...accepted };
  }
}
