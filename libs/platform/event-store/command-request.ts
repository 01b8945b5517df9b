import type { Decider, DomainEvent, Rejection, StreamName } from '@khamrap/kernel';
import type { Basis } from './codec/event-codec';
import type { CommandContext } from './command-context';

/** One command, the stream it is meant for, and everything that it is to be judged by. */
export interface CommandRequest<State, Command, Event extends DomainEvent> {
  readonly decider: Decider<State, Command, Event>;
  readonly stream: StreamName;
  readonly command: Command;
  readonly context: CommandContext;
  /** Whether the actor may do this to the stream as it is; the refusal when not. */
  readonly authorise?: (state: State) => Rejection | undefined;
  /** The facts of other streams that the command was formed on. */
  readonly basis?: readonly Basis[];
}
