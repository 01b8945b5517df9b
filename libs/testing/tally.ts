import {
  eventSchema,
  integer,
  official,
  optional,
  privateText,
  Rejection,
  type Decider,
  type DomainEvent,
  type EventDeclaration,
  type EventOf,
  type PrivateText,
} from '@khamrap/kernel';

/** What a tally can hold. */
export const TALLY_TOTAL_MAX = 100;

const tallyAdded = eventSchema('TallyAdded', 1, {
  amount: integer(),
  remark: optional(official()),
  note: optional(privateText()),
});
const tallyClosed = eventSchema('TallyClosed', 1, {});

export type TallyAdded = EventOf<typeof tallyAdded>;
export type TallyEvent = TallyAdded | EventOf<typeof tallyClosed>;

export const tallyEventDeclarations: readonly EventDeclaration[] = [
  { versions: [tallyAdded], upcasters: [] },
  { versions: [tallyClosed], upcasters: [] },
];

/** One event for each amount; none for no amount. */
export interface AddToTally {
  readonly type: 'Add';
  readonly amounts: readonly number[];
  readonly remark?: string;
  readonly note?: string;
}

export type TallyCommand = AddToTally | { readonly type: 'Close' };

export interface TallyState {
  readonly total: number;
  /** How many events the stream has: one more than its revision. */
  readonly eventCount: number;
  readonly closed: boolean;
  readonly lastNote?: PrivateText;
}

/**
 * The smallest stream with everything that a ledger has to get right: commands with no, one and several events, refusals
 * that depend on what came before and say on which state they rest, official and private texts.
 */
export const tallyDecider: Decider<TallyState, TallyCommand, TallyEvent & DomainEvent> = {
  initialState: { total: 0, eventCount: 0, closed: false },

  decide(command, { total, eventCount, closed }) {
    if (command.type === 'Close') return closed ? [] : [{ type: 'TallyClosed', data: {} }];
    if (closed) return new Rejection('tallyIsClosed', { total, eventCount });
    const { amounts, remark, note } = command;
    const sum = amounts.reduce((subtotal, amount) => subtotal + amount, 0);
    if (total + sum > TALLY_TOTAL_MAX) return new Rejection('tallyIsFull', { total, eventCount });
    return amounts.map((amount) => ({
      type: 'TallyAdded',
      data: { amount, ...(remark !== undefined && { remark }), ...(note !== undefined && { note }) },
    }));
  },

  evolve(state, event) {
    const eventCount = state.eventCount + 1;
    switch (event.type) {
      case 'TallyAdded':
        return {
          ...state,
          eventCount,
          total: state.total + event.data.amount,
          ...(event.data.note !== undefined && { lastNote: event.data.note }),
        };
      case 'TallyClosed':
        return { ...state, eventCount, closed: true };
    }
  },
};
