import { Rejection, type Decider, type DomainEvent, type JsonObject } from '@khamrap/kernel';

/** What is expected of a decision, in the words of the domain. */
export interface Expectation<Event> {
  /** The command is accepted and makes exactly these events true, in this order. */
  then(...events: readonly Event[]): void;
  /** The command is refused with this code; `facts` names those facts of the refusal that matter here. */
  thenRejected(code: string, facts?: JsonObject): void;
  /** The command is accepted and changes nothing, because all that it asks for is already so. */
  thenNothing(): void;
}

export interface Specification<Command, Event> {
  given(...events: readonly Event[]): { when(command: Command): Expectation<Event> };
}

/** Speaks of a decider as given, when, then: past events, a command, and what comes of it. */
export function specification<State, Command, Event extends DomainEvent>(
  decider: Decider<State, Command, Event>,
): Specification<Command, Event> {
  return {
    given: (...events) => ({
      when: (command) => {
        const state = events.reduce<State>((folded, event) => decider.evolve(folded, event), decider.initialState);
        return expectationOf(decider.decide(command, state));
      },
    }),
  };
}

function expectationOf<Event>(decision: readonly Event[] | Rejection): Expectation<Event> {
  return {
    // A specification without its ending is an object with `then`: Jest awaits it and fails, so none is forgotten.
    // oxlint-disable-next-line unicorn/no-thenable
    then: (...events) => expect(decision).toEqual(events),
    thenRejected: (code, facts = {}) => {
      expect(decision).toBeInstanceOf(Rejection);
      expect(decision).toMatchObject({ code, facts });
    },
    thenNothing: () => expect(decision).toEqual([]),
  };
}
