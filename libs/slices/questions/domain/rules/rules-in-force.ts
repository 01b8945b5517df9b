import { compareDecimals } from '@khamrap/kernel';
import type { QuestionRulesPublished } from './question-rules.events';
import { RULES } from './rule-catalogue';
import { RULE_CODES, type Comparison, type RuleCode, type RuleMode } from './rule-vocabulary';

/** How one rule is in force: whether it asks, and from which numbers on. */
export interface RuleInForce {
  readonly mode: RuleMode;
  readonly thresholds: Readonly<Record<string, string>>;
}

/** All rules as they are in force at a position of the log. */
export interface RulesInForce {
  /** 1 where none were published: the program's own. */
  readonly rulesVersion: number;
  readonly rules: Readonly<Record<RuleCode, RuleInForce>>;
}

/** What was measured, by the names of the thresholds that it is held against. */
export type Measures = Readonly<Record<string, string>>;

/** The rules of the program, in force until others are published. */
export const RULES_OF_PROGRAM: RulesInForce = {
  rulesVersion: 1,
  rules: Object.fromEntries(
    RULE_CODES.map((code) => {
      const { mode, thresholds } = RULES[code];
      const values = Object.entries(thresholds).map(([name, { value }]) => [name, value]);
      return [code, { mode, thresholds: Object.fromEntries(values) as Readonly<Record<string, string>> }];
    }),
  ) as Record<RuleCode, RuleInForce>,
};

/** The rules as an event states them; one that the event does not know is in force as the program has it. */
export function rulesOf({ rulesVersion, rules }: QuestionRulesPublished['data']): RulesInForce {
  const stated = rules.map(({ rule, mode, thresholds }) => {
    const values = Object.fromEntries(thresholds.map(({ name, value }) => [name, value]));
    return [rule, { mode, thresholds: { ...RULES_OF_PROGRAM.rules[rule].thresholds, ...values } }];
  });
  return { rulesVersion, rules: { ...RULES_OF_PROGRAM.rules, ...(Object.fromEntries(stated) as object) } };
}

/** Whether a rule in force holds for what was measured. A threshold that nothing was measured for does not stand in its way. */
export function holds(code: RuleCode, { mode, thresholds }: RuleInForce, measures: Measures): boolean {
  if (mode === 'off') return false;
  return Object.entries(RULES[code].thresholds).every(([name, { is, value }]) => {
    const measure = measures[name];
    return measure === undefined || stands(measure, is, thresholds[name] ?? value);
  });
}

function stands(measure: string, is: Comparison, threshold: string): boolean {
  const compared = compareDecimals(measure, threshold);
  switch (is) {
    case 'atLeast':
      return compared >= 0;
    case 'moreThan':
      return compared > 0;
    case 'atMost':
      return compared <= 0;
  }
}
