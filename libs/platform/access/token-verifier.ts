import { errors, jwtVerify, type JWTPayload } from 'jose';
import { NotAuthenticated } from './access-refused';
import type { Identity } from './grant';
import type { TokenIssuer } from './token-issuer';

/** Whom a token speaks of, and until when it may be believed without looking again. */
export interface VerifiedToken extends Identity {
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

// Asymmetric only and named one by one: neither `none` nor a secret that everybody could read out of a public key.
const ALGORITHMS = ['ES256', 'EdDSA', 'RS256', 'PS256'];
const ACCESS_TOKEN = 'at+jwt';
/** What many issuers call their access tokens, and their identity tokens too. */
const ANY_TOKEN = 'jwt';
/** What is said in identity tokens alone (OpenID Connect Core 1.0 §2, §3.3.2.11). */
const OF_IDENTITY_TOKENS = ['nonce', 'at_hash', 'c_hash'];
const CLOCK_TOLERANCE_SECONDS = 60;
const TOKEN_AGE_SECONDS_MAX = 12 * 3_600;
const SUBJECT_LENGTH_MAX = 255;

/** Verifies the tokens of one issuer for one audience. */
export class TokenVerifier {
  constructor(
    private readonly issuer: TokenIssuer,
    private readonly audience: string,
    /** Milliseconds since 1970. */
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * @throws NotAuthenticated when the token proves nothing
   * @throws IssuerUnavailable when it cannot be verified now
   */
  async verify(token: string): Promise<VerifiedToken> {
    if (!isSpelledOnce(token)) throw new NotAuthenticated('invalid');
    const { payload, protectedHeader } = await jwtVerify(token, this.issuer.keyOf, {
      algorithms: ALGORITHMS,
      issuer: this.issuer.claim,
      audience: this.audience,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      maxTokenAge: TOKEN_AGE_SECONDS_MAX,
      requiredClaims: ['sub', 'exp', 'iat'],
      currentDate: new Date(this.now()),
    }).catch((error: unknown) => {
      throw refusalFor(error);
    });
    // RFC 9068 §4: the type says what the token is for; an identity token is not an access token by accident.
    const type = protectedHeader.typ?.toLowerCase().replace(/^application\//, '');
    const isTaken = type === ACCESS_TOKEN || (type === ANY_TOKEN && !this.issuer.isExplicit && !isOfIdentity(payload));
    if (!isTaken) throw new NotAuthenticated('invalid');
    return { issuer: this.issuer.name, subject: subjectOf(payload), expiresAt: expiryOf(payload) };
  }
}

function isOfIdentity(payload: JWTPayload): boolean {
  return OF_IDENTITY_TOKENS.some((claim) => payload[claim] !== undefined);
}

// Padding and spare bits would give one signature many spellings, each of which would be another token to whoever counts them.
function isSpelledOnce(token: string): boolean {
  const signature = token.slice(token.lastIndexOf('.') + 1);
  return Buffer.from(signature, 'base64url').toString('base64url') === signature;
}

function refusalFor(error: unknown): unknown {
  if (error instanceof errors.JWTExpired) return new NotAuthenticated('expired');
  return error instanceof errors.JOSEError ? new NotAuthenticated('invalid') : error;
}

function subjectOf({ sub }: JWTPayload): string {
  if (typeof sub !== 'string' || sub === '' || sub.length > SUBJECT_LENGTH_MAX) throw new NotAuthenticated('invalid');
  return sub;
}

function expiryOf({ exp = 0, iat = 0 }: JWTPayload): number {
  return Math.min(exp, iat + TOKEN_AGE_SECONDS_MAX) * 1_000;
}
