import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { REFUSAL_GROUNDS, REQUEST_KINDS } from '../../domain/personal-data-request.events';

class ErasedValueAnswer {
  @ApiProperty() readonly stream: string;
  @ApiProperty({ format: 'uuid' }) readonly eventId: string;
  @ApiPropertyOptional() readonly path?: string;
}

class ErasureScopeAnswer {
  @ApiProperty() readonly identity: boolean;
  @ApiProperty({ type: [ErasedValueAnswer] }) readonly values: readonly ErasedValueAnswer[];
  @ApiProperty({ type: [String] }) readonly evidence: readonly string[];
}

class PersonalDataErasedAnswer {
  @ApiProperty({ type: [String], enum: ['privateValues', 'identity', 'evidence'] })
  readonly categories: readonly string[];
  @ApiProperty() readonly valueCount: number;
  @ApiProperty() readonly fileCount: number;
}

class PersonalDataDecisionAnswer {
  @ApiProperty({ format: 'date-time' }) readonly decidedAt: string;
  @ApiPropertyOptional({ enum: REFUSAL_GROUNDS }) readonly ground?: string;
  @ApiPropertyOptional({ description: 'For the record' }) readonly reason?: string;
  @ApiPropertyOptional({ type: String, nullable: true, description: 'To the person; null where it was erased' })
  readonly explanation?: string | null;
  @ApiPropertyOptional({ type: PersonalDataErasedAnswer }) readonly erased?: PersonalDataErasedAnswer;
}

/** A request as it stands, for the person it is about and for the privacy officer. */
export class PersonalDataRequestAnswer {
  @ApiProperty({ format: 'uuid' }) readonly requestId: string;
  @ApiProperty({ description: 'For `If-Match`' }) readonly revision: number;
  @ApiProperty({ description: 'The answer tells of the events up to this position' }) readonly asOfPosition: number;
  @ApiProperty({ enum: REQUEST_KINDS }) readonly kind: string;
  @ApiProperty({ enum: ['open', 'fulfilled', 'refused'] }) readonly status: string;
  @ApiProperty({ format: 'uuid', description: 'Pseudonym of the person' }) readonly subject: string;
  @ApiProperty({ format: 'uuid', description: 'Pseudonym of who has filed it' }) readonly filedBy: string;
  @ApiProperty({ format: 'date' }) readonly receivedOn: string;
  @ApiProperty({ format: 'date', description: 'Last day of the term' }) readonly dueOn: string;
  @ApiProperty({ type: ErasureScopeAnswer }) readonly scope: ErasureScopeAnswer;
  @ApiPropertyOptional({ type: String, nullable: true, description: 'Of who has filed it; null where it was erased' })
  readonly explanation?: string | null;
  @ApiPropertyOptional({ type: PersonalDataDecisionAnswer }) readonly decision?: PersonalDataDecisionAnswer;
}
