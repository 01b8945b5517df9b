import { SeededRandom } from './seeded-random';

const many = (random: SeededRandom): number[] => Array.from({ length: 1_000 }, () => random.fraction());

describe('a seeded source of chance', () => {
  test('says the same for the same seed and something else for another', () => {
    expect(many(new SeededRandom(7))).toEqual(many(new SeededRandom(7)));
    expect(many(new SeededRandom(7))).not.toEqual(many(new SeededRandom(8)));
  });

  test('is the published mulberry32', () => {
    const random = new SeededRandom(1);
    expect([random.fraction(), random.fraction()]).toEqual([0.6270739405881613, 0.002735721180215478]);
  });

  test('reaches both ends of a range and nothing beyond, about evenly', () => {
    const random = new SeededRandom(3);
    const counts = new Map<number, number>();
    for (let draw = 0; draw < 6_000; draw++) {
      const face = random.integer(1, 6);
      counts.set(face, (counts.get(face) ?? 0) + 1);
    }
    expect(new Set(counts.keys())).toEqual(new Set([1, 2, 3, 4, 5, 6]));
    for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });

  test('shuffles without losing or doubling anything', () => {
    const items = Array.from({ length: 50 }, (_, index) => index);
    const shuffled = new SeededRandom(5).shuffled(items);
    expect(shuffled).not.toEqual(items);
    expect([...shuffled].sort((a, b) => a - b)).toEqual(items);
  });

  test('draws well-formed UUIDs, each another', () => {
    const random = new SeededRandom(11);
    const drawn = Array.from({ length: 200 }, () => random.uuid());
    for (const uuid of drawn)
      expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(drawn).size).toBe(200);
  });

  test('branches that differ, whatever the trunk has drawn', () => {
    const trunk = new SeededRandom(13);
    const before = many(trunk.branch('first'));
    trunk.fraction();
    expect(many(trunk.branch('first'))).toEqual(before);
    expect(many(trunk.branch('second'))).not.toEqual(before);
  });

  test('keeps to the share of a chance', () => {
    const random = new SeededRandom(17);
    const hits = Array.from({ length: 10_000 }, () => random.chance(0.2)).filter(Boolean).length;
    expect(Math.abs(hits - 2_000)).toBeLessThan(200);
    expect(random.chance(0)).toBe(false);
    expect(random.chance(1)).toBe(true);
  });

  test('refuses to pick from nothing', () => {
    expect(() => new SeededRandom(1).pick([])).toThrow(RangeError);
  });
});
