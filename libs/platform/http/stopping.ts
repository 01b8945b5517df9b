import { setMaxListeners } from 'node:events';

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

  begin(): void {
    this.controller.abort();
  }
}
