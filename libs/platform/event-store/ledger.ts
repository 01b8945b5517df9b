import {
  Rejection,
  type Decider,
  type DomainEvent,
  type Position,
  type Revision,
  type StreamName,
} from '@khamrap/kernel';
import { CommandSalts } from './codec/command-salts';
import type { Basis, DecodedEvent, EncodedEvent, Envelope, EventCodec } from './codec/event-codec';
import type { Disclosure } from './codec/field-classes';
import {
  acceptedBefore,
  acceptedNow,
  CommandRejected,
  IdempotencyKeyReused,
  nothingToChange,
  RevisionMismatch,
  type CommandAccepted,
} from './command-answer';
import type { CommandContext } from './command-context';
import { StoreUnavailable, type EventStore } from './event-store';
import { FoldedStreams, type FoldedStream } from './folded-stream';

/** Keeps private values and their salts apart from the log. Called before the append: nothing is lost, orphans are swept. */
export interface DisclosureKeeper {
  keep(disclosures: readonly Disclosure[]): Promise<void>;
}

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

interface Waiting extends CommandRequest<unknown, unknown, DomainEvent> {
  readonly salts: CommandSalts;
  readonly resolve: (accepted: CommandAccepted) => void;
  readonly reject: (error: unknown) => void;
}

/** What became of one command, told when everything it was decided on is durable. */
type Verdict =
  | {
      readonly kind: 'appends';
      readonly waiting: Waiting;
      readonly events: readonly EncodedEvent[];
      readonly offset: number;
    }
  | { readonly kind: 'fails'; readonly waiting: Waiting; readonly error: unknown }
  | {
      readonly kind: 'stands';
      readonly waiting: Waiting;
      readonly firstRevision: Revision;
      readonly eventCount: number;
    }
  | { readonly kind: 'changesNothing'; readonly waiting: Waiting; readonly revision: Revision };

interface Round {
  readonly verdicts: Verdict[];
  readonly events: EncodedEvent[];
  state: unknown;
}

/** How many commands of one stream are decided together, and how many events they may append together. */
const ROUND_COMMAND_COUNT_MAX = 64;
const ROUND_EVENT_COUNT_MAX = 500;
/** How often a round that lost the race is decided again before the caller is asked to come back. */
const LOST_RACE_COUNT_MAX = 50;
const PAGE_COUNT = 1_000;

/**
 * The loop that every command takes: read, fold, decide, append. Commands that wait for the same stream are decided in
 * sequence on the folded state and appended together, each with its own verdict; a lost race is decided again.
 */
export class Ledger {
  readonly #streams: FoldedStreams;
  readonly #lanes = new Map<StreamName, Waiting[]>();

  constructor(
    private readonly store: EventStore,
    private readonly codec: EventCodec,
    private readonly keeper: DisclosureKeeper,
  ) {
    this.#streams = new FoldedStreams(store, codec);
  }

  /**
   * Decides one command and appends what it makes true.
   * @throws CommandRejected, RevisionMismatch, IdempotencyKeyReused, OutcomeUnknown, StoreUnavailable
   */
  execute<State, Command, Event extends DomainEvent>(
    request: CommandRequest<State, Command, Event>,
  ): Promise<CommandAccepted> {
    return new Promise((resolve, reject) => {
      const waiting = { ...(request as unknown as Waiting), salts: new CommandSalts(), resolve, reject };
      const lane = this.#lanes.get(request.stream);
      if (lane) lane.push(waiting);
      else void this.#run(request.stream, [waiting]);
    });
  }

  /** All events of a stream up to a position (by default all there are), decoded; none when it did not exist then. */
  async history(
    stream: StreamName,
    asOfPosition: Position = Number.MAX_SAFE_INTEGER,
  ): Promise<readonly DecodedEvent[]> {
    const events: DecodedEvent[] = [];
    for (let from = 0; ; from += PAGE_COUNT) {
      const page = await this.store.readStream(stream, from, PAGE_COUNT);
      for (const recorded of page) {
        if (recorded.position > asOfPosition) return events;
        events.push({ ...this.codec.decode(recorded), position: recorded.position, recordedAtMs: recorded.recordedAt });
      }
      if (page.length < PAGE_COUNT) return events;
    }
  }

  async #run(stream: StreamName, lane: Waiting[]): Promise<void> {
    this.#lanes.set(stream, lane);
    while (lane.length > 0) {
      const taken = takeRound(lane);
      try {
        lane.unshift(...(await this.#settle(stream, taken)));
      } catch (error) {
        for (const waiting of taken) waiting.reject(error);
      }
    }
    this.#lanes.delete(stream);
  }

  /** Decides and appends a round; answers with the commands that have to wait for the next one. */
  async #settle(stream: StreamName, taken: readonly Waiting[]): Promise<readonly Waiting[]> {
    const { decider } = taken[0] as Waiting;
    let folded = await this.#streams.cached(decider, stream);
    for (let lostRaceCount = 0; lostRaceCount < LOST_RACE_COUNT_MAX; lostRaceCount++) {
      const { round, later } = this.#decide(stream, folded, taken);
      if (round.events.length === 0) {
        // Nothing to append, so nothing has proved that the fold is current: refusals must not rest on a stale one.
        const current = await this.#streams.caughtUp(decider, stream);
        if (current.revision === folded.revision || lostRaceCount > 0) return this.#tell(stream, round, later);
        folded = current;
        continue;
      }
      await this.#keepPrivate(round.events);
      const outcome = await this.store.append({
        stream,
        expectedRevision: folded.revision,
        events: round.events.map((encoded) => encoded.event),
        ...(taken[0]?.context.recordedAt !== undefined && { recordedAt: taken[0].context.recordedAt }),
      });
      // What stands already may stand with other salts, drawn before a restart or on another instance: it is read, not assumed.
      if (outcome.kind === 'conflict' || (outcome.kind === 'appended' && outcome.repeated)) {
        folded = await this.#streams.caughtUp(decider, stream);
        continue;
      }
      if (outcome.kind === 'eventIdTaken') return this.#findReusedKey(stream, taken);
      advance(folded, round);
      this.#streams.keep(stream, folded);
      for (const verdict of round.verdicts) {
        if (verdict.kind !== 'appends') continue;
        verdict.waiting.resolve(
          acceptedNow(
            outcome,
            verdict.offset,
            verdict.events.map((encoded) => encoded.event),
          ),
        );
      }
      return this.#tell(stream, round, later);
    }
    throw new StoreUnavailable(`${stream} is being written to by others all the time`);
  }

  #decide(
    stream: StreamName,
    folded: FoldedStream,
    taken: readonly Waiting[],
  ): { round: Round; later: readonly Waiting[] } {
    const round: Round = { verdicts: [], events: [], state: folded.state };
    const seen = new Set<string>();
    for (const [index, waiting] of taken.entries()) {
      const repeatsWithinRound = seen.has(waiting.context.commandId);
      if (repeatsWithinRound || round.events.length >= ROUND_EVENT_COUNT_MAX)
        return { round, later: taken.slice(index) };
      seen.add(waiting.context.commandId);
      round.verdicts.push(this.#judge(stream, folded, round, waiting));
    }
    return { round, later: [] };
  }

  #judge(stream: StreamName, folded: FoldedStream, round: Round, waiting: Waiting): Verdict {
    const { context, decider, command, authorise, basis } = waiting;
    const revision = folded.revision + round.events.length;
    const before = folded.commands.get(context.commandId);
    if (before && before.requestHash !== context.requestHash)
      return { kind: 'fails', waiting, error: new IdempotencyKeyReused() };
    if (before) return { kind: 'stands', waiting, ...before };
    if (context.expectedRevision !== undefined && context.expectedRevision !== revision) {
      return { kind: 'fails', waiting, error: new RevisionMismatch(revision) };
    }
    try {
      const decision = authorise?.(round.state) ?? decider.decide(command, round.state);
      if (decision instanceof Rejection) return { kind: 'fails', waiting, error: new CommandRejected(decision) };
      if (decision.length === 0) return { kind: 'changesNothing', waiting, revision };
      const events = decision.map((event, index) =>
        this.codec.encode({
          event,
          index,
          stream,
          revision: revision + 1 + index,
          context,
          salts: waiting.salts,
          ...(basis && { basis }),
        }),
      );
      // The fold sees what is stored, commitments and all: a state must not differ before and after a restart.
      const stored = events.map((encoded) => this.codec.decode(encoded.event));
      round.state = stored.reduce<unknown>(
        (state, envelope) => decider.evolve(state, envelope as Envelope & DomainEvent),
        round.state,
      );
      const offset = round.events.length;
      round.events.push(...events);
      return { kind: 'appends', waiting, events, offset };
    } catch (error) {
      return { kind: 'fails', waiting, error };
    }
  }

  async #keepPrivate(events: readonly EncodedEvent[]): Promise<void> {
    const disclosures = events.flatMap((encoded) => encoded.disclosures);
    if (disclosures.length > 0) await this.keeper.keep(disclosures);
  }

  async #tell(stream: StreamName, round: Round, later: readonly Waiting[]): Promise<readonly Waiting[]> {
    for (const verdict of round.verdicts) {
      switch (verdict.kind) {
        case 'appends':
          break;
        case 'fails':
          verdict.waiting.reject(verdict.error);
          break;
        case 'changesNothing':
          verdict.waiting.resolve(nothingToChange(verdict.revision));
          break;
        case 'stands':
          verdict.waiting.resolve(
            acceptedBefore(await this.store.readStream(stream, verdict.firstRevision, verdict.eventCount)),
          );
          break;
      }
    }
    return later;
  }

  /** A key was used for another stream before: alone, each command of the round finds out whether it is the one. */
  async #findReusedKey(stream: StreamName, taken: readonly Waiting[]): Promise<readonly Waiting[]> {
    if (taken.length === 1) throw new IdempotencyKeyReused();
    for (const waiting of taken) {
      await this.#settle(stream, [waiting]).catch((error: unknown) => waiting.reject(error));
    }
    return [];
  }
}

/** The next commands of a lane. Commands with a supplied recorded time are appended alone: an append has one time. */
function takeRound(lane: Waiting[]): Waiting[] {
  const simulated = lane.findIndex((waiting) => waiting.context.recordedAt !== undefined);
  if (simulated === 0) return lane.splice(0, 1);
  return lane.splice(0, Math.min(ROUND_COMMAND_COUNT_MAX, simulated < 0 ? lane.length : simulated));
}

/** The round is durable: the fold takes it in. */
function advance(folded: FoldedStream, round: Round): void {
  for (const verdict of round.verdicts) {
    if (verdict.kind !== 'appends') continue;
    folded.commands.set(verdict.waiting.context.commandId, {
      firstRevision: folded.revision + 1 + verdict.offset,
      eventCount: verdict.events.length,
      requestHash: verdict.waiting.context.requestHash,
    });
  }
  folded.revision += round.events.length;
  folded.state = round.state;
}
