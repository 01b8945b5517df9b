import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EventSourceAnswer } from '@khamrap/platform/http';
import { FIGURE_KINDS, FINALITIES, STEPS, UNITS, VERDICTS } from '../../domain/agreement.events';
import { PSEUDONYM, SPAN } from './shared.answer';

const PRIVATE = {
  description: 'The text for those who work on the agreement, otherwise its commitment (RFC 9901)',
  oneOf: [{ type: 'string' }, { type: 'object', required: ['$private'], properties: { $private: { type: 'string' } } }],
};

class EvidenceAnswer {
  @ApiProperty() readonly sha256: string;
  @ApiProperty() readonly mediaType: string;
  @ApiPropertyOptional({ description: 'Not told to the public' }) readonly name?: string;
}

class AdoptionAnswer {
  @ApiProperty({ format: 'uuid' }) readonly agreementId: string;
  @ApiProperty({ format: 'uuid' }) readonly indicatorId: string;
  @ApiProperty({ format: 'uuid' }) readonly eventId: string;
}

class StatedGrowthAnswer {
  @ApiProperty({ example: '9.54' }) readonly percent: string;
  @ApiProperty(SPAN) readonly comparedWith: string;
}

class CertificationAnswer {
  @ApiProperty({ enum: STEPS }) readonly step: string;
  @ApiPropertyOptional(PSEUDONYM) readonly certifiedBy?: string;
  @ApiPropertyOptional() readonly comment?: string;
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}

class ReturnedFigureAnswer {
  @ApiProperty({ enum: STEPS }) readonly step: string;
  @ApiPropertyOptional(PSEUDONYM) readonly returnedBy?: string;
  @ApiProperty() readonly comment: string;
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}

class ExaminationAnswer {
  @ApiProperty() readonly inspectionRound: string;
  @ApiProperty({ enum: VERDICTS }) readonly verdict: string;
  @ApiPropertyOptional() readonly observedValue?: string;
  @ApiProperty() readonly comment: string;
  @ApiPropertyOptional(PSEUDONYM) readonly examinedBy?: string;
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}

/** Which of the optional fields are there follows from the kind. */
class FigureAnswer {
  @ApiProperty(SPAN) readonly span: string;
  @ApiPropertyOptional({ description: 'Of a joint indicator: the keeper whose part it is' }) readonly officeId?: string;
  @ApiProperty({ enum: FIGURE_KINDS }) readonly kind: string;
  @ApiPropertyOptional({ example: '2446.88' }) readonly value?: string;
  @ApiProperty({ enum: UNITS }) readonly unit: string;
  @ApiPropertyOptional() readonly numerator?: string;
  @ApiPropertyOptional() readonly denominator?: string;
  @ApiPropertyOptional(SPAN) readonly comparisonSpan?: string;
  @ApiPropertyOptional({ description: 'Level of the milestone that was reached' }) readonly milestone?: number;
  @ApiPropertyOptional({ format: 'date' }) readonly date?: string;
  @ApiPropertyOptional() readonly narrative?: string;
  @ApiPropertyOptional() readonly notAvailableReason?: string;
  @ApiPropertyOptional({ type: AdoptionAnswer }) readonly adoptedFrom?: AdoptionAnswer;
  @ApiPropertyOptional({ type: StatedGrowthAnswer }) readonly statedGrowth?: StatedGrowthAnswer;
  @ApiProperty({ enum: FINALITIES }) readonly finality: string;
  @ApiPropertyOptional({ format: 'date' }) readonly asOf?: string;
  @ApiPropertyOptional() readonly asPrinted?: string;
  @ApiProperty({ type: [EvidenceAnswer] }) readonly evidence: readonly EvidenceAnswer[];
  @ApiPropertyOptional(PRIVATE) readonly note?: unknown;
  @ApiPropertyOptional(PRIVATE) readonly preparedBy?: unknown;
  @ApiPropertyOptional(PSEUDONYM) readonly reportedBy?: string;
  @ApiPropertyOptional(PSEUDONYM) readonly correctedBy?: string;
  @ApiPropertyOptional({ description: 'Why it took the place of the figure before it' }) readonly reason?: string;
  @ApiProperty({ type: [CertificationAnswer], description: 'The steps that are done' })
  readonly certification: readonly CertificationAnswer[];
  @ApiProperty({ type: [ReturnedFigureAnswer], description: 'The earliest first' })
  readonly returns: readonly ReturnedFigureAnswer[];
  @ApiPropertyOptional({ enum: STEPS, description: 'Where it waits for its keeper: the step that gave it back' })
  readonly returnedAt?: string;
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}

/** The figure that stands for a span, and for a keeper where the indicator is joint. */
export class ActualAnswer extends FigureAnswer {
  @ApiProperty({ type: [FigureAnswer], description: 'The figures that it took the place of, the earliest first' })
  readonly earlier: readonly FigureAnswer[];
  @ApiProperty({ type: [ExaminationAnswer] }) readonly examinations: readonly ExaminationAnswer[];
}
