import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import type { IsoDate } from '@khamrap/kernel';
import { derivedId } from '@khamrap/platform/event-store';
import {
  IsDateText,
  IsIdentifier,
  IsPlainText,
  IsSource,
  IsUuidText,
  RequestedCommand,
  type CommandOutcome,
  type SourceBody,
} from '@khamrap/platform/http';
import { Conducting, plain } from './conducting';
import { TEXT_BYTES_MAX } from './round-body';
import type { RoundTarget } from './targets';

export class MakeRecommendationBody {
  @ApiProperty({
    required: false,
    format: 'uuid',
    description: 'The finding that it follows from; absent for a general one',
  })
  @IsOptional()
  @IsUuidText()
  readonly findingId?: string;

  @ApiProperty({ example: 'จัดทำแผนติดตามผลรายเดือน' })
  @IsPlainText({ bytesMax: TEXT_BYTES_MAX, lines: true })
  readonly text: string;

  @ApiProperty({ required: false, example: 'phrae-cdd', description: 'To whom; only a document may leave it open' })
  @IsOptional()
  @IsIdentifier()
  readonly officeId?: string;

  @ApiProperty({ type: 'string', required: false, example: '2027-04-30', description: 'The last day for an answer' })
  @IsOptional()
  @IsDateText()
  readonly dueOn?: IsoDate;

  @IsSource()
  readonly source?: SourceBody;
}

export class MakeRecommendation extends RequestedCommand<MakeRecommendationBody, RoundTarget> {}

@CommandHandler(MakeRecommendation)
export class MakeRecommendationHandler implements ICommandHandler<MakeRecommendation> {
  constructor(private readonly conducting: Conducting) {}

  execute(asked: MakeRecommendation): Promise<CommandOutcome> {
    const { source: _source, ...said } = asked.body;
    const recommendationId = derivedId('recommendation', asked.context.commandId);
    const data = plain({ recommendationId, ...said });
    return this.conducting.execute(asked, {
      id: recommendationId,
      command: (told) => ({ type: 'MakeRecommendation', data, ...told }),
    });
  }
}
