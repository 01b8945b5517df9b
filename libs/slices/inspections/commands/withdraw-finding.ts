import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsPlainText, IsSource, RequestedCommand, type CommandOutcome, type SourceBody } from '@khamrap/platform/http';
import { Conducting } from './conducting';
import type { FindingTarget } from './targets';

export class WithdrawFindingBody {
  @ApiProperty({ example: 'ตรวจสอบเอกสารเพิ่มเติมแล้ว ข้อเท็จจริงไม่เป็นตามที่บันทึก' })
  @IsPlainText({ bytesMax: 4_000, lines: true })
  readonly reason: string;

  @IsSource()
  readonly source?: SourceBody;
}

export class WithdrawFinding extends RequestedCommand<WithdrawFindingBody, FindingTarget> {}

@CommandHandler(WithdrawFinding)
export class WithdrawFindingHandler implements ICommandHandler<WithdrawFinding> {
  constructor(private readonly conducting: Conducting) {}

  execute(asked: WithdrawFinding): Promise<CommandOutcome> {
    const { findingId } = asked.target;
    const { reason } = asked.body;
    return this.conducting.execute(asked, {
      id: findingId,
      command: (told) => ({ type: 'WithdrawFinding', data: { findingId, reason }, ...told }),
    });
  }
}
