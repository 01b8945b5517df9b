import { indexLog, type LoggedEvent, type LogIndex, type ReadLog } from './log-index';
import { readOperations, type Operation } from './operation';
import { orderViolations, type TimedAppend } from './real-time-order';
import type { Violation, ViolationKind } from './violation';

/** What the log has done with all that clients were told about it. */
export interface JournalVerdict {
  /** Operations by what their clients know. */
  readonly acknowledgedCount: number;
  readonly rejectedCount: number;
  readonly unknownCount: number;
  /** Of the unknown ones, how many stand in the log. */
  readonly unknownPresentCount: number;
  /** Events in the log. */
  readonly eventCount: number;
  /** Events in the log that belong to no operation of any journal, such as LedgerOpened. */
  readonly unaccountedCount: number;
  readonly violations: readonly Violation[];
}

/**
 * Holds what clients were told against what the log says: every acknowledged operation stands exactly once at its place,
 * with its body; every refused one is absent; every unknown one stands once or not at all; all in real-time order.
 *
 * @param journalFiles of all clients that have ever written to the log, as far as events are to be accounted for
 */
export async function judge(journalFiles: readonly string[], readLog: ReadLog): Promise<JournalVerdict> {
  const operations = await readOperations(journalFiles);
  const log = await indexLog(readLog);
  const withStatus = (status: Operation['status']): Operation[] =>
    operations.filter((operation) => operation.status === status);
  const unknown = withStatus('unknown');
  const claimed = new Set(operations.flatMap(({ intention }) => intention.eventIds));
  return {
    acknowledgedCount: withStatus('acknowledged').length,
    rejectedCount: withStatus('rejected').length,
    unknownCount: unknown.length,
    unknownPresentCount: unknown.filter((operation) => standing(operation, log).length > 0).length,
    eventCount: log.eventCount,
    unaccountedCount: [...log.byEventId.keys()].filter((eventId) => !claimed.has(eventId)).length,
    violations: [
      ...log.violations,
      ...operations.flatMap((operation) => violationsOf(operation, log)),
      ...reordered(withStatus('acknowledged'), log),
    ],
  };
}

/** How many violations of one kind there are. */
export function countOf({ violations }: JournalVerdict, kind: ViolationKind): number {
  return violations.filter((violation) => violation.kind === kind).length;
}

function standing(operation: Operation, log: LogIndex): LoggedEvent[] {
  return operation.intention.eventIds.flatMap((eventId) => log.byEventId.get(eventId) ?? []);
}

function violationsOf(operation: Operation, log: LogIndex): Violation[] {
  const { eventIds } = operation.intention;
  const events = standing(operation, log);
  const violations: Violation[] = [];
  const note = (kind: ViolationKind, detail: string): void =>
    void violations.push({ kind, operation: operation.id, detail });

  if (operation.status === 'rejected' && events.length > 0) {
    note('rejectedButPresent', `it stands at position ${events[0]?.position}`);
  }
  if (operation.status === 'acknowledged' && events.length === 0) {
    note('lost', `it was acknowledged at position ${operation.acknowledgements[0]?.position}`);
  }
  if (events.length > 0 && !isWhole(operation, events)) {
    note('torn', `its ${eventIds.length} events stand at ${events.map(({ position }) => position).join(', ')}`);
  }
  if (answersDiffer(operation)) note('answersDiffer', JSON.stringify(operation.acknowledgements));
  const first = log.byEventId.get(eventIds[0] ?? '');
  if (first && isMisplaced(operation, first))
    note('misplaced', `it stands at position ${first.position}, revision ${first.revision}`);
  if (isAltered(operation, log)) note('altered', 'the log holds other bodies under its event ids');
  return violations;
}

/** Whether all of an operation's events stand one behind the other, in the log and in their stream. */
function isWhole({ intention }: Operation, events: readonly LoggedEvent[]): boolean {
  const [first] = events;
  return (
    events.length === intention.eventIds.length &&
    events.every(
      ({ position, revision, stream }, index) =>
        first?.position === position - index && first.revision === revision - index && first.stream === stream,
    )
  );
}

function answersDiffer({ acknowledgements, intention, isRefusedAfterAcceptance }: Operation): boolean {
  // A position that is learned late may be missing from one answer; that is no contradiction.
  const positions = new Set(acknowledgements.map(({ position }) => position).filter((position) => position !== null));
  const revisions = new Set(acknowledgements.map(({ revision }) => revision));
  const hasOtherEvents = acknowledgements.some((answer) => answer.eventIds.join() !== intention.eventIds.join());
  return isRefusedAfterAcceptance || positions.size > 1 || revisions.size > 1 || hasOtherEvents;
}

function isMisplaced({ acknowledgements }: Operation, first: LoggedEvent): boolean {
  return acknowledgements.some(
    ({ position, revision }) => revision !== first.revision || (position !== null && position !== first.position),
  );
}

function isAltered({ intention, bodyHashes }: Operation, log: LogIndex): boolean {
  return bodyHashes.some((hashes) =>
    hashes.some((hash, index) => {
      const event = log.byEventId.get(intention.eventIds[index] ?? '');
      return event !== undefined && event.bodyHash !== hash;
    }),
  );
}

function reordered(acknowledged: readonly Operation[], log: LogIndex): Violation[] {
  const timed = acknowledged.flatMap(({ id, invokedAt, acknowledgements, intention }): TimedAppend[] => {
    const first = log.byEventId.get(intention.eventIds[0] ?? '');
    const acknowledgedAt = Math.min(...acknowledgements.map(({ at }) => at));
    return first ? [{ name: id, invokedAt, acknowledgedAt, position: first.position }] : [];
  });
  return orderViolations(timed).map(({ earlier, later }) => ({
    kind: 'reordered',
    operation: later.name,
    detail: `it stands at position ${later.position}, before ${earlier.name} at ${earlier.position}, which had been acknowledged`,
  }));
}
