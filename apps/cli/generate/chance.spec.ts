import { Chance } from './chance';

const words = Array.from({ length: 20_000 }, (_, index) => ['word', index] as const);

test('the same seed and words give the same choice, another seed another one', () => {
  const [one, same, other] = [new Chance(7), new Chance(7), new Chance(8)];
  expect(words.map((each) => one.fraction(...each))).toEqual(words.map((each) => same.fraction(...each)));
  expect(words.filter((each) => one.fraction(...each) === other.fraction(...each)).length).toBeLessThan(5);
});

test.each([0, 1, 12_345])('choices are spread evenly, also between neighbouring words (seed %i)', (seed) => {
  const chance = new Chance(seed);
  const counts = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (const each of words) counts[chance.integer(0, 9, ...each)]!++;
  for (const count of counts) expect(Math.abs(count - 2_000)).toBeLessThan(250);
  expect(words.filter((each) => chance.happens(0.1, ...each)).length).toBeGreaterThan(1_700);
  expect(words.some((each) => chance.happens(0, ...each))).toBe(false);
  expect(words.every((each) => chance.happens(1, ...each))).toBe(true);
});
