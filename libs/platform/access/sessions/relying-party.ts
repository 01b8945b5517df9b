import type * as OpenIdClient from 'openid-client';
import { IssuerUnavailable, SignInRefused } from '../access-refused';
import type { Identity } from '../grant';
import { issuerFetch, type IssuerFetch } from '../issuer-fetch';
import { THAID_SCOPE, thaIdSubject } from './thaid';

/** How long a failed discovery stands. */
const FAILURE_PAUSE_MS = 5_000;
const CLOCK_TOLERANCE_SECONDS = 60;

/** The issuer at which people sign in by browser, and as whom the service comes there. */
export interface RelyingPartyOptions {
  /** Under what name the ledger knows the issuer's people. */
  readonly issuerName: string;
  readonly issuerUrl: () => string;
  readonly client: { readonly id: string; readonly secret?: string };
  readonly profile: 'standard' | 'thaid';
  readonly requiredIal?: string;
  /** Whether the issuer has to ask anew who signs in, whoever it thinks is there. */
  readonly asksAnew?: true;
  /** Where the issuer's addresses lead to, where that is not what they say. */
  readonly route?: (url: string) => string;
  /** Key of the hash of national IDs. */
  readonly subjectSecret: () => Promise<Buffer>;
}

/** What has to be remembered from the way out until the way back. */
export interface SignInUnderWay {
  readonly state: string;
  readonly verifier?: string;
  readonly nonce?: string;
}

/** The service as OpenID Connect knows it: it sends people to their issuer and takes what they bring back. */
export class RelyingParty {
  private discovery: Promise<OpenIdClient.Configuration> | undefined;
  private failedAt = -Infinity;

  constructor(private readonly options: RelyingPartyOptions) {}

  /**
   * Where somebody has to go to sign in.
   * @throws IssuerUnavailable
   */
  async begin(redirectUri: string): Promise<{ readonly url: URL; readonly underWay: SignInUnderWay }> {
    const client = await loadClient();
    const configuration = await this.configuration();
    const isThaId = this.options.profile === 'thaid';
    const metadata = configuration.serverMetadata();
    // ThaID is not known to understand either; whatever else is no OpenID Connect issuer without.
    const hasPkce = !isThaId || metadata.supportsPKCE();
    const hasNonce = !isThaId || metadata.claims_supported?.includes('nonce') === true;
    const underWay: SignInUnderWay = {
      state: client.randomState(),
      ...(hasPkce && { verifier: client.randomPKCECodeVerifier() }),
      ...(hasNonce && { nonce: client.randomNonce() }),
    };
    const parameters: Record<string, string> = {
      redirect_uri: redirectUri,
      scope: isThaId ? THAID_SCOPE : 'openid',
      state: underWay.state,
    };
    if (underWay.nonce !== undefined) parameters['nonce'] = underWay.nonce;
    if (underWay.verifier !== undefined) {
      parameters['code_challenge'] = await client.calculatePKCECodeChallenge(underWay.verifier);
      parameters['code_challenge_method'] = 'S256';
    }
    if (this.options.asksAnew) parameters['prompt'] = 'login';
    return { url: client.buildAuthorizationUrl(configuration, parameters), underWay };
  }

  /**
   * Who comes back from the issuer.
   * @param returned the address at which they came back, as the issuer wrote it
   * @throws SignInRefused, IssuerUnavailable
   */
  async finish(returned: URL, { state, verifier, nonce }: SignInUnderWay): Promise<Identity> {
    const client = await loadClient();
    const configuration = await this.configuration();
    const answer = await client
      .authorizationCodeGrant(configuration, returned, {
        expectedState: state,
        idTokenExpected: true,
        ...(verifier !== undefined && { pkceCodeVerifier: verifier }),
        ...(nonce !== undefined && { expectedNonce: nonce }),
      })
      .catch((error: unknown) => {
        throw isOutOfReach(error)
          ? new IssuerUnavailable('the issuer did not answer for whom it sent back', { cause: error })
          : new SignInRefused('issuerAnswer', { cause: error });
      });
    const claims = answer.claims();
    if (claims === undefined) throw new SignInRefused('issuerAnswer');
    return { issuer: this.options.issuerName, subject: await this.subjectOf(claims) };
  }

  /** Where somebody signs out at the issuer too; undefined where it has no such place, or cannot be asked. */
  async endAddress(returnTo: string): Promise<string | undefined> {
    const client = await loadClient();
    const configuration = await this.configuration().catch(() => undefined);
    if (configuration?.serverMetadata().end_session_endpoint === undefined) return undefined;
    const parameters = { client_id: this.options.client.id, post_logout_redirect_uri: returnTo };
    return client.buildEndSessionUrl(configuration, parameters).href;
  }

  private async subjectOf(claims: OpenIdClient.IDToken): Promise<string> {
    if (this.options.profile === 'standard') return claims.sub;
    return thaIdSubject(claims, await this.options.subjectSecret(), this.options.requiredIal);
  }

  private configuration(): Promise<OpenIdClient.Configuration> {
    if (performance.now() - this.failedAt < FAILURE_PAUSE_MS)
      return Promise.reject(new IssuerUnavailable('the issuer could not be discovered a moment ago'));
    return (this.discovery ??= this.discover().catch((error: unknown) => {
      this.discovery = undefined;
      this.failedAt = performance.now();
      throw new IssuerUnavailable('the issuer cannot be discovered', { cause: error });
    }));
  }

  private async discover(): Promise<OpenIdClient.Configuration> {
    const client = await loadClient();
    const { client: registered, profile, issuerUrl, route } = this.options;
    const url = new URL(issuerUrl());
    const ask: IssuerFetch = (address, options) => issuerFetch(route?.(address) ?? address, options);
    return client.discovery(
      url,
      registered.id,
      {
        [client.clockTolerance]: CLOCK_TOLERANCE_SECONDS,
        ...(profile === 'thaid' && { id_token_signed_response_alg: 'ES256' }),
      },
      authentication(client, registered, profile),
      {
        [client.customFetch]: ask,
        execute: [
          // Signatures are looked at, whatever the connection says about who answers.
          client.enableNonRepudiationChecks,
          // Only ever set for this machine itself (`issuerUrl` of the configuration).
          ...(url.protocol === 'http:' ? [client.allowInsecureRequests] : []),
        ],
      },
    );
  }
}

function authentication(
  client: typeof OpenIdClient,
  { id, secret }: RelyingPartyOptions['client'],
  profile: RelyingPartyOptions['profile'],
): OpenIdClient.ClientAuth {
  if (secret === undefined) return client.None();
  if (profile === 'standard') return client.ClientSecretBasic(secret);
  // RFC 6749 §2.3.1 wants both encoded first, hyphens too as the package reads it; nobody has seen ThaID decode them.
  return (_server, _client, _body, headers) =>
    headers.set('authorization', `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`);
}

// What the package did not find wrong itself has no code: the connection failed, or the answer was too large or too late.
function isOutOfReach(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === undefined || code === 'OAUTH_TIMEOUT' || code === 'OAUTH_ABORT';
}

function loadClient(): Promise<typeof OpenIdClient> {
  return import('openid-client');
}
