import { LEDGER_STREAM, type Position } from '@khamrap/kernel';
import { EventCodec, ledgerEventDeclarations, LogDamaged, type EventStore } from '@khamrap/platform/event-store';
import {
  transparencyEventDeclarations,
  type AccessLogSealed,
  type Annals,
  type LogAnnals,
} from '@khamrap/platform/transparency';
import { hexOf } from '@khamrap/platform/transparency/proof';
import type { AccessTree } from './access-tree';

const HOUR_MS = 3_600_000;
const READ_COUNT = 500;
/** So many rows are sealed without waiting for the hour. */
const ROW_COUNT_MAX = 10_000;
const codec = new EventCodec([...ledgerEventDeclarations, ...transparencyEventDeclarations]);

/** What an event of the ledger says of the access log, and where it stands. */
export type RecordedSeal = AccessLogSealed['data'] & {
  readonly eventId: string;
  readonly position: Position;
  /** Milliseconds since 1970. */
  readonly recordedAtMs: number;
};

/**
 * Seals the access log: records in the ledger how many rows there are and the root of the tree over them, so that none of them
 * can be altered or removed afterwards without everybody being able to see it. Any instance may: the log decides which one does.
 */
export class AccessSeals {
  readonly #seals: RecordedSeal[] = [];
  #nextRevision = 0;
  #reading: Promise<void> | undefined;

  constructor(
    private readonly store: Pick<EventStore, 'identity' | 'readRecorded'>,
    private readonly annals: LogAnnals,
    private readonly tree: AccessTree,
  ) {}

  /**
   * Seals what is not sealed yet.
   * @returns what was recorded; undefined where there is nothing new
   * @throws LogDamaged where the rows are not those that were sealed before: then they are not sealed again
   */
  seal(): Promise<AccessLogSealed['data'] | undefined> {
    return this.#sealWhere(() => true);
  }

  /**
   * Seals where the oldest row that is not sealed is so many hours old, or where there are 10,000 of them. A log with a simulated
   * clock has no hours of its own: there it is done only when asked for.
   */
  async sealWhenDue(hours: number): Promise<AccessLogSealed['data'] | undefined> {
    if (hours === 0 || this.store.identity().clock === 'simulated') return undefined;
    const { lastSeal } = await this.annals.read();
    const sealed = lastSeal?.size ?? 0;
    const size = await this.tree.size();
    const isDue = async (): Promise<boolean> =>
      size - sealed >= ROW_COUNT_MAX || Date.now() - ((await this.tree.timeOf(sealed)) ?? Infinity) >= hours * HOUR_MS;
    // Where there are fewer than were sealed, sealing finds it and says so.
    if (size === sealed || (size > sealed && !(await isDue()))) return undefined;
    return this.#sealWhere((now) => now.lastSeal?.size === lastSeal?.size);
  }

  /** Seals what is not sealed yet, where the log has a clock of its own. */
  async sealWhenStopping(): Promise<AccessLogSealed['data'] | undefined> {
    return this.store.identity().clock === 'simulated' ? undefined : this.seal();
  }

  /** Every seal, in the order of the log. */
  async all(): Promise<readonly RecordedSeal[]> {
    this.#reading ??= this.#readOn().finally(() => (this.#reading = undefined));
    await this.#reading;
    return this.#seals;
  }

  /** The newest seal that covers a row; undefined where none does. */
  async newestOver(number: number): Promise<RecordedSeal | undefined> {
    const last = (await this.all()).at(-1);
    return last !== undefined && last.size > number ? last : undefined;
  }

  async #readOn(): Promise<void> {
    for (;;) {
      const events = await this.store.readRecorded(LEDGER_STREAM, this.#nextRevision, READ_COUNT);
      for (const event of events) {
        const { eventId, position, recordedAt: recordedAtMs } = event;
        if (event.type !== 'AccessLogSealed') continue;
        const data = codec.decode(event).data as unknown as AccessLogSealed['data'];
        this.#seals.push({ ...data, eventId, position, recordedAtMs });
      }
      this.#nextRevision += events.length;
      if (events.length < READ_COUNT) return;
    }
  }

  async #sealWhere(isStillDue: (annals: Annals) => boolean): Promise<AccessLogSealed['data'] | undefined> {
    const [recorded] = await this.annals.record(async (annals) => {
      if (!isStillDue(annals)) return [];
      const { lastSeal } = annals;
      const sealed = lastSeal?.size ?? 0;
      const size = await this.tree.settledSize();
      if (size < sealed) throw new LogDamaged(`the access log has ${size} rows, and ${sealed} were sealed`);
      if (size === sealed) return [];
      await this.tree.extendTo(size);
      const tree = this.tree.at(size);
      if (lastSeal && hexOf(await tree.rootAt(sealed)) !== lastSeal.root)
        throw new LogDamaged(`the first ${sealed} rows of the access log are not those that were sealed`);
      const root = hexOf(await tree.rootAt());
      const [firstAt, lastAt] = [await this.#timeOf(sealed), await this.#timeOf(size - 1)];
      return [{ type: 'AccessLogSealed', data: { size, root, firstAt, lastAt } }];
    });
    return recorded?.type === 'AccessLogSealed' ? recorded.data : undefined;
  }

  async #timeOf(number: number): Promise<string> {
    const atMs = await this.tree.timeOf(number);
    if (atMs === undefined) throw new LogDamaged(`row ${number} of the access log is missing`);
    return new Date(atMs).toISOString();
  }
}
