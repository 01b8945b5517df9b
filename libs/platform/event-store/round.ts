import { NO_STREAM, Rejection, type DomainEvent, type Revision, type StreamName } from '@khamrap/kernel';
import type { CommandSalts } from './codec/command-salts';
import type { EncodedEvent, EventCodec } from './codec/event-codec';
import { CommandRejected, IdempotencyKeyReused, RevisionMismatch, type CommandAccepted } from './command-answer';
import type { CommandRequest } from './command-request';
import { APPEND_EVENT_COUNT_MAX } from './event-store';
import type { FoldedStream } from './folded-stream';

/** A command whose caller waits for its answer. */
export interface Waiting extends CommandRequest<unknown, unknown, DomainEvent> {
  readonly salts: CommandSalts;
  readonly resolve: (accepted: CommandAccepted) => void;
  readonly reject: (error: unknown) => void;
}

/** What became of one command, told when everything it was decided on is durable. */
export type Verdict =
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

/** Commands of one stream, decided in sequence, each on what those before it make true; appended together. */
export class Round {
  readonly verdicts: Verdict[] = [];
  readonly events: EncodedEvent[] = [];
  #state: unknown;

  private constructor(
    private readonly codec: EventCodec,
    private readonly stream: StreamName,
    private readonly folded: FoldedStream,
  ) {
    this.#state = folded.state;
  }

  /** Decides as many commands as one append can hold, in order; the others have to wait for the next round. */
  static decide(
    codec: EventCodec,
    stream: StreamName,
    folded: FoldedStream,
    taken: readonly Waiting[],
  ): { round: Round; later: readonly Waiting[] } {
    const round = new Round(codec, stream, folded);
    const seen = new Set<string>();
    for (const [index, waiting] of taken.entries()) {
      const repeatsWithinRound = seen.has(waiting.context.commandId);
      const verdict = repeatsWithinRound ? undefined : round.#judge(waiting);
      if (!verdict) return { round, later: taken.slice(index) };
      seen.add(waiting.context.commandId);
      round.verdicts.push(verdict);
    }
    return { round, later: [] };
  }

  /** The round is durable: the fold takes it in. */
  advance(): void {
    const { folded } = this;
    for (const verdict of this.verdicts) {
      if (verdict.kind !== 'appends') continue;
      folded.commands.set(verdict.waiting.context.commandId, {
        firstRevision: folded.revision + 1 + verdict.offset,
        eventCount: verdict.events.length,
        requestHash: verdict.waiting.context.requestHash,
      });
    }
    folded.revision += this.events.length;
    folded.state = this.#state;
  }

  /** Undefined when the append has no room for its events. */
  #judge(waiting: Waiting): Verdict | undefined {
    const { context } = waiting;
    const revision = this.folded.revision + this.events.length;
    const before = this.folded.commands.get(context.commandId);
    if (before && before.requestHash !== context.requestHash)
      return { kind: 'fails', waiting, error: new IdempotencyKeyReused() };
    if (before) return { kind: 'stands', waiting, ...before };
    try {
      return this.#decideOn(waiting, revision);
    } catch (error) {
      return { kind: 'fails', waiting, error };
    }
  }

  #decideOn(waiting: Waiting, revision: Revision): Verdict | undefined {
    const { decider, command, context, authorise } = waiting;
    // Before anything that tells of the stream: its revision is nobody's business who may not know of it.
    const refusal = authorise?.(this.#state);
    if (refusal) return { kind: 'fails', waiting, error: new CommandRejected(refusal) };
    const isElsewhere = context.expectedRevision !== undefined && context.expectedRevision !== revision;
    if (isElsewhere && revision !== NO_STREAM) return mismatchOf(waiting, revision);
    const decision = decider.decide(command, this.#state);
    if (decision instanceof Rejection) return { kind: 'fails', waiting, error: new CommandRejected(decision) };
    // What is absent is refused as such, and not by its revision: it would otherwise differ from what is only forbidden.
    if (isElsewhere) return mismatchOf(waiting, revision);
    if (decision.length === 0) return { kind: 'changesNothing', waiting, revision };
    if (decision.length > APPEND_EVENT_COUNT_MAX)
      throw new RangeError(`a command makes at most ${APPEND_EVENT_COUNT_MAX} events`);
    if (this.events.length + decision.length > APPEND_EVENT_COUNT_MAX) return undefined;
    const events = decision.map((event, index) => this.#encode(waiting, event, index, revision + 1 + index));
    // The fold sees what is stored, commitments and all: a state must not differ before and after a restart.
    const stored = events.map((encoded) => this.codec.decode(encoded.event));
    this.#state = stored.reduce<unknown>((state, envelope) => decider.evolve(state, envelope), this.#state);
    const offset = this.events.length;
    this.events.push(...events);
    return { kind: 'appends', waiting, events, offset };
  }

  #encode({ context, salts, basis }: Waiting, event: DomainEvent, index: number, revision: Revision): EncodedEvent {
    return this.codec.encode({ event, index, stream: this.stream, revision, context, salts, ...(basis && { basis }) });
  }
}

function mismatchOf(waiting: Waiting, revision: Revision): Verdict {
  return { kind: 'fails', waiting, error: new RevisionMismatch(revision) };
}
