import type { Chance } from './chance';
import type { GeneratedRound } from './calendar';
import type { IndicatorKind } from './indicator-kinds';
import type { GeneratedAgreement } from './nation';

/** What a round's target is: a headline value and, with five levels, their values from the poorest to the best. */
export interface GeneratedTarget {
  readonly criterion: 'single' | 'fiveLevels';
  readonly value: string;
  readonly levels?: string[];
}

const LEVEL_FACTORS = [0.8, 0.9, 1, 1.1, 1.2];
const PERCENT_MAX = 100;

/** @param factor 1 for the target as promised; an amendment changes it */
export function targetFor(
  chance: Chance,
  agreement: GeneratedAgreement,
  kind: IndicatorKind,
  { share }: GeneratedRound,
  factor = 1,
): GeneratedTarget {
  const headline = yearTargetOf(chance, agreement, kind) * (kind.grows ? share : 1) * factor;
  const value = written(kind, headline);
  if (kind.criterion === 'single') return { criterion: 'single', value };
  // With lower is better the poorest level is the highest value.
  const factors = kind.direction === 'higher' ? LEVEL_FACTORS : LEVEL_FACTORS.toReversed();
  return { criterion: 'fiveLevels', value, levels: factors.map((each) => written(kind, headline * each)) };
}

/**
 * What the keeper reports for a round: about the target, now a little better, now a little worse.
 * @param correction 0 for the first report; each correction differs from what it corrects
 */
export function actualFor(
  chance: Chance,
  agreement: GeneratedAgreement,
  kind: IndicatorKind,
  round: GeneratedRound,
  correction = 0,
): string {
  const before = correction === 0 ? undefined : actualFor(chance, agreement, kind, round, correction - 1);
  for (let attempt = 0; ; attempt++) {
    const fraction = chance.fraction('actual', agreement.agreementId, kind.code, round.round, correction, attempt);
    const luck = 0.85 + 0.4 * fraction;
    const value = written(kind, yearTargetOf(chance, agreement, kind) * (kind.grows ? round.share : 1) * luck);
    if (value !== before) return value;
  }
}

function yearTargetOf(chance: Chance, { office, fiscalYear }: GeneratedAgreement, kind: IndicatorKind): number {
  const place = kind.unit === 'percent' ? 1 : 0.6 + chance.fraction('place', office.officeId, kind.code);
  return kind.yearTarget * place * (1 + 0.02 * (chance.fraction('year', fiscalYear, kind.code) - 0.5));
}

function written({ unit }: IndicatorKind, value: number): string {
  switch (unit) {
    case 'percent':
      return Math.min(PERCENT_MAX, value).toFixed(2);
    case 'day':
      return value.toFixed(1);
    case 'baht':
    case 'count':
    case 'person':
    case 'household':
    case 'project':
      return String(Math.max(1, Math.round(value)));
  }
}
