import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, RequestedBy, type Requester } from '@khamrap/platform/access';
import type { CommandContext } from '@khamrap/platform/event-store';
import { Changes, Creates, entityTag, FreshnessQuery, FromRequest, type CommandOutcome } from '@khamrap/platform/http';
import type { FastifyReply } from 'fastify';
import { AddIndicator, AddIndicatorBody } from './commands/add-indicator';
import { DraftAgreement, DraftAgreementBody } from './commands/draft-agreement';
import { ReportActual, ReportActualBody } from './commands/report-actual';
import { SetTarget, SetTargetBody } from './commands/set-target';
import { SignAgreement, SignAgreementBody } from './commands/sign-agreement';
import { AgreementAnswer } from './views/agreement/agreement.answer';
import { ReadAgreement } from './views/agreement/agreement.query';

@ApiTags('agreements')
@Controller('v1/agreements')
export class AgreementsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  /** Begins an agreement. */
  @Post()
  @Allow('agreement.draft')
  @Creates('/v1/agreements/:id')
  draft(
    @Body() body: DraftAgreementBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new DraftAgreement(undefined, body, requester, context));
  }

  /** Adds an indicator to the terms of a draft. */
  @Post(':agreementId/indicators')
  @Allow('agreement.draft')
  @Changes()
  addIndicator(
    @Param('agreementId', ParseUUIDPipe) agreementId: string,
    @Body() body: AddIndicatorBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new AddIndicator({ agreementId }, body, requester, context));
  }

  /** States the target of an indicator for a span. */
  @Post(':agreementId/indicators/:indicatorId/target')
  @Allow('agreement.setTarget')
  @Changes()
  setTarget(
    @Param('agreementId', ParseUUIDPipe) agreementId: string,
    @Param('indicatorId', ParseUUIDPipe) indicatorId: string,
    @Body() body: SetTargetBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new SetTarget({ agreementId, indicatorId }, body, requester, context));
  }

  /** Signs the terms for an office. */
  @Post(':agreementId/signatures')
  @Allow('agreement.sign')
  @Changes()
  sign(
    @Param('agreementId', ParseUUIDPipe) agreementId: string,
    @Body() body: SignAgreementBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new SignAgreement({ agreementId }, body, requester, context));
  }

  /** Reports what was achieved in a span. */
  @Post(':agreementId/indicators/:indicatorId/actuals')
  @Allow('agreement.report')
  @Changes()
  reportActual(
    @Param('agreementId', ParseUUIDPipe) agreementId: string,
    @Param('indicatorId', ParseUUIDPipe) indicatorId: string,
    @Body() body: ReportActualBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new ReportActual({ agreementId, indicatorId }, body, requester, context));
  }

  /** One agreement with its terms, signatures and actuals, now or as it stood. */
  @Get(':agreementId')
  @Allow('agreement.read')
  @ApiOkResponse({ type: AgreementAnswer })
  async read(
    @Param('agreementId', ParseUUIDPipe) agreementId: string,
    @Query() freshness: FreshnessQuery,
    @RequestedBy() requester: Requester,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AgreementAnswer> {
    const answer = await this.queries.execute(new ReadAgreement(agreementId, freshness, requester));
    reply.header('etag', entityTag(answer.revision)).header('khamrap-position', String(answer.asOfPosition));
    return answer;
  }
}
