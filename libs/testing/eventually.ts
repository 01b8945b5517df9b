import { setTimeout as pause } from 'node:timers/promises';

const WAIT_MS_MAX = 10_000;
const PAUSE_MS = 10;

/** What was waited for did not come in time. */
export class NotInTime extends Error {
  override readonly name = 'NotInTime';
}

/**
 * Asks again and again until there is an answer, which is anything but `undefined`; bounded.
 * @throws NotInTime with `what` after `waitMsMax` milliseconds
 */
export async function eventually<Answer>(
  what: string,
  ask: () => Promise<Answer | undefined> | Answer | undefined,
  waitMsMax: number = WAIT_MS_MAX,
): Promise<Answer> {
  const endsAt = performance.now() + waitMsMax;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > endsAt) throw new NotInTime(`${what}: not within ${waitMsMax} ms`);
    await pause(PAUSE_MS);
  }
}

/**
 * The result of `promise` when it comes in time.
 * @throws NotInTime with `what` after `waitMsMax` milliseconds
 */
export async function within<Result>(waitMsMax: number, what: string, promise: Promise<Result>): Promise<Result> {
  const timer = new AbortController();
  const tooLate = pause(waitMsMax, undefined, { signal: timer.signal }).then(
    () => {
      throw new NotInTime(`${what}: not within ${waitMsMax} ms`);
    },
    () => new Promise<never>(() => undefined),
  );
  try {
    return await Promise.race([promise, tooLate]);
  } finally {
    timer.abort();
  }
}
