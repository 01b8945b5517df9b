import * as fs from 'node:fs';
import * as path from 'node:path';
import type { JournalEntry } from '@khamrap/testing';

interface Tail {
  offset: number;
  /** When the client last asked for something; each waits for its answer before it asks again. */
  invokedAt: number;
}

/** Follows the journals of a folder while their clients write them. */
export class JournalTail {
  acknowledgedCount = 0;
  readonly #tails = new Map<string, Tail>();

  constructor(private readonly folder: string) {}

  /**
   * Reads what is new.
   * @returns when the first acknowledgement came of something asked for after `askedAfter`, if there is one among the new
   */
  read(askedAfter = Infinity): number | undefined {
    const found: number[] = [];
    for (const name of fs.readdirSync(this.folder)) {
      for (const { entry, invokedAt } of this.#newEntries(name)) {
        if (entry.kind !== 'OK') continue;
        this.acknowledgedCount++;
        if (invokedAt > askedAfter) found.push(entry.at);
      }
    }
    return found.length > 0 ? Math.min(...found) : undefined;
  }

  *#newEntries(name: string): Iterable<{ entry: JournalEntry; invokedAt: number }> {
    const tail = this.#tails.get(name) ?? { offset: 0, invokedAt: 0 };
    this.#tails.set(name, tail);
    const file = path.join(this.folder, name);
    // Asked a hundred times a second, and the clients that were killed write no more.
    if (fs.statSync(file).size === tail.offset) return;
    for (const line of wholeLines(readFrom(file, tail.offset))) {
      tail.offset += line.length;
      const entry = JSON.parse(line.toString('utf8')) as JournalEntry;
      if (entry.kind === 'INVOKE') tail.invokedAt = entry.at;
      yield { entry, invokedAt: tail.invokedAt };
    }
  }
}

function readFrom(file: string, offset: number): Buffer {
  const descriptor = fs.openSync(file, 'r');
  try {
    const length = fs.fstatSync(descriptor).size - offset;
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, fs.readSync(descriptor, bytes, 0, length, offset));
  } finally {
    fs.closeSync(descriptor);
  }
}

/** Each with its line feed; a line that has none yet is left for later. */
function* wholeLines(bytes: Buffer): Iterable<Buffer> {
  for (let start = 0, end: number; (end = bytes.indexOf(0x0a, start)) >= 0; start = end + 1) {
    yield bytes.subarray(start, end + 1);
  }
}
