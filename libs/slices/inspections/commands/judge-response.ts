import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { IsPlainText, IsSource, RequestedCommand, type CommandOutcome, type SourceBody } from '@khamrap/platform/http';
import { RESPONSE_OUTCOMES, type ResponseOutcome } from '../domain/inspection.vocabulary';
import { Conducting } from './conducting';
import { refusalOfJudging } from './inspection-access';
import type { ResponseTarget } from './targets';

export class JudgeResponseBody {
  @ApiProperty({
    enum: RESPONSE_OUTCOMES,
    description: 'Accepted of every office that is to answer, a finding is resolved',
  })
  @IsIn(RESPONSE_OUTCOMES)
  readonly outcome: ResponseOutcome;

  @ApiProperty({ required: false, description: 'What is missing: needed where it is insufficient' })
  @IsOptional()
  @IsPlainText({ bytesMax: 8_000, lines: true })
  readonly reason?: string;

  @IsSource()
  readonly source?: SourceBody;
}

export class JudgeResponse extends RequestedCommand<JudgeResponseBody, ResponseTarget> {}

@CommandHandler(JudgeResponse)
export class JudgeResponseHandler implements ICommandHandler<JudgeResponse> {
  constructor(private readonly conducting: Conducting) {}

  execute(asked: JudgeResponse): Promise<CommandOutcome> {
    const { responseId } = asked.target;
    const { outcome, reason } = asked.body;
    const data = { responseId, outcome, ...(reason !== undefined && { reason }) };
    return this.conducting.execute(asked, {
      id: responseId,
      command: (told) => ({ type: 'JudgeResponse', data, ...told }),
      refusalOf: (requester, state, provenance) => refusalOfJudging(requester, state, provenance, responseId),
    });
  }
}
