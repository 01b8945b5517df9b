import { Body, Controller, Get, Post, Query, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, RequestedBy, type Requester } from '@khamrap/platform/access';
import type { CommandContext } from '@khamrap/platform/event-store';
import {
  Changes,
  Creates,
  entityTag,
  FreshnessQuery,
  FromRequest,
  UuidParameter,
  type CommandOutcome,
} from '@khamrap/platform/http';
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

  @Post()
  @ApiOperation({ summary: 'Begins an agreement' })
  @Allow('agreement.draft')
  @Creates('/v1/agreements/:id')
  draft(
    @Body() body: DraftAgreementBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new DraftAgreement(undefined, body, requester, context));
  }

  @Post(':agreementId/indicators')
  @ApiOperation({ summary: 'Adds an indicator to the terms of a draft' })
  @Allow('agreement.draft')
  @Changes()
  addIndicator(
    @UuidParameter('agreementId') agreementId: string,
    @Body() body: AddIndicatorBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new AddIndicator({ agreementId }, body, requester, context));
  }

  @Post(':agreementId/indicators/:indicatorId/target')
  @ApiOperation({ summary: 'States the target of an indicator for a span' })
  @Allow('agreement.setTarget')
  @Changes()
  setTarget(
    @UuidParameter('agreementId') agreementId: string,
    @UuidParameter('indicatorId') indicatorId: string,
    @Body() body: SetTargetBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new SetTarget({ agreementId, indicatorId }, body, requester, context));
  }

  @Post(':agreementId/signatures')
  @ApiOperation({ summary: 'Signs the terms for an office' })
  @Allow('agreement.sign')
  @Changes()
  sign(
    @UuidParameter('agreementId') agreementId: string,
    @Body() body: SignAgreementBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new SignAgreement({ agreementId }, body, requester, context));
  }

  @Post(':agreementId/indicators/:indicatorId/actuals')
  @ApiOperation({ summary: 'Reports what was achieved in a span' })
  @Allow('agreement.report')
  @Changes()
  reportActual(
    @UuidParameter('agreementId') agreementId: string,
    @UuidParameter('indicatorId') indicatorId: string,
    @Body() body: ReportActualBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new ReportActual({ agreementId, indicatorId }, body, requester, context));
  }

  @Get(':agreementId')
  @ApiOperation({ summary: 'One agreement with its terms, signatures and actuals, now or as it stood' })
  @Allow('agreement.read')
  @ApiOkResponse({ type: AgreementAnswer })
  async read(
    @UuidParameter('agreementId') agreementId: string,
    @Query() freshness: FreshnessQuery,
    @RequestedBy() requester: Requester,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AgreementAnswer> {
    const answer = await this.queries.execute(new ReadAgreement(agreementId, freshness, requester));
    reply.header('etag', entityTag(answer.revision)).header('khamrap-position', String(answer.asOfPosition));
    return answer;
  }
}
