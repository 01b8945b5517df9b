import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, RequestedBy, type Requester } from '@khamrap/platform/access';
import type { CommandContext } from '@khamrap/platform/event-store';
import { Changes, FromRequest, UuidParameter, type CommandOutcome } from '@khamrap/platform/http';
import { CorrectFinding, CorrectFindingBody } from './commands/correct-finding';
import { EscalateFinding, EscalateFindingBody } from './commands/escalate-finding';
import { ExtendDueDate, ExtendDueDateBody } from './commands/extend-due-date';
import { JudgeResponse, JudgeResponseBody } from './commands/judge-response';
import { MakeRecommendation, MakeRecommendationBody } from './commands/make-recommendation';
import { RecordFinding, RecordFindingBody } from './commands/record-finding';
import { ReopenFinding, ReopenFindingBody } from './commands/reopen-finding';
import { Respond, RespondBody } from './commands/respond';
import { WithdrawFinding, WithdrawFindingBody } from './commands/withdraw-finding';

/** What was found in a round, what was recommended, and what those concerned answer. */
@ApiTags('inspections')
@Controller('v1/inspections/:roundId')
export class FindingsController {
  constructor(private readonly commands: CommandBus) {}

  @Post('findings')
  @ApiOperation({ summary: 'Records a finding, with the events that it concerns' })
  @Allow('inspection.conduct', 'sourceDocument.register')
  @Changes()
  record(
    @UuidParameter('roundId') roundId: string,
    @Body() body: RecordFindingBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RecordFinding({ roundId }, body, requester, context));
  }

  @Post('findings/:findingId/correction')
  @ApiOperation({ summary: 'States a finding anew and as a whole; the old stays in its history' })
  @Allow('inspection.conduct', 'sourceDocument.register')
  @Changes()
  correct(
    @UuidParameter('roundId') roundId: string,
    @UuidParameter('findingId') findingId: string,
    @Body() body: CorrectFindingBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new CorrectFinding({ roundId, findingId }, body, requester, context));
  }

  @Post('findings/:findingId/withdrawal')
  @ApiOperation({ summary: 'Takes back what was no finding' })
  @Allow('inspection.conduct', 'sourceDocument.register')
  @Changes()
  withdraw(
    @UuidParameter('roundId') roundId: string,
    @UuidParameter('findingId') findingId: string,
    @Body() body: WithdrawFindingBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new WithdrawFinding({ roundId, findingId }, body, requester, context));
  }

  @Post('findings/:findingId/reopening')
  @ApiOperation({ summary: 'Opens a resolved finding again, for a reason' })
  @Allow('inspection.conduct', 'sourceDocument.register')
  @Changes()
  reopen(
    @UuidParameter('roundId') roundId: string,
    @UuidParameter('findingId') findingId: string,
    @Body() body: ReopenFindingBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new ReopenFinding({ roundId, findingId }, body, requester, context));
  }

  @Post('findings/:findingId/escalations')
  @ApiOperation({ summary: 'Brings a finding to somebody above, once nobody has answered it in time' })
  @Allow('inspection.conduct', 'sourceDocument.register')
  @Changes()
  escalate(
    @UuidParameter('roundId') roundId: string,
    @UuidParameter('findingId') findingId: string,
    @Body() body: EscalateFindingBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new EscalateFinding({ roundId, findingId }, body, requester, context));
  }

  @Post('findings/:findingId/due-date')
  @ApiOperation({ summary: 'Gives more time to answer a finding' })
  @Allow('inspection.conduct', 'sourceDocument.register')
  @Changes()
  extend(
    @UuidParameter('roundId') roundId: string,
    @UuidParameter('findingId') findingId: string,
    @Body() body: ExtendDueDateBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new ExtendDueDate({ roundId, findingId }, body, requester, context));
  }

  @Post('findings/:findingId/responses')
  @ApiOperation({ summary: 'Answers a finding for an office' })
  @Allow('inspection.respond', 'sourceDocument.register')
  @Changes()
  respond(
    @UuidParameter('roundId') roundId: string,
    @UuidParameter('findingId') findingId: string,
    @Body() body: RespondBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new Respond({ roundId, findingId }, body, requester, context));
  }

  @Post('recommendations')
  @ApiOperation({ summary: 'Recommends something to an office, from a finding or in general' })
  @Allow('inspection.conduct', 'sourceDocument.register')
  @Changes()
  recommend(
    @UuidParameter('roundId') roundId: string,
    @Body() body: MakeRecommendationBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new MakeRecommendation({ roundId }, body, requester, context));
  }

  @Post('recommendations/:recommendationId/due-date')
  @ApiOperation({ summary: 'Gives more time to answer a recommendation' })
  @Allow('inspection.conduct', 'sourceDocument.register')
  @Changes()
  extendRecommendation(
    @UuidParameter('roundId') roundId: string,
    @UuidParameter('recommendationId') recommendationId: string,
    @Body() body: ExtendDueDateBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new ExtendDueDate({ roundId, recommendationId }, body, requester, context));
  }

  @Post('recommendations/:recommendationId/responses')
  @ApiOperation({ summary: 'Answers a recommendation for an office' })
  @Allow('inspection.respond', 'sourceDocument.register')
  @Changes()
  respondToRecommendation(
    @UuidParameter('roundId') roundId: string,
    @UuidParameter('recommendationId') recommendationId: string,
    @Body() body: RespondBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new Respond({ roundId, recommendationId }, body, requester, context));
  }

  @Post('responses/:responseId/judgement')
  @ApiOperation({
    summary: 'Accepts a response, or finds it insufficient; accepted of all who are to answer, a finding is resolved',
  })
  @Allow('inspection.conduct', 'sourceDocument.register')
  @Changes()
  judge(
    @UuidParameter('roundId') roundId: string,
    @UuidParameter('responseId') responseId: string,
    @Body() body: JudgeResponseBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new JudgeResponse({ roundId, responseId }, body, requester, context));
  }
}
