import type { EventStore } from '@khamrap/platform/event-store';

/** A log of its own for a theme of the contract, and everything that the theme needs of it. */
export interface LogUnderTest {
  readonly store: EventStore;
  /** Another instance on the same log, as another process would have it: nothing in memory is shared. */
  openAnother(): Promise<EventStore>;
  /** Closes what is still open and throws the log away. */
  dispose(): Promise<void>;
}

export type OpenLog = () => Promise<LogUnderTest>;

/** One thing that every engine must do. A value rather than a call, so that broken engines can be shown to fail it. */
export interface ContractCase {
  readonly title: string;
  run(log: LogUnderTest): Promise<void>;
}

export function contractCase(title: string, run: (log: LogUnderTest) => Promise<void>): ContractCase {
  return { title, run };
}
