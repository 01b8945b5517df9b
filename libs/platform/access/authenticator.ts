import { LRUCache } from 'lru-cache';
import { NotAuthenticated } from './access-refused';
import { bearerTokenIn } from './credentials';
import type { KnownIdentity, PseudonymReader } from './grant';
import type { TokenVerifier } from './token-verifier';

interface Remembered extends KnownIdentity {
  readonly expiresAt: number;
}

const TOKEN_COUNT_MAX = 10_000;

/**
 * Knows people by their tokens. A verified token is remembered until it expires, so that a busy client costs one
 * signature check an hour and not one a request; the pseudonym is remembered with it, until it is erased.
 */
export class Authenticator {
  private readonly remembered = new LRUCache<string, Remembered>({ max: TOKEN_COUNT_MAX });

  constructor(
    private readonly verifier: TokenVerifier,
    private readonly pseudonyms: PseudonymReader,
    /** Milliseconds since 1970. */
    private readonly now: () => number = Date.now,
  ) {
    pseudonyms.onForget?.((pseudonym) => this.forget(pseudonym));
  }

  /**
   * @param authorization the whole `Authorization` header
   * @throws NotAuthenticated
   * @throws IssuerUnavailable
   */
  authenticate(authorization: string): Promise<KnownIdentity> | KnownIdentity {
    const token = bearerTokenIn(authorization);
    const remembered = token === undefined ? undefined : this.remembered.get(token);
    if (remembered !== undefined && remembered.expiresAt > this.now()) return remembered;
    return this.verify(token);
  }

  private forget(pseudonym: string): void {
    for (const [token, known] of this.remembered.entries())
      if (known.pseudonym === pseudonym) this.remembered.delete(token);
  }

  private async verify(token: string | undefined): Promise<KnownIdentity> {
    if (token === undefined) throw new NotAuthenticated('malformed');
    const { issuer, subject, expiresAt } = await this.verifier.verify(token);
    const pseudonym = await this.pseudonyms.pseudonymOf({ issuer, subject });
    const verified: Remembered = { issuer, subject, expiresAt, pseudonym };
    this.remembered.set(token, verified);
    return verified;
  }
}
