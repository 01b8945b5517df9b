import {
  AppendTooLarge,
  isStoreAway,
  LogDamaged,
  OutcomeUnknown,
  type AppendOutcome,
  type AppendRequest,
  type NewEvent,
  type StoredEvent,
} from '../event-store';
import { tokenOfEvent, tokenOfPosition } from '../after-token';
import type { Revision } from '@khamrap/kernel';
import type { RecordedLog } from '../postgres/recorded-log';
import type { ClaimedPlace, Claims } from './claims';
import type { LearnedPositions } from './learned-positions';
import type { StoreConnection } from './store-connection';
import type { StoredForm } from './stored-form';

/** Longer than any append is insisted on: what has not come to stand by then does not come any more. */
const DEAD_CLAIM_MS = 60_000;
const ATTEMPT_COUNT_MAX = 5;
/** How long an append waits for another one of the same events. */
const SHARED_MS = 500;

export interface AppenderParts {
  readonly connection: StoreConnection;
  readonly form: StoredForm;
  readonly claims: Claims;
  readonly positions: LearnedPositions;
  readonly log: RecordedLog;
  /** Told when the store holds something new. */
  readonly onStored: () => void;
}

/**
 * One append: its ids are claimed, the store judges it at its revision, and its position is learned. Whoever submits the same
 * again comes the same way to the same answer.
 */
export class Appender {
  constructor(private readonly parts: AppenderParts) {}

  /** @throws OutcomeUnknown, StoreUnavailable, AppendTooLarge, LogDamaged */
  async append(request: AppendRequest): Promise<AppendOutcome> {
    const claim = await this.#claim(request);
    if (claim === 'taken') return this.#taken(request);
    const before = claim === 'shared' ? await this.#recordedBefore(request) : undefined;
    if (before) return before;
    const { connection, form, claims, onStored } = this.parts;
    const { stream, expectedRevision, events, recordedAt } = request;
    const toStore = events.map((event, index) => form.toStore(event, { index, of: events.length }, recordedAt));
    try {
      const answer = await connection.append(form.streamId(stream), expectedRevision, toStore);
      if (answer.kind === 'appended') {
        onStored();
        return await this.#appended(request, answer.lastRevision, claim !== 'shared');
      }
      await releaseQuietly(claims, request);
      return answer;
    } catch (error) {
      if (error instanceof AppendTooLarge) await releaseQuietly(claims, request);
      throw error;
    }
  }

  /**
   * The answer to an append that somebody has submitted before: that of the first time, once it is recorded. Submitted while the
   * first is still on its way, it would be held by the store for its commit timeout (seconds).
   */
  async #recordedBefore({ stream, expectedRevision, events }: AppendRequest): Promise<AppendOutcome | undefined> {
    const { positions, log } = this.parts;
    const last = await positions.hearOf((events.at(-1) as NewEvent).eventId, SHARED_MS);
    if (!last) return undefined;
    const standing = await log.readRecorded(stream, expectedRevision + 1, events.length);
    const isSame =
      standing.length === events.length && standing.every(({ eventId }, i) => eventId === events[i]?.eventId);
    const [first] = standing;
    if (!isSame || !first) return undefined;
    return {
      kind: 'appended',
      repeated: true,
      firstRevision: first.revision,
      firstPosition: first.position,
      after: tokenOfPosition(last.position),
      recordedAt: first.recordedAt,
    };
  }

  /**
   * `contested`: somebody wants the same events at another revision of the same stream, as happens when instances decide the same
   * command together with different others. The stream settles that: whoever's revision is right comes first, and the other has
   * to look again.
   */
  async #claim(request: AppendRequest): Promise<'mine' | 'shared' | 'contested' | 'taken'> {
    const { claims } = this.parts;
    if (new Set(request.events.map(({ eventId }) => eventId)).size < request.events.length) return 'taken';
    for (let attempt = 1; ; attempt++) {
      const claim = await claims.claim(request);
      if (claim.kind !== 'elsewhere') return claim.kind;
      const fate = await this.#fateOf(claim.at);
      if (fate === 'onItsWay' && claim.at.stream === request.stream) return 'contested';
      if (fate !== 'dead' || attempt === ATTEMPT_COUNT_MAX) return 'taken';
      await claims.forget(claim.at);
    }
  }

  /** Whether an event stands where its id was claimed, or may yet come to stand there. */
  async #fateOf(at: ClaimedPlace): Promise<'stands' | 'onItsWay' | 'dead'> {
    if (at.recorded) return 'stands';
    const { connection, form } = this.parts;
    const [standing] = await connection.readStream(form.streamId(at.stream), at.revision, 1);
    if (standing) return standing.id === at.eventId ? 'stands' : 'dead';
    return at.ageMs < DEAD_CLAIM_MS ? 'onItsWay' : 'dead';
  }

  /** That an id is taken is only said where the revision is right: else the stream has moved on, which is said first. */
  async #taken(request: AppendRequest): Promise<AppendOutcome> {
    const { stream, expectedRevision } = request;
    await releaseQuietly(this.parts.claims, request);
    const { connection, form } = this.parts;
    const actualRevision = await connection.revisionOf(form.streamId(stream));
    return actualRevision === expectedRevision ? { kind: 'eventIdTaken' } : { kind: 'conflict', actualRevision };
  }

  async #appended(request: AppendRequest, lastRevision: Revision, isMine: boolean): Promise<AppendOutcome> {
    const { stream, expectedRevision, events } = request;
    const firstRevision = expectedRevision + 1;
    if (lastRevision !== expectedRevision + events.length)
      throw new LogDamaged(`${stream} says that an append ends at ${lastRevision} which began at ${firstRevision}`);
    const [first, last] = [events[0], events.at(-1)] as [StoredEvent, StoredEvent];
    const learned = await this.parts.positions.learn(first.eventId);
    const standing = learned ?? (await this.#standing(request));
    return {
      kind: 'appended',
      // The store answers a repeat like the first time. Another instance may have been first, with salts of its own.
      repeated: !isMine || !standing.bodyHash.equals(first.bodyHash),
      firstRevision,
      firstPosition: learned?.position ?? null,
      after: learned ? tokenOfPosition(learned.position + events.length - 1) : tokenOfEvent(last.eventId),
      recordedAt: learned?.recordedAt ?? null,
    };
  }

  /** What stands where the append does, from the store itself. */
  async #standing({ stream, expectedRevision }: AppendRequest): Promise<StoredEvent> {
    const { connection, form } = this.parts;
    try {
      const [event] = await connection.readStream(form.streamId(stream), expectedRevision + 1, 1);
      if (event) return form.fromStore(event);
    } catch (error) {
      if (!isStoreAway(error)) throw error;
    }
    throw new OutcomeUnknown('the append stands, and the store does not tell whose it is');
  }
}

/** What is left claimed is found dead by whoever wants the id next. */
async function releaseQuietly(claims: Claims, request: AppendRequest): Promise<void> {
  await claims.release(request).catch((error: unknown) => {
    if (!isStoreAway(error)) throw error;
  });
}
