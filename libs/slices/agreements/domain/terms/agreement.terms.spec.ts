import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import type { AgreementEvent } from '../agreement.events';
import {
  ACCEPTED,
  drafted,
  indicatorAdded,
  MAKER,
  READY_DRAFT,
  signed,
  stateAfter,
  targetSet,
  termsHashAfter,
} from '../agreement.examples';
import { canonicalTerms, termsHashOf } from './agreement.terms';

const CHILD = {
  indicatorId: 'x',
  displayNumber: '1.2',
  parentIndicatorId: 'income',
  unit: 'percent',
  weight: 'notStated',
} as const;
const CHILD_TARGET = { indicatorId: 'x', span: '2026-10-01..2026-12-31', value: '5', unit: 'percent' } as const;

// Signatures name hashes of this very text for ever. When this fails, the form needs a new number, not a new expectation.
const TERMS_OF_FORM_1 =
  '{"fiscalYear":2570,"form":1,"indicators":[' +
  '{"direction":"higher","displayNumber":"1","name":"รายได้จากผลิตภัณฑ์ชุมชน","targets":[' +
  '{"span":"2026-10-01..2027-03-31","unit":"baht","value":"1200000"}],"unit":"baht","weight":"40"},' +
  '{"direction":"higher","displayNumber":"1.2","name":"รายได้จากผลิตภัณฑ์ชุมชน","parentNumber":"1","targets":[' +
  '{"span":"2026-10-01..2026-12-31","unit":"percent","value":"5"},' +
  '{"asPrinted":"๖","span":"2027-01-01..2027-03-31","unit":"percent","value":"6"}],"unit":"percent","weight":"notStated"}],' +
  '"level":"district","parties":[' +
  '{"officeId":"district-1","officeName":"อำเภอตัวอย่าง","side":"maker"},' +
  '{"officeId":"province-1","officeName":"จังหวัดตัวอย่าง","side":"receiver"},' +
  '{"officeId":"office-9","officeName":"สำนักงานพยานตัวอย่าง","side":"witness"}],' +
  '"period":{"from":"2026-10-01","to":"2027-09-30"},' +
  '"title":"คำรับรองการปฏิบัติราชการ อำเภอตัวอย่าง ปีงบประมาณ พ.ศ. 2570"}';

function draftAfter(past: readonly AgreementEvent[]) {
  const state = stateAfter(past);
  if (state.status !== 'draft') throw new Error(`the agreement is ${state.status}`);
  return state;
}

test('the text of the terms is canonical, complete, and free of what the ledger made up', () => {
  const later = targetSet({ ...CHILD_TARGET, span: '2027-01-01..2027-03-31', value: '6', asPrinted: '๖' });
  const draft = draftAfter([...READY_DRAFT, indicatorAdded(CHILD), later, targetSet(CHILD_TARGET)]);
  expect(canonicalTerms(draft)).toBe(TERMS_OF_FORM_1);
  expect(termsHashOf(draft)).toBe(createHash('sha256').update(TERMS_OF_FORM_1, 'utf8').digest('hex'));
});

test.each<[string, readonly AgreementEvent[]]>([
  ['the title', [drafted({ title: 'อื่น' }), ...READY_DRAFT.slice(1)]],
  ['a party', [drafted({ parties: [MAKER] }), ...READY_DRAFT.slice(1)]],
  ['the preamble', [drafted({ preamble: 'เพื่อประชาชน' }), ...READY_DRAFT.slice(1)]],
  ['another indicator', [...READY_DRAFT, indicatorAdded(CHILD)]],
  ['a weight', [drafted(), indicatorAdded({ weight: '40.0' }), targetSet()]],
  ['the lead office', [drafted(), indicatorAdded({ leadOffice: { officeId: 'o', officeName: 'ส' } }), targetSet()]],
  ['a definition', [drafted(), indicatorAdded({ definition: 'นับเฉพาะที่จำหน่ายแล้ว' }), targetSet()]],
  ['the keepers', [drafted(), indicatorAdded({ keepers: [{ officeId: 'o', officeName: 'ส' }] }), targetSet()]],
  ['a baseline', [drafted(), indicatorAdded({ baselines: [{ fiscalYear: 2569, value: '1' }] }), targetSet()]],
  ['the rounds', [drafted(), indicatorAdded({ rounds: ['twelveMonths'] }), targetSet()]],
  ['the scheme', [drafted({ scheme: { schemeId: 's', ruleVersion: 1, calendarVersion: 1 } }), ...READY_DRAFT.slice(1)]],
  ['a parent', [drafted({ parents: [{ chain: 'governor', agreementId: 'p' }] }), ...READY_DRAFT.slice(1)]],
  ['the levels of a target', [...READY_DRAFT, targetSet({ criterion: 'threeAnchors', levels: ['1', '2', '3'] })]],
  ['what a target is compared with', [...READY_DRAFT, targetSet({ comparisonSpan: '2025-10-01..2026-03-31' })]],
  ['the value of a target', [...READY_DRAFT, targetSet({ value: '1200001' })]],
])('%s changes the hash', (_what, past) => {
  expect(termsHashAfter(past)).not.toBe(termsHashAfter(READY_DRAFT));
});

test('neither agreeing nor signing changes the hash', () => {
  expect(termsHashAfter([...ACCEPTED, signed('maker', READY_DRAFT)])).toBe(termsHashAfter(READY_DRAFT));
});

test('the hash does not depend on the order in which indicators and targets were entered', () => {
  const numbers = ['1', '2', '3', '8', '9', '10', '11'];
  const spans = ['notStated', '2026-10-01..2026-12-31', '2026-10-01..2027-09-30'];
  const entered = (order: readonly string[], spanOrder: readonly string[]) => [
    drafted(),
    ...order.map((displayNumber) => indicatorAdded({ indicatorId: `i${displayNumber}`, displayNumber })),
    ...order.flatMap((number) =>
      spanOrder.map((span) => targetSet({ indicatorId: `i${number}`, span, value: number })),
    ),
  ];
  const hash = termsHashAfter(entered(numbers, spans));
  const shuffled = <Item>(items: readonly Item[]) =>
    fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length });
  fc.assert(
    fc.property(shuffled(numbers), shuffled(spans), (order, spanOrder) => {
      expect(termsHashAfter(entered(order, spanOrder))).toBe(hash);
    }),
  );
});
