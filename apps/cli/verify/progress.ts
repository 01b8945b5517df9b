import type { WriteStream } from 'node:tty';

const EVERY_MS = 500;

/** Tells how far a long check has come, on a terminal and nowhere else. */
export function progressOn(output: Pick<WriteStream, 'isTTY' | 'write'>): (size: number, of: number) => void {
  let toldMs = performance.now();
  return (size, of) => {
    const nowMs = performance.now();
    if (!output.isTTY || (nowMs - toldMs < EVERY_MS && size < of)) return;
    toldMs = nowMs;
    output.write(`\r${size.toLocaleString('en')} / ${of.toLocaleString('en')}${size === of ? '\n' : ''}`);
  };
}
