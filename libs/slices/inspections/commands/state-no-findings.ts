import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsPlainText, IsSource, RequestedCommand, type CommandOutcome, type SourceBody } from '@khamrap/platform/http';
import { Conducting } from './conducting';
import type { RoundTarget } from './targets';

export class StateNoFindingsBody {
  @ApiProperty({ example: 'ตรวจครบทุกจังหวัดแล้ว ไม่พบข้อค้นพบ' })
  @IsPlainText({ bytesMax: 8_000, lines: true })
  readonly statement: string;

  @IsSource()
  readonly source?: SourceBody;
}

export class StateNoFindings extends RequestedCommand<StateNoFindingsBody, RoundTarget> {}

@CommandHandler(StateNoFindings)
export class StateNoFindingsHandler implements ICommandHandler<StateNoFindings> {
  constructor(private readonly conducting: Conducting) {}

  execute(asked: StateNoFindings): Promise<CommandOutcome> {
    const { statement } = asked.body;
    return this.conducting.execute(asked, {
      id: asked.target.roundId,
      command: (told) => ({ type: 'StateNoFindings', data: { statement }, ...told }),
    });
  }
}
