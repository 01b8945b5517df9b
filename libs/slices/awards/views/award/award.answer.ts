import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EventProvenanceAnswer, TimesOfAnswer } from '@khamrap/platform/http';
import type { AwardEvent } from '../../domain/award.events';
import type { AwardStatement } from '../../domain/award.state';

class HappeningAnswer {
  @ApiProperty({ enum: ['AwardGranted', 'AwardsAnnounced', 'AwardCorrected', 'AwardRevoked'] })
  readonly type: AwardEvent['type'];

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'What was stated then' })
  readonly data: AwardEvent['data'];

  @ApiProperty({ format: 'uuid' }) readonly eventId: string;
  @ApiProperty() readonly position: number;
  @ApiProperty({ format: 'date-time' }) readonly recordedAt: string;
  @ApiProperty({ type: EventProvenanceAnswer }) readonly provenance: EventProvenanceAnswer;
}

class SupersededAnswer {
  @ApiProperty({ format: 'uuid' }) readonly eventId: string;
  @ApiProperty() readonly position: number;
  @ApiProperty({ enum: ['EvaluationRoundClosed', 'EvaluationRoundReopened', 'ActualCorrected'] }) readonly type: string;
}

/** An award as it stood at `asOfPosition`. */
export class AwardAnswer extends TimesOfAnswer {
  @ApiProperty({ format: 'uuid' }) readonly awardId: string;
  @ApiProperty({ description: 'For `If-Match`' }) readonly revision: number;
  @ApiProperty({ description: 'The answer tells of the events up to this position' }) readonly asOfPosition: number;
  @ApiProperty({ enum: ['granted', 'announced'] }) readonly kind: AwardStatement['kind'];
  @ApiProperty({ enum: ['stands', 'revoked'] }) readonly status: string;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'As first stated, or as last corrected' })
  readonly statement: AwardStatement['data'];

  @ApiPropertyOptional({ type: SupersededAnswer, description: 'Since then it rests on what no longer stands' })
  readonly basisSuperseded?: SupersededAnswer;

  @ApiProperty({ type: [HappeningAnswer], description: 'In the order in which it was recorded' })
  readonly history: readonly HappeningAnswer[];
}
