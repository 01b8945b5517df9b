import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { BothLanguages, Json } from '@khamrap/kernel';
import { BothLanguagesAnswer, TimesOfAnswer } from '@khamrap/platform/http';
import { ANY_JSON, EventReferenceAnswer } from '../history/history.answer';

class StatedByAnswer extends EventReferenceAnswer {
  @ApiProperty({ format: 'date-time' }) readonly recordedAt: string;
}

/** A target or a weight, with the event that says it. */
export class StatedValueAnswer {
  @ApiProperty({ ...ANY_JSON, description: 'As data' }) readonly value: Json;
  @ApiProperty({ type: BothLanguagesAnswer }) readonly shown: BothLanguages;
  @ApiPropertyOptional({ format: 'date', description: 'From when on it stands, where it was amended' })
  readonly effectiveFrom?: string;
  @ApiProperty({ type: StatedByAnswer }) readonly stated: StatedByAnswer;
}

/** The same in the snapshot of a closed round. */
export class ScoredValueAnswer extends StatedValueAnswer {
  @ApiProperty({ example: '6m' }) readonly round: string;
  @ApiProperty({ description: 'How often the round was closed by then' }) readonly revision: number;
}

/** How one value went on: promised, amended, scored. */
export class CourseAnswer {
  @ApiPropertyOptional({ type: StatedValueAnswer, description: 'What stood when the agreement took effect' })
  readonly promised?: StatedValueAnswer;
  @ApiProperty({ type: [StatedValueAnswer], description: 'In the order of the amendments' })
  readonly amended: readonly StatedValueAnswer[];
  @ApiProperty({ type: [ScoredValueAnswer], description: 'In the order of the closings' })
  readonly scored: readonly ScoredValueAnswer[];
}

class TargetCourseAnswer extends CourseAnswer {
  @ApiProperty({ example: '2026-10-01..2027-09-30', description: 'Or `notStated`' }) readonly span: string;
}

/** An indicator with the course of its weight and of its targets. */
export class IndicatorTargetsAnswer {
  @ApiProperty() readonly indicatorId: string;
  @ApiPropertyOptional({ example: '8.1' }) readonly number?: string;
  @ApiPropertyOptional() readonly name?: string;
  @ApiProperty({ type: CourseAnswer }) readonly weight: CourseAnswer;
  @ApiProperty({ type: [TargetCourseAnswer] }) readonly targets: readonly TargetCourseAnswer[];
}

class TookEffectAnswer extends StatedByAnswer {
  @ApiPropertyOptional({ format: 'date' }) readonly effectiveFrom?: string;
}

/** Targets of an agreement as promised, as amended and as scored. */
export class TargetsAnswer extends TimesOfAnswer {
  @ApiProperty({ format: 'uuid' }) readonly agreementId: string;
  @ApiPropertyOptional({ type: TookEffectAnswer, description: 'Where the reader may have the event that says so' })
  readonly tookEffect?: TookEffectAnswer;
  @ApiProperty({ type: [IndicatorTargetsAnswer] }) readonly items: readonly IndicatorTargetsAnswer[];
  @ApiProperty({ description: 'The answer tells of what was recorded, and known, up to this position' })
  readonly position: number;
}
