import type { TargetSet } from '@khamrap/agreements/events';
import type { Criterion, TargetToScore } from '@khamrap/kernel';

/** A target as the terms, or an amendment of them, state it for a span. */
export type TargetTerms = Omit<TargetSet['data'], 'indicatorId'>;

/** A target as scoring reads it; undefined where the terms leave out what their criterion is made of. */
export function targetToScore(terms: TargetTerms): TargetToScore | undefined {
  const criterion = criterionOf(terms);
  return criterion && around(terms, criterion);
}

/**
 * The one value, level or day that has to be reached. Of several anchors none is the target, unless the terms state a headline
 * value beside them.
 */
export function headlineOf(terms: TargetTerms): TargetToScore | undefined {
  const { criterion = 'single', value } = terms;
  if (value === undefined || criterion === 'single' || criterion === 'dates') return targetToScore(terms);
  if (criterion !== 'milestones') return around(terms, { kind: 'single', value });
  return /^[1-5]$/.test(value) ? around(terms, { kind: 'milestones', levels: [Number(value)] }) : targetToScore(terms);
}

function criterionOf(terms: TargetTerms): Criterion | undefined {
  const { criterion = 'single', value, levels = [], milestones = [], dates = [] } = terms;
  switch (criterion) {
    case 'single':
      return value === undefined ? undefined : { kind: 'single', value };
    case 'fiveLevels':
    case 'threeAnchors':
      return { kind: criterion, values: levels };
    case 'milestones':
      return { kind: 'milestones', levels: milestones.map(({ level }) => level).toSorted((one, other) => one - other) };
    case 'dates':
      return { kind: 'dates', dates };
  }
}

function around({ unit, comparisonSpan }: TargetTerms, criterion: Criterion): TargetToScore {
  return { criterion, unit, ...(comparisonSpan !== undefined && { comparisonSpan }) };
}
