import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, RequestedBy, type Requester } from '@khamrap/platform/access';
import type { CommandContext } from '@khamrap/platform/event-store';
import { Changes, FromRequest, UuidParameter, WithoutBody, type CommandOutcome } from '@khamrap/platform/http';
import { AnnounceResult, AnnounceResultBody } from './commands/announce-result';
import { CloseAgreement } from './commands/close-agreement';
import { CloseEvaluationRound } from './commands/close-evaluation-round';
import { DecideAppeal, DecideAppealBody } from './commands/decide-appeal';
import { DetermineScore, DetermineScoreBody } from './commands/determine-score';
import { FileAppeal, FileAppealBody } from './commands/file-appeal';
import { ReopenEvaluationRound, ReopenEvaluationRoundBody } from './commands/reopen-evaluation-round';
import { RoundParameter } from './commands/round-parameter';

/** How a year is judged: rounds, scores, results, appeals, the end. */
@ApiTags('agreements')
@Controller('v1/agreements/:agreementId')
export class RoundsController {
  constructor(private readonly commands: CommandBus) {}

  @Post('evaluation-rounds/:round/closure')
  @ApiOperation({ summary: 'Closes an evaluation round: freezes what was promised and reported, and scores it' })
  @Allow('agreement.closeRound')
  @Changes()
  @WithoutBody()
  closeRound(
    @UuidParameter('agreementId') agreementId: string,
    @RoundParameter('round') round: string,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new CloseEvaluationRound({ agreementId, round }, undefined, requester, context));
  }

  @Post('evaluation-rounds/:round/reopening')
  @ApiOperation({ summary: 'Reopens the evaluation round that was closed last; the closed revision stays readable' })
  @Allow('agreement.closeRound')
  @Changes()
  reopenRound(
    @UuidParameter('agreementId') agreementId: string,
    @RoundParameter('round') round: string,
    @Body() body: ReopenEvaluationRoundBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new ReopenEvaluationRound({ agreementId, round }, body, requester, context));
  }

  @Post('evaluation-rounds/:round/scores')
  @ApiOperation({ summary: 'Notes the score that an assessor gave to a judged indicator, or to the round' })
  @Allow('agreement.closeRound', 'agreement.report')
  @Changes()
  determineScore(
    @UuidParameter('agreementId') agreementId: string,
    @RoundParameter('round') round: string,
    @Body() body: DetermineScoreBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new DetermineScore({ agreementId, round }, body, requester, context));
  }

  @Post('evaluation-rounds/:round/result')
  @ApiOperation({ summary: 'Notes the result of a closed round as it was announced' })
  @Allow('agreement.closeRound', 'sourceDocument.register')
  @Changes()
  announceResult(
    @UuidParameter('agreementId') agreementId: string,
    @RoundParameter('round') round: string,
    @Body() body: AnnounceResultBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new AnnounceResult({ agreementId, round }, body, requester, context));
  }

  @Post('appeals')
  @ApiOperation({ summary: 'Appeals against what a closed round came to' })
  @Allow('agreement.amend')
  @Changes()
  fileAppeal(
    @UuidParameter('agreementId') agreementId: string,
    @Body() body: FileAppealBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new FileAppeal({ agreementId }, body, requester, context));
  }

  @Post('appeals/:appealId/decision')
  @ApiOperation({ summary: 'Decides an appeal' })
  @Allow('agreement.closeRound')
  @Changes()
  decideAppeal(
    @UuidParameter('agreementId') agreementId: string,
    @UuidParameter('appealId') appealId: string,
    @Body() body: DecideAppealBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new DecideAppeal({ agreementId, appealId }, body, requester, context));
  }

  @Post('closure')
  @ApiOperation({ summary: 'Ends the year of an agreement whose evaluation rounds are all closed' })
  @Allow('agreement.closeRound')
  @Changes()
  @WithoutBody()
  closeAgreement(
    @UuidParameter('agreementId') agreementId: string,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new CloseAgreement({ agreementId }, undefined, requester, context));
  }
}
