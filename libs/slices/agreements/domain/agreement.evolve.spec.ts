import { inspect } from 'node:util';
import { agreementDecider } from './agreement.decider';
import type { AgreementEvent } from './agreement.events';
import { ImpossibleHistory } from './agreement.evolve';
import {
  actualReported,
  drafted,
  IN_EFFECT,
  indicatorAdded,
  MONITORED,
  READY_DRAFT,
  signed,
  stateAfter,
  targetSet,
  tookEffect,
} from './agreement.examples';

const voided: AgreementEvent = { type: 'SignaturesVoided', data: { signatures: [] } };

test('the fold lets go of the full terms once the agreement is in effect', () => {
  const [before, after] = [READY_DRAFT, IN_EFFECT].map((past) => inspect(stateAfter(past), { depth: null }));
  for (const text of ['คำรับรองการปฏิบัติราชการ', 'รายได้จากผลิตภัณฑ์ชุมชน', '1200000']) {
    expect(before).toContain(text);
    expect(after).not.toContain(text);
  }
});

test('the fold copies nothing of other indicators when an actual is reported', () => {
  const past = [...MONITORED, indicatorAdded({ indicatorId: 'other', displayNumber: '2' })];
  const before = stateAfter(past);
  const after = agreementDecider.evolve(before, actualReported());
  if (before.status !== 'monitored' || after.status !== 'monitored') throw new Error('not monitored');
  expect(after.indicators.get('other')).toBe(before.indicators.get('other'));
  expect(before.indicators.get('income')?.reportedSpans.size).toBe(0);
  expect(after.indicators.get('income')?.reportedSpans.size).toBe(1);
});

test.each<[string, readonly AgreementEvent[]]>([
  ['nothing was drafted', [indicatorAdded()]],
  ['it was drafted before', [drafted(), drafted()]],
  ['the indicator was never added', [drafted(), targetSet()]],
  ['nobody can sign', [...MONITORED, signed('maker', READY_DRAFT)]],
  ['no signature can be voided', [...IN_EFFECT, voided]],
  ['it is in effect already', [...IN_EFFECT, tookEffect(READY_DRAFT)]],
  ['it is still a draft', [...READY_DRAFT, actualReported()]],
])('the fold stops where the history is impossible: %s', (_why, history) => {
  expect(() => stateAfter(history)).toThrow(ImpossibleHistory);
});
