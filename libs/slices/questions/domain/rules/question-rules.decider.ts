import { compareDecimals, type Decider, type Rejection } from '@khamrap/kernel';
import { refuse } from '../question.refusals';
import type { QuestionRulesEvent, QuestionRulesPublished } from './question-rules.events';
import { RULES } from './rule-catalogue';
import { RULE_CODES, type RuleCode, type RuleMode } from './rule-vocabulary';
import { RULES_OF_PROGRAM, rulesOf, type RuleInForce, type RulesInForce } from './rules-in-force';

/** A change of one rule; what is not named stays as it is. */
export interface RuleChange {
  readonly rule: RuleCode;
  readonly mode?: RuleMode | undefined;
  readonly thresholds?: readonly { readonly name: string; readonly value: string }[] | undefined;
}

/** Puts other rules in force, from its position on. The same again changes nothing. */
export interface PublishQuestionRules {
  readonly type: 'PublishQuestionRules';
  readonly data: { readonly rules: readonly RuleChange[]; readonly reason: string };
}

/** The rules of the stream `question-rules-current`. */
export const questionRulesDecider: Decider<RulesInForce, PublishQuestionRules, QuestionRulesEvent> = {
  initialState: RULES_OF_PROGRAM,
  decide,
  evolve: (_state, { data }) => rulesOf(data),
};

function decide(
  { data: { rules: changes, reason } }: PublishQuestionRules,
  inForce: RulesInForce,
): readonly QuestionRulesEvent[] | Rejection {
  const named = new Set<RuleCode>();
  for (const [index, change] of changes.entries()) {
    if (named.has(change.rule)) return refuse('questionRules.ruleRepeated', { rule: change.rule }, `/rules/${index}`);
    named.add(change.rule);
    const refusal = refusalOfThresholds(change, index);
    if (refusal) return refusal;
  }
  const byRule = new Map(changes.map((change) => [change.rule, change]));
  const rules = RULE_CODES.map((rule) => stated(rule, inForce.rules[rule], byRule.get(rule)));
  const published: QuestionRulesPublished['data'] = { rulesVersion: inForce.rulesVersion + 1, rules, reason };
  const isSame = RULE_CODES.every((rule) => isAlike(rulesOf(published).rules[rule], inForce.rules[rule]));
  return isSame ? [] : [{ type: 'QuestionRulesPublished', data: published }];
}

function refusalOfThresholds({ rule, thresholds = [] }: RuleChange, index: number): Rejection | undefined {
  for (const [at, { name, value }] of thresholds.entries()) {
    const pointer = `/rules/${index}/thresholds/${at}`;
    const known = Object.hasOwn(RULES[rule].thresholds, name) ? RULES[rule].thresholds[name] : undefined;
    if (!known) return refuse('questionRules.thresholdUnknown', { rule, name }, `${pointer}/name`);
    const { min, max } = known;
    if (compareDecimals(value, min) < 0 || compareDecimals(value, max) > 0)
      return refuse('questionRules.thresholdOutOfRange', { rule, name, value, min, max }, `${pointer}/value`);
    if (thresholds.slice(0, at).some((before) => before.name === name))
      return refuse('questionRules.thresholdRepeated', { rule, name }, `${pointer}/name`);
  }
  return undefined;
}

function stated(
  rule: RuleCode,
  standing: RuleInForce,
  change: RuleChange | undefined,
): QuestionRulesPublished['data']['rules'][number] {
  const changed = new Map((change?.thresholds ?? []).map(({ name, value }) => [name, value]));
  const thresholds = Object.entries(standing.thresholds).map(([name, value]) => ({
    name,
    value: changed.get(name) ?? value,
  }));
  return { rule, mode: change?.mode ?? standing.mode, thresholds };
}

function isAlike(one: RuleInForce, other: RuleInForce): boolean {
  return (
    one.mode === other.mode &&
    Object.entries(one.thresholds).every(([name, value]) => compareDecimals(value, other.thresholds[name] ?? '') === 0)
  );
}
