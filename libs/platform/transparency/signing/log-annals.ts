import { canonicalJson, LEDGER_STREAM, NATIVE } from '@khamrap/kernel';
import {
  CommandSalts,
  derivedId,
  EventCodec,
  ledgerEventDeclarations,
  StoreUnavailable,
  type AppendRequest,
  type CommandContext,
  type EventStore,
  type NewEvent,
} from '@khamrap/platform/event-store';
import { setTimeout as delay } from 'node:timers/promises';
import { annalsAfter, NO_ANNALS, type Annals } from './annals';
import { transparencyEventDeclarations, type LogEvent } from './log-events';

const READ_COUNT = 500;
const ATTEMPTS_MAX = 20;
const RETRY_MS = 10;
const codec = new EventCodec([...ledgerEventDeclarations, ...transparencyEventDeclarations]);

/** What the log says of itself, read from its stream `ledger` and added to. */
export class LogAnnals {
  #annals = NO_ANNALS;

  constructor(private readonly store: EventStore) {}

  /** As the log is now; only what is new since the last time is read. */
  async read(): Promise<Annals> {
    for (;;) {
      const from = this.#annals.revision + 1;
      const events = await this.store.readRecorded(LEDGER_STREAM, from, READ_COUNT);
      let annals = this.#annals;
      for (const event of events) {
        // Somebody else may have read the same meanwhile.
        if (event.revision !== annals.revision + 1) continue;
        const { position, recordedAt: recordedAtMs } = event;
        annals = annalsAfter(annals, { ...codec.decode(event), position, recordedAtMs });
      }
      if (annals.revision > this.#annals.revision) this.#annals = annals;
      if (events.length < READ_COUNT) return this.#annals;
    }
  }

  /**
   * Records what is to be said in view of what the log says already; decided again where somebody else was faster.
   * @returns what was recorded, which may be nothing
   * @throws StoreUnavailable, OutcomeUnknown
   */
  async record(decide: (annals: Annals) => readonly LogEvent[] | Promise<readonly LogEvent[]>): Promise<LogEvent[]> {
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      const annals = await this.read();
      const events = await decide(annals);
      if (events.length === 0) return [];
      const { kind } = await this.store.append(await this.#appendOf(events, annals.revision));
      if (kind === 'appended') return [...events];
      // What was faster may stand already and not be recorded yet.
      await delay(RETRY_MS * attempt);
    }
    throw new StoreUnavailable(`the stream ${LEDGER_STREAM} kept growing while something was to be added to it`);
  }

  async #appendOf(events: readonly LogEvent[], expectedRevision: number): Promise<AppendRequest> {
    const { logId, clock } = this.store.identity();
    const now = Date.now();
    // A log with a simulated clock goes on from its last moment.
    const recordedAt = clock === 'simulated' ? (await this.store.head()).recordedAt : undefined;
    // Who tells the same at the same place tells it once.
    const about = canonicalJson([logId, expectedRevision, events]);
    const commandId = derivedId('log-annals', about);
    const context: CommandContext = {
      commandId,
      requestHash: '',
      actor: { id: logId, role: 'ledger' },
      decidedAt: new Date(Math.min(now, recordedAt ?? now)).toISOString(),
      correlationId: commandId,
      provenance: NATIVE,
    };
    const salts = new CommandSalts();
    const encoded = events.map(
      (event, index): NewEvent =>
        codec.encode({ event, index, stream: LEDGER_STREAM, revision: expectedRevision + 1 + index, context, salts })
          .event,
    );
    return {
      stream: LEDGER_STREAM,
      expectedRevision,
      events: encoded,
      ...(recordedAt !== undefined && { recordedAt }),
    };
  }
}
