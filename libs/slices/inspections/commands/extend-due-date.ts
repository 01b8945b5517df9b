import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import type { IsoDate } from '@khamrap/kernel';
import {
  IsDateText,
  IsPlainText,
  IsSource,
  RequestedCommand,
  type CommandOutcome,
  type SourceBody,
} from '@khamrap/platform/http';
import { Conducting } from './conducting';
import type { FindingTarget, RecommendationTarget } from './targets';

export class ExtendDueDateBody {
  @ApiProperty({ type: 'string', example: '2027-05-31', description: 'Later than the day that stands' })
  @IsDateText()
  readonly dueOn: IsoDate;

  @ApiProperty({ example: 'หน่วยรับตรวจขอขยายเวลาเพราะรอเอกสารจากส่วนกลาง' })
  @IsPlainText({ bytesMax: 4_000, lines: true })
  readonly reason: string;

  @IsSource()
  readonly source?: SourceBody;
}

export class ExtendDueDate extends RequestedCommand<ExtendDueDateBody, FindingTarget | RecommendationTarget> {}

@CommandHandler(ExtendDueDate)
export class ExtendDueDateHandler implements ICommandHandler<ExtendDueDate> {
  constructor(private readonly conducting: Conducting) {}

  execute(asked: ExtendDueDate): Promise<CommandOutcome> {
    const { roundId: _roundId, ...target } = asked.target;
    const { dueOn, reason } = asked.body;
    return this.conducting.execute(asked, {
      id: 'findingId' in target ? target.findingId : target.recommendationId,
      command: (told) => ({ type: 'ExtendDueDate', data: { ...target, dueOn, reason }, ...told }),
    });
  }
}
