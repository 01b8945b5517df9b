import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  BASES,
  CAPACITIES,
  CAPTURES,
  DIRECTIONS,
  FINALITIES,
  LEVELS,
  SIDES,
  UNITS,
} from '../../domain/agreement.events';

const SPAN = { example: '2022-10-01..2023-06-30', description: 'Both days included; or `notStated`' };
const PRIVATE = {
  description: 'The text for those who work on the agreement, otherwise its commitment (RFC 9901)',
  oneOf: [{ type: 'string' }, { type: 'object', required: ['$private'], properties: { $private: { type: 'string' } } }],
};

class ProvenanceAnswer {
  @ApiProperty({ enum: ['native', 'transcribed'] }) readonly kind: string;
  @ApiPropertyOptional({ description: 'SHA-256 of the source document' }) readonly sourceDocument?: string;
  @ApiPropertyOptional() readonly passage?: string;
}

/** The event that states it. */
class SourceAnswer {
  @ApiProperty({ format: 'uuid' }) readonly eventId: string;
  @ApiProperty() readonly position: number;
  @ApiProperty({ format: 'date-time' }) readonly recordedAt: string;
  @ApiProperty({ type: ProvenanceAnswer }) readonly provenance: ProvenanceAnswer;
}

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

class SignatureAnswer {
  @ApiProperty({ enum: SIDES }) readonly side: string;
  @ApiProperty() readonly officeId: string;
  @ApiProperty() readonly signatoryName: string;
  @ApiProperty() readonly position: string;
  @ApiProperty({ enum: CAPACITIES }) readonly capacity: string;
  @ApiProperty({ enum: CAPTURES }) readonly capture: string;
  @ApiPropertyOptional() readonly scanSha256?: string;
  @ApiProperty({ format: 'date' }) readonly signedOn: string;
  @ApiProperty() readonly termsHash: string;
  @ApiProperty({ type: SourceAnswer }) readonly stated: SourceAnswer;
}

class TargetAnswer {
  @ApiProperty(SPAN) readonly span: string;
  @ApiProperty({ example: '1887' }) readonly value: string;
  @ApiProperty({ enum: UNITS }) readonly unit: string;
  @ApiPropertyOptional() readonly asPrinted?: string;
  @ApiProperty({ type: SourceAnswer }) readonly stated: SourceAnswer;
}

class EvidenceAnswer {
  @ApiProperty() readonly sha256: string;
  @ApiProperty() readonly mediaType: string;
  @ApiProperty() readonly name: string;
}

class ActualAnswer {
  @ApiProperty(SPAN) readonly span: string;
  @ApiProperty({ example: '2446.88' }) readonly value: string;
  @ApiProperty({ enum: UNITS }) readonly unit: string;
  @ApiProperty({ enum: FINALITIES }) readonly finality: string;
  @ApiPropertyOptional({ format: 'date' }) readonly asOf?: string;
  @ApiPropertyOptional() readonly asPrinted?: string;
  @ApiProperty({ type: [EvidenceAnswer] }) readonly evidence: readonly EvidenceAnswer[];
  @ApiPropertyOptional(PRIVATE) readonly note?: unknown;
  @ApiPropertyOptional(PRIVATE) readonly preparedBy?: unknown;
  @ApiProperty({ type: SourceAnswer }) readonly stated: SourceAnswer;
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
  @ApiPropertyOptional({
    type: 'object',
    properties: { officeId: { type: 'string' }, officeName: { type: 'string' } },
    additionalProperties: false,
  })
  readonly leadOffice?: { readonly officeId: string; readonly officeName: string };
  @ApiPropertyOptional() readonly leadPerson?: string;
}

class IndicatorAnswer {
  @ApiProperty({ type: IndicatorTermsAnswer }) readonly terms: IndicatorTermsAnswer;
  @ApiProperty({ type: [TargetAnswer] }) readonly targets: readonly TargetAnswer[];
  @ApiProperty({ type: [ActualAnswer] }) readonly actuals: readonly ActualAnswer[];
  @ApiProperty({ type: SourceAnswer }) readonly stated: SourceAnswer;
}

/** An agreement as it stood at `asOfPosition`. */
export class AgreementAnswer {
  @ApiProperty({ format: 'uuid' }) readonly agreementId: string;
  @ApiProperty({ description: 'For `If-Match`' }) readonly revision: number;
  @ApiProperty({ description: 'The answer tells of the events up to this position' }) readonly asOfPosition: number;
  @ApiProperty({ enum: ['draft', 'inEffect', 'announced', 'monitored'] }) readonly status: string;
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
  @ApiPropertyOptional({ description: 'SHA-256 of the terms as they are: what a signature has to name' })
  readonly termsHash?: string;
  @ApiPropertyOptional({ format: 'date' }) readonly effectiveOn?: string;
  @ApiProperty({ type: [SignatureAnswer] }) readonly signatures: readonly SignatureAnswer[];
  @ApiProperty({ type: [IndicatorAnswer] }) readonly indicators: readonly IndicatorAnswer[];
  @ApiProperty({ type: SourceAnswer }) readonly stated: SourceAnswer;
}
