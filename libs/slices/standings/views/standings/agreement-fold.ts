import { NOT_STATED } from '@khamrap/kernel';
import type {
  ActualReported,
  AgreementDrafted,
  Direction,
  IndicatorAdded,
  TargetSet,
} from '@khamrap/agreements/events';
import type { ColumnValue } from '@khamrap/platform/projections';
import { judge, type ActualToJudge, type TargetToMeet } from '../../domain/judgement';

export type Row = Record<string, ColumnValue>;

/** The target that stands for a span, with the event that set it. */
interface StandingTarget extends TargetToMeet {
  readonly asPrinted: string | null;
  readonly eventId: string;
}

/** The actual of a span, with the event that reported it. */
export interface StandingActual extends ActualToJudge {
  readonly asPrinted: string | null;
  readonly eventId: string;
  readonly finality: string;
  readonly asOf: string | null;
  readonly evidenceCount: number;
}

/** What has to be known of an indicator to place its next event. The actuals themselves are in the table; there may be many. */
export interface FoldedIndicator {
  readonly direction: Direction;
  /** By the key of the span. */
  readonly targets: Map<string, StandingTarget>;
  /** Keys of the spans for which an actual was reported. */
  readonly reportedSpans: Set<string>;
}

/** What has to be known of an agreement to place its next event. */
export interface FoldedAgreement {
  readonly agreementId: string;
  readonly heading: Row;
  readonly makerOfficeId: ColumnValue;
  readonly makerOfficeName: ColumnValue;
  readonly indicators: Map<string, FoldedIndicator>;
}

const STATUS_BY_BASIS = { signed: 'draft', announced: 'announced', monitoringOnly: 'monitored' } as const;

export function foldedAgreement(agreementId: string, data: AgreementDrafted['data']): FoldedAgreement {
  const maker = data.parties.find(({ side }) => side === 'maker');
  const makerOfficeId = maker?.officeId ?? null;
  const makerOfficeName = maker?.officeName ?? null;
  const heading: Row = {
    agreement_id: agreementId,
    title: data.title,
    level: data.level,
    basis: data.basis,
    status: STATUS_BY_BASIS[data.basis],
    fiscal_year: data.fiscalYear,
    province: data.province ?? null,
    period_from: data.period.from,
    period_to: data.period.to,
    maker_office_id: makerOfficeId,
    maker_office_name: makerOfficeName,
    announced_on: data.announcedOn ?? null,
    effective_on: null,
  };
  return { agreementId, heading, makerOfficeId, makerOfficeName, indicators: new Map() };
}

export function indicatorRow(agreement: FoldedAgreement, data: IndicatorAdded['data']): Row {
  return {
    agreement_id: agreement.agreementId,
    indicator_id: data.indicatorId,
    display_order: displayOrder(data.displayNumber),
    display_number: data.displayNumber,
    printed_number: data.printedNumber ?? null,
    parent_indicator_id: data.parentIndicatorId ?? null,
    goal_number: data.goalNumber ?? null,
    name: data.name,
    name_en: data.nameEn ?? null,
    unit: data.unit,
    direction: data.direction,
    weight: data.weight === NOT_STATED ? null : data.weight,
    office_id: data.leadOffice?.officeId ?? agreement.makerOfficeId,
    office_name: data.leadOffice?.officeName ?? agreement.makerOfficeName,
    lead_person: data.leadPerson ?? null,
  };
}

export function standingTarget(data: TargetSet['data'], eventId: string): StandingTarget {
  return { value: data.value, unit: data.unit, span: data.span, asPrinted: data.asPrinted ?? null, eventId };
}

export function standingActual(data: ActualReported['data'], eventId: string): StandingActual {
  return {
    value: data.value,
    unit: data.unit,
    span: data.span,
    asPrinted: data.asPrinted ?? null,
    eventId,
    finality: data.finality,
    asOf: data.asOf ?? null,
    evidenceCount: data.evidence.length,
  };
}

/**
 * Whether the row of the span that is not stated stands there without an actual: for an indicator of which nothing is stated
 * yet, and for a target without a span that no other row shows.
 */
export function standsOpen({ targets, reportedSpans }: FoldedIndicator): boolean {
  if (reportedSpans.has(NOT_STATED)) return false;
  const hasOpenTarget = targets.has(NOT_STATED);
  if (targets.size + reportedSpans.size === (hasOpenTarget ? 1 : 0)) return true;
  return hasOpenTarget && [...reportedSpans].every((span) => targets.has(span));
}

/** The row of one indicator and span. A target without a span is shown beside every actual without a target, and judges none. */
export function standingRow(
  agreement: FoldedAgreement,
  indicatorId: string,
  period: string,
  actual: StandingActual | undefined,
): Row {
  const { direction, targets } = agreement.indicators.get(indicatorId) as FoldedIndicator;
  const target = targets.get(period) ?? (actual && targets.get(NOT_STATED));
  const judgement = judge(direction, target, actual);
  return {
    agreement_id: agreement.agreementId,
    indicator_id: indicatorId,
    period,
    target: target?.value ?? null,
    target_unit: target?.unit ?? null,
    target_span: target?.span ?? null,
    target_as_printed: target?.asPrinted ?? null,
    target_event_id: target?.eventId ?? null,
    actual: actual?.value ?? null,
    actual_unit: actual?.unit ?? null,
    actual_as_printed: actual?.asPrinted ?? null,
    actual_event_id: actual?.eventId ?? null,
    finality: actual?.finality ?? null,
    as_of: actual?.asOf ?? null,
    evidence_count: actual?.evidenceCount ?? null,
    status: judgement.status,
    attainment_percent: judgement.attainmentPercent,
    gap: judgement.gap,
  };
}

/** `8.10` as `00008.00010`, so that text sorts as people count. */
function displayOrder(displayNumber: string): string {
  return displayNumber
    .split('.')
    .map((part) => part.padStart(5, '0'))
    .join('.');
}
