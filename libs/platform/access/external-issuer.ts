import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';
import { IssuerUnavailable } from './access-refused';
import { issuerFetch, type IssuerFetch } from './issuer-fetch';
import { TokenIssuer } from './token-issuer';

/** How long a failure stands, so that a flood of tokens is not a flood of requests to an issuer that is ill already. */
const FAILURE_PAUSE_MS = 5_000;
const KEYS_FETCH_PAUSE_MS = 30_000;
const KEYS_AGE_MS_MAX = 10 * 60_000;

export interface ExternalIssuerTimes {
  /** Milliseconds between two fetches of keys that tokens of unknown keys can cause. */
  readonly cooldownMs?: number;
  /** Milliseconds after which keys are fetched again, and believed no longer if they cannot be. */
  readonly keysAgeMsMax?: number;
  /** Milliseconds that a failure to fetch stands. */
  readonly failurePauseMs?: number;
}

/**
 * An OpenID Connect issuer on the network: its keys are found through discovery and fetched again when they change. Fails
 * closed: while keys cannot be had, no token is believed. Keys are only ever taken from where discovery says, never from
 * where a token says.
 */
export class ExternalIssuer extends TokenIssuer {
  readonly claim: string;
  private discovery: Promise<JWTVerifyGetKey> | undefined;
  private failedAt = -Infinity;

  constructor(
    readonly name: string,
    private readonly times: ExternalIssuerTimes = {},
  ) {
    super();
    this.claim = name;
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

  // Keys that are known stay good meanwhile, until they are too old: only asking pauses.
  private readonly ask: IssuerFetch = async (url, options) => {
    if (performance.now() - this.failedAt < (this.times.failurePauseMs ?? FAILURE_PAUSE_MS))
      throw new Error('the issuer could not be asked a moment ago');
    try {
      const response = await issuerFetch(url, options);
      if (!response.ok) throw new Error(`${url} answered ${response.status}`);
      return response;
    } catch (error) {
      this.failedAt = performance.now();
      throw error;
    }
  };

  private async discover(): Promise<JWTVerifyGetKey> {
    try {
      return createRemoteJWKSet(await this.fetchKeysUrl(), {
        cooldownDuration: this.times.cooldownMs ?? KEYS_FETCH_PAUSE_MS,
        cacheMaxAge: this.times.keysAgeMsMax ?? KEYS_AGE_MS_MAX,
        [customFetch]: this.ask,
      });
    } catch (error) {
      this.discovery = undefined;
      throw new IssuerUnavailable('the issuer cannot be discovered', { cause: error });
    }
  }

  private async fetchKeysUrl(): Promise<URL> {
    const url = `${this.name.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const response = await this.ask(url);
    const document: unknown = await response.json();
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
