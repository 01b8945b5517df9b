import { SeededRandom } from '@khamrap/testing';
import { signIn, type ApiClient } from '../../../libs/testing/service';
import {
  DEMONSTRATION_ASSIGNMENTS,
  DEMONSTRATION_GRANTS,
  OFFICES_OF_GRANTS,
} from '../../../apps/api/demonstration/grants';
import { registerSource } from '../../journeys/bodies';
import { journalFileOf, runLoad } from '../crash-loop/run-load';
import { CommonGround, HttpLoadClient, LOAD_SUBJECT } from './http-load-client';
import type { ServiceUnderFault } from './service-under-fault';

/**
 * Events that no client asked for: the opening of the ledger, the key of its log, the offices and roles of the demonstration's
 * persons, and the document that all figures are transcribed from.
 */
export const UNACCOUNTED_COUNT =
  3 + OFFICES_OF_GRANTS.length + DEMONSTRATION_GRANTS.length + DEMONSTRATION_ASSIGNMENTS.length;

/** Clients over HTTP, in as many lives as there are: each life ends when everything that was asked for is known. */
export class HttpLoad {
  readonly #ground = new CommonGround();
  readonly #clients: ApiClient[] = [];
  #life = 0;

  constructor(
    private readonly service: ServiceUnderFault,
    private readonly clientCount: number,
    private readonly seed: number,
  ) {}

  /** Begins a life of all clients. */
  async begin(): Promise<HttpLoadLife> {
    this.#life += 1;
    if (this.#life === 1) {
      const client = await this.#client(0);
      this.#ground.pseudonym = (await client.get<{ pseudonym: string }>('/session')).body.pseudonym;
      await registerSource(client);
    }
    const enough = new AbortController();
    const running = Array.from({ length: this.clientCount }, async (_, number) => {
      const random = new SeededRandom(this.seed).branch(`client ${number}, life ${this.#life}`);
      await runLoad({
        client: new HttpLoadClient(await this.#client(number), this.#ground, random.branch('requests')),
        journalFile: journalFileOf(this.service.journalFolder, number, this.#life),
        unfinished: [],
        random: random.branch('pauses'),
        signal: enough.signal,
      });
    });
    const ended = Promise.all(running);
    const failed = new Promise<never>((_resolve, reject) => {
      ended.catch(reject);
    });
    // Whoever waits for the clients hears of it; when nobody does, the end of the life tells.
    failed.catch(() => undefined);
    return {
      failed,
      end: async () => {
        enough.abort();
        await ended;
      },
    };
  }

  close(): void {
    for (const client of this.#clients) client.close();
  }

  async #client(number: number): Promise<ApiClient> {
    const known = this.#clients[number];
    if (known) return known;
    const client = await signIn(this.service.url, LOAD_SUBJECT);
    this.#clients[number] = client;
    return client;
  }
}

export interface HttpLoadLife {
  /** Rejects when a client has failed. */
  readonly failed: Promise<never>;
  /** Asks for nothing new; resolves when the outcome of everything is known. */
  end(): Promise<void>;
}
