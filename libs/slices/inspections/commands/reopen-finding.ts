import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
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
import type { FindingTarget } from './targets';

export class ReopenFindingBody {
  @ApiProperty({ example: 'ลงพื้นที่ติดตามแล้ว ยังไม่ได้ดำเนินการตามที่ชี้แจง' })
  @IsPlainText({ bytesMax: 4_000, lines: true })
  readonly reason: string;

  @ApiProperty({ type: 'string', required: false, example: '2027-06-30', description: 'The last day for a new answer' })
  @IsOptional()
  @IsDateText()
  readonly dueOn?: IsoDate;

  @IsSource()
  readonly source?: SourceBody;
}

export class ReopenFinding extends RequestedCommand<ReopenFindingBody, FindingTarget> {}

@CommandHandler(ReopenFinding)
export class ReopenFindingHandler implements ICommandHandler<ReopenFinding> {
  constructor(private readonly conducting: Conducting) {}

  execute(asked: ReopenFinding): Promise<CommandOutcome> {
    const { findingId } = asked.target;
    const { reason, dueOn } = asked.body;
    const data = { findingId, reason, ...(dueOn !== undefined && { dueOn }) };
    return this.conducting.execute(asked, {
      id: findingId,
      command: (told) => ({ type: 'ReopenFinding', data, ...told }),
    });
  }
}
