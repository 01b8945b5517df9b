import { randomBytes } from 'node:crypto';
import type { ClientMetadata, Configuration, JWK } from 'oidc-provider';
import { DEMONSTRATION_PERSONS } from '../demonstration-persons';
import { ISSUER_PATH } from './embedded-issuer';
import { failurePage, signedOutPage, signOutPage } from './pages';
import { providerStore } from './provider-store';

const TOKEN_SECONDS = 8 * 3_600;
const SHORT_SECONDS = 600;
const CODE_SECONDS = 60;
const COOKIE_KEY_BYTES = 32;
/** The only thing that tokens are for; a resource needs a URI, whatever the audience is called. */
const RESOURCE = 'urn:khamrap:api';

/** A code comes back in the address that a browser is led to, and never in a page that could be read. */
export const RESPONSE_MODES: string[] = ['query'];

/** Client for the command line, for tests and for whatever people write themselves: public, so PKCE alone protects it. */
export const COMMAND_LINE_CLIENT = {
  id: 'khamrap-command-line',
  // RFC 8252 §7.3: a native program listens on whatever port is free.
  redirectUri: 'http://127.0.0.1/callback',
} as const;

export interface ProviderSettings {
  readonly audience: string;
  readonly signingKey: JWK;
  /** The service's own sign-in by browser. */
  readonly browserClient: { readonly id: string; readonly secret: string; readonly origin: string };
  readonly machineSecrets: Readonly<Record<string, string>>;
}

/** All that the embedded issuer is told; nothing of what the package does for a quick start is left on. */
export function providerConfiguration(
  settings: ProviderSettings,
  interactionPolicy: typeof import('oidc-provider').interactionPolicy,
): Configuration {
  const prompts = interactionPolicy.base();
  // All clients are the service's own.
  prompts.remove('consent');
  return {
    adapter: providerStore(),
    jwks: { keys: [settings.signingKey] },
    clients: clientsOf(settings),
    findAccount: (_context, subject) =>
      DEMONSTRATION_PERSONS.some((person) => person.subject === subject)
        ? { accountId: subject, claims: () => ({ sub: subject }) }
        : undefined,
    interactions: { policy: prompts, url: (_context, { uid }) => `${ISSUER_PATH}/interaction/${uid}` },
    loadExistingGrant: async ({ oidc: { client, session, provider } }) => {
      if (client === undefined || session?.accountId === undefined) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid');
      await grant.save();
      return grant;
    },
    cookies: { keys: [randomBytes(COOKIE_KEY_BYTES).toString('base64url')] },
    pkce: { required: () => true },
    responseTypes: ['code'],
    scopes: ['openid'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    clientDefaults: { id_token_signed_response_alg: 'ES256', response_modes: RESPONSE_MODES },
    clientBasedCORS: () => false,
    features: featuresOf(settings),
    ttl: {
      AccessToken: TOKEN_SECONDS,
      ClientCredentials: TOKEN_SECONDS,
      AuthorizationCode: CODE_SECONDS,
      Grant: TOKEN_SECONDS,
      IdToken: SHORT_SECONDS,
      Interaction: SHORT_SECONDS,
      Session: TOKEN_SECONDS,
    },
    renderError: (context, { error }) => {
      context.type = 'html';
      context.body = failurePage(error);
    },
  };
}

function featuresOf({ audience }: ProviderSettings): Configuration['features'] {
  return {
    devInteractions: { enabled: false },
    userinfo: { enabled: false },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => RESOURCE,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        scope: '',
        audience,
        accessTokenTTL: TOKEN_SECONDS,
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: 'ES256' } },
      }),
    },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (context, form) => {
        context.body = signOutPage(form);
      },
      postLogoutSuccessSource: (context) => {
        context.body = signedOutPage();
      },
    },
  };
}

function clientsOf({ browserClient: { id, secret, origin }, machineSecrets }: ProviderSettings): ClientMetadata[] {
  return [
    {
      client_id: id,
      client_secret: secret,
      grant_types: ['authorization_code'],
      redirect_uris: [`${origin}/session/callback`],
      post_logout_redirect_uris: [`${origin}/`],
    },
    {
      client_id: COMMAND_LINE_CLIENT.id,
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code'],
      redirect_uris: [COMMAND_LINE_CLIENT.redirectUri],
    },
    ...Object.entries(machineSecrets).map(([machine, machineSecret]) => ({
      client_id: machine,
      client_secret: machineSecret,
      grant_types: ['client_credentials'],
      response_types: [],
      redirect_uris: [],
    })),
  ];
}
