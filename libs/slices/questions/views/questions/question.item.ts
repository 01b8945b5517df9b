import { ApiProperty } from '@nestjs/swagger';
import { BothLanguagesAnswer } from '@khamrap/platform/http';
import { sees, type Sight } from '@khamrap/platform/access';
import type { CsvColumn } from '@khamrap/platform/http';
import type { Link } from '../../domain/detection/memory';
import { RULES } from '../../domain/rules/rule-catalogue';
import { holds, type RulesInForce } from '../../domain/rules/rules-in-force';
import { linksOf } from './question-row';
import type { ShownRow } from './questions.sql';

const BY_NAME = { type: Object, additionalProperties: { type: 'string' } } as const;

export class LinkedEventAnswer {
  @ApiProperty({ format: 'uuid' }) readonly eventId: string;
  @ApiProperty() readonly position: number;
  @ApiProperty({ example: 'TargetAmended' }) readonly type: string;
}

class RulesNowAnswer {
  @ApiProperty() readonly rulesVersion: number;
  @ApiProperty({ description: 'Whether the rules in force there would raise it; it stays where they would not' })
  readonly raises: boolean;
}

/** A question as it stood at the position that the answer shows. */
export class QuestionItem {
  @ApiProperty({ format: 'uuid' }) readonly questionId: string;
  @ApiProperty({ example: 'targetLoweredAfterActual' }) readonly rule: string;
  @ApiProperty({ enum: ['ask', 'note'] }) readonly mode: string;
  @ApiProperty({ type: BothLanguagesAnswer }) readonly title: BothLanguagesAnswer;
  @ApiProperty({ type: BothLanguagesAnswer, description: 'What the rule asks' }) readonly asks: BothLanguagesAnswer;
  @ApiProperty({ type: BothLanguagesAnswer, description: 'What was seen, with its numbers' })
  readonly seen: BothLanguagesAnswer;
  @ApiProperty({ enum: ['raised', 'opened', 'explained', 'returned', 'accepted'] }) readonly status: string;
  @ApiProperty({ type: String, nullable: true }) readonly agreementId: string | null;
  @ApiProperty({ type: String, nullable: true }) readonly schemeId: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Who made the agreement' })
  readonly officeId: string | null;
  @ApiProperty({ type: [String], description: 'Every office that it concerns' }) readonly offices: readonly string[];
  @ApiProperty({ type: String, nullable: true }) readonly province: string | null;
  @ApiProperty({ type: String, nullable: true }) readonly indicatorId: string | null;
  @ApiProperty({ type: String, nullable: true }) readonly span: string | null;
  @ApiProperty({ type: String, nullable: true }) readonly round: string | null;
  @ApiProperty({ type: Number, nullable: true }) readonly fiscalYear: number | null;
  @ApiProperty({ type: [LinkedEventAnswer] }) readonly restsOn: readonly LinkedEventAnswer[];
  @ApiProperty({ type: [LinkedEventAnswer], description: 'Later events that changed what it rests on' })
  readonly changedBy: readonly LinkedEventAnswer[];
  @ApiProperty({ description: 'Of the rules by which it was raised' }) readonly rulesVersion: number;
  @ApiProperty({ ...BY_NAME, description: 'As they were when it was raised' }) readonly thresholds: Readonly<
    Record<string, string>
  >;
  @ApiProperty({ ...BY_NAME, description: 'What is held against the thresholds' }) readonly measures: Readonly<
    Record<string, string>
  >;
  @ApiProperty({ type: RulesNowAnswer }) readonly byRulesInForce: RulesNowAnswer;
  @ApiProperty() readonly raisedPosition: number;
  @ApiProperty({ format: 'date-time' }) readonly raisedAt: string;
  @ApiProperty({ type: String, nullable: true }) readonly askedOffice: string | null;
  @ApiProperty({ type: String, nullable: true }) readonly dueOn: string | null;
  @ApiProperty({ type: Number, nullable: true, description: 'For `If-Match`; null before it is opened' })
  readonly revision: number | null;
  @ApiProperty({ description: 'Of the event by which it is as it is' }) readonly position: number;
}

export const QUESTION_COLUMNS: readonly CsvColumn<QuestionItem>[] = [
  { header: 'questionId', value: (question) => question.questionId },
  { header: 'rule', value: (question) => question.rule },
  { header: 'mode', value: (question) => question.mode },
  { header: 'titleTh', value: (question) => question.title.th },
  { header: 'seenTh', value: (question) => question.seen.th },
  { header: 'seenEn', value: (question) => question.seen.en },
  { header: 'status', value: (question) => question.status },
  { header: 'province', value: (question) => question.province },
  { header: 'officeId', value: (question) => question.officeId },
  { header: 'agreementId', value: (question) => question.agreementId },
  { header: 'indicatorId', value: (question) => question.indicatorId },
  { header: 'round', value: (question) => question.round },
  { header: 'fiscalYear', value: (question) => question.fiscalYear },
  { header: 'askedOffice', value: (question) => question.askedOffice },
  { header: 'dueOn', value: (question) => question.dueOn },
  { header: 'raisedPosition', value: (question) => question.raisedPosition },
  { header: 'raisedAt', value: (question) => question.raisedAt },
  { header: 'restsOn', value: ({ restsOn }) => restsOn.map(({ eventId }) => eventId).join(' ') },
];

/** A row as somebody is told it. @param sight events of other places are told to those only who see there */
export function itemOf(row: ShownRow, inForce: RulesInForce, sight: Sight): QuestionItem {
  const { title, asks } = RULES[row.rule];
  const measures = JSON.parse(row.measures) as Record<string, string>;
  return {
    questionId: row.question_id,
    rule: row.rule,
    mode: row.mode,
    title,
    asks,
    seen: { th: row.seen_th, en: row.seen_en },
    status: row.status,
    agreementId: row.agreement_id,
    schemeId: row.scheme_id,
    officeId: row.office_id,
    offices: row.offices === '' ? [] : row.offices.split('\n'),
    province: row.province,
    indicatorId: row.indicator_id,
    span: row.span,
    round: row.round,
    fiscalYear: row.fiscal_year,
    restsOn: linksOf(row.rests_on)
      .filter((link) => isTold(link, sight))
      .map(linkAnswer),
    changedBy: linksOf(row.changed_by).map(linkAnswer),
    rulesVersion: row.rules_version,
    thresholds: JSON.parse(row.thresholds) as Record<string, string>,
    measures,
    byRulesInForce: {
      rulesVersion: inForce.rulesVersion,
      raises: holds(row.rule, inForce.rules[row.rule], measures),
    },
    raisedPosition: Number(row.raised_position),
    raisedAt: new Date(Number(row.raised_at_ms)).toISOString(),
    askedOffice: row.asked_office,
    dueOn: row.due_on,
    revision: row.life_revision,
    position: Number(row.from_position),
  };
}

function isTold({ elsewhere }: Link, sight: Sight): boolean {
  return elsewhere === undefined || sees(sight, elsewhere);
}

function linkAnswer({ eventId, position, type }: Link): LinkedEventAnswer {
  return { eventId, position, type };
}
