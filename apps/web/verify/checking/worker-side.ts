import { check } from './check';
import type { FromWorker, Progress, Task } from './task';

const TELLING_MS = 200;

interface WorkerScope {
  onmessage: ((message: { readonly data: Task }) => void) | null;
  postMessage(message: FromWorker): void;
}

/** What the program does as a worker: one check, of what it is told. */
export function serveChecks(): void {
  const scope = globalThis as unknown as WorkerScope;
  scope.onmessage = ({ data }) => {
    let toldAt = -Infinity;
    const tell = (progress: Progress): void => {
      // No faster than anybody reads, because drawing costs more than checking.
      if (performance.now() - toldAt < TELLING_MS) return;
      toldAt = performance.now();
      scope.postMessage({ kind: 'progress', progress });
    };
    check(data, tell).then(
      (report) => scope.postMessage({ kind: 'report', report }),
      (error: unknown) => scope.postMessage({ kind: 'failed', reason: String(error) }),
    );
  };
  scope.postMessage({ kind: 'ready' });
}
