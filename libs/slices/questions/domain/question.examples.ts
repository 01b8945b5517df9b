import { isoDate } from '@khamrap/kernel';
import type {
  AcceptExplanation,
  ExplainQuestion,
  OpenQuestion,
  ReopenQuestion,
  ReturnExplanation,
} from './question.commands';
import type {
  QuestionEvent,
  QuestionExplained,
  QuestionExplanationAccepted,
  QuestionExplanationReturned,
  QuestionOpened,
  QuestionReopened,
} from './question.events';
import type { PublishQuestionRules } from './rules/question-rules.decider';
import type { QuestionRulesPublished } from './rules/question-rules.events';
import { RULE_CODES } from './rules/rule-vocabulary';
import { RULES_OF_PROGRAM } from './rules/rules-in-force';

// Questions for specs, every field of every event in them; each can be changed in the one respect that it is about.

export const TODAY = isoDate('2026-11-27');
export const INSPECTOR = 'person-inspector';
export const HEAD = 'person-head';
const DUE = isoDate('2026-12-15');
const AGREEMENT = '0b7f6a4e-2f0c-5d35-9c53-51b6b1a7c003';

const OPENED: QuestionOpened['data'] = {
  rule: 'targetLoweredAfterActual',
  mode: 'ask',
  rulesVersion: 1,
  thresholds: [{ name: 'easedPercent', value: '0' }],
  agreementId: AGREEMENT,
  schemeId: 'example',
  province: 'TH-54',
  offices: ['district-1', 'province-1'],
  indicatorId: '0b7f6a4e-2f0c-5d35-9c53-51b6b1a7c004',
  span: '2026-10-01..2027-03-31',
  round: '6m',
  fiscalYear: 2570,
  restsOn: [
    {
      eventId: '0b7f6a4e-2f0c-5d35-9c53-51b6b1a7c005',
      position: 41,
      type: 'TargetAmended',
      stream: `agreement-${AGREEMENT}`,
      revision: 12,
    },
  ],
  seen: { th: 'ค่าเป้าหมายเปลี่ยนจาก 1200000 เป็น 1000000', en: 'The target went from 1200000 to 1000000.' },
  askedOffice: 'district-1',
  dueOn: DUE,
  note: 'ขอทราบเหตุผลของการปรับค่าเป้าหมาย',
  openedBy: INSPECTOR,
};
const FILE = { sha256: 'c'.repeat(64), mediaType: 'application/pdf', name: 'หนังสือชี้แจง' };
const EXPLAINED: QuestionExplained['data'] = {
  text: 'ข้อมูลเดิมนับซ้ำสองแหล่ง',
  evidence: [FILE],
  officeId: 'district-1',
  explainedBy: HEAD,
};
const RETURNED: QuestionExplanationReturned['data'] = {
  reason: 'ขอหลักฐานการนับซ้ำ',
  dueOn: DUE,
  returnedBy: INSPECTOR,
};
const ACCEPTED: QuestionExplanationAccepted['data'] = { reason: 'หลักฐานตรงกัน', acceptedBy: INSPECTOR };
const REOPENED: QuestionReopened['data'] = { reason: 'พบข้อมูลใหม่', dueOn: DUE, reopenedBy: INSPECTOR };

export function questionOpened(changes: Partial<QuestionOpened['data']> = {}): QuestionOpened {
  return { type: 'QuestionOpened', data: { ...OPENED, ...changes } };
}
export function questionExplained(changes: Partial<QuestionExplained['data']> = {}): QuestionExplained {
  return { type: 'QuestionExplained', data: { ...EXPLAINED, ...changes } };
}
export function explanationReturned(
  changes: Partial<QuestionExplanationReturned['data']> = {},
): QuestionExplanationReturned {
  return { type: 'QuestionExplanationReturned', data: { ...RETURNED, ...changes } };
}
export function explanationAccepted(
  changes: Partial<QuestionExplanationAccepted['data']> = {},
): QuestionExplanationAccepted {
  return { type: 'QuestionExplanationAccepted', data: { ...ACCEPTED, ...changes } };
}
export function questionReopened(changes: Partial<QuestionReopened['data']> = {}): QuestionReopened {
  return { type: 'QuestionReopened', data: { ...REOPENED, ...changes } };
}

/** A question through all that can happen to it: every event, with every field that it can hold. */
export const WHOLE_QUESTION: readonly QuestionEvent[] = [
  questionOpened(),
  questionExplained(),
  explanationReturned(),
  questionExplained(),
  explanationAccepted(),
  questionReopened(),
];

export function openQuestion(changes: Partial<OpenQuestion['data']> = {}): OpenQuestion {
  return { type: 'OpenQuestion', data: { ...OPENED, ...changes }, today: TODAY };
}
export function explainQuestion(changes: Partial<ExplainQuestion['data']> = {}): ExplainQuestion {
  const { officeId: _asked, ...data } = EXPLAINED;
  return { type: 'ExplainQuestion', data: { ...data, ...changes } };
}
export function returnExplanation(changes: Partial<ReturnExplanation['data']> = {}): ReturnExplanation {
  return { type: 'ReturnExplanation', data: { ...RETURNED, ...changes }, today: TODAY };
}
export function acceptExplanation(changes: Partial<AcceptExplanation['data']> = {}): AcceptExplanation {
  return { type: 'AcceptExplanation', data: { ...ACCEPTED, ...changes } };
}
export function reopenQuestion(changes: Partial<ReopenQuestion['data']> = {}): ReopenQuestion {
  return { type: 'ReopenQuestion', data: { ...REOPENED, ...changes }, today: TODAY };
}

type Change = PublishQuestionRules['data']['rules'][number];

/** The rules of the program with changes in them. */
export function rulesPublished(rulesVersion = 2, ...changes: readonly Change[]): QuestionRulesPublished {
  const rules = RULE_CODES.map((rule) => {
    const change = changes.find((each) => each.rule === rule);
    const { mode, thresholds } = RULES_OF_PROGRAM.rules[rule];
    const changed = new Map((change?.thresholds ?? []).map(({ name, value }) => [name, value]));
    const stated = Object.entries(thresholds).map(([name, value]) => ({ name, value: changed.get(name) ?? value }));
    return { rule, mode: change?.mode ?? mode, thresholds: stated };
  });
  return { type: 'QuestionRulesPublished', data: { rulesVersion, rules, reason: 'ตามมติที่ประชุม' } };
}
export function publishRules(...rules: readonly Change[]): PublishQuestionRules {
  return { type: 'PublishQuestionRules', data: { rules, reason: 'ตามมติที่ประชุม' } };
}
