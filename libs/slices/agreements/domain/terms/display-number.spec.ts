import { compareDisplayNumbers, isBelow, isDisplayNumber } from './display-number';

test('a display number is whole numbers from 1, joined by points', () => {
  for (const number of ['1', '8.1', '12', '1.1.2', '9999.9999']) expect(isDisplayNumber(number)).toBe(true);
  for (const text of [
    '',
    '0',
    '1.',
    '.1',
    '1..2',
    '1.0',
    '01',
    ' 1',
    '1\n',
    '1a',
    'ก',
    '๑',
    '-1',
    '10000',
    '1.'.repeat(11),
  ]) {
    expect(isDisplayNumber(text)).toBe(false);
  }
});

test('numbers are shown part by part, parents before their children', () => {
  const shown = ['1', '1.1', '1.1.1', '1.1.2', '1.2', '1.10', '2', '8', '8.1', '9', '10', '10.1'];
  expect(shown.toReversed().sort(compareDisplayNumbers)).toEqual(shown);
  expect(compareDisplayNumbers('8.1', '8.1')).toBe(0);
});

test('below means in the tree, not in the text', () => {
  expect(isBelow('8.1', '8')).toBe(true);
  expect(isBelow('8.1.2', '8')).toBe(true);
  expect(isBelow('8', '8')).toBe(false);
  expect(isBelow('81', '8')).toBe(false);
});
