import type { AnyNarrations, Fact, Narration } from '@khamrap/audit/events';
import { toldDay, type BothLanguages } from '@khamrap/kernel';
import type { QuestionEvent, QuestionOpened } from './domain/question.events';
import type { QuestionRulesEvent } from './domain/rules/question-rules.events';
import { RULES } from './domain/rules/rule-catalogue';
import type { RuleCode, RuleMode } from './domain/rules/rule-vocabulary';
import { RULES_OF_PROGRAM, rulesOf, type RulesInForce } from './domain/rules/rules-in-force';

interface ToldQuestion {
  readonly opened: QuestionOpened['data'];
  readonly status: 'opened' | 'explained' | 'returned' | 'accepted';
  readonly dueOn: QuestionOpened['data']['dueOn'];
}

const STATUS: Readonly<Record<ToldQuestion['status'], BothLanguages>> = {
  opened: { th: 'รอคำชี้แจง', en: 'waits for an explanation' },
  explained: { th: 'ชี้แจงแล้ว รอพิจารณา', en: 'explained, waits for judgement' },
  returned: { th: 'ส่งคำชี้แจงคืน', en: 'explanation returned' },
  accepted: { th: 'รับคำชี้แจงแล้ว', en: 'explanation accepted' },
};

const question: Narration<ToldQuestion | undefined, QuestionEvent> = {
  begin: undefined,
  evolve: (before, { type, data }) => {
    if (type === 'QuestionOpened') return { opened: data, status: 'opened', dueOn: data.dueOn };
    if (!before) return before;
    switch (type) {
      case 'QuestionExplained':
        return { ...before, status: 'explained' };
      case 'QuestionExplanationReturned':
        return { ...before, status: 'returned', dueOn: data.dueOn };
      case 'QuestionExplanationAccepted':
        return { ...before, status: 'accepted' };
      case 'QuestionReopened':
        return { ...before, status: 'opened', dueOn: data.dueOn };
    }
  },
  facts: (told) => (told ? factsOf(told) : []),
  tells: {
    QuestionOpened: {
      act: { th: 'เปิดข้อสังเกต', en: 'Question opened' },
      sentence: ({ data }, _before, names) => {
        const [title, due, office] = [RULES[data.rule].title, toldDay(data.dueOn), names.office(data.askedOffice)];
        return {
          th: `เปิดข้อสังเกต “${title.th}” ให้${office.th}ชี้แจงภายใน ${due.th}: ${data.seen.th}`,
          en: `The question “${title.en}” was put to ${office.en}, to be explained by ${due.en}: ${data.seen.en}`,
        };
      },
      indicators: ({ indicatorId }) => (indicatorId === undefined ? [] : [indicatorId]),
      why: ({ note }) => ({ text: note }),
    },
    QuestionExplained: {
      act: { th: 'ชี้แจงข้อสังเกต', en: 'Question explained' },
      sentence: ({ data }, _before, names) => {
        const office = names.office(data.officeId);
        return { th: `${office.th}ชี้แจงข้อสังเกต`, en: `${office.en} explained what was asked.` };
      },
      why: ({ text }) => ({ text }),
      evidence: ({ evidence }) => evidence,
    },
    QuestionExplanationReturned: {
      act: { th: 'ส่งคำชี้แจงคืน', en: 'Explanation returned' },
      sentence: ({ data }) => {
        const due = toldDay(data.dueOn);
        return {
          th: `ส่งคำชี้แจงคืน ให้ชี้แจงใหม่ภายใน ${due.th}`,
          en: `The explanation was returned, to be given anew by ${due.en}.`,
        };
      },
      why: ({ reason }) => ({ text: reason }),
    },
    QuestionExplanationAccepted: {
      act: { th: 'รับคำชี้แจง', en: 'Explanation accepted' },
      sentence: () => ({ th: 'รับคำชี้แจง', en: 'The explanation was accepted.' }),
      why: ({ reason }) => ({ text: reason }),
    },
    QuestionReopened: {
      act: { th: 'เปิดข้อสังเกตใหม่', en: 'Question reopened' },
      sentence: ({ data }) => {
        const due = toldDay(data.dueOn);
        return {
          th: `เปิดข้อสังเกตใหม่ ให้ชี้แจงภายใน ${due.th}`,
          en: `What had been accepted was asked again, to be explained by ${due.en}.`,
        };
      },
      why: ({ reason }) => ({ text: reason }),
    },
  },
};

function factsOf({ opened, status, dueOn }: ToldQuestion): readonly Fact[] {
  const { rule, seen } = opened;
  return [
    { key: ['rule'], label: { th: 'กฎ', en: 'Rule' }, value: rule, shown: RULES[rule].title },
    { key: ['seen'], label: { th: 'สิ่งที่พบ', en: 'What was seen' }, value: { ...seen }, shown: seen },
    { key: ['status'], label: { th: 'สถานะ', en: 'Status' }, value: status, shown: STATUS[status] },
    { key: ['dueOn'], label: { th: 'กำหนดชี้แจง', en: 'To be explained by' }, value: dueOn, shown: toldDay(dueOn) },
  ];
}

const MODE: Readonly<Record<RuleMode, BothLanguages>> = {
  ask: { th: 'ตั้งข้อสังเกต', en: 'asks' },
  note: { th: 'บันทึกไว้โดยไม่ถาม', en: 'is noted and asks nobody' },
  off: { th: 'ปิดใช้', en: 'is off' },
};

const questionRules: Narration<RulesInForce, QuestionRulesEvent> = {
  begin: RULES_OF_PROGRAM,
  evolve: (_before, { data }) => rulesOf(data),
  facts: ({ rules }) => (Object.keys(rules) as RuleCode[]).flatMap((rule) => factsOfRule(rule, rules[rule])),
  tells: {
    QuestionRulesPublished: {
      act: { th: 'ประกาศกฎข้อสังเกต', en: 'Rules of questions published' },
      sentence: ({ data: { rulesVersion, rules } }) => {
        const asking = rules.filter(({ mode }) => mode === 'ask').length;
        return {
          th: `ประกาศกฎข้อสังเกตฉบับที่ ${rulesVersion} ตั้งข้อสังเกต ${asking} กฎ`,
          en: `Version ${rulesVersion} of the rules of questions was published; ${asking} rules ask.`,
        };
      },
      why: ({ reason }) => ({ text: reason }),
    },
  },
};

function factsOfRule(rule: RuleCode, { mode, thresholds }: RulesInForce['rules'][RuleCode]): readonly Fact[] {
  const { title, thresholds: described } = RULES[rule];
  return [
    { key: ['rule', rule, 'mode'], label: title, value: mode, shown: MODE[mode] },
    ...Object.entries(thresholds).map(([name, value]): Fact => {
      const told = described[name]?.told ?? { th: name, en: name };
      return {
        key: ['rule', rule, 'threshold', name],
        label: { th: `${title.th}: ${told.th}`, en: `${title.en}: ${told.en}` },
        value,
        shown: { th: value, en: value },
      };
    }),
  ];
}

/** How questions and their rules are told. */
export const questionNarrations = { question, 'question-rules': questionRules } satisfies AnyNarrations;
