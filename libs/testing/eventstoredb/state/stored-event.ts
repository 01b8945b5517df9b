import type { LogPosition } from './log-position';

/** An event as a client proposes it. */
export interface ProposedEvent {
  /** UUID. */
  readonly id: string;
  readonly type: string;
  readonly isJson: boolean;
  readonly data: Buffer;
  readonly metadata: Buffer;
}

/** An event as the store holds it. */
export interface StoredEvent extends ProposedEvent {
  readonly stream: string;
  readonly revision: bigint;
  /** Units of 100 ns since 1970 by the clock of the store; a clock that was set back goes back here too. */
  readonly createdTicks: bigint;
  readonly position: LogPosition;
  /** Where its records end: what a reader that goes backwards compares with. */
  readonly end: LogPosition;
}

/** An event from plain values, for tests that write into a store themselves. */
export function jsonEvent(id: string, type: string, data: object): ProposedEvent {
  return { id, type, isJson: true, data: Buffer.from(JSON.stringify(data)), metadata: Buffer.alloc(0) };
}
