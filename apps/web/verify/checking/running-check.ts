import { check } from './check';
import type { FromWorker, Progress, Report, Task } from './task';

/** A check was given up by whoever had begun it. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/** A check that is going on, in a worker where the browser has one for this page, and otherwise in the page itself. */
export class RunningCheck {
  /** @throws Cancelled, or Error when the program itself has failed */
  readonly report: Promise<Report>;
  #worker: Worker | undefined;
  #address: string | undefined;
  #reject: (reason: Error) => void = () => undefined;
  #isCancelled = false;

  constructor(
    private readonly task: Task,
    private readonly onProgress: (progress: Progress) => void,
  ) {
    this.report = new Promise<Report>((resolve, reject) => {
      this.#reject = reject;
      this.#begin(resolve);
    }).finally(() => this.#end());
  }

  cancel(): void {
    this.#isCancelled = true;
    this.#reject(new Cancelled());
  }

  #begin(resolve: (report: Report) => void): void {
    try {
      // The program is one file that imports nothing. Chromium lets a page from a disk have classic workers only.
      const worker = new Worker(this.#programAddress());
      this.#worker = worker;
      let isReady = false;
      worker.onerror = ({ message }) => {
        // A page from a disk may not be allowed a worker.
        if (isReady) this.#reject(new Error(message));
        else this.#checkHere(resolve);
      };
      worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        switch (data.kind) {
          case 'ready':
            isReady = true;
            return worker.postMessage(this.task);
          case 'progress':
            return this.onProgress(data.progress);
          case 'report':
            return resolve(data.report);
          case 'failed':
            return this.#reject(new Error(data.reason));
        }
      };
    } catch {
      this.#checkHere(resolve);
    }
  }

  #checkHere(resolve: (report: Report) => void): void {
    check(this.task, (progress) => {
      if (this.#isCancelled) throw new Cancelled();
      this.onProgress(progress);
    }).then(resolve, this.#reject);
  }

  /** The program that this page runs: a file of the service, or what stands in the page that is one file. */
  #programAddress(): string {
    const script = document.querySelector<HTMLScriptElement>('script[type="module"]');
    if (script?.src) return script.src;
    this.#address = URL.createObjectURL(
      new Blob(["'use strict';", script?.textContent ?? ''], { type: 'text/javascript' }),
    );
    return this.#address;
  }

  #end(): void {
    this.#worker?.terminate();
    if (this.#address !== undefined) URL.revokeObjectURL(this.#address);
  }
}
