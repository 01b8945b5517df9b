import {
  anchorsRefusal,
  NOT_STATED,
  parseSpanKey,
  type AnchorsRefusal,
  type Criterion,
  type Provenance,
  type Rejection,
} from '@khamrap/kernel';
import type { Direction, TargetSet, Unit } from '../agreement.events';
import { refuse, type AgreementRefusal } from '../agreement.refusals';

/** A target as its criterion states it; the span is judged apart (span.rules.ts). */
export type StatedTarget = Omit<TargetSet['data'], 'indicatorId' | 'span'>;

interface Judged {
  readonly target: StatedTarget;
  /** The key of its span. */
  readonly span: string;
  readonly indicator: { readonly unit: Unit; readonly direction: Direction };
  readonly provenance: Provenance['kind'];
}

/** Refuses a target that does not fit its indicator, or not itself. */
export function refusalOfStatedTarget({ target, span, indicator, provenance }: Judged): Rejection | undefined {
  if (indicator.unit !== NOT_STATED && target.unit !== indicator.unit) {
    return refuse('target.unitDiffers', { indicatorUnit: indicator.unit }, '/unit');
  }
  return refusalOfCriterion(target, indicator.direction) ?? refusalOfComparison(target, span, provenance);
}

/** Whether a target can be held against figures that go in a direction. */
export function fitsDirection(target: StatedTarget, direction: Direction): boolean {
  return refusalOfCriterion(target, direction) === undefined;
}

function refusalOfCriterion(target: StatedTarget, direction: Direction): Rejection | undefined {
  const criterion = criterionOf(target);
  if (!criterion) return refuse('target.fieldsDoNotFit', { criterion: target.criterion ?? 'single' });
  const refusal = anchorsRefusal(direction, criterion);
  return refusal && refuse(WHY[refusal], { criterion: criterion.kind, direction });
}

const WHY: Readonly<Record<AnchorsRefusal, AgreementRefusal>> = {
  notMonotone: 'target.anchorsNotMonotone',
  wrongCount: 'target.anchorCountWrong',
  levelOutOfRange: 'target.levelOutOfRange',
  criterionDoesNotFitDirection: 'target.criterionDoesNotFit',
};

/** The criterion as scoring reads it; undefined where the target states too little for it, or what it has no use for. */
export function criterionOf(target: StatedTarget): Criterion | undefined {
  const { criterion: kind = 'single', value, levels, milestones, dates, comparisonSpan } = target;
  switch (kind) {
    case 'single':
      return value === undefined || levels || milestones || dates ? undefined : { kind, value };
    case 'fiveLevels':
    case 'threeAnchors':
      return !levels || milestones || dates ? undefined : { kind, values: levels };
    case 'milestones':
      if (!milestones || value !== undefined || levels || dates || comparisonSpan !== undefined) return undefined;
      return { kind, levels: milestones.map(({ level }) => level) };
    case 'dates':
      if (!dates || value !== undefined || levels || milestones || comparisonSpan !== undefined) return undefined;
      return { kind, dates };
  }
}

function refusalOfComparison(
  { comparisonSpan }: StatedTarget,
  span: string,
  provenance: Provenance['kind'],
): Rejection | undefined {
  if (comparisonSpan === undefined) return undefined;
  if (comparisonSpan === NOT_STATED) {
    return provenance === 'native' ? refuse('span.sourceNeeded', {}, '/comparisonSpan') : undefined;
  }
  if (parseSpanKey(comparisonSpan) !== undefined && comparisonSpan !== span) return undefined;
  return refuse('target.comparisonSpanUnfit', { comparisonSpan }, '/comparisonSpan');
}
