import { setTimeout as delay } from 'node:timers/promises';
import type { HeadsLog } from '@khamrap/platform/transparency';
import type { AccessSeals } from './access-seals';

const LOOK_MS = 60_000;
const LAST_SEAL_MS_MAX = 5_000;

/**
 * Seals the access log as soon as it is due, and once more when the service stops. Where several instances do this, the log
 * decides: the seal of one is the end of the wait of all.
 * @param hours how old a row becomes before it is sealed; 0 leaves all of it out
 * @returns what ends it
 */
export function sealRegularly(seals: AccessSeals, hours: number, log: HeadsLog): () => Promise<void> {
  let running = Promise.resolve();
  const run = (work: () => ReturnType<AccessSeals['seal']>): Promise<void> =>
    (running = running.then(work).then(
      (made) => {
        if (made) log.info(`sealed ${made.size} rows of the access log`);
      },
      (error: unknown) => log.error(`the access log was not sealed: ${error instanceof Error ? error.message : ''}`),
    ));
  const look = (): void => void run(() => seals.sealWhenDue(hours));
  look();
  const timer = setInterval(look, LOOK_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    // A store that is away is not waited for: the next start seals what was left.
    const late = new AbortController();
    const last = hours === 0 ? running : run(() => seals.sealWhenStopping());
    await Promise.race([last, delay(LAST_SEAL_MS_MAX, undefined, { signal: late.signal }).catch(() => undefined)]);
    late.abort();
  };
}
