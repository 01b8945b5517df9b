import type { Revision, StreamName } from '@khamrap/kernel';
import { createPool, int4Array, textArray, uuidArray, withoutWaitingForDisk } from '@khamrap/platform/database';
import type { Pool } from 'pg';
import type { AppendRequest } from '../event-store';
import { AppendQueue } from '../postgres/append-queue';
import { unavailableOr } from '../postgres/server-error';

/** Where an event id stands, or is on its way to. */
export interface ClaimedPlace {
  readonly eventId: string;
  readonly stream: StreamName;
  readonly revision: Revision;
  /** Whether the event stands there; if not, it may be on its way. */
  readonly recorded: boolean;
  readonly ageMs: number;
}

/** `mine`: nobody has wanted these ids before. `shared`: somebody has, for these very places. */
export type Claim = { readonly kind: 'mine' | 'shared' } | { readonly kind: 'elsewhere'; readonly at: ClaimedPlace };

const CONNECTION_COUNT = 2;

/**
 * Sees to it that no event id comes to stand twice, which the store looks after within one place of one stream only. Claims of
 * many appends are made together. They lie in the database and need not outlive it: what a crash takes away is claimed anew by
 * whoever submits again, and recorded ids are known by the log.
 */
export class Claims {
  readonly #pool: Pool;
  readonly #queue: AppendQueue<AppendRequest, Claim>;

  /** @param appendUrl connection of the appending role */
  constructor(appendUrl: string) {
    const url = withoutWaitingForDisk(appendUrl);
    this.#pool = createPool({ url, size: CONNECTION_COUNT, applicationName: 'khamrap claims' });
    this.#queue = new AppendQueue((batch) => this.#claimAll(batch));
  }

  /** @throws StoreUnavailable */
  claim(request: AppendRequest): Promise<Claim> {
    return this.#queue.submit(request);
  }

  /** Gives the ids up for this place: their events do not stand there, and will not. @throws StoreUnavailable */
  async release({ stream, expectedRevision, events }: AppendRequest): Promise<void> {
    await this.#query('release-claims', RELEASE, [
      uuidArray(events.map(({ eventId }) => eventId)),
      textArray(events.map(() => stream)),
      int4Array(events.map((_event, index) => expectedRevision + 1 + index)),
    ]);
  }

  /** Takes away a claim of which nothing will come. @throws StoreUnavailable */
  async forget({ eventId, stream, revision }: ClaimedPlace): Promise<void> {
    await this.#query('release-claims', RELEASE, [uuidArray([eventId]), textArray([stream]), int4Array([revision])]);
  }

  async close(): Promise<void> {
    await this.#queue.close();
    await this.#pool.end();
  }

  async #claimAll(batch: readonly AppendRequest[]): Promise<readonly Claim[]> {
    const wanted = batch.flatMap(({ stream, expectedRevision, events }, index) =>
      events.map(({ eventId }, eventIndex) => ({
        number: index + 1,
        stream,
        revision: expectedRevision + 1 + eventIndex,
        eventId,
      })),
    );
    const rows = await this.#query<ClaimRow>('claim-event-ids', CLAIM, [
      int4Array(wanted.map(({ number }) => number)),
      textArray(wanted.map(({ stream }) => stream)),
      int4Array(wanted.map(({ revision }) => revision)),
      uuidArray(wanted.map(({ eventId }) => eventId)),
    ]);
    return rows.map(({ verdict, ...at }) => (verdict === 'elsewhere' ? { kind: verdict, at } : { kind: verdict }));
  }

  async #query<Row extends object>(name: string, text: string, values: readonly Buffer[]): Promise<Row[]> {
    try {
      return (await this.#pool.query<Row>({ name, text, values: [...values] })).rows;
    } catch (error) {
      throw unavailableOr(error);
    }
  }
}

type ClaimRow = ClaimedPlace & { readonly verdict: Claim['kind'] };

const CLAIM = `
  SELECT verdict, event_id AS "eventId", stream, revision, recorded, age_ms AS "ageMs"
  FROM ledger.claim_event_ids($1::int4[], $2::text[], $3::int4[], $4::uuid[]) ORDER BY number`;
const RELEASE = `
  DELETE FROM ledger.claim USING unnest($1::uuid[], $2::text[], $3::int4[]) AS e(id, stream, revision)
  WHERE claim.event_id = e.id AND claim.stream = e.stream AND claim.revision = e.revision`;
