import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Position } from '@khamrap/kernel';
import { SessionStore } from '@khamrap/platform/access';
import { EVENT_STORE, EventCodec, type EventStore, type RecordedEvent } from '@khamrap/platform/event-store';
import { EvidenceStore } from '@khamrap/platform/files';
import { Vault } from '@khamrap/platform/vault';
import { setTimeout as pause } from 'node:timers/promises';
import { personalDataEventDeclarations, type PersonalDataErased } from '../domain/personal-data-request.events';
import type { RetentionApplied } from '../domain/retention.events';

type Decision = PersonalDataErased | RetentionApplied;

const DECISIONS: ReadonlySet<string> = new Set<Decision['type']>(['PersonalDataErased', 'RetentionApplied']);
const BATCH_COUNT_MAX = 1_000;
const RETRY_MS = 1_000;
/** How far the log is read before that is noted where nothing is to be erased: what a start may have to read again. */
const NOTE_EVERY = 10_000;

/**
 * Carries out what the log decides to be erased. Every instance follows the log, from where the vault says that it has come: a
 * decision whose command ended half way is carried out by whoever is there, each instance forgets whom it remembers, and a vault
 * that was restored from a backup loses again what it has to. Carrying out twice is carrying out once.
 */
@Injectable()
export class Erasures implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #log = new Logger('Erasures');
  readonly #codec = new EventCodec(personalDataEventDeclarations);
  readonly #stopping = new AbortController();
  #following = Promise.resolve();

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly vault: Vault,
    private readonly files: EvidenceStore,
    private readonly sessions: SessionStore,
  ) {}

  onApplicationBootstrap(): void {
    this.#following = this.#follow();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stopping.abort();
    await this.#following;
  }

  /** Carries out one event, when it is one that decides to erase. */
  async carryOutDecision(eventId: string): Promise<void> {
    const event = await this.store.readEvent(eventId);
    if (event !== undefined && DECISIONS.has(event.type)) await this.#carryOut(event);
  }

  async #carryOut(event: RecordedEvent): Promise<void> {
    const { type, data } = this.#codec.decode(event) as unknown as Decision;
    await this.vault.carryOutErasure(event.eventId);
    // The term of an agreement takes what it says in private; who people are, and files, go by requests.
    if (type === 'RetentionApplied') return;
    const { pseudonym } = data.fromVault;
    if (pseudonym !== undefined) await this.#forget(pseudonym);
    for (const sha256 of data.evidence) await this.files.erase(sha256);
  }

  /** Sessions last: one that was begun by an instance that still remembered ends when that instance comes to the event. */
  async #forget(pseudonym: string): Promise<void> {
    this.vault.forget(pseudonym);
    await this.sessions.endAllOf(pseudonym);
  }

  async #follow(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        await this.#followFrom(await this.vault.erasureProgress(), signal);
      } catch (error) {
        if (signal.aborted) return;
        this.#log.warn(`erasures wait: ${error instanceof Error ? error.message : 'failed'}`);
        await pause(RETRY_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async #followFrom(progress: Position, signal: AbortSignal): Promise<void> {
    let noted = progress;
    for await (const batch of this.store.subscribe({ after: progress, batchCountMax: BATCH_COUNT_MAX, signal })) {
      const decisions = batch.filter(({ type }) => DECISIONS.has(type));
      for (const decision of decisions) await this.#carryOut(decision);
      const reached = batch.at(-1)?.position ?? noted;
      if (decisions.length === 0 && reached - noted < NOTE_EVERY) continue;
      await this.vault.noteErasureProgress(reached);
      noted = reached;
    }
  }
}
