import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { EventStore } from '@khamrap/platform/event-store';
import { judge, readJournal, type JournalVerdict, type SeededRandom } from '@khamrap/testing';
import { EventStoreClient } from '../crash-loop/event-store-client';
import { journalFileOf, runLoad } from '../crash-loop/run-load';

/** What clients were told, by the names of their journals. */
export interface Told {
  readonly OK: number;
  readonly REJECT: number;
  readonly UNAVAILABLE: number;
  readonly UNKNOWN: number;
}

/** Clients of several instances on one log, and the journals that they write. */
export class CarriedLoad {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'khamrap-carried-'));
  readonly #enough = new AbortController();
  readonly #running: Promise<void>;

  /** Begins at once. @param stores are taken by the clients in turn */
  constructor(stores: readonly EventStore[], clientCount: number, random: SeededRandom) {
    const clients = Array.from({ length: clientCount }, (_, index) => {
      const own = random.branch(`client ${index}`);
      const store = stores[index % stores.length] as EventStore;
      return runLoad({
        client: new EventStoreClient(`client-${index}`, store, own.branch('requests')),
        journalFile: journalFileOf(this.folder, index, 1),
        unfinished: [],
        random: own.branch('pauses'),
        signal: this.#enough.signal,
      });
    });
    this.#running = Promise.all(clients).then(() => undefined);
    // Whoever finishes the load hears of it.
    this.#running.catch(() => undefined);
  }

  /** Asks for nothing new; every client brings to its end what it has asked for. */
  async finish(): Promise<void> {
    this.#enough.abort();
    await this.#running;
  }

  /** Rejects with what a client has failed with; does not resolve before the end. */
  get failed(): Promise<never> {
    return this.#running.then(() => new Promise<never>(() => undefined));
  }

  async judged(store: EventStore): Promise<JournalVerdict> {
    return judge(this.#journalFiles(), (from, countMax) => store.readLog(from, countMax));
  }

  async told(): Promise<Told> {
    const told = { INVOKE: 0, OK: 0, REJECT: 0, UNAVAILABLE: 0, UNKNOWN: 0 };
    for (const journalFile of this.#journalFiles()) {
      for await (const { kind } of readJournal(journalFile)) told[kind]++;
    }
    return told;
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true });
  }

  #journalFiles(): readonly string[] {
    return fs.readdirSync(this.folder).map((name) => path.join(this.folder, name));
  }
}
