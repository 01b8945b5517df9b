import type { EvaluationRoundClosed } from '@khamrap/agreements/events';
import { NOT_STATED, parseSpanKey, spanKey } from '@khamrap/kernel';
import { weightCarriers } from '../../domain/round-total';
import type { FoldedFigure, FoldedIndicator } from '../standings/folded-agreement';
import { liesIn } from '../standings/round-calendar';
import { isCounted, slotsOf } from '../standings/standing-row';
import { STEPS_IN_ORDER } from '../../domain/due';
import type { Explanation } from './explanation';
import { figureAt, type Place } from './figure-explained';
import type { Moment } from './recorded-life';
import { scoreExplained, type LeftOut } from './score-explained';
import { roundExplained, type RoundExplained, type Weighed } from './total-explained';
import { targetVersionOf } from './judged-explained';

/** A closed round, worked out from what was known as it was closed. */
export interface RoundAtClosing {
  readonly closed: EvaluationRoundClosed['data'];
  /** By indicator. */
  readonly scores: ReadonlyMap<string, Explanation>;
  readonly explained: RoundExplained;
}

type Entry = readonly [indicatorId: string, indicator: FoldedIndicator];

/** Works out a round at the moment at which it is closed: from reports, targets and weights, not from its snapshot. */
export function roundAtClosing(moment: Moment, closed: EvaluationRoundClosed['data']): RoundAtClosing {
  const { round, span, scheme } = closed;
  const entries = [...moment.agreement.indicators];
  const carriers = carriersOf(moment, entries, round, span);
  const scores = new Map(
    entries.map(([indicatorId, indicator]) => {
      const place = placeOf(moment, indicator, span, round);
      const leftOut = leftOutOf(moment, indicator, round, carriers.has(indicatorId));
      return [indicatorId, scoreExplained(moment, place, targetVersionOf(place, false), leftOut)];
    }),
  );
  const weighed = entries.map(([indicatorId, indicator]) =>
    weighedOf(moment, [indicatorId, indicator], round, span, {
      score: scores.get(indicatorId)?.result ?? undefined,
      isCertified: isCertifiedBy(indicator, span),
    }),
  );
  const bands = scheme.bandsVersion === undefined ? [] : (moment.bands.get(scheme.bandsVersion) ?? []);
  return { closed, scores, explained: roundExplained(moment, weighed, { bands, version: scheme.bandsVersion }) };
}

/** A round that is open, as if it were closed now. */
export function roundIfClosedNow(moment: Moment, round: string): RoundExplained | undefined {
  const { agreement, bandsVersion } = moment;
  const span = agreement.calendar.rounds.find((each) => each.round === round)?.span;
  if (!span || !agreement.rules.scoring) return undefined;
  const period = spanKey(span);
  const weighed = [...agreement.indicators].map(([indicatorId, indicator]) => {
    const place = placeOf(moment, indicator, period, round);
    const isIn = isCounted(agreement, indicator, round);
    const version = targetVersionOf(place, indicator.figures.has(period));
    return weighedOf(moment, [indicatorId, indicator], round, period, {
      score: isIn ? (scoreExplained(moment, place, version, undefined).result ?? undefined) : undefined,
      isCertified: isCertifiedNow(moment, place),
    });
  });
  return roundExplained(moment, weighed, { bands: agreement.bands, version: bandsVersion });
}

function placeOf(moment: Moment, indicator: FoldedIndicator, period: string, round: string): Place {
  const figures = slotsOf(moment.agreement, indicator, period).map(({ current }) => current);
  return { indicator, period, round, figures, knowsScores: true };
}

function carriersOf(moment: Moment, entries: readonly Entry[], round: string, span: string): ReadonlySet<string> {
  const none = { score: undefined, isCertified: false };
  const weighed = entries.map((entry) => weighedOf(moment, entry, round, span, none));
  return new Set(weightCarriers(weighed).map(({ indicatorId }) => indicatorId));
}

function leftOutOf(
  { agreement }: Moment,
  indicator: FoldedIndicator,
  round: string,
  carriesWeight: boolean,
): LeftOut | undefined {
  if (!carriesWeight) return 'weightElsewhere';
  if (isCounted(agreement, indicator, round)) return undefined;
  const { terms, exemptRounds } = indicator;
  if (terms.rounds && terms.rounds.length > 0 && !terms.rounds.includes(round)) return 'otherRounds';
  return exemptRounds.has(round) ? 'exempt' : 'cancelled';
}

function weighedOf(
  { agreement, statements }: Moment,
  [indicatorId, indicator]: Entry,
  round: string,
  span: string,
  made: Pick<Weighed, 'score' | 'isCertified'>,
): Weighed {
  const { terms, weights } = indicator;
  const days = parseSpanKey(span);
  const lastDay = days && days !== NOT_STATED ? days.to : undefined;
  // An amendment that takes effect behind the last day of the round does not reach back.
  const index = weights.findLastIndex(
    ({ effectiveFrom }) => effectiveFrom === undefined || lastDay === undefined || effectiveFrom <= lastDay,
  );
  return {
    indicatorId,
    parentIndicatorId: terms.parentIndicatorId,
    displayNumber: terms.displayNumber,
    weight: weights[index]?.weight ?? NOT_STATED,
    isCounted: isCounted(agreement, indicator, round),
    weightEvent: index < 0 ? null : statements.at(index, 'weight', indicatorId),
    scoreEvent: null,
    ...made,
  };
}

/** As a closing asks it: of a report by its keeper the two steps behind it. */
function isCertifiedBy({ figures }: FoldedIndicator, span: string): boolean {
  const within = [...figures].filter(([key]) => liesIn(key, span));
  const ofWhole = within.filter(([key]) => key === span);
  const parts = (ofWhole.length > 0 ? ofWhole : within).flatMap(([, slots]) => [...slots.values()]);
  return parts.length > 0 && parts.every(({ current }) => isDone(current, ['supervisor', 'performanceUnit']));
}

function isCertifiedNow(moment: Moment, place: Place): boolean {
  const { kind } = figureAt(moment, place);
  const isThere = kind === 'figure' || kind === 'notAvailable';
  return isThere && place.figures.length > 0 && place.figures.every((figure) => isDone(figure, STEPS_IN_ORDER));
}

function isDone({ steps }: FoldedFigure, wanted: readonly FoldedFigure['steps'][number][]): boolean {
  return wanted.every((step) => steps.includes(step));
}
