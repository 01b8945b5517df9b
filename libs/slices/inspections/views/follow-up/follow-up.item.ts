import { dayNumberOf, NOT_STATED, type IsoDate, type NotStated } from '@khamrap/kernel';
import type { CsvColumn } from '@khamrap/platform/http';
import type { FindingStatus, RecommendationStatus } from '../../domain/inspection.state';
import type { EscalationLevel, InspectionLevel, Severity } from '../../domain/inspection.vocabulary';
import { linesOf } from './follow-up.sql';

/** A row of the table, as it is read. */
export interface FollowUpRow {
  item_id: string;
  kind: 'finding' | 'recommendation';
  round_id: string;
  finding_id: string | null;
  number: string;
  level: InspectionLevel;
  fiscal_year: number | null;
  severity: Severity | null;
  theme: string | null;
  content: string;
  offices: string;
  provinces: string;
  status: FindingStatus | RecommendationStatus;
  due_on: IsoDate | null;
  awaited: string;
  is_awaited: boolean;
  response_count: number;
  escalation_count: number;
  escalated_level: EscalationLevel | null;
  escalated_office: string | null;
  escalated_on: string | null;
  recorded_on: string;
  settled_on: string | null;
  event_id: string;
  from_position: number;
}

export interface FollowUpItem {
  readonly kind: 'finding' | 'recommendation';
  /** Of the finding, or of the recommendation. */
  readonly id: string;
  readonly roundId: string;
  readonly number: string;
  readonly level: InspectionLevel;
  readonly fiscalYear: number | NotStated;
  /** Of a recommendation: the finding that it follows from. */
  readonly findingId: string | null;
  readonly severity: Severity | null;
  readonly theme: string | null;
  readonly text: string;
  readonly officeIds: readonly string[];
  readonly provinces: readonly string[];
  readonly status: FindingStatus | RecommendationStatus;
  readonly dueOn: string | null;
  /** Days by which an answer is late on the day of the answer; 0 where none is. */
  readonly daysLate: number;
  /** Who is still to answer. */
  readonly awaitedOfficeIds: readonly string[];
  readonly responseCount: number;
  readonly escalationCount: number;
  readonly escalatedTo: { readonly level: EscalationLevel; readonly officeId: string | null } | null;
  readonly escalatedOn: string | null;
  readonly recordedOn: string;
  readonly settledOn: string | null;
  /** The event that recorded it. */
  readonly eventId: string;
  readonly position: number;
}

export const FOLLOW_UP_COLUMNS: readonly CsvColumn<FollowUpItem>[] = [
  { header: 'kind', value: (item) => item.kind },
  { header: 'id', value: (item) => item.id },
  { header: 'roundId', value: (item) => item.roundId },
  { header: 'number', value: (item) => item.number },
  { header: 'level', value: (item) => item.level },
  { header: 'fiscalYear', value: (item) => item.fiscalYear },
  { header: 'severity', value: (item) => item.severity },
  { header: 'theme', value: (item) => item.theme },
  { header: 'text', value: (item) => item.text },
  { header: 'officeIds', value: (item) => item.officeIds.join('; ') },
  { header: 'provinces', value: (item) => item.provinces.join('; ') },
  { header: 'status', value: (item) => item.status },
  { header: 'dueOn', value: (item) => item.dueOn },
  { header: 'daysLate', value: (item) => item.daysLate },
  { header: 'awaitedOfficeIds', value: (item) => item.awaitedOfficeIds.join('; ') },
  { header: 'escalatedLevel', value: (item) => item.escalatedTo?.level },
  { header: 'escalatedOn', value: (item) => item.escalatedOn },
  { header: 'recordedOn', value: (item) => item.recordedOn },
  { header: 'settledOn', value: (item) => item.settledOn },
  { header: 'eventId', value: (item) => item.eventId },
  { header: 'position', value: (item) => item.position },
];

/** @param day the day for which the answer tells what is late */
export function followUpItem(row: FollowUpRow, day: IsoDate): FollowUpItem {
  return {
    kind: row.kind,
    id: row.item_id,
    roundId: row.round_id,
    number: row.number,
    level: row.level,
    fiscalYear: row.fiscal_year ?? NOT_STATED,
    findingId: row.kind === 'recommendation' ? row.finding_id : null,
    severity: row.severity,
    theme: row.theme,
    text: row.content,
    officeIds: linesOf(row.offices),
    provinces: linesOf(row.provinces),
    status: row.status,
    dueOn: row.due_on,
    daysLate:
      row.due_on !== null && row.is_awaited && row.due_on < day ? dayNumberOf(day) - dayNumberOf(row.due_on) : 0,
    awaitedOfficeIds: linesOf(row.awaited),
    responseCount: row.response_count,
    escalationCount: row.escalation_count,
    escalatedTo: row.escalated_level && { level: row.escalated_level, officeId: row.escalated_office },
    escalatedOn: row.escalated_on,
    recordedOn: row.recorded_on,
    settledOn: row.settled_on,
    eventId: row.event_id,
    position: Number(row.from_position),
  };
}
