import { Inject, Injectable, Logger, Optional, type OnApplicationShutdown } from '@nestjs/common';
import { BEFORE_FIRST, bangkokDateOf, type IsoDate, type Position } from '@khamrap/kernel';
import {
  GrantReader,
  GrantsUnavailable,
  type Grant,
  type KnownIdentity,
  type Permission,
} from '@khamrap/platform/access';
import { EVENT_STORE, EventCodec, type EventStore, type RecordedEvent } from '@khamrap/platform/event-store';
import { Clock } from '@khamrap/platform/http';
import { ReadModels } from '@khamrap/platform/projections';
import { setTimeout as pause } from 'node:timers/promises';
import { readGrantsOnRecord } from './grants-on-record.rows';
import { GRANTING_EVENT_TYPES, GrantsOnRecord } from './grants-on-record';

/** All in milliseconds. */
export interface GrantBookTimes {
  /** How often it is made sure that nothing has been missed, while anybody asks. */
  readonly lookMs: number;
  /** What was last seen longer ago than this is not believed any more. */
  readonly believedMs: number;
  /** How long somebody who asks is kept waiting for the log. */
  readonly waitMs: number;
  /** How often it is said how far the record has come, while it has not begun to tell. */
  readonly saidMs: number;
}

const TIMES: GrantBookTimes = { lookMs: 500, believedMs: 5_000, waitMs: 5_000, saidMs: 5_000 };
const RETRY_MS = 250;
const BATCH_COUNT_MAX = 1_000;
const DAY_MS = 86_400_000;
/** Bangkok is seven hours ahead of UTC, without summer time. */
const BANGKOK_MS = 7 * 3_600_000;

/**
 * Who holds which role now, in memory: read from the read model when it is first asked, then folded along the log, so that
 * what one instance records holds on all of them as soon as they have seen it. Where it cannot be told that nothing was missed
 * for longer than five seconds, nobody holds anything.
 */
@Injectable()
export class GrantBook extends GrantReader implements OnApplicationShutdown {
  readonly #log = new Logger('Grants');
  readonly #types: ReadonlySet<string> = new Set(GRANTING_EVENT_TYPES);
  readonly #stopping = new AbortController();
  readonly #waiting = new Set<() => void>();
  #record = new GrantsOnRecord();
  /** The last position that the record tells of; undefined while it has not begun. */
  #seen: Position | undefined;
  /** The moment of the process up to which it is certain that nothing was missed. */
  #certainAtMs = Number.NEGATIVE_INFINITY;
  #following: Promise<void> | undefined;
  #looking: Promise<void> | undefined;
  #lookedAtMs = Number.NEGATIVE_INFINITY;
  /** Where the log ended when that was last looked for. */
  #head: Position = BEFORE_FIRST;
  #today: { readonly number: number; readonly day: IsoDate } | undefined;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    /** Knows every event on which grants rest, those of other slices too. */
    private readonly codec: EventCodec,
    private readonly readModels: ReadModels,
    private readonly clock: Clock,
    @Optional() private readonly times: GrantBookTimes = TIMES,
  ) {
    super();
  }

  /**
   * Waits until the record tells for the first time. On a large log without a read model that takes as long as reading it does;
   * whoever asks before is told that it cannot be told yet.
   * @throws GrantsUnavailable when the service stops meanwhile
   */
  async begun(): Promise<void> {
    let saidAtMs = performance.now();
    while (!this.#isCertain()) {
      if (this.#stopping.signal.aborted) throw new GrantsUnavailable('the service stops');
      await this.#nextStep(Number.POSITIVE_INFINITY);
      if (performance.now() - saidAtMs < this.times.saidMs) continue;
      saidAtMs = performance.now();
      this.#log.log(`grants are read: ${(this.#seen ?? BEFORE_FIRST) + 1} of ${this.#head + 1} events`);
    }
  }

  /** @throws GrantsUnavailable */
  override grantsOf({ pseudonym }: KnownIdentity): Promise<readonly Grant[]> | readonly Grant[] {
    return this.#isCertain() ? this.#record.grantsOf(pseudonym, this.#day()) : this.#grantsLater(pseudonym);
  }

  /**
   * Every office below another one, with its province where it has one.
   * @throws GrantsUnavailable
   */
  async officesBelow(officeId: string): Promise<ReadonlyMap<string, string | undefined>> {
    if (!this.#isCertain()) await this.#becomeCertain();
    return this.#record.officesBelow(officeId);
  }

  /**
   * The grants by which a permission is held for the nation on a day.
   * @throws GrantsUnavailable
   */
  async heldForNation(permission: Permission, day: IsoDate): Promise<readonly string[]> {
    if (!this.#isCertain()) await this.#becomeCertain();
    return this.#record.heldForNation(permission, day);
  }

  /**
   * Whether anybody holds a role for an office on a day or later.
   * @throws GrantsUnavailable
   */
  async isScope(officeId: string, day: IsoDate): Promise<boolean> {
    if (!this.#isCertain()) await this.#becomeCertain();
    return this.#record.isScope(officeId, day);
  }

  /**
   * The provinces that anybody is assigned to inspect for an office, on a day or later.
   * @throws GrantsUnavailable
   */
  async inspectedFor(officeId: string, day: IsoDate): Promise<readonly string[]> {
    if (!this.#isCertain()) await this.#becomeCertain();
    return this.#record.inspectedFor(officeId, day);
  }

  /** Waits until what was recorded up to a position holds here; false when that takes too long. */
  override async reached(position: Position): Promise<boolean> {
    this.#follow();
    const until = performance.now() + this.times.waitMs;
    while ((this.#seen ?? BEFORE_FIRST) < position) {
      if (this.#stopping.signal.aborted || performance.now() >= until) return false;
      await this.#nextStep(until);
    }
    return true;
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stopping.abort();
    this.#wake();
    await Promise.all([this.#following, this.#looking]);
  }

  #isCertain(): boolean {
    const now = performance.now();
    if (now - this.#lookedAtMs > this.times.lookMs) this.#look(now);
    return now - this.#certainAtMs <= this.times.believedMs;
  }

  async #grantsLater(pseudonym: string): Promise<readonly Grant[]> {
    await this.#becomeCertain();
    return this.#record.grantsOf(pseudonym, this.#day());
  }

  async #becomeCertain(): Promise<void> {
    const until = performance.now() + this.times.waitMs;
    while (!this.#isCertain()) {
      if (this.#stopping.signal.aborted || performance.now() >= until)
        throw new GrantsUnavailable('the log has not been seen for too long');
      await this.#nextStep(until);
    }
  }

  /** Looks where the log ends, and is certain once the record has come as far: of all that was recorded before the look. */
  #look(now: number): void {
    this.#follow();
    if (this.#looking || this.#stopping.signal.aborted) return;
    this.#lookedAtMs = now;
    this.#looking = this.store
      .head()
      .then(async ({ position }) => {
        this.#head = position;
        if (await this.reached(position)) this.#certainAtMs = Math.max(this.#certainAtMs, now);
      })
      .catch((error: unknown) => this.#log.warn(`the log cannot be seen: ${sentenceOf(error)}`))
      .finally(() => {
        this.#looking = undefined;
        this.#wake();
      });
  }

  #follow(): void {
    this.#following ??= this.#followUntilStopped(this.#stopping.signal);
  }

  async #followUntilStopped(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        this.#seen ??= await this.#begin();
        this.#wake();
        for await (const batch of this.store.subscribe({ after: this.#seen, batchCountMax: BATCH_COUNT_MAX, signal })) {
          for (const event of batch) this.#take(event);
          this.#wake();
        }
      } catch (error) {
        if (signal.aborted) return;
        this.#log.warn(`grants are read again: ${sentenceOf(error)}`);
        await pause(RETRY_MS, undefined, { signal, ref: false }).catch(() => undefined);
      }
    }
  }

  /** From the read model where there is one of this build, else from the first event. */
  async #begin(): Promise<Position> {
    const read = await readGrantsOnRecord(this.readModels);
    if (!read) return BEFORE_FIRST;
    this.#record = read.record;
    return read.position;
  }

  #take(event: RecordedEvent): void {
    if (this.#types.has(event.type)) {
      const { recordedAt: recordedAtMs, stream, type } = event;
      this.#record.take({ stream, type, recordedAtMs, data: this.codec.decode(event).data });
    }
    this.#seen = event.position;
  }

  #day(): IsoDate {
    const now = this.clock.now().getTime();
    const number = Math.floor((now + BANGKOK_MS) / DAY_MS);
    if (this.#today?.number !== number) this.#today = { number, day: bangkokDateOf(now) };
    return this.#today.day;
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
  }

  /** Resolves when the record may have come further, at the latest at a moment of the process. */
  #nextStep(until: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, Math.min(RETRY_MS, Math.max(0, until - performance.now())));
      this.#waiting.add(wake);
    });
  }
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : 'something else than an error was thrown';
}
