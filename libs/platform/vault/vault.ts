import { LRUCache } from 'lru-cache';
import { randomBytes, randomUUID } from 'node:crypto';
import type { Pool, QueryResultRow } from 'pg';
import { BEFORE_FIRST, type Position, type StreamName } from '@khamrap/kernel';
import { queryEntitled, type EntitlementName } from '@khamrap/platform/database';
import { unavailableOr, type Disclosure, type DisclosureKeeper } from '@khamrap/platform/event-store';

const PSEUDONYM_CACHE_COUNT_MAX = 20_000;
const SECRET_BYTES = 32;
/** What stands in the issuer's place where an identity was erased (migrations/1700000000005-wall-the-vault.ts). */
const ERASED_ISSUER = 'urn:khamrap:erased';
/** How many values one call of vault.sweep_orphans() judges at the most, so that none runs into the role's time limit. */
const SWEEP_COUNT_MAX = 1_000;

/** One person or machine, as its issuer names it. */
export interface Subject {
  readonly issuer: string;
  readonly subject: string;
}

/** How much was there to be erased, and is gone. */
export interface Erased {
  readonly valueCount: number;
  readonly identityCount: number;
}

/**
 * Keeps apart from the log what must be erasable: private values, who a pseudonym is, and the secrets of keyed digests.
 * Every method throws StoreUnavailable while the database cannot be reached.
 */
export class Vault implements DisclosureKeeper {
  readonly #pseudonyms = new LRUCache<string, string>({ max: PSEUDONYM_CACHE_COUNT_MAX });
  readonly #forgetters: ((pseudonym: string) => void)[] = [];

  /** @param pool connections of the appending role */
  constructor(private readonly pool: Pool) {}

  /** Keeps disclosures, durably, before the events that commit to them are appended. Keeping one twice is keeping it once. */
  async keep(disclosures: readonly Disclosure[]): Promise<void> {
    await this.#query(
      // Without naming what may conflict: named, it would have to be readable.
      `INSERT INTO vault.private_value (digest, event_id, path, disclosure, stream)
       SELECT * FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[]) ON CONFLICT DO NOTHING`,
      [
        disclosures.map((disclosure) => disclosure.digest),
        disclosures.map((disclosure) => disclosure.eventId),
        disclosures.map((disclosure) => disclosure.path),
        disclosures.map((disclosure) => disclosure.disclosure),
        disclosures.map((disclosure) => disclosure.stream),
      ],
    );
  }

  /**
   * The private values behind commitments of one stream, by digest, for a reader who is entitled to them; erased ones are
   * missing, and so are those of other streams.
   */
  async valuesOf(stream: StreamName, digests: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const disclosures = await this.disclosuresOf(stream, digests);
    return new Map([...disclosures].map(([digest, disclosure]) => [digest, valueOf(disclosure)]));
  }

  /**
   * The same with what proves them: the disclosures of RFC 9901, salts and names of fields included, by the digests that stand in
   * the events. For a reader who is entitled to them and has to show others that these are the values.
   */
  async disclosuresOf(stream: StreamName, digests: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (digests.length === 0) return new Map();
    const rows = await this.#queryAs<{ digest: string; disclosure: string }>(
      { stream },
      'SELECT digest, disclosure FROM vault.private_value WHERE digest = ANY($1::text[])',
      [digests],
    );
    return new Map(rows.map(({ digest, disclosure }) => [digest, disclosure]));
  }

  /** Which private values of one stream are kept, by digest: for who has to know that, and not what they say. */
  async keptOf(stream: StreamName, digests: readonly string[]): Promise<readonly string[]> {
    if (digests.length === 0) return [];
    const rows = await this.#queryAs<{ digest: string }>(
      { stream },
      'SELECT digest FROM vault.private_value WHERE digest = ANY($1::text[]) ORDER BY digest',
      [digests],
    );
    return rows.map(({ digest }) => digest);
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

  /** Who a pseudonym stands for; undefined when it stands for nobody, or for nobody any more. */
  async identityOf(pseudonym: string): Promise<Subject | undefined> {
    const [row] = await this.#queryAs<{ issuer: string; subject: string }>(
      { pseudonym },
      'SELECT issuer, subject FROM vault.pseudonym WHERE pseudonym::text = $1',
      [pseudonym],
    );
    return row === undefined || row.issuer === ERASED_ISSUER ? undefined : { issuer: row.issuer, subject: row.subject };
  }

  /** Who signs in is looked up anew: to be called on every instance where an erasure has taken somebody's identity. */
  forget(pseudonym: string): void {
    for (const [key, known] of this.#pseudonyms.entries()) if (known === pseudonym) this.#pseudonyms.delete(key);
    for (const forgets of this.#forgetters) forgets(pseudonym);
  }

  /** Calls whoever remembers pseudonyms beside the vault when one is to be forgotten. */
  onForget(listener: (pseudonym: string) => void): void {
    this.#forgetters.push(listener);
  }

  /**
   * Erases what an event decides: its data state it as `fromVault: { commitments: [digest …], pseudonym? }`. Twice is once.
   * The database reads the event itself and erases nothing else.
   */
  async carryOutErasure(decisionEventId: string): Promise<Erased> {
    const [row] = await this.#query<{ value_count: number; identity_count: number }>(
      'SELECT value_count, identity_count FROM vault.carry_out_erasure($1)',
      [decisionEventId],
    );
    return { valueCount: row?.value_count ?? 0, identityCount: row?.identity_count ?? 0 };
  }

  /** Up to which position the log has been read for decisions to erase; a restored vault is behind. */
  async erasureProgress(): Promise<Position> {
    const [row] = await this.#query<{ position: number }>('SELECT position FROM vault.erasure_progress', []);
    return row?.position ?? BEFORE_FIRST;
  }

  /** Notes that everything decided up to a position is carried out. It never goes back. */
  async noteErasureProgress(position: Position): Promise<void> {
    await this.#query('SELECT vault.note_erasure_progress($1)', [position]);
  }

  /** The secret of one purpose: drawn once, the same on every instance. */
  async secretFor(purpose: string): Promise<Buffer> {
    await this.#query('INSERT INTO vault.secret (name, bytes) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      purpose,
      randomBytes(SECRET_BYTES),
    ]);
    const rows = await this.#queryAs<{ bytes: Buffer }>(
      { secret: purpose },
      'SELECT bytes FROM vault.secret WHERE name = $1',
      [purpose],
    );
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
      'INSERT INTO vault.pseudonym (issuer, subject, pseudonym) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [issuer, subject, randomUUID()],
    );
    const rows = await this.#queryAs<{ pseudonym: string }>(
      { issuer, subject },
      'SELECT pseudonym FROM vault.pseudonym WHERE issuer = $1 AND subject = $2',
      [issuer, subject],
    );
    return (rows[0] as { pseudonym: string }).pseudonym;
  }

  /** For what row-level security holds back from statements that do not say what they are entitled to. */
  async #queryAs<Row extends QueryResultRow>(
    entitled: Readonly<Partial<Record<EntitlementName, string>>>,
    text: string,
    values: readonly unknown[],
  ): Promise<readonly Row[]> {
    return queryEntitled<Row>(this.pool, entitled, text, values).catch((error: unknown) => {
      throw unavailableOr(error);
    });
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
