import { Body, Controller, Get, Post, Query, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, Published, RequestedBy, type Requester } from '@khamrap/platform/access';
import type { CommandContext } from '@khamrap/platform/event-store';
import {
  Changes,
  Creates,
  entityTag,
  FromRequest,
  KnownQuery,
  UuidParameter,
  type CommandOutcome,
} from '@khamrap/platform/http';
import type { FastifyReply } from 'fastify';
import { AcceptTerms, AcceptTermsBody } from './commands/accept-terms';
import { AddIndicator, AddIndicatorBody } from './commands/add-indicator';
import { DraftAgreement } from './commands/draft-agreement';
import { DraftAgreementBody } from './commands/draft-agreement-body';
import { ProposeTerms, ProposeTermsBody } from './commands/propose-terms';
import { RemoveIndicator, RemoveIndicatorBody } from './commands/remove-indicator';
import { ReturnTerms, ReturnTermsBody } from './commands/return-terms';
import { ReviseIndicator, ReviseIndicatorBody } from './commands/revise-indicator';
import { SetTarget, SetTargetBody } from './commands/set-target';
import { SignAgreement, SignAgreementBody } from './commands/sign-agreement';
import { WithdrawAgreement, WithdrawAgreementBody } from './commands/withdraw-agreement';
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
  @ApiOperation({ summary: 'Adds an indicator to the terms' })
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

  @Post(':agreementId/indicators/:indicatorId/revision')
  @ApiOperation({ summary: 'States all terms of an indicator anew' })
  @Allow('agreement.draft')
  @Changes()
  reviseIndicator(
    @UuidParameter('agreementId') agreementId: string,
    @UuidParameter('indicatorId') indicatorId: string,
    @Body() body: ReviseIndicatorBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new ReviseIndicator({ agreementId, indicatorId }, body, requester, context));
  }

  @Post(':agreementId/indicators/:indicatorId/removal')
  @ApiOperation({ summary: 'Takes an indicator out of the terms' })
  @Allow('agreement.draft')
  @Changes()
  removeIndicator(
    @UuidParameter('agreementId') agreementId: string,
    @UuidParameter('indicatorId') indicatorId: string,
    @Body() body: RemoveIndicatorBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RemoveIndicator({ agreementId, indicatorId }, body, requester, context));
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

  @Post(':agreementId/proposal')
  @ApiOperation({ summary: 'Freezes the terms and puts them to the receivers' })
  @Allow('agreement.negotiate')
  @Changes()
  propose(
    @UuidParameter('agreementId') agreementId: string,
    @Body() body: ProposeTermsBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new ProposeTerms({ agreementId }, body, requester, context));
  }

  @Post(':agreementId/return')
  @ApiOperation({ summary: 'Gives the proposed terms back, with comments' })
  @Allow('agreement.negotiate')
  @Changes()
  return(
    @UuidParameter('agreementId') agreementId: string,
    @Body() body: ReturnTermsBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new ReturnTerms({ agreementId }, body, requester, context));
  }

  @Post(':agreementId/acceptance')
  @ApiOperation({ summary: 'Accepts the proposed terms for a receiver' })
  @Allow('agreement.negotiate')
  @Changes()
  accept(
    @UuidParameter('agreementId') agreementId: string,
    @Body() body: AcceptTermsBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new AcceptTerms({ agreementId }, body, requester, context));
  }

  @Post(':agreementId/signatures')
  @ApiOperation({ summary: 'Signs the accepted terms for an office' })
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

  @Post(':agreementId/withdrawal')
  @ApiOperation({ summary: 'Gives a draft up' })
  @Allow('agreement.negotiate')
  @Changes()
  withdraw(
    @UuidParameter('agreementId') agreementId: string,
    @Body() body: WithdrawAgreementBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new WithdrawAgreement({ agreementId }, body, requester, context));
  }

  @Get(':agreementId')
  @ApiOperation({ summary: 'One agreement, now or as it stood: all that is stated of it, or what is published' })
  @Published('agreement.read')
  @ApiOkResponse({ type: AgreementAnswer })
  async read(
    @UuidParameter('agreementId') agreementId: string,
    @Query() freshness: KnownQuery,
    @RequestedBy() requester: Requester | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AgreementAnswer> {
    const answer = await this.queries.execute(new ReadAgreement(agreementId, freshness, requester));
    reply.header('etag', entityTag(answer.revision)).header('khamrap-position', String(answer.asOfPosition));
    return answer;
  }
}
