import * as fs from 'node:fs';
import * as readline from 'node:readline';
import type { JournalEntry } from './journal-entry';

/**
 * The entries of a journal, in order. A last line that was cut by the death of its client is left out: whatever it was to
 * say, the client did not come to act on it.
 *
 * @throws Error when any other line cannot be read
 */
export async function* readJournal(path: string): AsyncIterable<JournalEntry> {
  const lines = readline.createInterface({ input: fs.createReadStream(path), crlfDelay: Infinity });
  let unreadable: string | undefined;
  for await (const line of lines) {
    if (unreadable !== undefined) throw new Error(`${path} has a line that cannot be read: ${unreadable}`);
    const entry = parsed(line);
    if (entry) yield entry;
    else unreadable = line;
  }
}

function parsed(line: string): JournalEntry | undefined {
  try {
    return JSON.parse(line) as JournalEntry;
  } catch {
    return undefined;
  }
}
