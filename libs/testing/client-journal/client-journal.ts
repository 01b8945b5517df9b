import * as fs from 'node:fs';
import { monotonicMicroseconds, type Acceptance, type Intention, type JournalEntry } from './journal-entry';

/** What a client may find out about an operation that it has submitted. */
export type Outcome =
  | ({ readonly kind: 'ok' } & Acceptance)
  /** Judged and refused. */
  | { readonly kind: 'rejected'; readonly reason: string }
  /** Not taken: this submission has stored nothing. */
  | { readonly kind: 'unavailable' }
  /** No answer: it stands or it does not. */
  | { readonly kind: 'unknown' };

/**
 * What one client has asked for and been told, line by line in a file outside of the system under test. Each line has left
 * this process before the next step is taken, so it survives the death of either; only a machine that loses power loses it,
 * and then the test with it.
 */
export class ClientJournal {
  readonly #file: number;
  #attemptCount = 0;

  /** @param path of a file that does not exist yet */
  constructor(readonly path: string) {
    this.#file = fs.openSync(
      path,
      fs.constants.O_CREAT | fs.constants.O_EXCL | fs.constants.O_APPEND | fs.constants.O_WRONLY,
    );
  }

  /** Notes that an operation is about to be submitted; answers with the number of the attempt. */
  invoke(operation: string, intention: Intention): number {
    const attempt = ++this.#attemptCount;
    // The time is taken before the submission and after the answer: what lies between is as wide as the client saw it.
    const at = monotonicMicroseconds();
    const { eventIds, bodyHashes, stream, expectedRevision } = intention;
    this.#write({ kind: 'INVOKE', operation, attempt, at, eventIds, bodyHashes, stream, expectedRevision });
    return attempt;
  }

  /** Notes what came of an attempt. */
  answer(operation: string, attempt: number, outcome: Outcome): void {
    this.#write(entryOf({ operation, attempt, at: monotonicMicroseconds() }, outcome));
  }

  close(): void {
    fs.closeSync(this.#file);
  }

  #write(entry: JournalEntry): void {
    const line = Buffer.from(`${JSON.stringify(entry)}\n`, 'utf8');
    for (let written = 0; written < line.length;) written += fs.writeSync(this.#file, line, written);
  }
}

function entryOf(attempt: { operation: string; attempt: number; at: number }, outcome: Outcome): JournalEntry {
  switch (outcome.kind) {
    case 'ok': {
      const { position, revision, eventIds, bodyHashes } = outcome;
      return { kind: 'OK', ...attempt, position, revision, eventIds, bodyHashes };
    }
    case 'rejected':
      return { kind: 'REJECT', ...attempt, reason: outcome.reason };
    case 'unavailable':
      return { kind: 'UNAVAILABLE', ...attempt };
    case 'unknown':
      return { kind: 'UNKNOWN', ...attempt };
  }
}
