import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import {
  IsIdentifier,
  IsPlainText,
  IsSource,
  RequestedCommand,
  type CommandOutcome,
  type SourceBody,
} from '@khamrap/platform/http';
import { ESCALATION_LEVELS, type EscalationLevel } from '../domain/inspection.vocabulary';
import { Conducting } from './conducting';
import type { FindingTarget } from './targets';

export class EscalateFindingBody {
  @ApiProperty({ enum: ESCALATION_LEVELS })
  @IsIn(ESCALATION_LEVELS)
  readonly toLevel: EscalationLevel;

  @ApiProperty({ required: false, example: 'phrae-province', description: 'To whom, where it is one office' })
  @IsOptional()
  @IsIdentifier()
  readonly toOfficeId?: string;

  @ApiProperty({ example: 'เลยกำหนดแล้ว หน่วยรับตรวจยังไม่ชี้แจง' })
  @IsPlainText({ bytesMax: 4_000, lines: true })
  readonly reason: string;

  @IsSource()
  readonly source?: SourceBody;
}

export class EscalateFinding extends RequestedCommand<EscalateFindingBody, FindingTarget> {}

@CommandHandler(EscalateFinding)
export class EscalateFindingHandler implements ICommandHandler<EscalateFinding> {
  constructor(private readonly conducting: Conducting) {}

  execute(asked: EscalateFinding): Promise<CommandOutcome> {
    const { findingId } = asked.target;
    const { toLevel, toOfficeId, reason } = asked.body;
    const data = { findingId, toLevel, reason, ...(toOfficeId !== undefined && { toOfficeId }) };
    return this.conducting.execute(asked, {
      id: findingId,
      command: (told) => ({ type: 'EscalateFinding', data, ...told }),
    });
  }
}
