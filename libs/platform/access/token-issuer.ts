import type { JWTVerifyGetKey } from 'jose';

/** Port: one issuer of tokens, by its name and its keys. */
export abstract class TokenIssuer {
  /** Under what name the ledger knows the issuer's people: the same for ever, whatever address it has. */
  abstract readonly name: string;
  /** Whether all its access tokens say by their type what they are (RFC 9068), so that no other type is taken from it. */
  readonly isExplicit?: boolean;
  /** What the `iss` claim of its tokens must say. */
  abstract readonly claim: string;
  /**
   * The key for a token's header.
   * @throws IssuerUnavailable when keys cannot be had now
   */
  abstract readonly keyOf: JWTVerifyGetKey;
}
