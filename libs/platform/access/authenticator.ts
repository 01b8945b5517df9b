import { LRUCache } from 'lru-cache';
import { NotAuthenticated } from './access-refused';
import type { Identity, PseudonymReader } from './grant';
import type { TokenVerifier } from './token-verifier';

/** Somebody whose token was verified. */
export interface Authenticated extends Identity {
  readonly pseudonym: string;
}

interface Remembered extends Authenticated {
  readonly expiresAt: number;
}

const TOKEN_COUNT_MAX = 10_000;
const TOKEN_LENGTH_MAX = 8_192;
// RFC 6750 §2.1; the scheme's name is case-insensitive (RFC 9110 §11.1).
const BEARER = /^bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/**
 * Knows people by their tokens. A verified token is remembered until it expires, so that a busy client costs one
 * signature check an hour and not one a request; the pseudonym, which never changes, is remembered with it.
 */
export class Authenticator {
  private readonly remembered = new LRUCache<string, Remembered>({ max: TOKEN_COUNT_MAX });

  constructor(
    private readonly verifier: TokenVerifier,
    private readonly pseudonyms: PseudonymReader,
    /** Milliseconds since 1970. */
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * @param authorization the whole `Authorization` header
   * @throws NotAuthenticated
   * @throws IssuerUnavailable
   */
  authenticate(authorization: string): Promise<Authenticated> | Authenticated {
    const remembered = this.remembered.get(authorization);
    if (remembered !== undefined && remembered.expiresAt > this.now()) return remembered;
    return this.verify(authorization);
  }

  private async verify(authorization: string): Promise<Authenticated> {
    const token = authorization.length > TOKEN_LENGTH_MAX ? undefined : BEARER.exec(authorization)?.[1];
    if (token === undefined) throw new NotAuthenticated('malformed');
    const { issuer, subject, expiresAt } = await this.verifier.verify(token);
    const pseudonym = await this.pseudonyms.pseudonymOf({ issuer, subject });
    const verified: Remembered = { issuer, subject, expiresAt, pseudonym };
    this.remembered.set(authorization, verified);
    return verified;
  }
}
