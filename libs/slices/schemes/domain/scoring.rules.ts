import { compareDecimals, SCORE_FRACTION_DIGITS, type DecimalText, type Rejection } from '@khamrap/kernel';
import type { PublishBands, PublishScoringRule } from './scheme.commands';
import { refuse } from './scheme.refusals';
import type { PublishedScheme } from './scheme.state';

type ScoringRuleData = PublishScoringRule['data'];

/** Refuses a rule under which a better figure could have the lower score, or silence a better one than a report. */
export function refusalOfScoringRule(rule: ScoringRuleData, { lowestBound }: PublishedScheme): Rejection | undefined {
  return (
    refusalOfPrecision(rule) ??
    refusalOfPoints(rule.fiveLevels, 5, '/fiveLevels') ??
    refusalOfPoints(rule.threeAnchors, 3, '/threeAnchors') ??
    refusalOfPair(rule.single.notMet, rule.single.met, '/single') ??
    refusalOfPair(rule.judged.min, rule.judged.max, '/judged') ??
    refusalOfFloor(rule) ??
    refusalOfGap(lowestBound, rule.belowLowest, '/belowLowest')
  );
}

/** Refuses bands that leave open which of them holds a total. */
export function refusalOfBands({ bands }: PublishBands['data'], { floor }: PublishedScheme): Rejection | undefined {
  if (bands.length === 0) return refuse('bands.missing', {}, '/bands');
  for (const [index, { code, from }] of bands.entries()) {
    const before = bands.slice(0, index);
    if (before.some((other) => other.code === code)) return refuse('bands.repeated', { code }, `/bands/${index}/code`);
    const below = before.at(-1);
    const step = below ? compareDecimals(from, below.from) : 1;
    if (step === 0) return refuse('bands.overlapping', { code }, `/bands/${index}/from`);
    if (step < 0) return refuse('bands.unsorted', { code }, `/bands/${index}/from`);
  }
  return refusalOfGap(bands[0]?.from, floor, '/bands/0/from');
}

/** Below the lowest band no total is told in any. The floor is the lowest total that the rule gives. */
function refusalOfGap(
  lowestBound: DecimalText | undefined,
  floor: DecimalText | undefined,
  pointer: string,
): Rejection | undefined {
  if (lowestBound === undefined || floor === undefined || compareDecimals(lowestBound, floor) <= 0) return undefined;
  return refuse('bands.floorUncovered', { lowestBound, floor }, pointer);
}

function refusalOfPrecision(rule: ScoringRuleData): Rejection | undefined {
  const { belowLowest, single, judged } = rule;
  const points = [
    ...rule.fiveLevels,
    ...rule.threeAnchors,
    belowLowest,
    single.met,
    single.notMet,
    judged.min,
    judged.max,
  ];
  const tooFine = points.find((point) => (point.split('.')[1]?.length ?? 0) > SCORE_FRACTION_DIGITS);
  return tooFine === undefined ? undefined : refuse('scoring.pointTooFine', { point: tooFine });
}

function refusalOfPoints(points: readonly DecimalText[], count: number, pointer: string): Rejection | undefined {
  if (points.length !== count) return refuse('scoring.pointCountWrong', { count }, pointer);
  const fallen = points.findIndex(
    (point, index) => index > 0 && compareDecimals(point, points[index - 1] ?? point) <= 0,
  );
  return fallen < 0 ? undefined : refuse('scoring.pointsNotIncreasing', {}, `${pointer}/${fallen}`);
}

function refusalOfPair(lower: DecimalText, higher: DecimalText, pointer: string): Rejection | undefined {
  return compareDecimals(lower, higher) < 0 ? undefined : refuse('scoring.pointsNotIncreasing', {}, pointer);
}

function refusalOfFloor({
  belowLowest,
  fiveLevels,
  threeAnchors,
  single,
  judged,
}: ScoringRuleData): Rejection | undefined {
  const lowest = [fiveLevels[0], threeAnchors[0], single.notMet, judged.min];
  const isBelowAll = lowest.every((point) => point !== undefined && compareDecimals(belowLowest, point) <= 0);
  return isBelowAll ? undefined : refuse('scoring.floorAboveLowest', { belowLowest }, '/belowLowest');
}
