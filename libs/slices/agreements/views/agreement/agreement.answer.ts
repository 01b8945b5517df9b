import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EventSourceAnswer, TimesOfAnswer } from '@khamrap/platform/http';
import { BASES, CHAINS, LEVELS, SIDES } from '../../domain/agreement.events';
import { IndicatorAnswer, RemovedIndicatorAnswer } from './indicators.answer';
import { AmendmentAnswer, NegotiationAnswer, SignatureAnswer, WithdrawalAnswer } from './negotiation.answer';
import { AppealAnswer, RoundAnswer } from './rounds.answer';
import { PSEUDONYM } from './shared.answer';

class PeriodAnswer {
  @ApiProperty({ format: 'date' }) readonly from: string;
  @ApiProperty({ format: 'date' }) readonly to: string;
}

class PartyAnswer {
  @ApiProperty({ enum: SIDES }) readonly side: string;
  @ApiProperty() readonly officeId: string;
  @ApiProperty() readonly officeName: string;
  @ApiPropertyOptional() readonly officeNameEn?: string;
}

class ParentAnswer {
  @ApiProperty({ enum: CHAINS }) readonly chain: string;
  @ApiProperty({ format: 'uuid' }) readonly agreementId: string;
}

class SchemeAnswer {
  @ApiProperty() readonly schemeId: string;
  @ApiProperty() readonly ruleVersion: number;
  @ApiProperty() readonly calendarVersion: number;
}

class ClosingAnswer {
  @ApiProperty({ format: 'date' }) readonly closedOn: string;
  @ApiPropertyOptional(PSEUDONYM) readonly closedBy?: string;
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}

/** An agreement as it stood at `asOfPosition`. */
export class AgreementAnswer extends TimesOfAnswer {
  @ApiProperty({ format: 'uuid' }) readonly agreementId: string;
  @ApiProperty({ description: 'For `If-Match`' }) readonly revision: number;
  @ApiProperty({ description: 'The answer tells of the events up to this position' }) readonly asOfPosition: number;
  @ApiProperty({ enum: ['draft', 'withdrawn', 'inEffect', 'closed', 'announced', 'monitored'] })
  readonly status: string;
  @ApiProperty() readonly title: string;
  @ApiProperty({ enum: LEVELS }) readonly level: string;
  @ApiProperty({ enum: BASES }) readonly basis: string;
  @ApiProperty({ example: 2565, description: 'Buddhist Era, the later year' }) readonly fiscalYear: number;
  @ApiProperty({ type: PeriodAnswer }) readonly period: PeriodAnswer;
  @ApiPropertyOptional({ example: 'TH-54' }) readonly province?: string;
  @ApiProperty({ type: [PartyAnswer] }) readonly parties: readonly PartyAnswer[];
  @ApiPropertyOptional({ format: 'date' }) readonly announcedOn?: string;
  @ApiPropertyOptional() readonly goalSet?: string;
  @ApiPropertyOptional() readonly preamble?: string;
  @ApiPropertyOptional({ type: [ParentAnswer] }) readonly parents?: readonly ParentAnswer[];
  @ApiPropertyOptional({ type: SchemeAnswer }) readonly scheme?: SchemeAnswer;
  @ApiPropertyOptional({ description: 'SHA-256 of the terms as they are: what a signature has to name' })
  readonly termsHash?: string;
  @ApiPropertyOptional({ description: 'The revision at which they were frozen, which a signature has to name too' })
  readonly termsRevision?: number;
  @ApiProperty({ type: NegotiationAnswer }) readonly negotiation: NegotiationAnswer;
  @ApiProperty({ type: [WithdrawalAnswer] }) readonly withdrawals: readonly WithdrawalAnswer[];
  @ApiPropertyOptional({ format: 'date' }) readonly effectiveOn?: string;
  @ApiProperty({ type: [SignatureAnswer] }) readonly signatures: readonly SignatureAnswer[];
  @ApiProperty({ type: [IndicatorAnswer] }) readonly indicators: readonly IndicatorAnswer[];
  @ApiProperty({ type: [RemovedIndicatorAnswer] }) readonly removedIndicators: readonly RemovedIndicatorAnswer[];
  @ApiProperty({ type: [AmendmentAnswer] }) readonly amendments: readonly AmendmentAnswer[];
  @ApiProperty({ type: [RoundAnswer] }) readonly rounds: readonly RoundAnswer[];
  @ApiProperty({ type: [AppealAnswer] }) readonly appeals: readonly AppealAnswer[];
  @ApiPropertyOptional({ type: ClosingAnswer, description: 'Its year is over' }) readonly closed?: ClosingAnswer;
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}
