/** How a store differs from an empty one that nobody else uses. Zero turns a disturbance off. */
export interface StoreOptions {
  /** Offset of the first record; by default behind 2^53, where an offset that became a number is wrong. */
  readonly start?: bigint;
  /** Milliseconds since 1970; may go backwards, as clocks of servers do. */
  readonly clock?: () => number;
  /** Every how-manieth append is a transaction of the old kind, committed (and placed in $all) behind its prepares. */
  readonly transactionEvery?: number;
  /** After every how-manieth append the server writes statistics of its own into $all. */
  readonly systemEventEvery?: number;
  /** After every how-manieth append another application writes an event of its own. */
  readonly foreignEventEvery?: number;
  readonly foreignStream?: string;
}

/** What is not said otherwise. */
export const STORE_DEFAULTS: Required<StoreOptions> = {
  start: 2n ** 53n + 1n,
  clock: () => Date.now(),
  transactionEvery: 7,
  systemEventEvery: 5,
  foreignEventEvery: 6,
  foreignStream: 'khamrapid-orders-1',
};
