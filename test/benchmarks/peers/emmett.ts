import { Pool } from 'pg';
import type { JsonObject } from '@khamrap/kernel';
import { loadPeer } from './load-peer';
import { nextBody } from './prepared-bodies';

/** The part of @event-driven-io/emmett-postgresql that is used here. */
interface Emmett {
  getPostgreSQLEventStore(
    connectionString: string,
    options: { readonly connectionOptions: { readonly pool: Pool } },
  ): EmmettStore;
}

interface EmmettStore {
  appendToStream(
    stream: string,
    events: readonly { readonly type: string; readonly data: JsonObject }[],
    options: { readonly expectedStreamVersion: bigint | 'STREAM_DOES_NOT_EXIST' },
  ): Promise<{ readonly nextExpectedStreamVersion: bigint }>;
  close(): Promise<void>;
}

/** What served it best among 4, 10, 16, 32, 64 and 128 with 64 appends in flight on two cores; 16 to 64 differ by noise. */
const CONNECTION_COUNT = 32;

/** Emmett's store on PostgreSQL; one stream for each lane. */
export class EmmettPeer {
  readonly #versions: bigint[] = [];

  private constructor(
    private readonly store: EmmettStore,
    private readonly pool: Pool,
  ) {}

  static async open(url: string, streamCount: number): Promise<EmmettPeer> {
    const { getPostgreSQLEventStore } = loadPeer<Emmett>('@event-driven-io/emmett-postgresql');
    const pool = new Pool({ connectionString: url, max: CONNECTION_COUNT });
    const peer = new EmmettPeer(getPostgreSQLEventStore(url, { connectionOptions: { pool } }), pool);
    // The first append makes its tables; the others may come together.
    for (let lane = 0; lane < streamCount; lane++) await peer.append(lane);
    return peer;
  }

  /** One event to the lane's stream, at the version that it is known to have. */
  async append(lane: number): Promise<number> {
    const version = this.#versions[lane];
    const { nextExpectedStreamVersion } = await this.store.appendToStream(
      `agreement-${lane}`,
      [{ type: 'ActualReported', data: nextBody().data }],
      { expectedStreamVersion: version ?? 'STREAM_DOES_NOT_EXIST' },
    );
    this.#versions[lane] = nextExpectedStreamVersion;
    return 1;
  }

  async close(): Promise<void> {
    await this.store.close();
    await this.pool.end();
  }
}
