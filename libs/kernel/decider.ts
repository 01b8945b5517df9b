import type { JsonObject } from './json';
import type { Rejection } from './rejection';

/** A fact that a decider proposes or folds: its name, its data, and nothing of how it is stored. */
export interface DomainEvent<Type extends string = string, Data = JsonObject> {
  readonly type: Type;
  readonly data: Data;
}

/**
 * The rules of one kind of stream, pure: no clock, no randomness, no input or output.
 * `decide` answers with the events that the command makes true, or with the refusal; no events mean that all is already so.
 */
export interface Decider<State, Command, Event extends DomainEvent> {
  readonly initialState: State;
  decide(command: Command, state: State): readonly Event[] | Rejection;
  evolve(state: State, event: Event): State;
}
