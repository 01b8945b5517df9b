/** Why somebody is not known. */
export type AuthenticationFailure =
  /** The request carries no token. */
  | 'missing'
  /** The `Authorization` header is not `Bearer` and a token. */
  | 'malformed'
  /** The token has run out. */
  | 'expired'
  /** The token was not issued for this service by its issuer, or was tampered with. */
  | 'invalid';

/** The request does not say who is asking, or says it in a way that proves nothing. */
export class NotAuthenticated extends Error {
  override readonly name = 'NotAuthenticated';
  constructor(readonly failure: AuthenticationFailure) {
    super(`not authenticated: ${failure}`);
  }
}

/** The one who asks holds no grant that allows it. */
export class NotPermitted extends Error {
  override readonly name = 'NotPermitted';
  constructor(readonly permissions: readonly string[]) {
    super(`not permitted: ${permissions.join(' or ')}`);
  }
}

/** Tokens cannot be verified now, so none is believed. */
export class IssuerUnavailable extends Error {
  override readonly name = 'IssuerUnavailable';
}
