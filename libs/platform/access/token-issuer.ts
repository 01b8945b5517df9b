import type { JWTVerifyGetKey } from 'jose';

/** Port: one issuer of tokens, by its name and its keys. */
export abstract class TokenIssuer {
  /**
   * What the `iss` claim of its tokens must say.
   */
  abstract readonly name: string;
  /**
   * The key for a token's header.
   * @throws IssuerUnavailable when keys cannot be had now
   */
  abstract readonly keyOf: JWTVerifyGetKey;
}
