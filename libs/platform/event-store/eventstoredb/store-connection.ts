import {
  BACKWARDS,
  END,
  type EventStoreDBClient,
  FORWARDS,
  MaxAppendSizeExceededError,
  NO_STREAM as NO_STREAM_YET,
  START,
  StreamDeletedError,
  StreamNotFoundError,
  streamNameFilter,
  WrongExpectedVersionError,
  type BinaryEventType,
  type Credentials,
  type ReadStreamOptions,
  type ResolvedEvent,
  type StreamingRead,
} from '@eventstore/db-client';
import { NO_STREAM, type Revision } from '@khamrap/kernel';
import { AppendTooLarge, LogDamaged, StoreUnavailable } from '../event-store';
import { clientOf, credentialsFor } from './client';
import { collect } from './collect';
import { isDenial, isRefusal, isWrongPlace, messageOf, NeverSent, wasNeverSent } from './failures';
import { givenUp, pause, within } from './patience';
import type { EventToStore, Place, StoreEvent } from './stored-form';

export interface StoreConnectionOptions {
  /** `esdb://…` or `esdb+discover://…`, with user and password unless `tls=false`. */
  readonly url: string;
  /** How long an append of unknown outcome is submitted again, and a read repeated, before the caller is told. */
  readonly insistForMs?: number;
  /** How long the store may be silent before a call counts as lost. */
  readonly silenceMsMax?: number;
  /** Told after each call whether the store has answered. */
  readonly onAnswer?: (answered: boolean) => void;
}

/** What the store made of an append. */
export type StoreAnswer =
  | { readonly kind: 'appended'; readonly lastRevision: Revision }
  | { readonly kind: 'conflict'; readonly actualRevision: Revision };

const INSIST_FOR_MS = 10_000;
const SILENCE_MS_MAX = 4_000;
const PENDING_COUNT_MAX = 5_000;
const RENEW_MS = 200;
/** After so many of them gRPC has long forgotten the first one's connection. */
const CLIENT_COUNT = 1_000;
/** How much longer than to its own deadline a call of the client is waited for. */
const GRACE_MS = 500;
/** What to tell of a store in which the log cannot be gone on with. */
export const NOT_THE_STORE =
  'the store does not hold the event at which its log was left: it is another store, or was restored to an earlier time';

/**
 * One client of the store, and the only place that knows the client library. What it does not do by itself is done here: a
 * deadline for everything, failures told apart, calls repeated while the leader changes.
 */
export class StoreConnection {
  readonly #url: string;
  #client: EventStoreDBClient;
  #clientNumber = 0;
  #renewedAt = 0;
  readonly #credentials: Credentials;
  readonly #insistForMs: number;
  readonly #silenceMsMax: number;
  readonly #onAnswer: (answered: boolean) => void;
  #isGivenUp = false;
  #isClosed = false;
  /** How many appends are with the store, those included that nobody waits for any longer. */
  #pendingCount = 0;

  constructor({ url, insistForMs, silenceMsMax, onAnswer }: StoreConnectionOptions) {
    this.#url = url;
    this.#client = clientOf(url);
    this.#credentials = credentialsFor(url);
    this.#insistForMs = insistForMs ?? INSIST_FOR_MS;
    this.#silenceMsMax = silenceMsMax ?? SILENCE_MS_MAX;
    this.#onAnswer = onAnswer ?? (() => undefined);
  }

  /**
   * Appends at exactly this revision. Where nobody knows what became of it, the same is submitted again: the store tells by the
   * ids of the events whether they stand.
   * @throws OutcomeUnknown, StoreUnavailable, AppendTooLarge, LogDamaged
   */
  async append(streamId: string, expectedRevision: Revision, events: readonly EventToStore[]): Promise<StoreAnswer> {
    const endsAt = this.#insistUntil();
    let mayStand = false;
    for (let attempt = 1; ; attempt++) {
      try {
        const answer = await this.#appendOnce(streamId, expectedRevision, events);
        this.#answered(true);
        return answer;
      } catch (error) {
        if (error instanceof MaxAppendSizeExceededError) throw new AppendTooLarge(streamId, { cause: error });
        if (error instanceof StreamDeletedError) throw new LogDamaged(`${streamId} was deleted`, { cause: error });
        mayStand ||= !wasNeverSent(error) && !isRefusal(error);
        if (this.#givesUp(error, endsAt)) throw givenUp(mayStand, error);
        await pause(attempt);
      }
    }
  }

  /** Events of one stream from a revision on, as the leader has them. @throws StoreUnavailable, LogDamaged */
  readStream(streamId: string, from: Revision, countMax: number): Promise<readonly StoreEvent[]> {
    return this.#readStream(streamId, { direction: FORWARDS, fromRevision: BigInt(from), maxCount: countMax });
  }

  #readStream(streamId: string, options: ReadStreamOptions): Promise<readonly StoreEvent[]> {
    return this.#reading(async () => {
      const stream = this.#client.readStream(streamId, { ...options, ...this.#asUs(), requiresLeader: true });
      try {
        return (await this.#collect(stream)).map(({ event }) => event as StoreEvent);
      } catch (error) {
        if (error instanceof StreamNotFoundError) return [];
        if (error instanceof StreamDeletedError) throw new LogDamaged(`${streamId} was deleted`, { cause: error });
        throw error;
      }
    });
  }

  /** Revision of a stream's last event, as the leader has it; NO_STREAM for none. @throws StoreUnavailable, LogDamaged */
  async revisionOf(streamId: string): Promise<Revision> {
    const [last] = await this.#readStream(streamId, { direction: BACKWARDS, fromRevision: END, maxCount: 1 });
    return last ? Number(last.revision) : NO_STREAM;
  }

  /**
   * Everything in $all from a place on, that place too; from the start without one.
   * @throws StoreUnavailable
   * @throws LogDamaged when the store has nothing at this place
   */
  readAll(from: Place | undefined, countMax: number): Promise<readonly (StoreEvent & { readonly place: Place })[]> {
    return this.#reading(async () => {
      const stream = this.#client.readAll({
        direction: FORWARDS,
        fromPosition: from ?? START,
        maxCount: countMax,
        credentials: this.#credentials,
        requiresLeader: true,
      });
      try {
        return (await this.#collect(stream)).flatMap(({ event }) => (event ? [placed(event)] : []));
      } catch (error) {
        if (isWrongPlace(error)) throw new LogDamaged(NOT_THE_STORE, { cause: error });
        throw error;
      }
    });
  }

  /** Whether the store answers. */
  async answers(): Promise<boolean> {
    const stream = this.#client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1, ...this.#asUs() });
    const isThere = await this.#collect(stream).then(
      () => true,
      (error: unknown) => {
        if (wasNeverSent(error)) this.#renewClient();
        return false;
      },
    );
    this.#answered(isThere);
    return isThere;
  }

  /**
   * Hears of each event that comes to a stream whose name begins so, until the subscription breaks or the signal ends it. Tells
   * that something came and not what: subscriptions of the client may end without a word.
   * @throws what broke it
   */
  async listen(prefix: string, onEvent: () => void, signal: AbortSignal): Promise<void> {
    const subscription = this.#client.subscribeToAll({
      fromPosition: END,
      filter: streamNameFilter({ prefixes: [prefix] }),
      ...this.#asUs(),
    });
    await new Promise<void>((resolve, reject) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
      subscription.on('confirmation', onEvent);
      subscription.on('data', onEvent);
      subscription.on('error', reject);
      subscription.on('end', resolve);
      subscription.on('close', resolve);
    }).finally(() => {
      subscription.on('error', () => undefined);
      subscription.unsubscribe().catch(() => undefined);
    });
  }

  /** Writes metadata that says nothing: whether it may is what is asked. @throws what the client throws */
  async writeNoMetadata(streamId: string): Promise<void> {
    const options = { ...this.#asUs(), deadline: this.#silenceMsMax };
    await within(this.#silenceMsMax + GRACE_MS, this.#client.setStreamMetadata(streamId, {}, options));
  }

  /** Ends every call. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#client.dispose().catch(() => undefined);
  }

  async #appendOnce(
    streamId: string,
    expectedRevision: Revision,
    events: readonly EventToStore[],
  ): Promise<StoreAnswer> {
    if (this.#pendingCount >= PENDING_COUNT_MAX) throw new NeverSent(`${PENDING_COUNT_MAX} appends wait for the store`);
    try {
      const appended = this.#client.appendToStream<BinaryEventType>(
        streamId,
        events.map((event) => ({ ...event, contentType: 'application/octet-stream' as const })),
        {
          expectedRevision: expectedRevision === NO_STREAM ? NO_STREAM_YET : BigInt(expectedRevision),
          credentials: this.#credentials,
          requiresLeader: true,
          // Given up by its own clock and never cancelled: of an append that is cancelled while it is being sent, the store may
          // take what came for the whole.
          deadline: Number.POSITIVE_INFINITY,
        },
      );
      const { nextExpectedRevision } = await this.#unlessSilent(appended);
      return { kind: 'appended', lastRevision: Number(nextExpectedRevision) };
    } catch (error) {
      if (!(error instanceof WrongExpectedVersionError)) throw error;
      const { actualVersion } = error;
      return {
        kind: 'conflict',
        actualRevision: typeof actualVersion === 'bigint' ? Number(actualVersion) : NO_STREAM,
      };
    }
  }

  /** Waits for an append that goes on when nobody waits any longer. */
  async #unlessSilent<Result>(appended: Promise<Result>): Promise<Result> {
    this.#pendingCount++;
    const settled = (): void => void this.#pendingCount--;
    appended.then(settled, settled);
    return within(this.#silenceMsMax, appended);
  }

  async #reading<Result>(read: () => Promise<Result>): Promise<Result> {
    const endsAt = this.#insistUntil();
    for (let attempt = 1; ; attempt++) {
      try {
        const result = await read();
        this.#answered(true);
        return result;
      } catch (error) {
        if (error instanceof LogDamaged) throw error;
        if (this.#givesUp(error, endsAt))
          throw new StoreUnavailable(`the store does not answer: ${messageOf(error)}`, { cause: error });
        await pause(attempt);
      }
    }
  }

  /** Once it was given up, the store is tried and not insisted on, until it answers again: nobody waits for long who waits in vain. */
  #insistUntil(): number {
    return performance.now() + (this.#isGivenUp ? 0 : this.#insistForMs);
  }

  #givesUp(error: unknown, endsAt: number): boolean {
    this.#onAnswer(false);
    if (wasNeverSent(error)) this.#renewClient();
    if (!isDenial(error) && !this.#isClosed && performance.now() < endsAt) return false;
    this.#isGivenUp = true;
    return true;
  }

  #answered(isThere: boolean): void {
    if (isThere) this.#isGivenUp = false;
    this.#onAnswer(isThere);
  }

  /** The client whose connection could not be made would not try again at once. It has closed its channel itself. */
  #renewClient(): void {
    if (this.#isClosed || performance.now() - this.#renewedAt < RENEW_MS) return;
    this.#renewedAt = performance.now();
    this.#client = clientOf(this.#url, ++this.#clientNumber % CLIENT_COUNT);
  }

  async #collect(stream: StreamingRead<ResolvedEvent>): Promise<readonly ResolvedEvent[]> {
    const events = await collect(stream, this.#silenceMsMax);
    // What the client breaks off when it is closed, it ends as if that were all.
    if (this.#isClosed) throw new NeverSent('the connection is closed');
    return events;
  }

  #asUs(): { readonly credentials: Credentials } {
    return { credentials: this.#credentials };
  }
}

function placed(
  event: Omit<StoreEvent, 'place'> & { readonly position?: Place },
): StoreEvent & { readonly place: Place } {
  const { position } = event;
  if (!position) throw new LogDamaged(`the store tells no place of ${event.id}: it is older than 22.6`);
  return { ...event, place: position };
}
