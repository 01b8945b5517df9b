import * as fs from 'node:fs';
import { spreadOf } from './statistics';

const SAMPLE_MS = 100;
const MEGABYTE_KILOBYTES = 1_024;

/** Resident memory of processes while something ran, in megabytes (2^20 bytes), the sum of all of them. */
export interface MemoryUse {
  readonly median: number;
  readonly peak: number;
}

/** Samples processes from outside, so that what is measured is what the operating system gave them. Linux only. */
export async function withMemoryOf<Result>(
  pids: readonly number[],
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly memory: MemoryUse }> {
  const samples: number[] = [];
  const sample = () => samples.push(pids.reduce((sum, pid) => sum + residentMegabytes(pid), 0));
  sample();
  const timer = setInterval(sample, SAMPLE_MS);
  try {
    const result = await work();
    sample();
    const { median, most } = spreadOf(samples);
    return { result, memory: { median, peak: most } };
  } finally {
    clearInterval(timer);
  }
}

function residentMegabytes(pid: number): number {
  const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN) / MEGABYTE_KILOBYTES;
}
