import {
  compareDecimals,
  NOT_STATED,
  percentOf,
  SCORE_FRACTION_DIGITS,
  subtractDecimals,
  type BothLanguages,
  type StatusRules,
} from '@khamrap/kernel';
import { STEPS_IN_ORDER } from '../../domain/due';
import { amountOf, judge, judgementBeforePublication, type Judgement } from '../../domain/judgement';
import { headlineOf } from '../../domain/target-terms';
import type { TargetVersion } from '../standings/folded-agreement';
import { step, type Explanation, type Input, type RuleUsed, type Step } from './explanation';
import { figureAt, figureInputs, type Place } from './figure-explained';
import type { Moment } from './recorded-life';
import { targetInputs } from './target-inputs';

/** What is told of a figure beside its target. */
export interface Judged {
  readonly gap: Explanation;
  readonly attainmentPercent: Explanation;
  readonly status: Explanation;
}

/** Of what nobody outside is told while a round is open. */
export interface Withholding {
  /** Whether it may be known that nothing was reported. */
  readonly isSilenceKnown: boolean;
  /** Whether whoever asks is told only what is published. */
  readonly isPublic: boolean;
}

const GAP: BothLanguages = { th: 'ผลการดำเนินงาน − ค่าเป้าหมาย', en: 'actual − target' };
const ATTAINMENT: BothLanguages = {
  th: 'ผลการดำเนินงาน × 100 ÷ ค่าเป้าหมาย ปัดครึ่งขึ้นทศนิยม 2 ตำแหน่ง',
  en: 'actual × 100 ÷ target, half-up to 2 digits',
};
const STATUS: BothLanguages = {
  th: 'สถานะแรกตามลำดับของเกณฑ์สถานะที่ตรงกับข้อเท็จจริง',
  en: 'the first status, in the order of the status rules, that applies to the facts',
};
const ATTAINMENT_FRACTION_DIGITS = 2;
const WITHHELD: BothLanguages = {
  th: 'ผลการดำเนินงานและขั้นตอนตรวจรับรองผลที่ยังไม่เผยแพร่',
  en: 'figures and certifications that are not published',
};

/** Gap, attainment and status of an indicator in a span. */
export function judgedExplained(
  moment: Moment,
  place: Place,
  version: TargetVersion | undefined,
  isApplicable: boolean,
  withholding: Withholding,
): Judged {
  const { rules } = moment.agreement;
  const { direction } = place.indicator.terms;
  const figure = figureAt(moment, place);
  const isVerified =
    place.figures.length > 0 &&
    place.figures.every(({ steps }) => STEPS_IN_ORDER.every((each) => steps.includes(each)));
  const judgement = judge({ direction, target: version?.terms, figure, isApplicable, isVerified }, rules);
  const inputs = [...targetInputs(moment, version), ...figureInputs(moment, place, figure)];
  const amount = figure.kind === 'figure' ? amountOf(figure) : undefined;
  const headline = version && headlineOf(version.terms)?.criterion;
  const target = headline?.kind === 'single' ? headline.value : undefined;
  const facts = { inputs, rule: null, reason: judgement.statusReason };
  // Thresholds are held against as many digits as they may have themselves.
  const isPercent = judgement.attainmentPercent !== null && amount !== undefined && target !== undefined;
  const exactAttainment = (isPercent && percentOf(amount, target, SCORE_FRACTION_DIGITS)) || null;
  return {
    gap: { formula: GAP, ...facts, ...gapOf(judgement, amount, target) },
    attainmentPercent: { formula: ATTAINMENT, ...facts, ...attainmentOf(judgement, amount, target) },
    status: statusExplained(
      moment,
      place,
      { judgement, exactAttainment, inputs, isApplicable, isVerified },
      withholding,
    ),
  };
}

type Worked = Pick<Explanation, 'steps' | 'result'>;
const NONE: Worked = { steps: [], result: null };

function gapOf({ gap }: Judgement, amount: string | undefined, target: string | undefined): Worked {
  if (gap === null || amount === undefined || target === undefined) return NONE;
  const difference = subtractDecimals(amount, target);
  return { steps: [step(GAP, `${amount} − ${target}`, difference)], result: difference };
}

function attainmentOf(
  { attainmentPercent }: Judgement,
  amount: string | undefined,
  target: string | undefined,
): Worked {
  if (attainmentPercent === null || amount === undefined || target === undefined) return NONE;
  const percent = percentOf(amount, target, ATTAINMENT_FRACTION_DIGITS);
  if (percent === undefined) return NONE;
  return {
    steps: [step(ATTAINMENT, `${amount} × 100 ÷ ${target}`, percent, ATTAINMENT_FRACTION_DIGITS)],
    result: percent,
  };
}

interface StatusFacts {
  readonly judgement: Judgement;
  readonly exactAttainment: string | null;
  readonly inputs: readonly Input[];
  readonly isApplicable: boolean;
  readonly isVerified: boolean;
}

function statusExplained(
  moment: Moment,
  place: Place,
  { judgement, exactAttainment, inputs, isApplicable, isVerified }: StatusFacts,
  { isSilenceKnown, isPublic }: Withholding,
): Explanation {
  const { statusRules } = moment.agreement.rules;
  const told = isSilenceKnown ? judgement : judgementBeforePublication(judgement);
  const isWithheld = isPublic && !isSilenceKnown;
  return {
    formula: STATUS,
    inputs: [
      ...inputs,
      ...(isApplicable ? [] : [{ name: 'notApplicable', label: NOT_APPLICABLE, value: 'yes', event: null }]),
      ...(isWithheld ? [] : [certificationInput(moment, place, isVerified, isPublic)]),
    ],
    steps: [
      ...thresholdSteps(statusRules, judgement, exactAttainment),
      step(STATUS, told.statusReason ?? told.status, told.status),
    ],
    rule: ruleOf(moment, statusRules),
    result: told.status,
    reason: told.statusReason,
    ...(isWithheld && { withheld: [WITHHELD] }),
  };
}

const NOT_APPLICABLE: BothLanguages = {
  th: 'ยกเว้น ยกเลิก หรือไม่นับในรอบนี้',
  en: 'exempt, cancelled, or not counted in this round',
};

function certificationInput(
  { statements }: Moment,
  { indicator, figures, round }: Place,
  isVerified: boolean,
  isPublic: boolean,
): Input {
  const last = figures.at(-1)?.actual;
  const certified = last && statements.last('certified', indicator.terms.indicatorId, last.span, last.keeper);
  // To the public it is the closing of the round that says so.
  const event = isPublic ? statements.last('closed', round ?? '') : (certified ?? null);
  const label = { th: 'ตรวจรับรองผลครบทุกขั้น', en: 'all steps of certification done' };
  return { name: 'certified', label, value: isVerified ? 'yes' : 'no', event };
}

function ruleOf({ agreement, statements }: Moment, { statusRulesVersion }: StatusRules): RuleUsed {
  const event = statements.last('statusRules');
  return {
    kind: 'statusRules',
    schemeId: event === null ? null : (agreement.scheme?.schemeId ?? null),
    version: statusRulesVersion,
    event,
  };
}

/** Which thresholds are reached, as far as there is something to measure. */
function thresholdSteps(
  { thresholds }: StatusRules,
  { score }: Judgement,
  attainmentPercent: string | null,
): readonly Step[] {
  const measured = { score: score?.scored === true ? score.score : null, attainmentPercent };
  return thresholds.flatMap(({ status, measure, from }) => {
    const value = measure === 'targetMet' ? null : measured[measure];
    if (value === null || from === undefined) return [];
    const isReached = compareDecimals(value, from) >= 0;
    const does = { th: `เกณฑ์ของสถานะ ${status}`, en: `threshold of ${status}` };
    return [step(does, `${measure} ${value} ${isReached ? '≥' : '<'} ${from}`, isReached ? 'yes' : 'no')];
  });
}

/** The version of the target that stands beside a span: its own, or one without a span beside an actual of its own. */
export function targetVersionOf({ indicator, period }: Place, hasOwnActual: boolean): TargetVersion | undefined {
  const { targets } = indicator;
  return (targets.get(period) ?? (hasOwnActual ? targets.get(NOT_STATED) : undefined))?.at(-1);
}
