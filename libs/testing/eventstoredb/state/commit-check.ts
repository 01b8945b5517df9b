import type { LogPosition } from './log-position';
import type { ProposedEvent, StoredEvent } from './stored-event';

/** The revision that a writer expects of a stream; -1n stands for a stream that is not there. */
export type ExpectedRevision = bigint | 'any' | 'no_stream' | 'stream_exists';

/** What the check has to know of a stream. */
export interface StreamUnderCheck {
  /** -1n where nothing was ever written. */
  readonly lastRevision: bigint;
  readonly tombstoned: boolean;
  readonly softlyDeleted: boolean;
  readonly hasMetadata: boolean;
  /** The event at a revision, also one that was truncated, but none that was scavenged. */
  at(revision: bigint): StoredEvent | undefined;
  /** An event of this stream among those written lately. */
  lately(id: string): StoredEvent | undefined;
}

export type CommitDecision =
  | { readonly kind: 'commit' }
  | {
      readonly kind: 'repeated';
      readonly revision: bigint;
      /** Unknown where the last of the events can no longer be read. */
      readonly position: LogPosition | undefined;
    }
  | { readonly kind: 'wrongExpectedRevision' }
  | { readonly kind: 'deleted' };

const WRONG: CommitDecision = { kind: 'wrongExpectedRevision' };

/** Judges a write as the server's IndexWriter does. */
export function checkCommit(
  stream: StreamUnderCheck,
  expected: ExpectedRevision,
  events: readonly Pick<ProposedEvent, 'id'>[],
): CommitDecision {
  if (stream.tombstoned) return { kind: 'deleted' };
  if (expected === 'stream_exists') {
    if (stream.softlyDeleted) return { kind: 'deleted' };
    if (stream.lastRevision < 0n && !stream.hasMetadata) return WRONG;
  }
  if (expected === 'any' || expected === 'stream_exists') return checkAmongRecent(stream, events);
  const revision = expected === 'no_stream' ? -1n : expected;
  if (revision > stream.lastRevision) return WRONG;
  if (revision === stream.lastRevision) return { kind: 'commit' };
  return checkAtRevisions(stream, revision, events);
}

/** Without a revision, only what was written lately is recognised: a repeat that comes late is stored twice. */
function checkAmongRecent(stream: StreamUnderCheck, events: readonly Pick<ProposedEvent, 'id'>[]): CommitDecision {
  const found = events.map(({ id }) => stream.lately(id));
  if (found[0] === undefined) return { kind: 'commit' };
  if (found.includes(undefined)) return WRONG;
  return repeated(found.at(-1));
}

/** With a revision, the ids have to stand at the very revisions that the write would have taken. */
function checkAtRevisions(
  stream: StreamUnderCheck,
  expected: bigint,
  events: readonly Pick<ProposedEvent, 'id'>[],
): CommitDecision {
  for (const [index, { id }] of events.entries()) {
    if (stream.at(expected + 1n + BigInt(index))?.id === id) continue;
    if (index === 0 && expected === -1n && stream.softlyDeleted) return { kind: 'commit' };
    return WRONG;
  }
  if (events.length === 0) return WRONG;
  return repeated(stream.at(expected + BigInt(events.length)));
}

function repeated(last: StoredEvent | undefined): CommitDecision {
  return last ? { kind: 'repeated', revision: last.revision, position: last.position } : WRONG;
}
