import { roundDecimal, type DecimalText } from '../decimal';
import type { RoundFigure } from './round-figure';
import { scoreOf, unscorable, type ScoreOutcome } from './score';
import { SCORE_FRACTION_DIGITS, type ScoringDirection, type ScoringRule, type TargetToScore } from './scoring-rule';

/** Why an indicator stands at the floor although nothing was held against its target. */
export type AtFloorReason = 'notReported' | 'incomplete' | 'notAvailable';

/** The score with which an indicator goes into the total of a round. */
export type RoundScore =
  | ScoreOutcome
  | {
      readonly scored: true;
      readonly score: DecimalText;
      readonly ruleVersion: number;
      readonly atFloor: AtFloorReason;
    }
  | { readonly scored: false; readonly reason: 'notCombinable'; readonly ruleVersion: number };

/**
 * The score of a round's figure; the floor where a keeper has not reported, or has reported that there is no figure, so that
 * nobody is better off for keeping silent.
 */
export function roundScoreOf(
  rule: ScoringRule,
  direction: ScoringDirection,
  target: TargetToScore | undefined,
  roundFigure: RoundFigure,
): RoundScore {
  const { ruleVersion } = rule;
  switch (roundFigure.kind) {
    case 'figure': {
      const outcome = scoreOf(rule, direction, target, roundFigure);
      const isSilent = !outcome.scored && outcome.reason === 'notAvailable';
      return isSilent ? silenceOf('notAvailable', rule, direction, target) : outcome;
    }
    case 'incomplete':
    case 'notReported':
    case 'notAvailable':
      return silenceOf(roundFigure.kind, rule, direction, target);
    case 'notCombinable':
      return { scored: false, reason: 'notCombinable', ruleVersion };
  }
}

function silenceOf(
  atFloor: AtFloorReason,
  { belowLowest, ruleVersion }: ScoringRule,
  direction: ScoringDirection,
  target: TargetToScore | undefined,
): RoundScore {
  // What no report could have scored is not the keeper's silence.
  const reason = unscorable(direction, target);
  if (reason !== undefined) return { scored: false, reason, ruleVersion };
  return { scored: true, score: roundDecimal(belowLowest, SCORE_FRACTION_DIGITS), ruleVersion, atFloor };
}
