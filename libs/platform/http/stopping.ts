import { setMaxListeners } from 'node:events';
import type { ServerResponse } from 'node:http';

/** Whether the service is about to stop: long answers end themselves, new requests are refused. */
export class Stopping {
  private readonly controller = new AbortController();

  constructor() {
    // Every long answer listens; how many of them there are is bounded where they begin (`open-streams.ts`).
    setMaxListeners(0, this.controller.signal);
  }

  /** Aborted from the moment on at which the service stops taking requests. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /**
   * For what is awaited while something is answered: aborted when the service stops or the answer is over, also because the
   * client has left. `AbortSignal.any` would leave a few bytes at the signal of this process with every request.
   */
  whileAnswering(answer: Pick<ServerResponse, 'once'>): AbortSignal {
    const over = new AbortController();
    const end = (): void => over.abort();
    this.signal.addEventListener('abort', end, { once: true });
    if (this.signal.aborted) end();
    answer.once('close', () => {
      this.signal.removeEventListener('abort', end);
      end();
    });
    return over.signal;
  }

  begin(): void {
    this.controller.abort();
  }
}
