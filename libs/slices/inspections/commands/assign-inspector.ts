import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsOptional, Matches } from 'class-validator';
import { bangkokDateOf, PROVINCES, streamName, type IsoDate } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import { derivedId, Ledger } from '@khamrap/platform/event-store';
import {
  contextUnder,
  IsBody,
  IsDateText,
  IsIdentifier,
  IsPlainText,
  IsUuidText,
  PROVINCE_CODE,
  RequestedCommand,
  SHA256_HEX,
  type CommandOutcome,
} from '@khamrap/platform/http';
import { assignmentDecider } from '../domain/assignments/assignment.decider';
import { INSPECTION_LEVELS, type InspectionLevel } from '../domain/inspection.vocabulary';
import { placeOfOffice, refusalOfReach } from './assignment-access';
import { assigningOffice } from './assigning-office';
import { ZoneSnapshots } from './zone-snapshots';

class AssignmentDocumentBody {
  @ApiProperty({ example: 'คำสั่งสำนักนายกรัฐมนตรี ที่ 303/2568' })
  @IsPlainText({ bytesMax: 1_000 })
  readonly reference: string;

  @ApiProperty({ required: false, pattern: SHA256_HEX.source, description: 'Of the document, where it is at hand' })
  @IsOptional()
  @Matches(SHA256_HEX)
  readonly sha256?: string;
}

export class AssignInspectorBody {
  @ApiProperty({
    example: '0f8fad5b-d9cb-469f-a165-70867728950e',
    format: 'uuid',
    description: 'Pseudonym of the one who is to inspect',
  })
  @IsUuidText()
  readonly inspector: string;

  @ApiProperty({ enum: INSPECTION_LEVELS, description: 'Whose inspector they are' })
  @IsIn(INSPECTION_LEVELS)
  readonly level: InspectionLevel;

  @ApiProperty({ example: 'prime-minister-office', description: 'The body for which they inspect' })
  @IsIdentifier()
  readonly officeId: string;

  @ApiProperty({ example: 'primeMinisterOffice-5' })
  @IsIdentifier()
  readonly zoneId: string;

  @ApiProperty({
    type: [String],
    required: false,
    example: ['TH-84', 'TH-86'],
    description: 'Those of the zone that are assigned; without it all that the zone holds on the first day',
  })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(PROVINCES.length)
  @Matches(PROVINCE_CODE, { each: true })
  readonly provinces?: string[];

  @ApiProperty({ type: 'string', required: false, description: 'The first day; today without it, never in the past' })
  @IsOptional()
  @IsDateText()
  readonly from?: IsoDate;

  @ApiProperty({ type: 'string', required: false, example: '2027-09-30', description: 'The last day, if there is one' })
  @IsOptional()
  @IsDateText()
  readonly to?: IsoDate;

  @ApiProperty({
    example: 'มอบหมายเขตตรวจราชการ ปีงบประมาณ พ.ศ. 2570',
    description: 'The order or decision that the assignment rests on: part of the record',
  })
  @IsPlainText({ bytesMax: 2_000 })
  readonly reason: string;

  @ApiProperty({ type: AssignmentDocumentBody, required: false, description: 'The document in which it stands' })
  @IsOptional()
  @IsBody(() => AssignmentDocumentBody)
  readonly basisDocument?: AssignmentDocumentBody;
}

export class AssignInspector extends RequestedCommand<AssignInspectorBody> {}

@CommandHandler(AssignInspector)
export class AssignInspectorHandler implements ICommandHandler<AssignInspector> {
  constructor(
    private readonly ledger: Ledger,
    private readonly zones: ZoneSnapshots,
  ) {}

  async execute({ body, requester, context }: AssignInspector): Promise<CommandOutcome> {
    const { ...stated } = body;
    const assignmentId = derivedId('inspectionAssignment', context.commandId);
    const decidedOn = bangkokDateOf(Date.parse(context.decidedAt));
    const office = await assigningOffice(this.ledger, body.officeId);
    const zone = await this.zones.on(body.zoneId, body.from ?? decidedOn);
    const provinces = body.provinces ?? zone?.provinces ?? [];
    const refusalOf = (of: Requester) =>
      refusalOfReach(of, placeOfOffice(body.officeId, office), provinces, body.provinces ? '/provinces' : '/zoneId');
    const accepted = await this.ledger.execute({
      decider: assignmentDecider,
      stream: streamName('inspection-assignment', assignmentId),
      command: {
        type: 'AssignInspector',
        data: { assignmentId, ...stated },
        zone: zone && { zoneId: body.zoneId, provinces: [...zone.provinces], statedBy: zone.statedBy },
        isOfficeKnown: office.stands,
        actor: requester.actor.id,
        decidedOn,
      },
      context: contextUnder(context, requester, refusalOf),
      basis: [...office.basis, ...(zone?.basis ?? [])],
      authorise: () => refusalOf(requester),
    });
    return { id: assignmentId, ...accepted };
  }
}
