import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { LRUCache } from 'lru-cache';
import { CrossSiteRequest, CsrfRefused } from '../access-refused';
import type { Identity, KnownIdentity, PseudonymReader } from '../grant';
import type { ServiceAddress } from '../service-address';
import { cookieIn, setCookie } from './cookies';
import type { SessionRecord, SessionStore } from './session-store';

/** Name of the cookie that holds a session. */
export const SESSION_COOKIE = '__Host-khamrap-session';
/** Header in which a page proves that it may read what the service answers. */
export const CSRF_HEADER = 'x-csrf-token';

const ID_BYTES = 32;
const ID = /^[A-Za-z0-9_-]{43}$/;
const CACHE_COUNT_MAX = 5_000;
/** How long an ended session may go on elsewhere. */
const CACHE_MS = 600;
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Somebody who signed in by browser. */
export interface BrowserSession extends KnownIdentity {
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** What unsafe requests of the session have to bring along. */
  readonly csrfToken: string;
}

/** A session as its person is told of it. */
export interface OwnSession extends SessionRecord {
  readonly isThisOne: boolean;
}

interface Remembered {
  readonly session: Promise<BrowserSession | undefined>;
  readonly until: number;
}

/** The sessions of browsers: what a cookie says is known by its SHA-256 alone, and looked up again after less than a second. */
export class BrowserSessions {
  private readonly remembered = new LRUCache<string, Remembered>({ max: CACHE_COUNT_MAX });
  private readonly open = new LRUCache<string, Promise<boolean>>({ max: CACHE_COUNT_MAX, ttl: CACHE_MS });

  constructor(
    private readonly store: SessionStore,
    private readonly pseudonyms: PseudonymReader,
    private readonly address: ServiceAddress,
    private readonly secret: () => Promise<Buffer>,
  ) {
    pseudonyms.onForget?.(() => this.forgetAll());
  }

  /** Begins a session under a name that nobody could have known before. Answers with the header that sets its cookie. */
  async begin(identity: Identity): Promise<string> {
    const id = randomBytes(ID_BYTES).toString('base64url');
    const pseudonym = await this.pseudonyms.pseudonymOf(identity);
    await this.store.begin(digestOf(id), { ...identity, pseudonym });
    return setCookie({ name: SESSION_COOKIE, value: id });
  }

  /** Ends the session of a `Cookie` header, if there is one. Answers with the header that removes its cookie. */
  async end(cookies: string | undefined): Promise<string> {
    const id = idIn(cookies);
    if (id !== undefined) {
      await this.store.end(digestOf(id));
      this.remembered.delete(id);
      this.open.delete(id);
    }
    return setCookie({ name: SESSION_COOKIE, value: '', maxAgeSeconds: 0 });
  }

  /** The sessions of somebody; the one by whose cookie they ask says so. */
  async sessionsOf(pseudonym: string, cookies: string | undefined): Promise<readonly OwnSession[]> {
    const own = digestIn(cookies);
    return (await this.store.sessionsOf(pseudonym)).map((session) => ({
      ...session,
      isThisOne: own?.equals(session.digest) === true,
    }));
  }

  /** Ends every session of somebody but the one by whose cookie they ask; answers how many there were. */
  endOthersOf(pseudonym: string, cookies: string | undefined): Promise<number> {
    return this.endOf(pseudonym, digestIn(cookies));
  }

  /** Ends every session of somebody, on every instance within a second; answers how many there were. */
  endAllOf(pseudonym: string): Promise<number> {
    return this.endOf(pseudonym);
  }

  /** The session that a `Cookie` header names; undefined when there is none, or it has ended. */
  async find(cookies: string | undefined): Promise<BrowserSession | undefined> {
    const id = idIn(cookies);
    if (id === undefined) return undefined;
    const remembered = this.remembered.get(id);
    if (remembered !== undefined && remembered.until > performance.now()) return remembered.session;
    const session = this.look(digestOf(id));
    this.remembered.set(id, { session, until: performance.now() + CACHE_MS });
    // A failure is not remembered.
    session.catch(() => this.remembered.delete(id));
    return session;
  }

  /**
   * Whether the session that a `Cookie` header names goes on, known within a second. To ask this is not to be in use: a page
   * that nobody looks at any more keeps its session no longer by what it listens to.
   */
  isOpen(cookies: string | undefined, pseudonym: string): Promise<boolean> {
    const id = idIn(cookies);
    if (id === undefined) return Promise.resolve(false);
    const remembered = this.open.get(id);
    if (remembered !== undefined) return remembered;
    const digest = digestOf(id);
    const isOpen = this.store.sessionsOf(pseudonym).then((all) => all.some((each) => each.digest.equals(digest)));
    this.open.set(id, isOpen);
    isOpen.catch(() => this.open.delete(id));
    return isOpen;
  }

  /**
   * Browsers send cookies along whoever made them ask. What changes something has to come from a page of our own that could
   * read the session's token; what reads must not come from within a page of another site.
   * @throws CsrfRefused, CrossSiteRequest
   */
  judge(session: BrowserSession, method: string, headers: IncomingHttpHeaders): void {
    const site = headers['sec-fetch-site'];
    if (SAFE_METHODS.has(method)) {
      if (site === 'cross-site' && headers['sec-fetch-mode'] !== 'navigate') throw new CrossSiteRequest();
      return;
    }
    if (site !== undefined && site !== 'same-origin') throw new CrossSiteRequest();
    if (headers.origin !== undefined && headers.origin !== this.address.origin) throw new CrossSiteRequest();
    const token = headers[CSRF_HEADER];
    if (token === undefined || token === '') throw new CsrfRefused('missing');
    if (typeof token !== 'string' || !isSame(token, session.csrfToken)) throw new CsrfRefused('invalid');
  }

  private async endOf(pseudonym: string, except?: Buffer): Promise<number> {
    const count = await this.store.endAllOf(pseudonym, except);
    // Which of them are remembered here, their cookies alone would tell; the others are looked up again a moment earlier.
    this.forgetAll();
    return count;
  }

  private forgetAll(): void {
    this.remembered.clear();
    this.open.clear();
  }

  private async look(digest: Buffer): Promise<BrowserSession | undefined> {
    const stored = await this.store.find(digest);
    if (stored === undefined) return undefined;
    const csrfToken = createHmac('sha256', await this.secret())
      .update('csrf')
      .update(digest)
      .digest('base64url');
    return { ...stored, csrfToken };
  }
}

function idIn(cookies: string | undefined): string | undefined {
  const id = cookieIn(cookies, SESSION_COOKIE);
  return id !== undefined && ID.test(id) ? id : undefined;
}

function digestIn(cookies: string | undefined): Buffer | undefined {
  const id = idIn(cookies);
  return id === undefined ? undefined : digestOf(id);
}

function digestOf(id: string): Buffer {
  return createHash('sha256').update(id, 'ascii').digest();
}

function isSame(first: string, second: string): boolean {
  const [one, other] = [Buffer.from(first), Buffer.from(second)];
  return one.length === other.length && timingSafeEqual(one, other);
}
