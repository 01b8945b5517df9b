import type { Decider, DomainEvent, Position, Revision, StreamName } from '@khamrap/kernel';
import { CommandSalts } from './codec/command-salts';
import type { DecodedEvent, EncodedEvent, EventCodec } from './codec/event-codec';
import type { Disclosure } from './codec/field-classes';
import {
  acceptedBefore,
  acceptedNow,
  acceptedUnplaced,
  IdempotencyKeyReused,
  nothingToChange,
  type CommandAccepted,
} from './command-answer';
import type { CommandRequest } from './command-request';
import { AppendTooLarge, isStoreAway, StoreUnavailable, type AppendOutcome, type EventStore } from './event-store';
import { FoldedStreams, type RememberedCommand } from './folded-stream';
import { Round, type Waiting } from './round';

/** Keeps private values and their salts apart from the log. Called before the append: nothing is lost, orphans are swept. */
export interface DisclosureKeeper {
  keep(disclosures: readonly Disclosure[]): Promise<void>;
}

export interface LedgerOptions {
  /**
   * How many commands are remembered with the streams that they were sent to, at a few kilobytes each; 200,000 by default. Where
   * more streams are in use than fit, each of their commands reads its stream from the beginning.
   */
  readonly rememberedCommandCountMax?: number;
}

type StandingCommand = Pick<RememberedCommand, 'firstRevision' | 'eventCount'>;

/** How many commands of one stream are decided together, and how many may wait. */
const ROUND_COMMAND_COUNT_MAX = 64;
const LANE_COMMAND_COUNT_MAX = 10_000;
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
    { rememberedCommandCountMax }: LedgerOptions = {},
  ) {
    this.#streams = new FoldedStreams(store, codec, rememberedCommandCountMax);
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
      if (!lane) void this.#run(request.stream, [waiting]);
      else if (lane.length < LANE_COMMAND_COUNT_MAX) lane.push(waiting);
      else reject(new StoreUnavailable(`${LANE_COMMAND_COUNT_MAX} commands wait for ${request.stream} already`));
    });
  }

  /**
   * The state of a stream as its decider folds it, and the revision that it stands on (NO_STREAM for none): for commands that
   * rest on a fact of another stream, or have to look before they can be formed.
   */
  stateOf<State, Command, Event extends DomainEvent>(
    decider: Decider<State, Command, Event>,
    stream: StreamName,
  ): Promise<{ readonly state: State; readonly revision: Revision }> {
    return this.#streams.stateOf(decider, stream);
  }

  /** All recorded events of a stream up to a position (by default all there are), decoded; none when it did not exist then. */
  async history(
    stream: StreamName,
    asOfPosition: Position = Number.MAX_SAFE_INTEGER,
  ): Promise<readonly DecodedEvent[]> {
    const events: DecodedEvent[] = [];
    for (let from = 0; ; from += PAGE_COUNT) {
      const page = await this.store.readRecorded(stream, from, PAGE_COUNT);
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
        if (isStoreAway(error)) refuseAll(lane.splice(0), error);
      }
    }
    this.#lanes.delete(stream);
  }

  /** Decides and appends a round; answers with the commands that have to wait for the next one. */
  async #settle(stream: StreamName, taken: readonly Waiting[]): Promise<readonly Waiting[]> {
    const { decider } = taken[0] as Waiting;
    let folded = await this.#streams.cached(decider, stream);
    let isCaughtUp = false;
    for (let attempt = 0; attempt < LOST_RACE_COUNT_MAX; attempt++) {
      const { round, later } = Round.decide(this.codec, stream, folded, taken);
      if (round.events.length > 0) {
        const outcome = await this.#append(stream, folded.revision, round, taken);
        if (outcome === 'tooLarge' || outcome.kind === 'eventIdTaken') return this.#settleAlone(stream, taken);
        // What stands already may stand with other salts, drawn before a restart or on another instance: it is read, not assumed.
        if (outcome.kind === 'appended' && !outcome.repeated) {
          round.advance();
          this.#streams.keep(stream, folded);
          tellAppended(round, outcome);
          return this.#tell(stream, round, later);
        }
      } else if (isCaughtUp) {
        return this.#tell(stream, round, later);
      }
      // Lost the race; or nothing to append, so that nothing has proved the fold to be current, and no refusal may rest on it.
      folded = await this.#streams.caughtUp(decider, stream);
      isCaughtUp = true;
    }
    refuseAll(taken, new Error(`${stream} is being written to by others all the time`));
    return [];
  }

  /** Private values first: a crash in between leaves values that belong to no event, never events that nobody can read. */
  async #append(
    stream: StreamName,
    expectedRevision: number,
    { events }: Round,
    taken: readonly Waiting[],
  ): Promise<AppendOutcome | 'tooLarge'> {
    const disclosures = events.flatMap((encoded) => encoded.disclosures);
    if (disclosures.length > 0) await this.keeper.keep(disclosures);
    const recordedAt = taken[0]?.context.recordedAt;
    const request = {
      stream,
      expectedRevision,
      events: eventsOf(events),
      ...(recordedAt !== undefined && { recordedAt }),
    };
    try {
      return await this.store.append(request);
    } catch (error) {
      if (error instanceof AppendTooLarge && taken.length > 1) return 'tooLarge';
      throw error;
    }
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
          verdict.waiting.resolve(await this.#standing(stream, verdict));
          break;
      }
    }
    return later;
  }

  async #standing(stream: StreamName, { firstRevision, eventCount }: StandingCommand): Promise<CommandAccepted> {
    const recorded = await this.store.readRecorded(stream, firstRevision, eventCount);
    if (recorded.length === eventCount) return acceptedBefore(recorded);
    return acceptedUnplaced(await this.store.readStream(stream, firstRevision, eventCount));
  }

  /**
   * A key was used for another stream before, or together the commands are more than the store takes: alone, each command of the
   * round finds out whether it is the one.
   */
  async #settleAlone(stream: StreamName, taken: readonly Waiting[]): Promise<readonly Waiting[]> {
    if (taken.length === 1) throw new IdempotencyKeyReused();
    for (const waiting of taken) {
      try {
        await this.#settle(stream, [waiting]);
      } catch (error) {
        if (isStoreAway(error)) throw error;
        waiting.reject(error);
      }
    }
    return [];
  }
}

/** The next commands of a lane. An append has one recorded time, so those with another one than the first wait. */
function takeRound(lane: Waiting[]): Waiting[] {
  const other = lane.findIndex(({ context }) => context.recordedAt !== lane[0]?.context.recordedAt);
  return lane.splice(0, Math.min(ROUND_COMMAND_COUNT_MAX, other < 0 ? lane.length : other));
}

function tellAppended(round: Round, outcome: Extract<AppendOutcome, { kind: 'appended' }>): void {
  for (const verdict of round.verdicts) {
    if (verdict.kind !== 'appends') continue;
    verdict.waiting.resolve(acceptedNow(outcome, verdict.offset, eventsOf(verdict.events)));
  }
}

function eventsOf(encoded: readonly EncodedEvent[]) {
  return encoded.map(({ event }) => event);
}

/** Nothing of these was stored; their callers may come back. */
function refuseAll(waiting: readonly Waiting[], cause: unknown): void {
  for (const { stream, reject } of waiting) reject(new StoreUnavailable(`${stream} takes no commands now`, { cause }));
}
