import type { Json } from '@khamrap/kernel';
import type { Status, StatusReason } from '../../domain/judgement';

/** One indicator and span, as it stood. Decimals are texts with the precision of their source. */
export interface StandingRow {
  agreementId: string;
  agreementTitle: string;
  agreementLevel: string;
  agreementStatus: string;
  basis: string;
  fiscalYear: number;
  province: string | null;
  schemeId: string | null;
  ruleVersion: number | null;
  indicatorId: string;
  displayOrder: string;
  displayNumber: string;
  printedNumber: string | null;
  parentIndicatorId: string | null;
  goalNumber: number | null;
  name: string;
  nameEn: string | null;
  kind: string | null;
  unit: string;
  direction: string;
  accumulation: string | null;
  /** `notStated` where the source does not say it: that is no weight of zero. */
  weight: string;
  /** The weight before the first amendment; null where there was none. */
  weightPromised: string | null;
  officeId: string | null;
  officeName: string | null;
  leadPerson: string | null;
  /** Who reports. */
  keepers: Json;
  cancelledFromRound: string | null;
  period: string;
  /** The evaluation round whose span it is. */
  round: string | null;
  target: string | null;
  targetUnit: string | null;
  targetSpan: string | null;
  targetAsPrinted: string | null;
  targetEventId: string | null;
  /** Criterion, levels, milestones, days, comparison span, and since when it is effective, where it was amended. */
  targetDetails: Json;
  /** The target before the first amendment; null where there was none. */
  targetPromised: string | null;
  figureKind: string | null;
  actual: string | null;
  actualUnit: string | null;
  actualAsPrinted: string | null;
  actualEventId: string | null;
  /** Numerator and denominator, milestone, day, comparison span, growth as stated, the parts of a joint figure. */
  actualDetails: Json;
  finality: string | null;
  asOf: string | null;
  evidenceCount: number | null;
  isCertified: boolean;
  status: Status;
  /** Why the status could not be told from a figure that is there. */
  statusReason: StatusReason | null;
  attainmentPercent: string | null;
  gap: string | null;
  /** Four digits. */
  score: string | null;
  /** `closed`: of the snapshot of the closed round; `provisional`: as if the round were closed now. */
  scoreBasis: 'closed' | 'provisional' | null;
  scoreReason: string | null;
  selfScore: string | null;
  evaluatorScore: string | null;
  changedAtPosition: number;
  changedAt: string;
}

/** As the database gives it. */
export type StoredStandingRow = Omit<
  StandingRow,
  'keepers' | 'targetDetails' | 'actualDetails' | 'weightPromised' | 'targetPromised'
> & {
  keepers: string | null;
  weights: string | null;
  versions: string | null;
  targetDetails: string | null;
  actualDetails: string | null;
};

/** An agreement with the standings of its indicators counted. */
export interface AgreementStandingRow {
  agreementId: string;
  title: string;
  level: string;
  status: string;
  basis: string;
  fiscalYear: number;
  province: string | null;
  periodFrom: string;
  periodTo: string;
  officeId: string | null;
  officeName: string | null;
  announcedOn: string | null;
  effectiveOn: string | null;
  schemeId: string | null;
  ruleVersion: number | null;
  indicatorCount: number;
  targetsJudged: number;
  targetsMet: number;
  /** How many indicators and spans have each status. */
  byStatus: Partial<Record<Status, number>>;
}

export function asAnswered({ weights, versions, ...row }: StoredStandingRow): StandingRow {
  const [promisedWeight] = parsed<readonly { readonly weight: string }[]>(weights) ?? [];
  const [promised] = parsed<readonly { readonly target: string | null }[]>(versions) ?? [];
  return {
    ...row,
    isCertified: row.isCertified ?? false,
    keepers: parsed(row.keepers),
    targetDetails: parsed(row.targetDetails),
    actualDetails: parsed(row.actualDetails),
    weightPromised: promisedWeight?.weight ?? null,
    targetPromised: promised?.target ?? null,
    changedAtPosition: Number(row.changedAtPosition),
  };
}

function parsed<Value extends Json>(text: string | null): Value | null {
  return text === null ? null : (JSON.parse(text) as Value);
}
