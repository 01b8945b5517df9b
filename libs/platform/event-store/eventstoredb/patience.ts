import { setTimeout as delay } from 'node:timers/promises';
import { OutcomeUnknown, StoreUnavailable } from '../event-store';

const PAUSE_MS_MAX = 250;

/** Waits before a call is repeated: longer each time, and never as long as others that wait for the same. */
export function pause(attempt: number): Promise<void> {
  return delay(Math.min(10 * 2 ** attempt, PAUSE_MS_MAX) * (0.5 + Math.random() / 2));
}

/** What a piece of work comes to. @throws Error when that takes too long; the work goes on */
export async function within<Result>(timeoutMs: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

/** What to tell of an append that is given up. */
export function givenUp(mayStand: boolean, cause: unknown): Error {
  return mayStand
    ? new OutcomeUnknown('the store did not answer', { cause })
    : new StoreUnavailable('the store does not take appends now', { cause });
}
