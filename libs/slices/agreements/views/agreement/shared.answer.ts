import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { CRITERIA, UNITS } from '../../domain/agreement.events';

/** How a span is written in an answer. */
export const SPAN = { example: '2022-10-01..2023-06-30', description: 'Both days included; or `notStated`' };
export const PSEUDONYM = { description: 'Pseudonym of the person; not told to the public' };

export class OfficeAnswer {
  @ApiProperty() readonly officeId: string;
  @ApiProperty() readonly officeName: string;
}

export class BasisDocumentAnswer {
  @ApiProperty() readonly reference: string;
  @ApiPropertyOptional() readonly sha256?: string;
}

class MilestoneAnswer {
  @ApiProperty({ minimum: 1, maximum: 5 }) readonly level: number;
  @ApiProperty() readonly description: string;
}

/** Which of the optional fields are there follows from the criterion, which is `single` where it is absent. */
export class StatedTargetAnswer {
  @ApiProperty(SPAN) readonly span: string;
  @ApiPropertyOptional({ enum: CRITERIA }) readonly criterion?: string;
  @ApiPropertyOptional({ example: '1887' }) readonly value?: string;
  @ApiProperty({ enum: UNITS }) readonly unit: string;
  @ApiPropertyOptional({ type: [String], description: 'The poorest first' }) readonly levels?: readonly string[];
  @ApiPropertyOptional({ type: [MilestoneAnswer] }) readonly milestones?: readonly MilestoneAnswer[];
  @ApiPropertyOptional({ type: [String], description: 'The latest first' }) readonly dates?: readonly string[];
  @ApiPropertyOptional(SPAN) readonly comparisonSpan?: string;
  @ApiPropertyOptional() readonly asPrinted?: string;
}
