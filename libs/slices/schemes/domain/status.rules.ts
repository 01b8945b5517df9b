import { compareDecimals, MEASURED_STATUSES, STATUSES, type Rejection } from '@khamrap/kernel';
import type { PublishStatusRules } from './scheme.commands';
import { refuse } from './scheme.refusals';

type StatusRulesData = PublishStatusRules['data'];
type Threshold = StatusRulesData['thresholds'][number];

/** Refuses rules under which a status could never be told, or a better figure have the worse one. */
export function refusalOfStatusRules(rules: StatusRulesData): Rejection | undefined {
  return refusalOfPrecedence(rules) ?? refusalOfThresholds(rules);
}

function refusalOfPrecedence({ precedence }: StatusRulesData): Rejection | undefined {
  const repeated = precedence.findIndex((status, index) => precedence.indexOf(status) < index);
  if (repeated >= 0) return refuse('statusRules.statusRepeated', {}, `/precedence/${repeated}`);
  const missing = STATUSES.filter((status) => !precedence.includes(status));
  return missing.length === 0 ? undefined : refuse('statusRules.statusMissing', { statuses: missing }, '/precedence');
}

function refusalOfThresholds({ thresholds }: StatusRulesData): Rejection | undefined {
  if (thresholds.length === 0) return refuse('statusRules.thresholdMissing', {}, '/thresholds');
  for (const [index, threshold] of thresholds.entries()) {
    const pointer = `/thresholds/${index}`;
    const isMet = threshold.measure === 'targetMet';
    if (isMet !== (threshold.from === undefined)) return refuse('statusRules.boundMismatched', {}, `${pointer}/from`);
    const before = thresholds.slice(0, index).filter(({ measure }) => measure === threshold.measure);
    if (before.some(({ status }) => status === threshold.status)) {
      return refuse('statusRules.thresholdRepeated', {}, pointer);
    }
    // A target is met or not, so only one status can ask for that.
    if (!before.every((other) => isInOrder(other, threshold)))
      return refuse('statusRules.thresholdsUnsorted', {}, pointer);
  }
  return undefined;
}

/** Whether the better one of two statuses has the higher bound. */
function isInOrder(one: Threshold, other: Threshold): boolean {
  if (one.from === undefined || other.from === undefined) return false;
  const isBetter = MEASURED_STATUSES.indexOf(one.status) < MEASURED_STATUSES.indexOf(other.status);
  const difference = compareDecimals(one.from, other.from);
  return isBetter ? difference > 0 : difference < 0;
}
