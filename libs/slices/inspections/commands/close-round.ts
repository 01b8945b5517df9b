import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsPlainText, IsSource, RequestedCommand, type CommandOutcome, type SourceBody } from '@khamrap/platform/http';
import { Conducting } from './conducting';
import type { RoundTarget } from './targets';

export class CloseInspectionRoundBody {
  @ApiProperty({ required: false, description: 'What the round came to, in words' })
  @IsOptional()
  @IsPlainText({ bytesMax: 20_000, lines: true })
  readonly summary?: string;

  @IsSource()
  readonly source?: SourceBody;
}

export class CloseInspectionRound extends RequestedCommand<CloseInspectionRoundBody, RoundTarget> {}

@CommandHandler(CloseInspectionRound)
export class CloseInspectionRoundHandler implements ICommandHandler<CloseInspectionRound> {
  constructor(private readonly conducting: Conducting) {}

  execute(asked: CloseInspectionRound): Promise<CommandOutcome> {
    const { summary } = asked.body;
    return this.conducting.execute(asked, {
      id: asked.target.roundId,
      command: (told) => ({ type: 'CloseRound', data: { ...(summary !== undefined && { summary }) }, ...told }),
    });
  }
}
