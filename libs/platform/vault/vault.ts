import { LRUCache } from 'lru-cache';
import { randomBytes, randomUUID } from 'node:crypto';
import type { Pool, QueryResultRow } from 'pg';
import { unavailableOr, type Disclosure, type DisclosureKeeper } from '@khamrap/platform/event-store';

const PSEUDONYM_CACHE_COUNT_MAX = 20_000;
const SECRET_BYTES = 32;
/** How many values one call of vault.sweep_orphans() judges at the most, so that none runs into the role's time limit. */
const SWEEP_COUNT_MAX = 1_000;

/** One person or machine, as its issuer names it. */
export interface Subject {
  readonly issuer: string;
  readonly subject: string;
}

/**
 * Keeps apart from the log what must be erasable: private values, who a pseudonym is, and the secrets of keyed digests.
 * Every method throws StoreUnavailable while the database cannot be reached.
 */
export class Vault implements DisclosureKeeper {
  readonly #pseudonyms = new LRUCache<string, string>({ max: PSEUDONYM_CACHE_COUNT_MAX });

  /** @param pool connections of the appending role */
  constructor(private readonly pool: Pool) {}

  /** Keeps disclosures, durably, before the events that commit to them are appended. Keeping one twice is keeping it once. */
  async keep(disclosures: readonly Disclosure[]): Promise<void> {
    await this.#query(
      `INSERT INTO vault.private_value (digest, event_id, path, disclosure)
       SELECT * FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[]) ON CONFLICT (digest) DO NOTHING`,
      [
        disclosures.map((disclosure) => disclosure.digest),
        disclosures.map((disclosure) => disclosure.eventId),
        disclosures.map((disclosure) => disclosure.path),
        disclosures.map((disclosure) => disclosure.disclosure),
      ],
    );
  }

  /** The private values behind commitments, by digest, for a reader who is entitled to them; erased ones are missing. */
  async valuesOf(digests: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (digests.length === 0) return new Map();
    const rows = await this.#query<{ digest: string; disclosure: string }>(
      'SELECT digest, disclosure FROM vault.private_value WHERE digest = ANY($1::text[])',
      [digests],
    );
    return new Map(rows.map(({ digest, disclosure }) => [digest, valueOf(disclosure)]));
  }

  /** The random pseudonym of a person or machine, drawn when first seen. */
  async pseudonymOf({ issuer, subject }: Subject): Promise<string> {
    const key = JSON.stringify([issuer, subject]);
    let pseudonym = this.#pseudonyms.get(key);
    if (pseudonym === undefined) {
      pseudonym = await this.#readOrDraw(issuer, subject);
      this.#pseudonyms.set(key, pseudonym);
    }
    return pseudonym;
  }

  /** The secret of one purpose: drawn once, the same on every instance. */
  async secretFor(purpose: string): Promise<Buffer> {
    await this.#query('INSERT INTO vault.secret (name, bytes) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING', [
      purpose,
      randomBytes(SECRET_BYTES),
    ]);
    const rows = await this.#query<{ bytes: Buffer }>('SELECT bytes FROM vault.secret WHERE name = $1', [purpose]);
    return (rows[0] as { bytes: Buffer }).bytes;
  }

  /** Removes values whose events never came about; answers how many there were. */
  async sweepOrphans(): Promise<number> {
    for (let sweptInAll = 0; ;) {
      const [answer] = await this.#query<{ judged: number; swept: number }>(
        'SELECT judged, swept FROM vault.sweep_orphans($1)',
        [SWEEP_COUNT_MAX],
      );
      const { judged, swept } = answer as { judged: number; swept: number };
      sweptInAll += swept;
      if (judged < SWEEP_COUNT_MAX) return sweptInAll;
    }
  }

  async #readOrDraw(issuer: string, subject: string): Promise<string> {
    await this.#query(
      'INSERT INTO vault.pseudonym (issuer, subject, pseudonym) VALUES ($1, $2, $3) ON CONFLICT (issuer, subject) DO NOTHING',
      [issuer, subject, randomUUID()],
    );
    const rows = await this.#query<{ pseudonym: string }>(
      'SELECT pseudonym FROM vault.pseudonym WHERE issuer = $1 AND subject = $2',
      [issuer, subject],
    );
    return (rows[0] as { pseudonym: string }).pseudonym;
  }

  async #query<Row extends QueryResultRow>(text: string, values: readonly unknown[]): Promise<readonly Row[]> {
    try {
      return (await this.pool.query<Row>(text, [...values])).rows;
    } catch (error) {
      throw unavailableOr(error);
    }
  }
}

/** The value in a disclosure: the third element of [salt, name, value] (RFC 9901 §4.2.1). */
function valueOf(disclosure: string): string {
  const [, , value] = JSON.parse(Buffer.from(disclosure, 'base64url').toString('utf8')) as [string, string, string];
  return value;
}
