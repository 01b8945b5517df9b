import type {
  ActualCorrected,
  ActualReported,
  AgreementDrafted,
  Assessor,
  CertificationStep,
  EvaluationRoundClosed,
  IndicatorAdded,
  ResultAnnounced,
} from '@khamrap/agreements/events';
import type { Band, Figure, IsoDate, ReportedActual } from '@khamrap/kernel';
import type { ColumnValue } from '@khamrap/platform/projections';
import type { JudgingRules } from '../../domain/judgement';
import { judgingRulesOf, NO_SCHEME_FACTS, type SchemeOfAgreement } from '../../domain/scheme-facts';
import type { IndicatorInRound, RoundTotal } from '../../domain/round-total';
import type { TargetTerms } from '../../domain/target-terms';
import { calendarOf, type RoundCalendar } from './round-calendar';

export type Row = Record<string, ColumnValue>;
export type IndicatorTerms = IndicatorAdded['data'];

/** One version of a target, with the event that made it. */
export interface TargetVersion {
  readonly terms: TargetTerms;
  readonly eventId: string;
  /** Absent for the target that was promised. */
  readonly effectiveFrom?: IsoDate;
}

export interface WeightVersion {
  readonly weight: string;
  /** Absent for the weight that was promised. */
  readonly effectiveFrom?: IsoDate;
}

/** A figure as it was reported or corrected last, and how far its certification has come. */
export interface FoldedFigure {
  readonly eventId: string;
  readonly stated: ActualReported['data'] | ActualCorrected['data'];
  /** As scoring reads it; the keeper is the empty text where only one reports. */
  readonly actual: ReportedActual;
  readonly steps: readonly CertificationStep[];
  /** The step that gave it back to its keeper. */
  readonly returnedAt?: CertificationStep;
}

/** The figure of a span and keeper, beside the one that the public can know: transcribed from a document, or of a closed round. */
export interface FigureSlot {
  readonly current: FoldedFigure;
  readonly published?: FoldedFigure;
}

/** By the keeper. */
export type SlotsOfSpan = ReadonlyMap<string, FigureSlot>;
type SnapshotOfIndicator = EvaluationRoundClosed['data']['indicators'][number];

/** What has to be known of an indicator to place its next event. */
export interface FoldedIndicator {
  terms: IndicatorTerms;
  /** The last one stands. */
  weights: readonly WeightVersion[];
  /** By the key of the span; the last version stands. */
  readonly targets: Map<string, readonly TargetVersion[]>;
  /** By the key of the span. */
  readonly figures: Map<string, SlotsOfSpan>;
  cancelledFromRound?: string;
  readonly exemptRounds: Set<string>;
  /** By round and assessor, as `6m evaluator`. */
  readonly scores: Map<string, string>;
}

export interface FoldedRound {
  /** The span of the round as it was closed. */
  span?: string;
  /** How often it was closed. */
  revision: number;
  /** While it is closed. */
  closed?: EvaluationRoundClosed['data'];
  /** The closed snapshot by indicator. */
  snapshots?: ReadonlyMap<string, SnapshotOfIndicator>;
  readonly scores: Map<Assessor, string>;
  result?: ResultAnnounced['data'];
}

/** What has to be known of an agreement to place its next event, and which rows it has now. */
export interface FoldedAgreement {
  readonly agreementId: string;
  readonly heading: Row;
  readonly fiscalYear: number;
  readonly maker: AgreementDrafted['data']['parties'][number] | undefined;
  readonly scheme: SchemeOfAgreement | undefined;
  readonly indicators: Map<string, FoldedIndicator>;
  readonly rounds: Map<string, FoldedRound>;
  /** By what it is judged, as its scheme has published it so far. */
  rules: JudgingRules;
  calendar: RoundCalendar;
  bands: readonly Band[];
  readonly shown: ShownRows;
}

/** The rows that were written last; what is made anew is written where it differs. */
export interface ShownRows {
  heading?: Row;
  readonly indicators: Map<string, Row>;
  /** By indicator, then by period. */
  readonly standings: Map<string, Map<string, Row>>;
  readonly rounds: Map<string, Row>;
  /** By round, the total and what it was made of. */
  readonly totals: Map<string, { readonly indicators: readonly IndicatorInRound[]; readonly made: RoundTotal }>;
  /** How many standings of a round have each status; of all rounds under the empty text. */
  readonly counts: Map<string, Map<string, number>>;
  /** The same as the public sees them. */
  readonly publicCounts: Map<string, Map<string, number>>;
}

const STATUS_BY_BASIS = { signed: 'draft', announced: 'announced', monitoringOnly: 'monitored' } as const;

export function foldedAgreement(agreementId: string, data: AgreementDrafted['data']): FoldedAgreement {
  const [maker, receiver] = (['maker', 'receiver'] as const).map((wanted) =>
    data.parties.find(({ side }) => side === wanted),
  );
  const heading = {
    agreement_id: agreementId,
    title: data.title,
    level: data.level,
    basis: data.basis,
    status: STATUS_BY_BASIS[data.basis],
    fiscal_year: data.fiscalYear,
    province: data.province ?? null,
    period_from: data.period.from,
    period_to: data.period.to,
    maker_office_id: maker?.officeId ?? null,
    maker_office_name: maker?.officeName ?? null,
    receiver_office_id: receiver?.officeId ?? null,
    receiver_office_name: receiver?.officeName ?? null,
    announced_on: data.announcedOn ?? null,
    effective_on: null,
    closed_on: null,
    scheme_id: data.scheme?.schemeId ?? null,
    rule_version: data.scheme?.ruleVersion ?? null,
    calendar_version: data.scheme?.calendarVersion ?? null,
  };
  return {
    agreementId,
    heading,
    fiscalYear: data.fiscalYear,
    maker,
    scheme: data.scheme,
    indicators: new Map(),
    rounds: new Map(),
    rules: judgingRulesOf(NO_SCHEME_FACTS, data.scheme),
    calendar: calendarOf([]),
    bands: [],
    shown: {
      indicators: new Map(),
      standings: new Map(),
      rounds: new Map(),
      totals: new Map(),
      counts: new Map(),
      publicCounts: new Map(),
    },
  };
}

/** The key under which everything of an agreement is counted, whatever the round. */
export const ALL_ROUNDS = '';

/** Whether all fields of two things of one shape have the same value. */
export function isSame<Flat extends object>(one: Flat, other: Flat): boolean {
  for (const name in one) if (one[name] !== other[name]) return false;
  return true;
}

/** What a draft is, nobody outside sees: rows begin with the event that makes an agreement one. */
export function isVisible({ heading }: FoldedAgreement): boolean {
  return heading['status'] !== 'draft' && heading['status'] !== 'withdrawn';
}

export function roundOf(agreement: FoldedAgreement, round: string): FoldedRound {
  const known = agreement.rounds.get(round);
  if (known) return known;
  const fresh: FoldedRound = { revision: 0, scores: new Map() };
  agreement.rounds.set(round, fresh);
  return fresh;
}

/** The offices that report: those that are named, else the leading office, else the maker. */
export function keepersOf({ maker }: FoldedAgreement, terms: IndicatorTerms): readonly Office[] {
  if (terms.keepers && terms.keepers.length > 0) return terms.keepers;
  const office = terms.leadOffice ?? maker;
  return office ? [{ officeId: office.officeId, officeName: office.officeName }] : [];
}

/** The offices that what is not published of an indicator concerns, one a line. */
export function officesConcerned(agreement: FoldedAgreement, terms: IndicatorTerms): string {
  const known = CONCERNED.get(terms);
  if (known !== undefined) return known;
  const { leadOffice, supervisor } = terms;
  const others = [leadOffice?.officeId, supervisor?.officeId].filter((officeId) => officeId !== undefined);
  const keepers = keepersOf(agreement, terms).map(({ officeId }) => officeId);
  const offices = [...new Set([...partiesOf(agreement), ...keepers, ...others])].join('\n');
  CONCERNED.set(terms, offices);
  return offices;
}
const CONCERNED = new WeakMap<IndicatorTerms, string>();

/** The offices of the maker and the receiver. */
export function partiesOf({ heading }: FoldedAgreement): readonly string[] {
  return [heading['maker_office_id'], heading['receiver_office_id']].filter((each) => typeof each === 'string');
}

export interface Office {
  readonly officeId: string;
  readonly officeName: string;
}

/** A figure as scoring reads it; an adopted one counts as the value that it repeats. */
export function figureOf(stated: FoldedFigure['stated']): Figure {
  const { kind, value = '0', numerator = '0', denominator = '0', comparisonSpan = '', milestone = 0, date } = stated;
  switch (kind) {
    case 'value':
    case 'adopted':
      return { kind: 'value', value };
    case 'ratio':
      return { kind, numerator, denominator };
    case 'delta':
      return { kind, value, comparisonSpan };
    case 'milestone':
      return { kind, level: milestone };
    case 'date':
      return date === undefined ? { kind: 'narrative' } : { kind, date };
    case 'narrative':
    case 'notAvailable':
      return { kind };
  }
}
