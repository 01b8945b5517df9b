import { isoDate, streamName } from '@khamrap/kernel';
import { CommandSalts, EventCodec } from '@khamrap/platform/event-store';
import { commandContext, specification } from '@khamrap/testing';
import type { QuestionCommand } from './question.commands';
import { questionDecider } from './question.decider';
import { questionEventDeclarations, type QuestionEvent } from './question.events';
import {
  acceptExplanation,
  explainQuestion,
  explanationAccepted,
  explanationReturned,
  HEAD,
  openQuestion,
  publishRules,
  questionExplained,
  questionOpened,
  questionReopened,
  reopenQuestion,
  returnExplanation,
  rulesPublished,
  TODAY,
  WHOLE_QUESTION,
} from './question.examples';
import { questionRefusals } from './question.refusals';
import { questionRulesDecider } from './rules/question-rules.decider';
import { RULES } from './rules/rule-catalogue';
import { RULE_CODES } from './rules/rule-vocabulary';
import { holds, RULES_OF_PROGRAM, rulesOf } from './rules/rules-in-force';

const { given } = specification(questionDecider);
const OPEN = [questionOpened()];
const EXPLAINED = [...OPEN, questionExplained()];
const ACCEPTED = [...EXPLAINED, explanationAccepted()];

const accepted: readonly [string, readonly QuestionEvent[], QuestionCommand, QuestionEvent][] = [
  ['opened', [], openQuestion(), questionOpened()],
  ['opened of what names no office', [], openQuestion({ offices: [] }), questionOpened({ offices: [] })],
  ['opened until today', [], openQuestion({ dueOn: TODAY }), questionOpened({ dueOn: TODAY })],
  ['explained', OPEN, explainQuestion(), questionExplained()],
  ['returned', EXPLAINED, returnExplanation(), explanationReturned()],
  ['explained again', [...EXPLAINED, explanationReturned()], explainQuestion(), questionExplained()],
  ['accepted', EXPLAINED, acceptExplanation(), explanationAccepted()],
  ['reopened', ACCEPTED, reopenQuestion(), questionReopened()],
  ['explained after it was reopened', [...ACCEPTED, questionReopened()], explainQuestion(), questionExplained()],
];
test.each(accepted)('a question is %s', (_what, history, command, event) => {
  given(...history)
    .when(command)
    .then(event);
});

const YESTERDAY = isoDate('2026-11-26');
const refused: readonly [string, readonly QuestionEvent[], QuestionCommand][] = [
  ['question.alreadyOpened', OPEN, openQuestion()],
  ['question.alreadyOpened', ACCEPTED, openQuestion()],
  ['question.officeNotConcerned', [], openQuestion({ askedOffice: 'district-9' })],
  ['question.dueInThePast', [], openQuestion({ dueOn: YESTERDAY })],
  ['question.dueInThePast', EXPLAINED, returnExplanation({ dueOn: YESTERDAY })],
  ['question.dueInThePast', ACCEPTED, reopenQuestion({ dueOn: YESTERDAY })],
  ['question.notOpened', [], explainQuestion()],
  ['question.notOpened', [], returnExplanation()],
  ['question.notOpened', [], acceptExplanation()],
  ['question.notOpened', [], reopenQuestion()],
  ['question.alreadyExplained', EXPLAINED, explainQuestion()],
  ['question.alreadyAccepted', ACCEPTED, explainQuestion()],
  ['question.alreadyAccepted', ACCEPTED, acceptExplanation()],
  ['question.nothingExplained', OPEN, acceptExplanation()],
  ['question.nothingExplained', OPEN, returnExplanation()],
  ['question.notAccepted', EXPLAINED, reopenQuestion()],
  ['question.ownExplanation', EXPLAINED, acceptExplanation({ acceptedBy: HEAD })],
  ['question.ownExplanation', EXPLAINED, returnExplanation({ returnedBy: HEAD })],
  // Whoever explained once judges no later explanation of the same question either.
  [
    'question.ownExplanation',
    [...EXPLAINED, explanationReturned(), questionExplained({ explainedBy: 'other' })],
    acceptExplanation({ acceptedBy: HEAD }),
  ],
];
test.each(refused)('%s (%#)', (code, history, command) => {
  given(...history)
    .when(command)
    .thenRejected(code);
});

describe('rules', () => {
  const rules = specification(questionRulesDecider);
  const LATER = { rule: 'reportedLate', thresholds: [{ name: 'daysLate', value: '3' }] } as const;
  const OFF = { rule: 'evidenceUsedTwice', mode: 'off' } as const;

  test('are published whole, what is not named as it was', () => {
    rules.given().when(publishRules(LATER)).then(rulesPublished(2, LATER));
    rules
      .given(rulesPublished(2, LATER))
      .when(publishRules(OFF))
      .then(rulesPublished(3, LATER, OFF));
    rules.given(rulesPublished(2, LATER)).when(publishRules(LATER)).thenNothing();
    rules
      .given()
      .when(publishRules({ rule: 'reportedLate', mode: 'ask' }))
      .thenNothing();
  });

  test.each([
    ['questionRules.ruleRepeated', publishRules(OFF, OFF)],
    ['questionRules.thresholdUnknown', publishRules({ ...LATER, thresholds: [{ name: 'days', value: '1' }] })],
    ['questionRules.thresholdUnknown', publishRules({ ...LATER, thresholds: [{ name: 'toString', value: '1' }] })],
    ['questionRules.thresholdOutOfRange', publishRules({ ...LATER, thresholds: [{ name: 'daysLate', value: '-1' }] })],
    [
      'questionRules.thresholdOutOfRange',
      publishRules({ ...LATER, thresholds: [{ name: 'daysLate', value: '9999' }] }),
    ],
    [
      'questionRules.thresholdRepeated',
      publishRules({ ...LATER, thresholds: [...LATER.thresholds, ...LATER.thresholds] }),
    ],
  ])('%s', (code, command) => {
    rules.given().when(command).thenRejected(code);
  });

  test.each([
    ['reportedLate', { daysLate: '1' }, true],
    ['reportedLate', { daysLate: '0' }, false],
    ['signedAfterYearBegan', { days: '90' }, false],
    ['signedAfterYearBegan', { days: '91' }, true],
    ['correctedInBulkNearDeadline', { figures: '4', sharePercent: '50.00', daysBefore: '1' }, true],
    ['correctedInBulkNearDeadline', { figures: '4', sharePercent: '49.99', daysBefore: '1' }, false],
    ['correctedInBulkNearDeadline', { figures: '4', sharePercent: '80', daysBefore: '2' }, false],
    ['figuresWithoutEvidence', { sharePercent: '100' }, false],
    ['awardOnSupersededResult', {}, true],
  ] as const)('%s with %j: %s', (rule, measures, expected) => {
    expect(holds(rule, RULES_OF_PROGRAM.rules[rule], measures)).toBe(expected);
  });

  test('one that an event does not know is in force as the program has it', () => {
    const { rulesVersion, rules: inForce } = rulesOf({ ...rulesPublished(5).data, rules: [] });
    expect([rulesVersion, inForce]).toEqual([5, RULES_OF_PROGRAM.rules]);
  });

  test('are told in both languages, and begin within what their thresholds may be', () => {
    for (const rule of RULE_CODES) {
      const { title, asks, thresholds } = RULES[rule];
      const told = [title, asks, ...Object.values(thresholds).map((threshold) => threshold.told)];
      for (const { th, en } of told)
        expect([th, en]).toEqual([expect.stringMatching(/[ก-๙]/), expect.stringMatching(/[a-z]/i)]);
      for (const { value, min, max } of Object.values(thresholds)) {
        expect(Number(value)).toBeGreaterThanOrEqual(Number(min));
        expect(Number(value)).toBeLessThanOrEqual(Number(max));
      }
    }
  });
});

test.each(
  [...WHOLE_QUESTION.slice(0, 3), ...WHOLE_QUESTION.slice(4), rulesPublished()].map(
    (event) => [event.type, event] as const,
  ),
)('%s comes back from the record as it went in, and hides nothing', (_type, event) => {
  const codec = new EventCodec(questionEventDeclarations);
  const place = { index: 0, stream: streamName('question', 'a'), revision: 0 };
  const encoded = codec.encode({ event, ...place, context: commandContext(), salts: new CommandSalts() });
  expect(codec.decode(encoded.event).data).toEqual(event.data);
  expect(encoded.disclosures).toEqual([]);
});

test('every refusal is explained in both languages', () => {
  for (const [code] of refused) expect(questionRefusals).toHaveProperty([code]);
  for (const { title } of Object.values(questionRefusals)) {
    expect(title.th).toMatch(/[ก-๙]/);
    expect(title.en).toMatch(/^[A-Z]/);
  }
});
