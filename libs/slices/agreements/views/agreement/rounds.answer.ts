import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EventSourceAnswer } from '@khamrap/platform/http';
import { APPEAL_OUTCOMES, ASSESSORS, FIGURE_KINDS, SNAPSHOT_STANDINGS, UNITS } from '../../domain/agreement.events';
import { PSEUDONYM, SPAN, StatedTargetAnswer } from './shared.answer';

class RoundFigureAnswer {
  @ApiProperty({ enum: FIGURE_KINDS }) readonly kind: string;
  @ApiProperty({ enum: UNITS }) readonly unit: string;
  @ApiPropertyOptional() readonly value?: string;
  @ApiPropertyOptional() readonly numerator?: string;
  @ApiPropertyOptional() readonly denominator?: string;
  @ApiPropertyOptional(SPAN) readonly comparisonSpan?: string;
  @ApiPropertyOptional() readonly milestone?: number;
  @ApiPropertyOptional({ format: 'date' }) readonly date?: string;
}

class SnapshotAnswer {
  @ApiProperty({ format: 'uuid' }) readonly indicatorId: string;
  @ApiProperty() readonly displayNumber: string;
  @ApiProperty({ enum: SNAPSHOT_STANDINGS }) readonly standing: string;
  @ApiProperty({ description: 'A decimal number, or `notStated`' }) readonly weight: string;
  @ApiPropertyOptional({ type: StatedTargetAnswer }) readonly target?: StatedTargetAnswer;
  @ApiPropertyOptional({ type: RoundFigureAnswer, description: 'Combined from those that were reported' })
  readonly figure?: RoundFigureAnswer;
  @ApiPropertyOptional({ enum: ['yes', 'no'] }) readonly certified?: string;
  @ApiPropertyOptional({ example: '4.2500' }) readonly score?: string;
  @ApiPropertyOptional({ description: 'Why there is no score, or why it is the floor' }) readonly reason?: string;
}

class SchemeVersionsAnswer {
  @ApiProperty() readonly schemeId: string;
  @ApiProperty() readonly ruleVersion: number;
  @ApiProperty() readonly calendarVersion: number;
  @ApiPropertyOptional() readonly bandsVersion?: number;
}

class ReopeningAnswer {
  @ApiProperty() readonly reason: string;
  @ApiPropertyOptional(PSEUDONYM) readonly reopenedBy?: string;
  @ApiPropertyOptional({ enum: ['yes'], description: 'Where its result was public already, which is overtaken' })
  readonly resultAnnounced?: string;
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}

/** What was promised, reported and scored, frozen as the round was closed. */
class ClosedRoundAnswer {
  @ApiProperty(SPAN) readonly span: string;
  @ApiProperty({ description: '1 for the first closing of the round' }) readonly revision: number;
  @ApiProperty({ format: 'date' }) readonly closedOn: string;
  @ApiPropertyOptional(PSEUDONYM) readonly closedBy?: string;
  @ApiPropertyOptional() readonly officeId?: string;
  @ApiProperty({ type: SchemeVersionsAnswer }) readonly scheme: SchemeVersionsAnswer;
  @ApiProperty({ type: [SnapshotAnswer] }) readonly indicators: readonly SnapshotAnswer[];
  @ApiPropertyOptional({ example: '4.2500' }) readonly total?: string;
  @ApiPropertyOptional() readonly noTotalReason?: string;
  @ApiPropertyOptional() readonly band?: string;
  @ApiPropertyOptional({ description: 'Per cent of the stated weight' }) readonly weightCountedPercent?: string;
  @ApiProperty() readonly targetsMet: number;
  @ApiProperty() readonly targetsJudged: number;
  @ApiPropertyOptional({ type: ReopeningAnswer, description: 'Where the revision was set aside' })
  readonly reopened?: ReopeningAnswer;
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}

class ScoreAnswer {
  @ApiPropertyOptional({ format: 'uuid', description: 'Absent where the whole round is meant' })
  readonly indicatorId?: string;
  @ApiProperty({ enum: ASSESSORS }) readonly assessor: string;
  @ApiProperty() readonly score: string;
  @ApiPropertyOptional() readonly asPrinted?: string;
  @ApiPropertyOptional() readonly reason?: string;
  @ApiPropertyOptional(PSEUDONYM) readonly determinedBy?: string;
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}

class ResultAnswer {
  @ApiProperty({ description: 'A decimal number, or `notStated`' }) readonly score: string;
  @ApiPropertyOptional() readonly band?: string;
  @ApiProperty({ format: 'date' }) readonly announcedOn: string;
  @ApiPropertyOptional() readonly asPrinted?: string;
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}

export class RoundAnswer {
  @ApiProperty() readonly round: string;
  @ApiProperty() readonly isClosed: boolean;
  @ApiProperty({ type: [ClosedRoundAnswer], description: 'Every time that it was closed, the first one first' })
  readonly revisions: readonly ClosedRoundAnswer[];
  @ApiProperty({ type: [ScoreAnswer] }) readonly scores: readonly ScoreAnswer[];
  @ApiProperty({ type: [ResultAnswer] }) readonly results: readonly ResultAnswer[];
}

class AppealDecisionAnswer {
  @ApiProperty({ enum: APPEAL_OUTCOMES }) readonly outcome: string;
  @ApiPropertyOptional(PSEUDONYM) readonly decidedBy?: string;
  @ApiProperty() readonly reason: string;
  @ApiPropertyOptional() readonly score?: string;
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}

export class AppealAnswer {
  @ApiProperty({ format: 'uuid' }) readonly appealId: string;
  @ApiProperty() readonly round: string;
  @ApiPropertyOptional({ format: 'uuid' }) readonly indicatorId?: string;
  @ApiProperty() readonly officeId: string;
  @ApiPropertyOptional(PSEUDONYM) readonly filedBy?: string;
  @ApiProperty() readonly grounds: string;
  @ApiPropertyOptional({ type: AppealDecisionAnswer }) readonly decision?: AppealDecisionAnswer;
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: EventSourceAnswer;
}
