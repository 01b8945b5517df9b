import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EventSourceAnswer, TimesOfAnswer } from '@khamrap/platform/http';
import {
  INSPECTION_LEVELS,
  PRESIDING_CAPACITIES,
  PROVINCES_STATED_BY,
  SEVERITIES,
} from '../../domain/inspection.vocabulary';
import type { FindingView, RecommendationView, RoundEventView, RoundView } from './round.view';

const FINDING_STATUSES = ['open', 'responded', 'insufficient', 'resolved', 'withdrawn'];
const RECOMMENDATION_STATUSES = ['open', 'responded', 'insufficient', 'fulfilled', 'withdrawn'];

class InspectionEventAnswer {
  @ApiProperty({ example: 'InspectionVisitRecorded' }) readonly type: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: `What was recorded. Who presided over a visit did so as one of ${PRESIDING_CAPACITIES.join(', ')}`,
  })
  readonly data: RoundEventView['data'];
  @ApiProperty() readonly revision: number;
  @ApiProperty({ type: EventSourceAnswer }) readonly stated: RoundEventView['stated'];
}

class InspectionFindingAnswer {
  @ApiProperty({ format: 'uuid' }) readonly findingId: string;
  @ApiProperty({ enum: FINDING_STATUSES }) readonly status: FindingView['status'];
  @ApiProperty({ enum: SEVERITIES }) readonly severity: FindingView['severity'];
  @ApiProperty() readonly theme: string;
  @ApiProperty() readonly text: string;
  @ApiProperty({ type: [String] }) readonly officeIds: readonly string[];
  @ApiProperty({ type: [String] }) readonly provinces: readonly string[];
  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true } })
  readonly subjects: FindingView['subjects'];
  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true } })
  readonly evidence: FindingView['evidence'];
  @ApiPropertyOptional({ type: String, format: 'uuid' }) readonly questionId?: string | undefined;
  @ApiProperty({ description: 'A day, or `notStated`' }) readonly dueOn: string;
  @ApiProperty({ type: [String], description: 'Who is still to answer' }) readonly awaitedOfficeIds: readonly string[];
  @ApiProperty({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    description: 'The events of the ledger that it concerns: eventId, stream, revision',
  })
  readonly concerns: FindingView['events'];
  @ApiProperty({ type: [InspectionEventAnswer], description: 'All that became of it, oldest first' })
  readonly history: readonly InspectionEventAnswer[];
}

class InspectionRecommendationAnswer {
  @ApiProperty({ format: 'uuid' }) readonly recommendationId: string;
  @ApiPropertyOptional({ type: String, format: 'uuid' }) readonly findingId?: string | undefined;
  @ApiProperty({ enum: RECOMMENDATION_STATUSES }) readonly status: RecommendationView['status'];
  @ApiProperty() readonly text: string;
  @ApiPropertyOptional({ type: String }) readonly officeId?: string | undefined;
  @ApiProperty({ description: 'A day, or `notStated`' }) readonly dueOn: string;
  @ApiProperty({ type: [InspectionEventAnswer] }) readonly history: readonly InspectionEventAnswer[];
}

/** An inspection round as it stood at `asOfPosition`, as far as the one who asks may see. */
export class InspectionRoundAnswer extends TimesOfAnswer {
  @ApiProperty({ format: 'uuid' }) readonly roundId: string;
  @ApiProperty({ description: 'For `If-Match`' }) readonly revision: number;
  @ApiProperty({ description: 'The answer tells of the events up to this position' }) readonly asOfPosition: number;
  @ApiProperty({ enum: ['open', 'closed'] }) readonly status: RoundView['status'];
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description:
      `number, level (${INSPECTION_LEVELS.join(', ')}), inspectingBody, zone, provinces with \`isInspected\` and who stated ` +
      `them (${PROVINCES_STATED_BY.join(', ')}), days, places, inspectedUnits, inspectors`,
  })
  readonly round: RoundView['round'];
  @ApiProperty({
    enum: ['noneFound', 'recorded', 'notStated'],
    description: '`noneFound` only where an inspector has stated it; `notStated` where none is told',
  })
  readonly findingsStated: 'noneFound' | 'recorded' | 'notStated';
  @ApiProperty({ type: [InspectionFindingAnswer] }) readonly findings: readonly InspectionFindingAnswer[];
  @ApiProperty({ type: [InspectionRecommendationAnswer] })
  readonly recommendations: readonly InspectionRecommendationAnswer[];
  @ApiProperty({ type: [InspectionEventAnswer], description: 'What happened to the round itself, oldest first' })
  readonly history: readonly InspectionEventAnswer[];
}

/** What the answer tells of a view. */
export function roundAnswer(
  roundId: string,
  { status, round, isFoundEmpty, events, findings, recommendations, last }: RoundView,
): Omit<InspectionRoundAnswer, 'asOfPosition'> {
  return {
    roundId,
    revision: last.revision,
    status,
    round,
    findingsStated: isFoundEmpty ? 'noneFound' : findings.length > 0 ? 'recorded' : 'notStated',
    findings: findings.map(({ history, events: concerns, ...finding }) => ({ ...finding, concerns, history })),
    recommendations,
    history: events,
  };
}
