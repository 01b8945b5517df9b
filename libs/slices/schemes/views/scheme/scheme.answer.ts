import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { EventSourceAnswer, TimesOfAnswer } from '@khamrap/platform/http';
import { BETWEEN, MEASURED_STATUSES, STATUS_MEASURES, STATUSES } from '@khamrap/kernel';

const POINT = { type: String, example: '5' } as const;
const DAY = { type: String, format: 'date' } as const;

class PublishedAnswer {
  @ApiPropertyOptional({ description: 'The order, manual or letter that it rests on' }) readonly basis?: string;
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}

class SinglePointsAnswer {
  @ApiProperty(POINT) readonly met: string;
  @ApiProperty(POINT) readonly notMet: string;
}

class JudgedRangeAnswer {
  @ApiProperty(POINT) readonly min: string;
  @ApiProperty(POINT) readonly max: string;
}

class ScoringRuleAnswer extends PublishedAnswer {
  @ApiProperty({ description: 'Named by every score' }) readonly ruleVersion: number;
  @ApiProperty({ type: [String], example: ['1', '2', '3', '4', '5'] }) readonly fiveLevels: readonly string[];
  @ApiProperty({ type: [String], example: ['1', '3', '5'] }) readonly threeAnchors: readonly string[];
  @ApiProperty({ enum: BETWEEN }) readonly between: string;
  @ApiProperty({ ...POINT, example: '0' }) readonly belowLowest: string;
  @ApiProperty({ type: SinglePointsAnswer }) readonly single: SinglePointsAnswer;
  @ApiProperty({ type: JudgedRangeAnswer }) readonly judged: JudgedRangeAnswer;
}

class BandAnswer {
  @ApiProperty() readonly code: string;
  @ApiProperty() readonly nameTh: string;
  @ApiPropertyOptional() readonly nameEn?: string;
  @ApiProperty({ description: 'The least total that lies in the band', example: '90' }) readonly from: string;
}

class BandsAnswer extends PublishedAnswer {
  @ApiProperty() readonly bandsVersion: number;
  @ApiProperty({ type: [BandAnswer] }) readonly bands: readonly BandAnswer[];
}

class StatusThresholdAnswer {
  @ApiProperty({ enum: MEASURED_STATUSES }) readonly status: string;
  @ApiProperty({ enum: STATUS_MEASURES }) readonly measure: string;
  @ApiPropertyOptional({ example: '3' }) readonly from?: string;
}

class StatusRulesAnswer extends PublishedAnswer {
  @ApiProperty() readonly statusRulesVersion: number;
  @ApiProperty({ enum: STATUSES, isArray: true }) readonly precedence: readonly string[];
  @ApiProperty({ type: [StatusThresholdAnswer] }) readonly thresholds: readonly StatusThresholdAnswer[];
}

class RoundSpanAnswer {
  @ApiProperty(DAY) readonly from: string;
  @ApiProperty(DAY) readonly to: string;
}

class CalendarRoundAnswer {
  @ApiProperty({ example: '6m' }) readonly round: string;
  @ApiProperty() readonly nameTh: string;
  @ApiPropertyOptional() readonly nameEn?: string;
  @ApiProperty({ type: RoundSpanAnswer }) readonly span: RoundSpanAnswer;
  @ApiProperty(DAY) readonly opensOn: string;
  @ApiProperty(DAY) readonly reportDueOn: string;
  @ApiProperty(DAY) readonly certifyDueOn: string;
  @ApiProperty() readonly graceDays: number;
}

class DeadlineExtensionAnswer {
  @ApiProperty() readonly fiscalYear: number;
  @ApiProperty() readonly calendarVersion: number;
  @ApiProperty({ example: '6m' }) readonly round: string;
  @ApiProperty(DAY) readonly reportDueOn: string;
  @ApiProperty(DAY) readonly certifyDueOn: string;
  @ApiProperty({ type: [String], description: 'Empty: all offices' }) readonly offices: readonly string[];
  @ApiProperty() readonly reason: string;
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}

class CalendarAnswer extends PublishedAnswer {
  @ApiProperty({ description: 'Counted within the fiscal year' }) readonly calendarVersion: number;
  @ApiProperty({ example: 2565 }) readonly fiscalYear: number;
  @ApiProperty({ type: [CalendarRoundAnswer] }) readonly rounds: readonly CalendarRoundAnswer[];
  @ApiPropertyOptional(DAY) readonly amendmentCutOffOn?: string;
  @ApiProperty({ type: [DeadlineExtensionAnswer] }) readonly extensions: readonly DeadlineExtensionAnswer[];
}

class ReferenceDataAnswer {
  @ApiProperty({ example: 'provinces' }) readonly name: string;
  @ApiProperty() readonly sha256: string;
  @ApiProperty({ description: 'Who issued it, and where it is found' }) readonly source: string;
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}

/** A scheme as it stood at `asOfPosition`, with every version of its rules, oldest first. */
export class PublishedSchemeAnswer extends IntersectionType(PublishedAnswer, TimesOfAnswer) {
  @ApiProperty({ example: 'opdc-2565' }) readonly schemeId: string;
  @ApiProperty({ description: 'For `If-Match`' }) readonly revision: number;
  @ApiProperty({ description: 'The answer tells of the events up to this position' }) readonly asOfPosition: number;
  @ApiProperty() readonly nameTh: string;
  @ApiPropertyOptional() readonly nameEn?: string;
  @ApiProperty({ type: [ScoringRuleAnswer] }) readonly scoringRules: readonly ScoringRuleAnswer[];
  @ApiProperty({ type: [BandsAnswer] }) readonly bands: readonly BandsAnswer[];
  @ApiProperty({ type: [StatusRulesAnswer] }) readonly statusRules: readonly StatusRulesAnswer[];
  @ApiProperty({ type: [CalendarAnswer] }) readonly calendars: readonly CalendarAnswer[];
  @ApiProperty({ type: [ReferenceDataAnswer] }) readonly referenceData: readonly ReferenceDataAnswer[];
}
