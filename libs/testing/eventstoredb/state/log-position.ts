/** Where something stands in the log of a store: byte offsets of its commit and of its prepare, as $all is ordered. */
export interface LogPosition {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** The largest signed number of 64 bits: revision of a tombstone, and the `$tb` that means softly deleted. */
export const INT64_MAX = 9_223_372_036_854_775_807n;

/** How the protocol writes a position that is not known: the unsigned reading of -1. */
export const UNKNOWN_POSITION = 18_446_744_073_709_551_615n;

/** Negative, zero or positive, as `a` stands before, at or behind `b`. */
export function comparePositions(a: LogPosition, b: LogPosition): number {
  if (a.commit !== b.commit) return a.commit < b.commit ? -1 : 1;
  if (a.prepare !== b.prepare) return a.prepare < b.prepare ? -1 : 1;
  return 0;
}
