import type { Acknowledged, Intention, JournalEntry } from './journal-entry';
import { readJournal } from './read-journal';

/** What the clients know of an operation, from all their journals. */
export interface Operation {
  readonly id: string;
  /** As noted at the first attempt. */
  readonly intention: Intention;
  /** When it was first asked for. */
  readonly invokedAt: number;
  /** Hashes of the bodies, as foreseen and as answered, wherever they were named. */
  readonly bodyHashes: readonly (readonly string[])[];
  readonly acknowledgements: readonly Acknowledged[];
  /** A refusal came although an acceptance had come before. */
  readonly isRefusedAfterAcceptance: boolean;
  /** `unknown` while an attempt is without answer that no later refusal has settled. */
  readonly status: 'acknowledged' | 'rejected' | 'unknown';
}

interface Noted {
  readonly journalFile: string;
  readonly entry: JournalEntry;
}

/** Reads journals and gathers what each operation has come to; an operation may go on in the journal of a later client. */
export async function readOperations(journalFiles: readonly string[]): Promise<Operation[]> {
  const byOperation = new Map<string, Noted[]>();
  for (const journalFile of journalFiles) {
    for await (const entry of readJournal(journalFile)) {
      const noted = byOperation.get(entry.operation);
      if (noted) noted.push({ journalFile, entry });
      else byOperation.set(entry.operation, [{ journalFile, entry }]);
    }
  }
  return [...byOperation].map(([id, noted]) =>
    gathered(
      id,
      noted.toSorted((a, b) => a.entry.at - b.entry.at),
    ),
  );
}

function gathered(id: string, noted: readonly Noted[]): Operation {
  const entries = noted.map(({ entry }) => entry);
  const invocations = entries.filter((entry) => entry.kind === 'INVOKE');
  const acknowledgements = entries.filter((entry) => entry.kind === 'OK');
  const firstAcceptance = entries.findIndex(({ kind }) => kind === 'OK');
  const [first] = invocations;
  if (!first) throw new Error(`the operation ${id} was answered without having been asked for`);
  return {
    id,
    intention: first,
    invokedAt: first.at,
    bodyHashes: [...invocations, ...acknowledgements].flatMap(({ bodyHashes }) => (bodyHashes ? [bodyHashes] : [])),
    acknowledgements,
    isRefusedAfterAcceptance:
      firstAcceptance >= 0 && entries.slice(firstAcceptance).some(({ kind }) => kind === 'REJECT'),
    status: statusOf(noted),
  };
}

function statusOf(noted: readonly Noted[]): Operation['status'] {
  const unanswered = new Set<string>();
  for (const { journalFile, entry } of noted) {
    const attempt = `${entry.attempt} in ${journalFile}`;
    if (entry.kind === 'OK') return 'acknowledged';
    if (entry.kind === 'INVOKE') unanswered.add(attempt);
    if (entry.kind === 'UNAVAILABLE') unanswered.delete(attempt);
    // A refusal judges the operation itself, so it settles every attempt that went before.
    if (entry.kind === 'REJECT') unanswered.clear();
  }
  return unanswered.size > 0 ? 'unknown' : 'rejected';
}
