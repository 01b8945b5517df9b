import { orderViolations, type TimedAppend } from './real-time-order';

const timed = (name: string, invokedAt: number, acknowledgedAt: number, position: number): TimedAppend => ({
  name,
  invokedAt,
  acknowledgedAt,
  position,
});
const namesOf = (appends: readonly TimedAppend[]): string[][] =>
  orderViolations(appends).map(({ earlier, later }) => [earlier.name, later.name]);

describe('real-time order', () => {
  test('holds for appends one after another', () => {
    expect(namesOf([timed('a', 0, 1, 5), timed('b', 2, 3, 6), timed('c', 4, 5, 7)])).toEqual([]);
  });

  test('leaves appends at the same time free', () => {
    expect(namesOf([timed('a', 0, 10, 9), timed('b', 1, 9, 4), timed('c', 9, 12, 2)])).toEqual([]);
  });

  test('does not hold where a later append stands before an acknowledged one', () => {
    expect(namesOf([timed('b', 2, 3, 5), timed('a', 0, 1, 6)])).toEqual([['a', 'b']]);
  });

  test('is judged against the furthest of all that was acknowledged before', () => {
    const appends = [
      timed('far', 0, 1, 90),
      timed('near', 2, 3, 10),
      timed('late', 50, 51, 20),
      timed('last', 60, 61, 91),
    ];
    expect(namesOf(appends)).toEqual([
      ['far', 'near'],
      ['far', 'late'],
    ]);
  });
});
