/** Whether the service is about to stop: long answers end themselves, new requests are refused. */
export class Stopping {
  private readonly controller = new AbortController();

  /** Aborted from the moment on at which the service stops taking requests. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  begin(): void {
    this.controller.abort();
  }
}
