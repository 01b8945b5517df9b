import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { IssuerUnavailable } from './access-refused';
import { TokenIssuer } from './token-issuer';

const FETCH_TIMEOUT_MS = 5_000;
/** How long a failed discovery stands, so that a flood of tokens is not a flood of requests to the issuer. */
const DISCOVERY_PAUSE_MS = 5_000;
const DISCOVERY_LENGTH_MAX = 100_000;

/**
 * An OpenID Connect issuer on the network: its keys are found through discovery and fetched again when they change. Fails
 * closed: while keys cannot be had, no token is believed. Keys are only ever taken from where discovery says, never from
 * where a token says.
 */
export class ExternalIssuer extends TokenIssuer {
  private discovery: Promise<JWTVerifyGetKey> | undefined;

  constructor(
    readonly name: string,
    /** Milliseconds between two fetches of keys that a token of an unknown key can cause. */
    private readonly cooldownMs = 30_000,
  ) {
    super();
  }

  readonly keyOf: JWTVerifyGetKey = async (header, token) => {
    const keys = await (this.discovery ??= this.discover());
    try {
      return await keys(header, token);
    } catch (error) {
      // What the token can be blamed for is the verifier's to judge; the rest is the way to the issuer.
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      if (error instanceof errors.JOSENotSupported) throw error;
      throw new IssuerUnavailable('the keys of the issuer cannot be fetched', { cause: error });
    }
  };

  private async discover(): Promise<JWTVerifyGetKey> {
    try {
      const keysUrl = await this.fetchKeysUrl();
      return createRemoteJWKSet(keysUrl, { timeoutDuration: FETCH_TIMEOUT_MS, cooldownDuration: this.cooldownMs });
    } catch (error) {
      setTimeout(() => (this.discovery = undefined), DISCOVERY_PAUSE_MS).unref();
      throw new IssuerUnavailable('the issuer cannot be discovered', { cause: error });
    }
  }

  private async fetchKeysUrl(): Promise<URL> {
    const url = `${this.name.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
    const text = await response.text();
    if (!response.ok || text.length > DISCOVERY_LENGTH_MAX) throw new Error(`${url} answered ${response.status}`);
    const document: unknown = JSON.parse(text);
    if (typeof document !== 'object' || document === null) throw new Error(`${url} is not an OpenID configuration`);
    const { issuer, jwks_uri: keysUrl } = document as Record<string, unknown>;
    // OpenID Connect Discovery 1.0 §4.3: another name means another issuer, whatever served the document.
    if (issuer !== this.name) throw new Error(`${url} speaks for another issuer`);
    if (typeof keysUrl !== 'string' || new URL(keysUrl).protocol !== new URL(this.name).protocol) {
      throw new Error(`${url} names no place for keys that is as safe as the issuer itself`);
    }
    return new URL(keysUrl);
  }
}
