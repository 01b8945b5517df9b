import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { NOT_STATED } from '@khamrap/kernel';
import { derivedId } from '@khamrap/platform/event-store';
import {
  IsBody,
  IsListOfBodies,
  IsPlainText,
  IsSource,
  provenanceOf,
  RequestedCommand,
  type CommandOutcome,
  type SourceBody,
} from '@khamrap/platform/http';
import { PRESIDING_CAPACITIES, type PresidingCapacity } from '../domain/inspection.vocabulary';
import { Conducting, plain } from './conducting';
import { FindingSources } from './finding-sources';
import {
  daysOf,
  InspectionDaysBody,
  InspectionEvidenceBody,
  InspectionPartyBody,
  InspectionPlaceBody,
  NAME_BYTES_MAX,
  ParticipantsBody,
} from './round-body';
import type { RoundTarget } from './targets';

const PEOPLE_COUNT_MAX = 1_000_000;

class OfficialBody {
  @ApiProperty({ description: 'An official who acts officially' })
  @IsPlainText({ bytesMax: NAME_BYTES_MAX })
  readonly name: string;

  @ApiProperty({ required: false, example: 'ผู้ตรวจราชการกรมการพัฒนาชุมชน' })
  @IsOptional()
  @IsPlainText({ bytesMax: NAME_BYTES_MAX })
  readonly positionTitle?: string;
}

class OnBehalfOfBody {
  @ApiProperty({ required: false })
  @IsOptional()
  @IsPlainText({ bytesMax: NAME_BYTES_MAX })
  readonly name?: string;

  @ApiProperty({ required: false, example: 'อธิบดีกรมการพัฒนาชุมชน' })
  @IsOptional()
  @IsPlainText({ bytesMax: NAME_BYTES_MAX })
  readonly positionTitle?: string;
}

class PresidingBody extends OfficialBody {
  @ApiProperty({ required: false, enum: PRESIDING_CAPACITIES, default: NOT_STATED })
  @IsOptional()
  @IsIn(PRESIDING_CAPACITIES)
  readonly capacity?: PresidingCapacity;

  @ApiProperty({ required: false, type: OnBehalfOfBody })
  @IsOptional()
  @IsBody(() => OnBehalfOfBody)
  readonly onBehalfOf?: OnBehalfOfBody;
}

export class RecordVisitBody {
  @ApiProperty({ required: false, type: InspectionDaysBody })
  @IsOptional()
  @IsBody(() => InspectionDaysBody)
  readonly days?: InspectionDaysBody;

  @ApiProperty({ required: false, type: [InspectionPlaceBody] })
  @IsOptional()
  @IsListOfBodies(() => InspectionPlaceBody, { countMax: 100 })
  readonly places?: InspectionPlaceBody[];

  @ApiProperty({ required: false, type: [InspectionPartyBody] })
  @IsOptional()
  @IsListOfBodies(() => InspectionPartyBody, { countMax: 500 })
  readonly officesVisited?: InspectionPartyBody[];

  @ApiProperty({ required: false, type: [ParticipantsBody], description: 'By role, never by name' })
  @IsOptional()
  @IsListOfBodies(() => ParticipantsBody, { countMax: 100 })
  readonly participants?: ParticipantsBody[];

  @ApiProperty({ required: false, type: 'integer', minimum: 1, maximum: PEOPLE_COUNT_MAX, example: 107 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(PEOPLE_COUNT_MAX)
  readonly participantTotal?: number;

  @ApiProperty({ required: false, type: PresidingBody })
  @IsOptional()
  @IsBody(() => PresidingBody)
  readonly presidedBy?: PresidingBody;

  @ApiProperty({ required: false, type: OfficialBody, description: 'The inspector who reported on the occasion' })
  @IsOptional()
  @IsBody(() => OfficialBody)
  readonly reportedBy?: OfficialBody;

  @ApiProperty({ required: false, type: [InspectionEvidenceBody] })
  @IsOptional()
  @IsListOfBodies(() => InspectionEvidenceBody, { countMax: 50 })
  readonly evidence?: InspectionEvidenceBody[];

  @ApiProperty({ required: false, description: 'For the public record' })
  @IsOptional()
  @IsPlainText({ bytesMax: 8_000, lines: true })
  readonly note?: string;

  @IsSource()
  readonly source?: SourceBody;
}

export class RecordVisit extends RequestedCommand<RecordVisitBody, RoundTarget> {}

@CommandHandler(RecordVisit)
export class RecordVisitHandler implements ICommandHandler<RecordVisit> {
  constructor(
    private readonly conducting: Conducting,
    private readonly sources: FindingSources,
  ) {}

  async execute(asked: RecordVisit): Promise<CommandOutcome> {
    const { source, days, presidedBy, ...said } = asked.body;
    const { places = [], officesVisited = [], participants = [], evidence = [] } = said;
    const visitId = derivedId('visit', asked.context.commandId);
    const data = plain({
      ...said,
      visitId,
      days: daysOf(days),
      places,
      officesVisited,
      participants,
      evidence,
      ...(presidedBy && { presidedBy: presidingOf(presidedBy) }),
    });
    const refusal = await this.sources.refusalOfEvidence(evidence, provenanceOf(source, asked.requester));
    return this.conducting.execute(asked, {
      id: visitId,
      command: (told) => ({ type: 'RecordVisit', data, ...told }),
      refusal,
    });
  }
}

function presidingOf({ name, positionTitle, capacity = NOT_STATED, onBehalfOf }: PresidingBody) {
  return {
    name,
    capacity,
    ...(positionTitle !== undefined && { positionTitle }),
    ...(onBehalfOf && { onBehalfOf }),
  };
}
