/** One side of a comparison: runs for a while and answers with what it measured. */
export type Contestant<Result> = (durationMs: number, round: number) => Promise<Result>;

export interface Rounds {
  readonly count: number;
  readonly durationMs: number;
  readonly warmUpMs: number;
}

/**
 * Runs all sides in turn, A B C A B C …, so that a slow minute of the machine is shared by all. Each side is warmed up once,
 * as round 0, which does not count.
 */
export async function alternate<Name extends string, Result>(
  contestants: Readonly<Record<Name, Contestant<Result>>>,
  { count, durationMs, warmUpMs }: Rounds,
): Promise<Record<Name, Result[]>> {
  const sides = Object.entries<Contestant<Result>>(contestants);
  for (const [, contestant] of sides) await contestant(warmUpMs, 0);
  const results = Object.fromEntries(sides.map(([name]) => [name, [] as Result[]])) as Record<Name, Result[]>;
  for (let round = 1; round <= count; round++) {
    for (const [name, contestant] of sides) results[name as Name].push(await contestant(durationMs, round));
  }
  return results;
}

/**
 * Keeps a number of operations in flight for a while, each lane beginning its next when its last has ended.
 * @param operation does one and answers with how many events it stored
 * @returns events a second, until the last operation had ended
 */
export async function eventsASecond(
  laneCount: number,
  durationMs: number,
  operation: (lane: number) => Promise<number>,
): Promise<number> {
  const begun = performance.now();
  const counts = await Promise.all(
    Array.from({ length: laneCount }, async (_, lane) => {
      let count = 0;
      while (performance.now() - begun < durationMs) count += await operation(lane);
      return count;
    }),
  );
  const seconds = (performance.now() - begun) / 1_000;
  return counts.reduce((sum, count) => sum + count, 0) / seconds;
}
