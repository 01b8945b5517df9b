import { inspect } from 'node:util';
import { agreementDecider } from './agreement.decider';
import type { AgreementEvent } from './agreement.events';
import {
  ACCEPTED,
  accepted,
  actualReported,
  amendmentApproved,
  amendmentRejected,
  amendmentRequested,
  drafted,
  IN_EFFECT,
  inEffect,
  indicatorAdded,
  indicatorRemoved,
  indicatorRevised,
  MAKER,
  MONITORED,
  proposed,
  READY_DRAFT,
  RECEIVER,
  signed,
  stateAfter,
  targetSet,
  tookEffect,
  voided,
  withdrawn,
  WITNESS,
} from './agreement.examples';
import { ImpossibleHistory } from './evolving';

const LED_BY_OFFICE_3 = expect.objectContaining({
  leadOffice: expect.objectContaining({ officeId: 'office-3' }) as unknown,
});

test('the fold lets go of the full terms once the agreement is in effect', () => {
  const [before, after] = [READY_DRAFT, IN_EFFECT].map((past) => inspect(stateAfter(past), { depth: null }));
  for (const text of ['คำรับรองการปฏิบัติราชการ', 'รายได้จากผลิตภัณฑ์ชุมชน', 'อำเภอตัวอย่าง']) {
    expect(before).toContain(text);
    expect(after).not.toContain(text);
  }
});

test('the fold keeps whom an agreement concerns, in every status', () => {
  const indicator = indicatorAdded({ leadOffice: { officeId: 'office-3', officeName: 'สำนักงานตัวอย่าง' } });
  const draft = [drafted({ province: 'TH-54' }), indicator, targetSet()];
  for (const past of [draft, inEffect(draft), [drafted({ province: 'TH-54', basis: 'announced' }), indicator]]) {
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
  const state = stateAfter([...past, voided(MAKER, WITNESS)]);
  expect(state).toMatchObject({ signatures: [{ side: 'maker', officeId: 'district-2' }] });
});

test('the fold copies nothing of other indicators when an actual is reported', () => {
  const past = [...MONITORED, indicatorAdded({ indicatorId: 'other', displayNumber: '2' })];
  const before = stateAfter(past);
  const after = agreementDecider.evolve(before, actualReported());
  if (before.status !== 'monitored' || after.status !== 'monitored') throw new Error('not monitored');
  expect(after.indicators.get('other')).toBe(before.indicators.get('other'));
  expect(before.indicators.get('income')?.figures.size).toBe(0);
  expect(after.indicators.get('income')?.figures.size).toBe(1);
});

test('every change of terms takes the proposal back, and no signature does', () => {
  expect(stateAfter(ACCEPTED)).toMatchObject({ negotiation: { stage: 'proposed', acceptedBy: [RECEIVER.officeId] } });
  expect(stateAfter([...ACCEPTED, signed('maker', READY_DRAFT)])).toMatchObject({ negotiation: { stage: 'proposed' } });
  for (const change of [indicatorRevised(), targetSet(), indicatorRemoved()]) {
    expect(stateAfter([...ACCEPTED, change])).toMatchObject({ negotiation: { stage: 'open' } });
  }
});

test('a withdrawn draft keeps its place only, and the next draft begins empty', () => {
  const past = [...ACCEPTED, withdrawn()];
  expect(stateAfter(past)).toMatchObject({ status: 'withdrawn', fiscalYear: 2570, revision: past.length - 1 });
  expect(stateAfter([...past, drafted()])).toMatchObject({
    status: 'draft',
    indicators: new Map(),
    negotiation: { stage: 'open' },
    revision: past.length,
  });
});

test('an amendment is approved by the last receiver', () => {
  const second = { ...RECEIVER, officeId: 'department-1' };
  const past = inEffect([drafted({ parties: [MAKER, RECEIVER] }), indicatorAdded(), targetSet()]);
  const ofTwo = inEffect([drafted({ parties: [MAKER, RECEIVER, second] }), indicatorAdded(), targetSet()]);
  const statusAfter = (history: readonly AgreementEvent[]) => {
    const state = stateAfter(history);
    return state.status === 'inEffect' ? state.amendments.get('amendment-1')?.status : undefined;
  };
  expect(statusAfter([...past, amendmentRequested(), amendmentApproved()])).toBe('approved');
  expect(statusAfter([...ofTwo, amendmentRequested(), amendmentApproved()])).toBe('requested');
  expect(statusAfter([...ofTwo, amendmentRequested(), amendmentRejected()])).toBe('rejected');
});

test.each<[string, readonly AgreementEvent[]]>([
  ['nothing was drafted', [indicatorAdded()]],
  ['it was drafted before', [drafted(), drafted()]],
  ['the indicator was never added', [drafted(), targetSet()]],
  ['nobody can sign', [...MONITORED, signed('maker', READY_DRAFT)]],
  ['no signature can be voided', [...IN_EFFECT, voided()]],
  ['nothing was proposed', [...READY_DRAFT, accepted(READY_DRAFT)]],
  ['there is nothing to propose', [...IN_EFFECT, proposed(READY_DRAFT)]],
  ['what is in effect cannot be withdrawn', [...IN_EFFECT, withdrawn()]],
  ['indicators stay once they are agreed on', [...IN_EFFECT, indicatorRemoved()]],
  ['it was withdrawn', [...READY_DRAFT, withdrawn(), indicatorAdded()]],
  ['only terms in effect are amended', [...READY_DRAFT, amendmentRequested()]],
  ['the amendment was never requested', [...IN_EFFECT, amendmentApproved()]],
  ['it is in effect already', [...IN_EFFECT, tookEffect(READY_DRAFT)]],
  ['it is still a draft', [...READY_DRAFT, actualReported()]],
])('the fold stops where the history is impossible: %s', (_why, history) => {
  expect(() => stateAfter(history)).toThrow(ImpossibleHistory);
});
