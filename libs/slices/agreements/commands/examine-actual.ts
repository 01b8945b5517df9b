import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { streamName, type Rejection } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import { Ledger } from '@khamrap/platform/event-store';
import {
  IsDecimalText,
  IsIdentifier,
  IsPlainText,
  IsUuidText,
  RequestedCommand,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { agreementDecider } from '../domain/agreement.decider';
import { VERDICTS, type Verdict } from '../domain/agreement.events';
import type { AgreementState } from '../domain/agreement.state';
import { contextOnAgreement } from './acting-context';
import { refusalOfAccess } from './agreement-access';
import { InspectionFacts } from './inspection-facts';
import type { FigureTarget } from './targets';

export class ExamineActualBody {
  @ApiProperty({
    example: '7d3f1a52-6f0e-5c0b-9a3f-0d8a4b1f2c11',
    format: 'uuid',
    description: 'The inspection round in which the figure was examined: an open one of your own',
  })
  @IsUuidText()
  readonly inspectionRound: string;

  @ApiProperty({ required: false, description: 'Of a joint indicator: the keeper whose part is meant' })
  @IsOptional()
  @IsIdentifier()
  readonly officeId?: string;

  @ApiProperty({ enum: VERDICTS })
  @IsIn(VERDICTS)
  readonly verdict: Verdict;

  @ApiProperty({ required: false, example: '2440.12', description: 'What was observed; needed where it differs' })
  @IsOptional()
  @IsDecimalText()
  readonly observedValue?: string;

  @ApiProperty({ example: 'ตรวจบัญชีรายรับแล้ว ตรงกับที่รายงาน' })
  @IsPlainText({ bytesMax: 8_000, lines: true })
  readonly comment: string;
}

export class ExamineActual extends RequestedCommand<ExamineActualBody, FigureTarget> {}

@CommandHandler(ExamineActual)
export class ExamineActualHandler implements ICommandHandler<ExamineActual> {
  constructor(
    private readonly ledger: Ledger,
    private readonly inspections: InspectionFacts,
  ) {}

  async execute({ target, body, requester, context }: ExamineActual): Promise<CommandOutcome> {
    const { agreementId, indicatorId, period: span } = target;
    const { ...finding } = body;
    const inspection = await this.inspections.of(body.inspectionRound);
    const refusalOf = (of: Requester, state: AgreementState): Rejection | undefined =>
      refusalOfAccess(of, 'agreement.examine', state, indicatorId);
    const accepted = await this.ledger.execute({
      decider: agreementDecider,
      stream: streamName('agreement', agreementId),
      command: {
        type: 'ExamineActual',
        data: { indicatorId, span, ...finding, examinedBy: requester.actor.id },
        inspection,
      },
      context: await contextOnAgreement(this.ledger, { agreementId, context, requester }, refusalOf),
      authorise: (state) => refusalOf(requester, state),
      basis: inspection?.basis ?? [],
    });
    return { id: indicatorId, ...accepted };
  }
}
