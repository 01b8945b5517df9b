import { isoDate } from '../calendar-date';
import { deadlinesOf, timelinessOf, type DeadlineExtension } from './deadline';

const ROUND = { reportDueOn: isoDate('2022-04-15'), certifyDueOn: isoDate('2022-04-30') };
const extension = (reportDueOn: string, offices: string[]): DeadlineExtension => ({
  reportDueOn: isoDate(reportDueOn),
  certifyDueOn: ROUND.certifyDueOn,
  offices,
});

test.each([
  ['phrae-cdd', '2022-04-22'],
  ['nan-cdd', '2022-04-20'],
  [undefined, '2022-04-20'],
])('the report of %s is due on the latest day that reaches it: %s', (office, reportDueOn) => {
  const extensions = [extension('2022-04-22', ['phrae-cdd']), extension('2022-04-20', [])];
  expect(deadlinesOf(ROUND, extensions, office)).toEqual({ ...ROUND, reportDueOn });
  expect(deadlinesOf(ROUND, extensions.toReversed(), office)).toEqual({ ...ROUND, reportDueOn });
  expect(deadlinesOf(ROUND, [], office)).toEqual(ROUND);
});

test.each([
  ['2022-04-15', 'inTime'],
  ['2022-04-16', 'inGrace'],
  ['2022-04-18', 'inGrace'],
  ['2022-04-19', 'late'],
])('what is done on %s is %s', (doneOn, timeliness) => {
  expect(timelinessOf(isoDate(doneOn), ROUND.reportDueOn, 3)).toBe(timeliness);
});
