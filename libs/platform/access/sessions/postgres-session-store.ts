import type { Pool, QueryResultRow } from 'pg';
import { unavailableOr } from '@khamrap/platform/event-store';
import type { KnownIdentity } from '../grant';
import {
  SESSION_IDLE_SECONDS_MAX,
  SESSION_SECONDS_MAX,
  SessionStore,
  type SessionRecord,
  type StoredSession,
} from './session-store';

/** How exactly it is known when a session was last in use. */
const SEEN_SECONDS = 60;

interface Row {
  readonly issuer: string;
  readonly subject: string;
  readonly pseudonym: string;
  readonly expires_at: Date;
}

interface RecordRow {
  readonly digest: Buffer;
  readonly begun_at: Date;
  readonly seen_at: Date;
  readonly expires_at: Date;
}

/**
 * Sessions in PostgreSQL, by its clock, which all instances share. Every method throws StoreUnavailable while the database
 * cannot be reached.
 */
export class PostgresSessionStore extends SessionStore {
  /** @param pool connections of the appending role */
  constructor(private readonly pool: Pool) {
    super();
  }

  async begin(digest: Buffer, { issuer, subject, pseudonym }: KnownIdentity): Promise<StoredSession> {
    const rows = await this.query<Row>(
      `INSERT INTO access.session (digest, issuer, subject, pseudonym, expires_at)
       VALUES ($1, $2, $3, $4, now() + make_interval(secs => $5)) RETURNING issuer, subject, pseudonym, expires_at`,
      [digest, issuer, subject, pseudonym, SESSION_SECONDS_MAX],
    );
    return sessionOf(rows[0] as Row);
  }

  async find(digest: Buffer): Promise<StoredSession | undefined> {
    const rows = await this.query<Row>(
      `WITH known AS (
         SELECT digest, issuer, subject, pseudonym, expires_at, seen_at FROM access.session
         WHERE digest = $1 AND expires_at > now() AND seen_at > now() - make_interval(secs => $2)),
       seen AS (
         UPDATE access.session SET seen_at = now() FROM known
         WHERE session.digest = known.digest AND known.seen_at < now() - make_interval(secs => $3))
       SELECT issuer, subject, pseudonym, expires_at FROM known`,
      [digest, SESSION_IDLE_SECONDS_MAX, SEEN_SECONDS],
    );
    return rows[0] && sessionOf(rows[0]);
  }

  async sessionsOf(pseudonym: string): Promise<readonly SessionRecord[]> {
    const rows = await this.query<RecordRow>(
      `SELECT digest, begun_at, seen_at, expires_at FROM access.session
       WHERE pseudonym = $1 AND expires_at > now() AND seen_at > now() - make_interval(secs => $2)
       ORDER BY begun_at DESC, digest`,
      [pseudonym, SESSION_IDLE_SECONDS_MAX],
    );
    return rows.map(({ digest, begun_at, seen_at, expires_at }) => ({
      digest,
      begunAt: begun_at.getTime(),
      lastUsedAt: seen_at.getTime(),
      expiresAt: expires_at.getTime(),
    }));
  }

  async end(digest: Buffer): Promise<void> {
    await this.query('DELETE FROM access.session WHERE digest = $1', [digest]);
  }

  async endAllOf(pseudonym: string, except?: Buffer): Promise<number> {
    const rows = await this.query(
      'DELETE FROM access.session WHERE pseudonym = $1 AND ($2::bytea IS NULL OR digest <> $2) RETURNING 1',
      [pseudonym, except ?? null],
    );
    return rows.length;
  }

  async sweep(): Promise<number> {
    const rows = await this.query<{ count: number }>(
      `WITH over AS (
         DELETE FROM access.session WHERE expires_at <= now() OR seen_at <= now() - make_interval(secs => $1) RETURNING 1)
       SELECT count(*)::integer AS count FROM over`,
      [SESSION_IDLE_SECONDS_MAX],
    );
    return rows[0]?.count ?? 0;
  }

  private async query<Answer extends QueryResultRow>(text: string, values: unknown[]): Promise<readonly Answer[]> {
    try {
      return (await this.pool.query<Answer>(text, values)).rows;
    } catch (error) {
      throw unavailableOr(error);
    }
  }
}

function sessionOf({ issuer, subject, pseudonym, expires_at }: Row): StoredSession {
  return { issuer, subject, pseudonym, expiresAt: expires_at.getTime() };
}
