import { setTimeout as delay } from 'node:timers/promises';

export interface Pace {
  /** As many as the source puts into a batch at the most. */
  readonly batchCountMax: number;
  /** How long what comes is let gather after a batch that was not full. */
  readonly gatherMs: number;
  readonly signal: AbortSignal;
}

/**
 * While there is much to catch up with, reads the next batch as the present one is being written. Then lets what comes gather for
 * a moment.
 */
export async function* paced<Item>(
  source: AsyncIterable<readonly Item[]>,
  { batchCountMax, gatherMs, signal }: Pace,
): AsyncGenerator<readonly Item[]> {
  const iterator = source[Symbol.asyncIterator]();
  let coming = iterator.next();
  try {
    for (;;) {
      const result = await coming;
      if (result.done) return;
      const isFull = result.value.length === batchCountMax;
      if (isFull) {
        coming = iterator.next();
        // Taken up by the next turn of the loop; until then its failure is nobody's.
        coming.catch(() => undefined);
      }
      yield result.value;
      if (!isFull) {
        await delay(gatherMs, undefined, { signal }).catch(() => undefined);
        coming = iterator.next();
      }
    }
  } finally {
    void iterator.return?.();
  }
}
