import { divideDecimals, sumDecimals, type DecimalText } from '../decimal';
import { PERCENT, type Accumulation, type ActualToScore, type Figure, type ReportedActual } from './scoring-rule';

/** Why several reports are not one figure. */
export type NotCombinableReason =
  | 'unitDiffers'
  /** Such as a value beside a narrative. */
  | 'figureKindsDiffer'
  /** Differences to several spans. */
  | 'comparisonSpanDiffers'
  /** Percentages of several keepers do not add up; they have to be reported as ratios. */
  | 'ratesNeedRatios'
  /** Levels, days, judgements and narratives of several reports. */
  | 'figuresDoNotAdd';

type Combined = ActualToScore | { readonly reason: NotCombinableReason };

// A mean is the one figure that is rounded before it is scored: to the most fraction digits that a figure can have.
const MEAN_FRACTION_DIGITS = 12;

/** The one figure of the reports of each keeper: over increments by the accumulation, over keepers by adding. */
export function combined(
  accumulation: Accumulation,
  reportsOfKeepers: readonly (readonly ReportedActual[])[],
): Combined {
  const reports = reportsOfKeepers.flat();
  const [first, ...others] = reports;
  if (!first) throw new RangeError('there is nothing to combine');
  const { unit, figure } = first;
  if (others.length === 0) return { figure, unit };
  if (others.some((report) => report.unit !== unit)) return { reason: 'unitDiffers' };
  if (others.some((report) => report.figure.kind !== figure.kind)) return { reason: 'figureKindsDiffer' };
  switch (figure.kind) {
    case 'ratio': {
      const sumOf = (part: 'numerator' | 'denominator'): DecimalText =>
        sumDecimals(reports.map((report) => (report.figure.kind === 'ratio' ? report.figure[part] : '0')));
      return { figure: { kind: 'ratio', numerator: sumOf('numerator'), denominator: sumOf('denominator') }, unit };
    }
    case 'value':
    case 'delta': {
      if (unit === PERCENT && reportsOfKeepers.length > 1) return { reason: 'ratesNeedRatios' };
      const spans = new Set(reports.map((report) => comparisonSpanOf(report.figure)));
      if (spans.size > 1) return { reason: 'comparisonSpanDiffers' };
      const value = sumDecimals(reportsOfKeepers.map((ofKeeper) => overIncrements(accumulation, ofKeeper)));
      return { figure: { ...figure, value }, unit };
    }
    case 'milestone':
    case 'date':
    case 'judged':
    case 'narrative':
    case 'notAvailable':
      return { reason: 'figuresDoNotAdd' };
  }
}

function overIncrements(accumulation: Accumulation, reports: readonly ReportedActual[]): DecimalText {
  const sum = sumDecimals(reports.map(({ figure }) => ('value' in figure ? figure.value : '0')));
  if (accumulation !== 'average' || reports.length === 1) return sum;
  return divideDecimals(sum, String(reports.length), MEAN_FRACTION_DIGITS) ?? sum;
}

function comparisonSpanOf(figure: Figure): string | undefined {
  return figure.kind === 'delta' ? figure.comparisonSpan : undefined;
}
