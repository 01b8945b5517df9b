/** The 77 provinces by ISO 3166-2: the codes of six regions, each without a gap. */
export const PROVINCES: readonly string[] = (
  [
    [10, 27],
    [30, 58],
    [60, 67],
    [70, 77],
    [80, 86],
    [90, 96],
  ] as const
).flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, index) => `TH-${first + index}`));
