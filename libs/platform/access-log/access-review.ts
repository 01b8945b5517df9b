import type { Pool, QueryResultRow } from 'pg';
import { queryEntitled } from '@khamrap/platform/database';
import { unavailableOr } from '@khamrap/platform/event-store';
import { sightOf, type Requester } from '@khamrap/platform/access';
import type { Access, AccessEntry } from './access-entry';
import { placeOf } from './reading';

/** What rows are asked for; all of it has to hold. Times in milliseconds since 1970, `until` not included. */
export interface AccessFilter {
  readonly person?: string;
  readonly office?: string;
  /** Method and pattern, such as `GET /v1/agreements/:agreementId`. */
  readonly route?: string;
  /** One of these was named in the address, or is a stream of which something was opened. */
  readonly names?: readonly string[];
  /** Something of this stream was opened, or the address named it. */
  readonly stream?: string;
  readonly fromMs?: number;
  readonly untilMs?: number;
}

/** A row with what it says. */
export interface ReadAccess extends AccessEntry {
  readonly access: Access;
}

interface EntryRow extends QueryResultRow {
  readonly number: number;
  readonly at_ms: number;
  readonly body: string;
  readonly salt: Buffer;
}

/** Reads the rows, which the database holds back from every statement that does not say who is entitled to them. */
export class AccessReview {
  /** @param pool connections of the appending role */
  constructor(private readonly pool: Pool) {}

  /**
   * Rows for whoever reviews, the newest first, one more than asked for where there are more. Somebody who may review all of the
   * nation sees all; others those whose readers looked by roles that hold within their own reach, and nowhere else.
   * @param before number behind the last row of the page before
   */
  async list(
    reviewer: Requester,
    { person, office, route, names, stream, fromMs, untilMs }: AccessFilter,
    before: number,
    countMax: number,
  ): Promise<readonly ReadAccess[]> {
    return this.#read(
      { places: placesOf(reviewer) },
      `SELECT number, at_ms, body, salt FROM access_log.entry
       WHERE number < $1 AND ($2::text IS NULL OR person = $2) AND ($3::text IS NULL OR places @> ARRAY[$3])
         AND ($4::text IS NULL OR route = $4) AND ($5::text[] IS NULL OR names && $5)
         AND ($9::text IS NULL OR names @> ARRAY[$9])
         AND ($6::bigint IS NULL OR at_ms >= $6) AND ($7::bigint IS NULL OR at_ms < $7)
       ORDER BY number DESC LIMIT $8`,
      [
        before,
        person,
        office === undefined ? undefined : `office:${office}`,
        route,
        names,
        fromMs,
        untilMs,
        countMax + 1,
        stream,
      ],
    );
  }

  /** One row, for whoever may review it; undefined where there is none for them. */
  async one(reviewer: Requester, number: number): Promise<ReadAccess | undefined> {
    const [row] = await this.#read({ places: placesOf(reviewer) }, `${ENTRY} WHERE number = $1`, [number]);
    return row;
  }

  /** What somebody has read, the newest first, so many rows at the most: for telling them. */
  of(person: string, countMax: number): Promise<readonly ReadAccess[]> {
    return this.#read({ pseudonym: person }, `${ENTRY} WHERE person = $1 ORDER BY number DESC LIMIT $2`, [
      person,
      countMax,
    ]);
  }

  /** All rows from a number on, in order: for the command that checks them. */
  from(first: number, countMax: number): Promise<readonly ReadAccess[]> {
    return this.#read({ places: EVERY_PLACE }, `${ENTRY} WHERE number >= $1 ORDER BY number LIMIT $2`, [
      first,
      countMax,
    ]);
  }

  async #read(
    entitled: { readonly places: string } | { readonly pseudonym: string },
    text: string,
    values: readonly unknown[],
  ): Promise<readonly ReadAccess[]> {
    const rows = await queryEntitled<EntryRow>(this.pool, entitled, text, values).catch((error: unknown) => {
      throw unavailableOr(error);
    });
    return rows.map(({ number, at_ms: atMs, body, salt }) => ({
      number,
      atMs,
      body,
      salt,
      access: JSON.parse(body) as Access,
    }));
  }
}

const ENTRY = 'SELECT number, at_ms, body, salt FROM access_log.entry';
/** What the policy of the table takes for everything; no place is called so. */
const EVERY_PLACE = 'all';

function placesOf(reviewer: Requester): string {
  const sight = sightOf(reviewer, 'accessLog.read');
  if (sight.kind === 'all') return EVERY_PLACE;
  const own = reviewer.grants
    .filter(({ permissions }) => permissions.has('accessLog.read'))
    .map(({ scope }) => placeOf(scope));
  const reached = [
    ...sight.provinces.map((province) => `province:${province}`),
    ...sight.offices.map(({ office }) => `office:${office}`),
  ];
  return [...new Set([...own, ...reached])].join('\n');
}
