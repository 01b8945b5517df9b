import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { streamName, type IsoDate } from '@khamrap/kernel';
import { CommandRejected, derivedId, Ledger, type CommandContext } from '@khamrap/platform/event-store';
import {
  IsBody,
  IsDateText,
  IsFiscalYear,
  IsIdentifier,
  IsListOfBodies,
  IsPlainText,
  IsSource,
  provenanceOf,
  PROVINCE_CODE,
  RequestedCommand,
  SourceBody,
  withProvenance,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { agreementDecider } from '../domain/agreement.decider';
import { BASES, LEVELS, SIDES, type AgreementBasis, type Level, type Side } from '../domain/agreement.events';
import { refusalAt } from './agreement-access';

const PARTY_COUNT_MAX = 50;

export class PartyBody {
  @ApiProperty({ enum: SIDES })
  @IsIn(SIDES)
  readonly side: Side;

  @ApiProperty({ example: 'phrae-cdd' })
  @IsIdentifier()
  readonly officeId: string;

  @ApiProperty({ example: 'สำนักงานพัฒนาชุมชนจังหวัดแพร่' })
  @IsPlainText({ bytesMax: 1_000 })
  readonly officeName: string;

  @ApiProperty({ required: false })
  @IsOptional()
  @IsPlainText({ bytesMax: 1_000 })
  readonly officeNameEn?: string;
}

class PeriodBody {
  @ApiProperty({ type: 'string', example: '2021-10-01' })
  @IsDateText()
  readonly from: IsoDate;

  @ApiProperty({ type: 'string', example: '2022-09-30' })
  @IsDateText()
  readonly to: IsoDate;
}

export class DraftAgreementBody {
  @ApiProperty({ example: 'คำรับรองการปฏิบัติราชการ สำนักงานพัฒนาชุมชนจังหวัดแพร่' })
  @IsPlainText({ bytesMax: 2_000 })
  readonly title: string;

  @ApiProperty({ enum: LEVELS })
  @IsIn(LEVELS)
  readonly level: Level;

  @ApiProperty({ enum: BASES, description: 'What the agreement rests on; only a `signed` one is signed here' })
  @IsIn(BASES)
  readonly basis: AgreementBasis;

  @ApiProperty({
    type: 'integer',
    minimum: 2500,
    maximum: 2642,
    example: 2565,
    description: 'Buddhist Era, the later year',
  })
  @IsFiscalYear()
  readonly fiscalYear: number;

  @ApiProperty({ required: false, type: PeriodBody, description: 'By default the fiscal year' })
  @IsOptional()
  @IsBody(() => PeriodBody)
  readonly period?: PeriodBody;

  @ApiProperty({ required: false, example: 'TH-54', description: 'ISO 3166-2' })
  @IsOptional()
  @Matches(PROVINCE_CODE)
  readonly province?: string;

  @ApiProperty({ type: [PartyBody], description: 'Empty where a source document does not name them' })
  @IsListOfBodies(() => PartyBody, { countMax: PARTY_COUNT_MAX })
  readonly parties: PartyBody[];

  @ApiProperty({ type: 'string', required: false, example: '2021-10-12' })
  @IsOptional()
  @IsDateText()
  readonly announcedOn?: IsoDate;

  @ApiProperty({ required: false, example: 'phrae-12-goals' })
  @IsOptional()
  @IsIdentifier()
  readonly goalSet?: string;

  @ApiProperty({ required: false })
  @IsOptional()
  @IsPlainText({ bytesMax: 20_000, lines: true })
  readonly preamble?: string;

  @IsSource()
  readonly source?: SourceBody;
}

export class DraftAgreement extends RequestedCommand<DraftAgreementBody> {}

@CommandHandler(DraftAgreement)
export class DraftAgreementHandler implements ICommandHandler<DraftAgreement> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ body, requester, context }: DraftAgreement): Promise<CommandOutcome> {
    const { source, ...data } = body;
    const maker = makerOf(body);
    // An agreement takes its maker's place for the year, so nobody else begins it in passing.
    const offices = maker ? [maker.officeId] : data.parties.map(({ officeId }) => officeId);
    const refusal = refusalAt(requester, 'agreement.draft', data.province, offices);
    if (refusal) throw new CommandRejected(refusal);
    const provenance = provenanceOf(source, requester);
    const id = agreementIdOf(body, context);
    const accepted = await this.ledger.execute({
      decider: agreementDecider,
      stream: streamName('agreement', id),
      command: { type: 'DraftAgreement', data, provenance },
      context: withProvenance(context, provenance),
    });
    return { id, ...accepted };
  }
}

/** One agreement for each office that makes it, level and year; where no maker is stated, one for each command. */
function agreementIdOf(body: DraftAgreementBody, { commandId }: CommandContext): string {
  const { basis, level, fiscalYear } = body;
  const maker = makerOf(body);
  return maker
    ? derivedId('agreement', basis, level, maker.officeId, String(fiscalYear))
    : derivedId('agreement', commandId);
}

function makerOf({ parties }: DraftAgreementBody): PartyBody | undefined {
  return parties.find(({ side }) => side === 'maker');
}
