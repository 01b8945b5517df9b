import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, RequestedBy, type Requester } from '@khamrap/platform/access';
import type { CommandContext } from '@khamrap/platform/event-store';
import { Changes, FromRequest, UuidParameter, type CommandOutcome } from '@khamrap/platform/http';
import { CertifyActual, CertifyActualBody } from './commands/certify-actual';
import { CorrectActual, CorrectActualBody } from './commands/correct-actual';
import { ExamineActual, ExamineActualBody } from './commands/examine-actual';
import { GrantExemption, GrantExemptionBody } from './commands/grant-exemption';
import { ReportActual, ReportActualBody } from './commands/report-actual';
import { ReturnActual, ReturnActualBody } from './commands/return-actual';
import { SpanParameter } from './commands/span-parameter';

@ApiTags('actuals')
@Controller('v1/agreements/:agreementId/indicators/:indicatorId')
export class ActualsController {
  constructor(private readonly commands: CommandBus) {}

  @Post('actuals')
  @ApiOperation({ summary: 'Reports what was achieved in a span' })
  @Allow('agreement.report')
  @Changes()
  report(
    @UuidParameter('agreementId') agreementId: string,
    @UuidParameter('indicatorId') indicatorId: string,
    @Body() body: ReportActualBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new ReportActual({ agreementId, indicatorId }, body, requester, context));
  }

  @Post('actuals/:period/corrections')
  @ApiOperation({ summary: 'Puts another figure in the place of the reported one' })
  @Allow('agreement.report')
  @Changes()
  correct(
    @UuidParameter('agreementId') agreementId: string,
    @UuidParameter('indicatorId') indicatorId: string,
    @SpanParameter('period') period: string,
    @Body() body: CorrectActualBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new CorrectActual({ agreementId, indicatorId, period }, body, requester, context));
  }

  @Post('actuals/:period/certifications')
  @ApiOperation({ summary: 'Does one step of the certification of a figure' })
  @Allow('agreement.certify')
  @Changes()
  certify(
    @UuidParameter('agreementId') agreementId: string,
    @UuidParameter('indicatorId') indicatorId: string,
    @SpanParameter('period') period: string,
    @Body() body: CertifyActualBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new CertifyActual({ agreementId, indicatorId, period }, body, requester, context));
  }

  @Post('actuals/:period/returns')
  @ApiOperation({ summary: 'Gives a figure back to its keeper' })
  @Allow('agreement.certify')
  @Changes()
  giveBack(
    @UuidParameter('agreementId') agreementId: string,
    @UuidParameter('indicatorId') indicatorId: string,
    @SpanParameter('period') period: string,
    @Body() body: ReturnActualBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new ReturnActual({ agreementId, indicatorId, period }, body, requester, context));
  }

  @Post('actuals/:period/examinations')
  @ApiOperation({ summary: 'Notes what an inspector found of a figure' })
  @Allow('agreement.examine')
  @Changes()
  examine(
    @UuidParameter('agreementId') agreementId: string,
    @UuidParameter('indicatorId') indicatorId: string,
    @SpanParameter('period') period: string,
    @Body() body: ExamineActualBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new ExamineActual({ agreementId, indicatorId, period }, body, requester, context));
  }

  @Post('exemptions')
  @ApiOperation({ summary: 'Lets the indicator out of one evaluation round' })
  @Allow('agreement.amend')
  @Changes()
  exempt(
    @UuidParameter('agreementId') agreementId: string,
    @UuidParameter('indicatorId') indicatorId: string,
    @Body() body: GrantExemptionBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new GrantExemption({ agreementId, indicatorId }, body, requester, context));
  }
}
