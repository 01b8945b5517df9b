import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, RequestedBy, type Requester } from '@khamrap/platform/access';
import type { CommandContext } from '@khamrap/platform/event-store';
import { Changes, FromRequest, UuidParameter, type CommandOutcome } from '@khamrap/platform/http';
import { ApproveAmendment, ApproveAmendmentBody } from './commands/approve-amendment';
import { RejectAmendment, RejectAmendmentBody } from './commands/reject-amendment';
import { RequestAmendment, RequestAmendmentBody } from './commands/request-amendment';

@ApiTags('amendments')
@Controller('v1/agreements/:agreementId/amendments')
export class AmendmentsController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @ApiOperation({ summary: 'Asks for a change of terms in effect' })
  @Allow('agreement.amend')
  @Changes()
  request(
    @UuidParameter('agreementId') agreementId: string,
    @Body() body: RequestAmendmentBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RequestAmendment({ agreementId }, body, requester, context));
  }

  @Post(':amendmentId/approval')
  @ApiOperation({ summary: 'Approves an amendment for a receiver' })
  @Allow('agreement.amend')
  @Changes()
  approve(
    @UuidParameter('agreementId') agreementId: string,
    @UuidParameter('amendmentId') amendmentId: string,
    @Body() body: ApproveAmendmentBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new ApproveAmendment({ agreementId, amendmentId }, body, requester, context));
  }

  @Post(':amendmentId/rejection')
  @ApiOperation({ summary: 'Rejects an amendment for a receiver' })
  @Allow('agreement.amend')
  @Changes()
  reject(
    @UuidParameter('agreementId') agreementId: string,
    @UuidParameter('amendmentId') amendmentId: string,
    @Body() body: RejectAmendmentBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RejectAmendment({ agreementId, amendmentId }, body, requester, context));
  }
}
