import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, IsUUID, Matches, Max, Min, ValidateIf } from 'class-validator';
import { NOT_STATED, streamName } from '@khamrap/kernel';
import { derivedId, Ledger } from '@khamrap/platform/event-store';
import {
  IsBody,
  IsDecimalText,
  IsIdentifier,
  IsPlainText,
  IsSource,
  provenanceOf,
  RequestedCommand,
  SourceBody,
  withProvenance,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { agreementDecider } from '../domain/agreement.decider';
import { DIRECTIONS, UNITS, type Direction, type Unit } from '../domain/agreement.events';
import { refusalOfAccess } from './agreement-access';

const DISPLAY_NUMBER = /^\d{1,4}(\.\d{1,4}){0,4}$/;

class LeadOfficeBody {
  @ApiProperty({ example: 'phrae-cdd' })
  @IsIdentifier()
  readonly officeId: string;

  @ApiProperty({ example: 'สำนักงานพัฒนาชุมชนจังหวัดแพร่' })
  @IsPlainText({ bytesMax: 1_000 })
  readonly officeName: string;
}

export class AddIndicatorBody {
  @ApiProperty({
    pattern: DISPLAY_NUMBER.source,
    example: '8.1',
    description: 'Number by which the ledger shows and orders indicators',
  })
  @Matches(DISPLAY_NUMBER)
  readonly displayNumber: string;

  @ApiProperty({ required: false, example: '1', description: 'The number as the document prints it' })
  @IsOptional()
  @IsPlainText({ bytesMax: 100 })
  readonly printedNumber?: string;

  @ApiProperty({ required: false, format: 'uuid' })
  @IsOptional()
  @IsUUID()
  readonly parentIndicatorId?: string;

  @ApiProperty({ type: 'integer', required: false, example: 8, minimum: 1, maximum: 99 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(99)
  readonly goalNumber?: number;

  @ApiProperty({ example: 'รายได้จากการจำหน่ายผลิตภัณฑ์ OTOP' })
  @IsPlainText({ bytesMax: 4_000 })
  readonly name: string;

  @ApiProperty({ required: false })
  @IsOptional()
  @IsPlainText({ bytesMax: 4_000 })
  readonly nameEn?: string;

  @ApiProperty({ enum: UNITS })
  @IsIn(UNITS)
  readonly unit: Unit;

  @ApiProperty({ enum: DIRECTIONS })
  @IsIn(DIRECTIONS)
  readonly direction: Direction;

  @ApiProperty({ example: '5', description: 'A decimal number as text, or `notStated`' })
  @ValidateIf(({ weight }: AddIndicatorBody) => weight !== NOT_STATED)
  @IsDecimalText()
  readonly weight: string;

  @ApiProperty({ required: false, type: LeadOfficeBody })
  @IsOptional()
  @IsBody(() => LeadOfficeBody)
  readonly leadOffice?: LeadOfficeBody;

  @ApiProperty({ required: false, description: 'The official who answers for the indicator by office' })
  @IsOptional()
  @IsPlainText({ bytesMax: 500 })
  readonly leadPerson?: string;

  @IsSource()
  readonly source?: SourceBody;
}

export class AddIndicator extends RequestedCommand<AddIndicatorBody, { readonly agreementId: string }> {}

@CommandHandler(AddIndicator)
export class AddIndicatorHandler implements ICommandHandler<AddIndicator> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ target: { agreementId }, body, requester, context }: AddIndicator): Promise<CommandOutcome> {
    const { source, ...terms } = body;
    const provenance = provenanceOf(source, requester);
    const id = derivedId('indicator', context.commandId);
    const accepted = await this.ledger.execute({
      decider: agreementDecider,
      stream: streamName('agreement', agreementId),
      command: { type: 'AddIndicator', data: { indicatorId: id, ...terms }, provenance },
      context: withProvenance(context, provenance),
      authorise: (state) => refusalOfAccess(requester, 'agreement.draft', state),
    });
    return { id, ...accepted };
  }
}
