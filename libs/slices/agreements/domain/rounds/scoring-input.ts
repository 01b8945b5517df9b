import type { ActualToScore, Figure, TargetToScore } from '@khamrap/kernel';
import type { EvaluationRoundClosed, Unit } from '../agreement.events';
import type { TargetTerms } from '../agreement.state';
import { ImpossibleHistory } from '../evolving';
import { criterionOf } from '../terms/target.rules';

// Between the words of this slice's events and those of the kernel's scoring, which knows no agreement.

/** The figure of a round as its snapshot keeps it. */
export type FigureInSnapshot = NonNullable<EvaluationRoundClosed['data']['indicators'][number]['figure']>;

/** The target as scoring reads it; undefined where there is none that a figure could be held against. */
export function targetToScore(target: TargetTerms | undefined): TargetToScore | undefined {
  const criterion = target && criterionOf(target);
  return criterion && { criterion, unit: target.unit, comparisonSpan: target.comparisonSpan };
}

/** What has to be reached: the headline value where one is stated, else the criterion, which may have several anchors. */
export function headlineOf(target: TargetTerms | undefined): TargetToScore | undefined {
  const scored = targetToScore(target);
  if (!scored || target?.value === undefined) return scored;
  return { ...scored, criterion: { kind: 'single', value: target.value } };
}

/** A reported figure; an adopted one counts as the value that it repeats. */
export function figureToScore(reported: Omit<FigureInSnapshot, 'unit'>): Figure {
  const { kind, value, numerator, denominator, comparisonSpan, milestone, date } = reported;
  switch (kind) {
    case 'value':
    case 'adopted':
      return { kind: 'value', value: stated(value) };
    case 'ratio':
      return { kind, numerator: stated(numerator), denominator: stated(denominator) };
    case 'delta':
      return { kind, value: stated(value), comparisonSpan: stated(comparisonSpan) };
    case 'milestone':
      return { kind, level: stated(milestone) };
    case 'date':
      return { kind, date: stated(date) };
    case 'narrative':
    case 'notAvailable':
      return { kind };
  }
}

/** The combined figure of a round, for its snapshot; an assessor's score stands there as a value in the unit `score`. */
export function figureInSnapshot({ figure, unit }: ActualToScore): FigureInSnapshot {
  const outline = { unit: unit as Unit };
  switch (figure.kind) {
    case 'value':
      return { kind: figure.kind, ...outline, value: figure.value };
    case 'ratio':
      return { kind: figure.kind, ...outline, numerator: figure.numerator, denominator: figure.denominator };
    case 'delta':
      return { kind: figure.kind, ...outline, value: figure.value, comparisonSpan: figure.comparisonSpan };
    case 'milestone':
      return { kind: figure.kind, ...outline, milestone: figure.level };
    case 'date':
      return { kind: figure.kind, ...outline, date: figure.date };
    case 'judged':
      return { kind: 'value', unit: 'score', value: figure.score };
    case 'narrative':
    case 'notAvailable':
      return { kind: figure.kind, ...outline };
  }
}

function stated<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new ImpossibleHistory('a figure lacks what its kind is made of');
  return value;
}
