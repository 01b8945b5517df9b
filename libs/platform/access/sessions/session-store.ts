import type { KnownIdentity } from '../grant';

/** How long a session lasts at the most, and how long without a request. */
export const SESSION_SECONDS_MAX = 12 * 3_600;
export const SESSION_IDLE_SECONDS_MAX = 30 * 60;

/** A session that has not ended, under the pseudonym that its person had when it began. */
export interface StoredSession extends KnownIdentity {
  /** Milliseconds since 1970: when it ends at the latest. */
  readonly expiresAt: number;
}

/** What can be told of a session without knowing its cookie. Times in milliseconds since 1970. */
export interface SessionRecord {
  readonly digest: Buffer;
  readonly begunAt: number;
  /** To the minute. */
  readonly lastUsedAt: number;
  readonly expiresAt: number;
}

/** Port: the sessions of browsers, each by the SHA-256 of what its cookie says. Shared by all instances. */
export abstract class SessionStore {
  abstract begin(digest: Buffer, person: KnownIdentity): Promise<StoredSession>;
  /** The session unless it has ended, run out, or lain idle for too long. To be asked for is to be in use. */
  abstract find(digest: Buffer): Promise<StoredSession | undefined>;
  /** The sessions of somebody that have not ended, the one last begun first. */
  abstract sessionsOf(pseudonym: string): Promise<readonly SessionRecord[]>;
  abstract end(digest: Buffer): Promise<void>;
  /** Ends the sessions of somebody, all or all but one; answers how many there were. */
  abstract endAllOf(pseudonym: string, except?: Buffer): Promise<number>;
  /** Forgets sessions that are over; answers how many there were. */
  abstract sweep(): Promise<number>;
}
