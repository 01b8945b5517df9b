/** Why somebody is not known. */
export type AuthenticationFailure =
  /** The request carries no token. */
  | 'missing'
  /** The `Authorization` header is not `Bearer` and a token. */
  | 'malformed'
  /** The request carries a token and a session: two who may not be the same. */
  | 'ambiguous'
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

/** Who holds which role cannot be told now, so nobody holds any: a role that was ended a minute ago must not go on holding. */
export class GrantsUnavailable extends Error {
  override readonly name = 'GrantsUnavailable';
}

/** Tokens cannot be verified now, so none is believed. */
export class IssuerUnavailable extends Error {
  override readonly name = 'IssuerUnavailable';
}

/** A request by a browser's session does not prove that a page of our own sent it. */
export class CsrfRefused extends Error {
  override readonly name = 'CsrfRefused';
  constructor(readonly failure: 'missing' | 'invalid') {
    super(`the session's token is ${failure}`);
  }
}

/** A request by a browser's session comes from a page of somebody else. */
export class CrossSiteRequest extends Error {
  override readonly name = 'CrossSiteRequest';
}

/** A request that has to do with signing in calls the service by a name that is not its own. */
export class ForeignHost extends Error {
  override readonly name = 'ForeignHost';
}

/** Why somebody who wanted to sign in by browser is not signed in. */
export type SignInFailure =
  /** This browser has not begun, or too long ago, or the way back is not the one that it was sent on. */
  | 'notBegun'
  /** What the issuer answered proves nothing, or says no. */
  | 'issuerAnswer'
  /** The issuer has not proven the identity as well as it must be here. */
  | 'assuranceTooLow';

/** Somebody who came back from their issuer is not signed in. */
export class SignInRefused extends Error {
  override readonly name = 'SignInRefused';
  constructor(
    readonly failure: SignInFailure,
    options?: ErrorOptions,
  ) {
    super(`not signed in: ${failure}`, options);
  }
}
