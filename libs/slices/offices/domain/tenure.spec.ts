import { isoDate, NOT_STATED } from '@khamrap/kernel';
import { holderOn, overlaps, type StatedDays } from './tenure';

const day = isoDate;
const [A, B, C, D] = [day('2026-10-01'), day('2026-12-31'), day('2027-01-01'), day('2027-09-30')];
const days = (from: StatedDays['from'], until?: StatedDays['until']): StatedDays => ({ from, until });

test.each([
  ['one after the other', days(A, B), days(C, D), false],
  ['a shared day', days(A, C), days(C, D), true],
  ['one within the other', days(A), days(B, C), true],
  ['before an open one', days(A, B), days(C), false],
  ['two open ones', days(A), days(D), true],
  ['an end that is not stated: only its first day is certain', days(A, NOT_STATED), days(B, C), false],
  ['a first day within another', days(B, NOT_STATED), days(A, C), true],
  ['a last day within another', days(NOT_STATED, B), days(A, C), true],
  ['a last day before another', days(NOT_STATED, A), days(B, C), false],
  ['an open one since nobody knows when', days(NOT_STATED), days(A, D), false],
  ['nothing stated', days(NOT_STATED, NOT_STATED), days(A, D), false],
])('%s', (_what, one, other, isOverlap) => {
  expect([overlaps(one, other), overlaps(other, one)]).toEqual([isOverlap, isOverlap]);
});

const first = { name: 'first', ...days(A, B) };
const second = { name: 'second', ...days(D) };
const undatedEnd = { name: 'undated end', ...days(A, NOT_STATED) };
const undatedBegin = { name: 'undated begin', ...days(NOT_STATED, C) };
const undatedOpen = { name: 'undated and open', ...days(NOT_STATED) };

test.each([
  ['nobody on record', [], A, 'notStated', undefined],
  ['before the first on record', [first, second], day('2026-09-30'), 'notStated', undefined],
  ['on the first day', [first, second], A, 'held', 'first'],
  ['on the last day', [first, second], B, 'held', 'first'],
  ['between two', [first, second], C, 'vacant', undefined],
  ['from the second on, for ever', [first, second], day('2099-12-31'), 'held', 'second'],
  ['the one day that is stated', [undatedEnd], A, 'held', 'undated end'],
  ['after it, perhaps', [undatedEnd], B, 'notStated', 'undated end'],
  ['before it, by nobody on record', [undatedEnd], day('2026-09-30'), 'notStated', undefined],
  ['up to a stated last day, perhaps', [undatedBegin], A, 'notStated', 'undated begin'],
  ['after it, not', [undatedBegin], D, 'vacant', undefined],
  ['a certain holder before a possible one', [undatedOpen, first], B, 'held', 'first'],
  ['the possible one that was recorded last', [undatedEnd, undatedOpen], C, 'notStated', 'undated and open'],
])('%s', (_what, tenures, on, standing, name) => {
  const found = holderOn(tenures, on);
  expect([found.standing, found.holder?.name]).toEqual([standing, name]);
});
