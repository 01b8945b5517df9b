import { inspect } from 'node:util';
import { agreementDecider } from './agreement.decider';
import type { AgreementEvent } from './agreement.events';
import { ImpossibleHistory } from './agreement.evolve';
import {
  actualReported,
  drafted,
  IN_EFFECT,
  indicatorAdded,
  MAKER,
  MONITORED,
  READY_DRAFT,
  RECEIVER,
  signed,
  stateAfter,
  targetSet,
  tookEffect,
  WITNESS,
} from './agreement.examples';

const LED_BY_OFFICE_3 = expect.objectContaining({
  leadOffice: expect.objectContaining({ officeId: 'office-3' }) as unknown,
});
const voided: AgreementEvent = { type: 'SignaturesVoided', data: { signatures: [] } };

test('the fold lets go of the full terms once the agreement is in effect', () => {
  const [before, after] = [READY_DRAFT, IN_EFFECT].map((past) => inspect(stateAfter(past), { depth: null }));
  for (const text of ['คำรับรองการปฏิบัติราชการ', 'รายได้จากผลิตภัณฑ์ชุมชน', '1200000']) {
    expect(before).toContain(text);
    expect(after).not.toContain(text);
  }
});

test('the fold keeps whom an agreement concerns, in every status', () => {
  const indicator = indicatorAdded({ leadOffice: { officeId: 'office-3', officeName: 'สำนักงานตัวอย่าง' } });
  const draft = [drafted({ province: 'TH-54' }), indicator, targetSet()];
  const inEffect = [...draft, signed('maker', draft), signed('receiver', draft), tookEffect(draft)];
  for (const past of [draft, inEffect, [drafted({ province: 'TH-54', basis: 'announced' }), indicator]]) {
    const state = stateAfter(past);
    expect(state).toMatchObject({
      province: 'TH-54',
      parties: [MAKER, RECEIVER, WITNESS].map(({ side, officeId }) => ({ side, officeId })),
    });
    expect(state).toHaveProperty(
      'indicators',
      new Map([['income', expect.objectContaining({ terms: LED_BY_OFFICE_3 })]]),
    );
  }
});

test('the fold drops the signatures that were voided, and no other', () => {
  const byOtherMaker = signed('maker', READY_DRAFT, { officeId: 'district-2' });
  const past = [...READY_DRAFT, signed('maker', READY_DRAFT), byOtherMaker, signed('witness', READY_DRAFT)];
  const signatures = [MAKER, WITNESS].map(({ side, officeId }) => ({ side, officeId }));
  const state = stateAfter([...past, { type: 'SignaturesVoided', data: { signatures } }]);
  expect(state).toMatchObject({ signatures: [{ side: 'maker', officeId: 'district-2' }] });
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
