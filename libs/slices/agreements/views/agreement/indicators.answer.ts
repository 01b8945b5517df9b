import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EventSourceAnswer } from '@khamrap/platform/http';
import { ACCUMULATIONS, DIRECTIONS, INDICATOR_KINDS, UNITS } from '../../domain/agreement.events';
import { ActualAnswer } from './figures.answer';
import { BasisDocumentAnswer, OfficeAnswer, PSEUDONYM, StatedTargetAnswer } from './shared.answer';

class CoOwnerAnswer {
  @ApiProperty() readonly name: string;
  @ApiPropertyOptional() readonly officeId?: string;
}

class BaselineAnswer {
  @ApiProperty({ example: 2564, description: 'Buddhist Era' }) readonly fiscalYear: number;
  @ApiProperty({ description: 'A decimal number, or `notStated`' }) readonly value: string;
  @ApiPropertyOptional() readonly asPrinted?: string;
}

class IndicatorTermsAnswer {
  @ApiProperty({ format: 'uuid' }) readonly indicatorId: string;
  @ApiProperty({ example: '8.1' }) readonly displayNumber: string;
  @ApiPropertyOptional() readonly printedNumber?: string;
  @ApiPropertyOptional({ format: 'uuid' }) readonly parentIndicatorId?: string;
  @ApiPropertyOptional() readonly goalNumber?: number;
  @ApiProperty() readonly name: string;
  @ApiPropertyOptional() readonly nameEn?: string;
  @ApiProperty({ enum: UNITS }) readonly unit: string;
  @ApiProperty({ enum: DIRECTIONS }) readonly direction: string;
  @ApiProperty({ description: 'A decimal number, or `notStated`' }) readonly weight: string;
  @ApiPropertyOptional({ type: OfficeAnswer }) readonly leadOffice?: OfficeAnswer;
  @ApiPropertyOptional() readonly leadPerson?: string;
  @ApiPropertyOptional() readonly definition?: string;
  @ApiPropertyOptional() readonly formula?: string;
  @ApiPropertyOptional() readonly unitPrinted?: string;
  @ApiPropertyOptional({ enum: INDICATOR_KINDS }) readonly kind?: string;
  @ApiPropertyOptional() readonly sharedDefinition?: string;
  @ApiPropertyOptional({ enum: ACCUMULATIONS }) readonly accumulation?: string;
  @ApiPropertyOptional({ type: [String] }) readonly rounds?: readonly string[];
  @ApiPropertyOptional({ type: [OfficeAnswer] }) readonly keepers?: readonly OfficeAnswer[];
  @ApiPropertyOptional({ type: [CoOwnerAnswer] }) readonly coOwners?: readonly CoOwnerAnswer[];
  @ApiPropertyOptional({ type: OfficeAnswer }) readonly supervisor?: OfficeAnswer;
  @ApiPropertyOptional() readonly dataSource?: string;
  @ApiPropertyOptional({ type: [BaselineAnswer] }) readonly baselines?: readonly BaselineAnswer[];
}

class TermsAnswer {
  @ApiProperty({ type: IndicatorTermsAnswer }) readonly terms: IndicatorTermsAnswer;
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}

class TargetAnswer extends StatedTargetAnswer {
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}

class AmendedTargetAnswer extends TargetAnswer {
  @ApiProperty({ format: 'uuid' }) readonly amendmentId: string;
  @ApiProperty({ format: 'date' }) readonly effectiveFrom: string;
  @ApiPropertyOptional({ type: BasisDocumentAnswer }) readonly basisDocument?: BasisDocumentAnswer;
}

class AmendedAnswer {
  @ApiProperty({ format: 'uuid' }) readonly amendmentId: string;
  @ApiProperty({ format: 'date' }) readonly effectiveFrom: string;
  @ApiPropertyOptional({ type: BasisDocumentAnswer }) readonly basisDocument?: BasisDocumentAnswer;
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}

class AmendedWeightAnswer extends AmendedAnswer {
  @ApiProperty({ description: 'A decimal number, or `notStated`' }) readonly weight: string;
}

class CancellationAnswer extends AmendedAnswer {
  @ApiProperty({ description: 'The round from which on it no longer counts' }) readonly fromRound: string;
}

class ExemptionAnswer {
  @ApiProperty() readonly round: string;
  @ApiProperty() readonly officeId: string;
  @ApiPropertyOptional(PSEUDONYM) readonly grantedBy?: string;
  @ApiProperty() readonly reason: string;
  @ApiPropertyOptional({ type: BasisDocumentAnswer }) readonly basisDocument?: BasisDocumentAnswer;
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}

/** An indicator as it was promised, with what amendments made of that, and with its figures. */
export class IndicatorAnswer extends TermsAnswer {
  @ApiProperty({ type: [TermsAnswer], description: 'The terms that these took the place of, the earliest first' })
  readonly earlierTerms: readonly TermsAnswer[];
  @ApiProperty({ type: [TargetAnswer], description: 'As promised' }) readonly targets: readonly TargetAnswer[];
  @ApiProperty({ type: [AmendedTargetAnswer], description: 'Each stands from its day on in place of the promised one' })
  readonly amendedTargets: readonly AmendedTargetAnswer[];
  @ApiProperty({ type: [AmendedWeightAnswer] }) readonly amendedWeights: readonly AmendedWeightAnswer[];
  @ApiPropertyOptional({ type: CancellationAnswer }) readonly cancellation?: CancellationAnswer;
  @ApiProperty({ type: [ExemptionAnswer] }) readonly exemptions: readonly ExemptionAnswer[];
  @ApiProperty({ type: [ActualAnswer] }) readonly actuals: readonly ActualAnswer[];
}

class RemovalAnswer {
  @ApiPropertyOptional() readonly reason?: string;
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}

export class RemovedIndicatorAnswer extends TermsAnswer {
  @ApiProperty({ type: RemovalAnswer }) readonly removed: RemovalAnswer;
}
