import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsPlainText, provenanceOf, RequestedCommand, type CommandOutcome } from '@khamrap/platform/http';
import { Conducting } from './conducting';
import { FindingBody, findingOf } from './finding-body';
import { FindingSources } from './finding-sources';
import type { FindingTarget } from './targets';

export class CorrectFindingBody extends FindingBody {
  @ApiProperty({ example: 'ระบุหน่วยรับตรวจผิด' })
  @IsPlainText({ bytesMax: 4_000, lines: true })
  readonly reason: string;
}

export class CorrectFinding extends RequestedCommand<CorrectFindingBody, FindingTarget> {}

@CommandHandler(CorrectFinding)
export class CorrectFindingHandler implements ICommandHandler<CorrectFinding> {
  constructor(
    private readonly conducting: Conducting,
    private readonly sources: FindingSources,
  ) {}

  async execute(asked: CorrectFinding): Promise<CommandOutcome> {
    const { target, body, requester } = asked;
    const { reason, ...said } = body;
    const finding = findingOf(target.findingId, said, await this.sources.provincesOf(said.officeIds ?? []));
    const support = await this.sources.ofFinding(finding, provenanceOf(said.source, requester), requester);
    return this.conducting.execute(asked, {
      id: target.findingId,
      command: (told) => ({ type: 'CorrectFinding', data: { ...finding, reason }, ...told }),
      ...support,
    });
  }
}
