export { ClientJournal, type Outcome } from './client-journal';
export { countOf, judge, type JournalVerdict } from './judge';
export { monotonicMicroseconds, type Acceptance, type Intention, type JournalEntry } from './journal-entry';
export type { ReadLog } from './log-index';
export { readOperations, type Operation } from './operation';
export { readJournal } from './read-journal';
export { orderViolations, type OrderViolation, type TimedAppend } from './real-time-order';
export type { Violation, ViolationKind } from './violation';
