/**
 * A position counts the events of one log from 0, without gaps, in commit order. `asOfPosition: p` means the first p + 1
 * events, which is the tree of size p + 1 in the transparency log.
 */
export type Position = number;

/** The position before the first event: what a reader that has seen nothing has seen. */
export const BEFORE_FIRST: Position = -1;

/** A revision counts the events of one stream from 0, without gaps. */
export type Revision = number;

/** The expected revision of a stream that must not exist yet. */
export const NO_STREAM: Revision = -1;
