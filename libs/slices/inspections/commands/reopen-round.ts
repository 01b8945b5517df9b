import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsPlainText, IsSource, RequestedCommand, type CommandOutcome, type SourceBody } from '@khamrap/platform/http';
import { Conducting } from './conducting';
import type { RoundTarget } from './targets';

export class ReopenInspectionRoundBody {
  @ApiProperty({ example: 'ตรวจเพิ่มเติมตามที่ผู้บังคับบัญชาสั่งการ' })
  @IsPlainText({ bytesMax: 4_000, lines: true })
  readonly reason: string;

  @IsSource()
  readonly source?: SourceBody;
}

export class ReopenInspectionRound extends RequestedCommand<ReopenInspectionRoundBody, RoundTarget> {}

@CommandHandler(ReopenInspectionRound)
export class ReopenInspectionRoundHandler implements ICommandHandler<ReopenInspectionRound> {
  constructor(private readonly conducting: Conducting) {}

  execute(asked: ReopenInspectionRound): Promise<CommandOutcome> {
    const { reason } = asked.body;
    return this.conducting.execute(asked, {
      id: asked.target.roundId,
      command: (told) => ({ type: 'ReopenRound', data: { reason }, ...told }),
    });
  }
}
