import {
  divideDecimals,
  figureOfRound,
  multiplyDecimals,
  NOT_STATED,
  parseSpanKey,
  PERCENT,
  SCORE_FRACTION_DIGITS,
  sumDecimals,
  toldSpan,
  type BothLanguages,
  type RoundFigure,
} from '@khamrap/kernel';
import { amountOf } from '../../domain/judgement';
import type { FoldedFigure, FoldedIndicator } from '../standings/folded-agreement';
import { unexplained, step, type Explanation, type Input, type Step } from './explanation';
import type { Moment } from './recorded-life';

/** An indicator in one span, with the figures that whoever asks may know. */
export interface Place {
  readonly indicator: FoldedIndicator;
  readonly period: string;
  /** The round whose span it is. */
  readonly round: string | undefined;
  readonly figures: readonly FoldedFigure[];
  /** Whether the scores of assessors may be known. */
  readonly knowsScores: boolean;
}

const NOT_REPORTED: RoundFigure = { kind: 'notReported' };
// A mean is the one figure that is rounded before it is scored.
const MEAN_FRACTION_DIGITS = 12;

/** The one figure of a span: that of the span itself, else what is put together of its increments and keepers. */
export function figureAt({ agreement }: Moment, place: Place): RoundFigure {
  const { indicator, period, round, figures, knowsScores } = place;
  const { direction, unit, accumulation = NOT_STATED, keepers = [] } = indicator.terms;
  if (direction === 'judged' && knowsScores && round !== undefined) {
    const score = indicator.scores.get(`${round} evaluator`);
    if (score !== undefined) return { kind: 'figure', figure: { kind: 'judged', score }, unit };
  }
  if (figures.length === 0) return NOT_REPORTED;
  const whole = figures.find(({ actual }) => actual.span === period && (keepers.length < 2 || actual.keeper === ''));
  if (whole) {
    const { figure, unit: stated } = whole.actual;
    return figure.kind === 'notAvailable' ? { kind: 'notAvailable' } : { kind: 'figure', figure, unit: stated };
  }
  const span = parseSpanKey(period);
  if (!span || span === NOT_STATED) return { kind: 'incomplete', missing: [] };
  return figureOfRound({
    accumulation,
    roundSpan: span,
    roundSpansInOrder: agreement.calendar.spans,
    keepers: keepers.length > 1 ? keepers.map(({ officeId }) => officeId) : [],
    actuals: figures.map(({ actual }) => actual),
  });
}

/** The inputs that a figure is made of: each report, or the score of the assessor. */
export function figureInputs({ statements }: Moment, place: Place, figure: RoundFigure): readonly Input[] {
  const { indicator, round, figures } = place;
  if (figure.kind === 'figure' && figure.figure.kind === 'judged')
    return [
      {
        name: 'evaluatorScore',
        label: { th: 'คะแนนที่ผู้ประเมินให้', en: 'score that the evaluator gave' },
        value: figure.figure.score,
        event: statements.last('score', round ?? '', indicator.terms.indicatorId, 'evaluator'),
      },
    ];
  return figures.map(({ eventId, actual }) => ({
    name: ['actual', actual.span, actual.keeper].filter((part) => part !== '').join(' '),
    label: labelOf(actual.span, actual.keeper),
    value: valueOf(actual.figure),
    unit: actual.unit,
    event: statements.event(eventId),
  }));
}

function labelOf(span: string, keeper: string): BothLanguages {
  const [days, whose] = [toldSpan(span), keeper === '' ? '' : ` (${keeper})`];
  return { th: `ผลการดำเนินงาน ${days.th}${whose}`, en: `actual of ${days.en}${whose}` };
}

/** A figure as one text. */
function valueOf(figure: FoldedFigure['actual']['figure']): string {
  switch (figure.kind) {
    case 'value':
    case 'delta':
      return figure.value;
    case 'ratio':
      return `${figure.numerator} ÷ ${figure.denominator}`;
    case 'milestone':
      return String(figure.level);
    case 'date':
      return figure.date;
    case 'judged':
      return figure.score;
    case 'narrative':
    case 'notAvailable':
      return figure.kind;
  }
}

/** How the figure that is shown comes about. */
export function figureExplained(moment: Moment, place: Place): Explanation {
  const figure = figureAt(moment, place);
  if (figure.kind !== 'figure')
    return { ...unexplained(STATED, figure.kind), inputs: figureInputs(moment, place, figure) };
  const { formula, steps } = putTogether(moment, place, figure);
  return {
    formula,
    inputs: figureInputs(moment, place, figure),
    steps,
    rule: null,
    result: steps.at(-1)?.result ?? amountOf(figure) ?? null,
    reason: null,
  };
}

const STATED: BothLanguages = { th: 'ตามที่รายงาน', en: 'as it was reported' };
const SUM: BothLanguages = {
  th: 'ผลรวมของรายงานแต่ละช่วงและแต่ละผู้จัดเก็บข้อมูล',
  en: 'the sum of what was reported for each part and by each data keeper',
};
const MEAN: BothLanguages = {
  th: 'ค่าเฉลี่ยของรายงานแต่ละช่วง รวมทุกผู้จัดเก็บข้อมูล',
  en: 'the mean of what was reported for each part, added over the data keepers',
};
const RATIO: BothLanguages = { th: 'ผลรวมตัวตั้ง ÷ ผลรวมตัวหาร', en: 'Σ numerator ÷ Σ denominator' };

interface PutTogether {
  readonly formula: BothLanguages;
  readonly steps: readonly Step[];
}

function putTogether(
  moment: Moment,
  place: Place,
  { figure, unit }: Extract<RoundFigure, { kind: 'figure' }>,
): PutTogether {
  const groups = reportsUsed(moment, place);
  const reports = groups.flat();
  if (figure.kind === 'ratio') {
    const of = (part: 'numerator' | 'denominator'): readonly string[] =>
      reports.flatMap(({ actual }) => (actual.figure.kind === 'ratio' ? [actual.figure[part]] : []));
    return { formula: RATIO, steps: ratioSteps(of('numerator'), of('denominator'), unit) };
  }
  if ((figure.kind !== 'value' && figure.kind !== 'delta') || reports.length < 2) return { formula: STATED, steps: [] };
  const isMean = place.indicator.terms.accumulation === 'average' && groups.some(({ length }) => length > 1);
  const parts = groups.map((group) => partOf(group, isMean));
  const steps = parts.flatMap(({ steps: own }) => own);
  const values = parts.map(({ value }) => value);
  if (values.length > 1)
    steps.push(
      step({ th: 'รวมทุกผู้จัดเก็บข้อมูล', en: 'added over the data keepers' }, values.join(' + '), sumDecimals(values)),
    );
  return { formula: isMean ? MEAN : SUM, steps };
}

function partOf(
  group: readonly FoldedFigure[],
  isMean: boolean,
): { readonly value: string; readonly steps: readonly Step[] } {
  const values = group.map(({ actual: { figure } }) => ('value' in figure ? figure.value : '0'));
  const sum = sumDecimals(values);
  if (values.length === 1) return { value: sum, steps: [] };
  const added = step({ th: 'รวมทุกช่วง', en: 'added over the parts' }, values.join(' + '), sum);
  if (!isMean) return { value: sum, steps: [added] };
  const mean = divideDecimals(sum, String(values.length), MEAN_FRACTION_DIGITS) ?? sum;
  const halved = step(
    { th: 'หารด้วยจำนวนช่วง', en: 'divided by the number of parts' },
    `${sum} ÷ ${values.length}`,
    mean,
    MEAN_FRACTION_DIGITS,
  );
  return { value: mean, steps: [added, halved] };
}

/** The reports that are put together, by keeper: that of the whole span where there is one, else those of its increments. */
function reportsUsed(
  { agreement }: Moment,
  { indicator, period, figures }: Place,
): readonly (readonly FoldedFigure[])[] {
  const { keepers = [] } = indicator.terms;
  const whole = figures.find(({ actual }) => actual.span === period && (keepers.length < 2 || actual.keeper === ''));
  if (whole) return [[whole]];
  const increments = agreement.calendar.incrementsOfSpan.get(period) ?? [];
  const named =
    keepers.length > 1 ? keepers.map(({ officeId }) => officeId) : figures.map(({ actual }) => actual.keeper);
  return [...new Set(named)].toSorted().map((keeper) => {
    const own = figures.filter(({ actual }) => actual.keeper === keeper);
    const ofWhole = own.filter(({ actual }) => actual.span === period);
    return ofWhole.length > 0
      ? ofWhole
      : increments.flatMap((span) => own.filter(({ actual }) => actual.span === span));
  });
}

function ratioSteps(numerators: readonly string[], denominators: readonly string[], unit: string): readonly Step[] {
  const [numerator, denominator] = [sumDecimals(numerators), sumDecimals(denominators)];
  const added =
    numerators.length < 2
      ? []
      : [
          step({ th: 'รวมตัวตั้ง', en: 'Σ numerator' }, numerators.join(' + '), numerator),
          step({ th: 'รวมตัวหาร', en: 'Σ denominator' }, denominators.join(' + '), denominator),
        ];
  const hundred = unit === PERCENT;
  const quotient = divideDecimals(
    hundred ? multiplyDecimals(numerator, '100') : numerator,
    denominator,
    SCORE_FRACTION_DIGITS,
  );
  if (quotient === undefined) return added;
  return [
    ...added,
    step(
      { th: 'หาร', en: 'divided' },
      hundred ? `${numerator} × 100 ÷ ${denominator}` : `${numerator} ÷ ${denominator}`,
      quotient,
      SCORE_FRACTION_DIGITS,
    ),
  ];
}
