import { isoDate } from '@khamrap/kernel';
import { specification } from '@khamrap/testing';
import { isTermOver, retentionDecider } from './retention.decider';
import { applyRetention, retentionApplied } from './retention.examples';

const { given } = specification(retentionDecider);
const MANY = Array.from({ length: 1_001 }, (_, index) => `commitment-${index}`);

test.each([
  // Closed on the last day of fiscal year 2559: kept in 2560 to 2569.
  ['2016-09-30', '2026-09-30', false],
  ['2016-09-30', '2026-10-01', true],
  // A day later it is the fiscal year 2560.
  ['2016-10-01', '2026-10-01', false],
  ['2016-10-01', '2027-10-01', true],
])('the term of ten years of what was closed on %s is over on %s: %s', (closedOn, today, isOver) => {
  expect(isTermOver(isoDate(closedOn), 10, isoDate(today))).toBe(isOver);
});

test('what is kept when the term is over is erased, once', () => {
  given().when(applyRetention()).then(retentionApplied());
  given(retentionApplied()).when(applyRetention()).thenRejected('retention.nothingKept');
  given(retentionApplied(['one']))
    .when(applyRetention({ kept: ['one', 'two'] }))
    .then(retentionApplied(['two']));
});

test('more than one event may name is named by several', () => {
  given()
    .when(applyRetention({ kept: MANY }))
    .then(retentionApplied(MANY.slice(0, 1_000)), retentionApplied(MANY.slice(1_000)));
});

test.each([
  ['retention.termNotOver', applyRetention({ today: '2026-09-30' })],
  ['retention.nothingKept', applyRetention({ kept: [] })],
])('%s', (refusal, command) => {
  given().when(command).thenRejected(refusal);
});
