import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { bangkokDateOf, streamName, type IsoDate } from '@khamrap/kernel';
import { Ledger } from '@khamrap/platform/event-store';
import {
  IsBody,
  IsDateText,
  IsDecimalText,
  IsListOfBodies,
  IsPlainText,
  IsSource,
  provenanceOf,
  RequestedCommand,
  SHA256_HEX,
  SourceBody,
  withProvenance,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { agreementDecider } from '../domain/agreement.decider';
import { FINALITIES, UNITS, type Finality, type Unit } from '../domain/agreement.events';
import { refusalOfAccess } from './agreement-access';
import type { IndicatorTarget } from './targets';
import { SpanBody, spanOf } from './span-body';

const EVIDENCE_COUNT_MAX = 50;
const EXAMPLE_SHA256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

class EvidenceBody {
  @ApiProperty({ description: 'SHA-256 of the file, hexadecimal', pattern: SHA256_HEX.source, example: EXAMPLE_SHA256 })
  @Matches(SHA256_HEX)
  readonly sha256: string;

  @ApiProperty({ example: 'application/pdf' })
  @Matches(/^[a-z]+\/[a-z0-9.+-]{1,100}$/)
  readonly mediaType: string;

  @ApiProperty({ example: 'รายงานสถิติการท่องเที่ยว.pdf' })
  @IsPlainText({ bytesMax: 500 })
  readonly name: string;
}

export class ReportActualBody {
  @ApiProperty({ type: SpanBody })
  @IsBody(() => SpanBody)
  readonly span: SpanBody;

  @ApiProperty({
    example: '2446.88',
    description: 'A decimal number as text; Thai digits and grouping commas are understood',
  })
  @IsDecimalText()
  readonly value: string;

  @ApiProperty({ enum: UNITS })
  @IsIn(UNITS)
  readonly unit: Unit;

  @ApiProperty({ enum: FINALITIES })
  @IsIn(FINALITIES)
  readonly finality: Finality;

  @ApiProperty({
    type: 'string',
    required: false,
    example: '2023-06-30',
    description: 'The day up to which the figure is known',
  })
  @IsOptional()
  @IsDateText()
  readonly asOf?: IsoDate;

  @ApiProperty({ required: false })
  @IsOptional()
  @IsPlainText({ bytesMax: 500 })
  readonly asPrinted?: string;

  @ApiProperty({ type: [EvidenceBody], required: false })
  @IsOptional()
  @IsListOfBodies(() => EvidenceBody, { countMax: EVIDENCE_COUNT_MAX })
  readonly evidence?: EvidenceBody[];

  @ApiProperty({ required: false, description: 'A working note; private, the log keeps only a commitment to it' })
  @IsOptional()
  @IsPlainText({ bytesMax: 8_000, lines: true })
  readonly note?: string;

  @ApiProperty({ required: false, description: 'Name of the person who put the figure together; private' })
  @IsOptional()
  @IsPlainText({ bytesMax: 500 })
  readonly preparedBy?: string;

  @IsSource()
  readonly source?: SourceBody;
}

export class ReportActual extends RequestedCommand<ReportActualBody, IndicatorTarget> {}

@CommandHandler(ReportActual)
export class ReportActualHandler implements ICommandHandler<ReportActual> {
  constructor(private readonly ledger: Ledger) {}

  async execute({
    target: { agreementId, indicatorId },
    body,
    requester,
    context,
  }: ReportActual): Promise<CommandOutcome> {
    const { source, span, evidence = [], ...actual } = body;
    const provenance = provenanceOf(source, requester);
    const accepted = await this.ledger.execute({
      decider: agreementDecider,
      stream: streamName('agreement', agreementId),
      command: {
        type: 'ReportActual',
        data: { indicatorId, span: spanOf(span), ...actual, evidence },
        provenance,
        decidedOn: bangkokDateOf(Date.parse(context.decidedAt)),
      },
      context: withProvenance(context, provenance),
      authorise: (state) => refusalOfAccess(requester, 'agreement.report', state, indicatorId),
    });
    return { id: indicatorId, ...accepted };
  }
}
