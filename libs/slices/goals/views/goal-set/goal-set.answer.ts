import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { EventSourceAnswer, TimesOfAnswer } from '@khamrap/platform/http';

class GoalAnswer {
  @ApiProperty({ example: 8 }) readonly number: number;
  @ApiProperty() readonly nameTh: string;
  @ApiPropertyOptional() readonly nameEn?: string;
}

class GoalSetVersionAnswer {
  @ApiProperty() readonly goalSetVersion: number;
  @ApiProperty() readonly nameTh: string;
  @ApiPropertyOptional() readonly nameEn?: string;
  @ApiProperty({ type: [GoalAnswer] }) readonly goals: readonly GoalAnswer[];
  @ApiPropertyOptional({ description: 'Why it took the place of the version before' }) readonly reason?: string;
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}

/** A goal set as it stood at `asOfPosition`. */
export class GoalSetAnswer extends IntersectionType(GoalSetVersionAnswer, TimesOfAnswer) {
  @ApiProperty({ example: 'phrae-2565' }) readonly goalSetId: string;
  @ApiProperty({ description: 'For `If-Match`' }) readonly revision: number;
  @ApiProperty({ description: 'The answer tells of the events up to this position' }) readonly asOfPosition: number;
  @ApiProperty({ example: 'TH-54' }) readonly province: string;
  @ApiProperty({ example: 2565, description: 'Buddhist Era, the later year' }) readonly fiscalYear: number;
  @ApiProperty({ type: [GoalSetVersionAnswer], description: 'Oldest first' })
  readonly earlierVersions: readonly GoalSetVersionAnswer[];
}
