import type { Server } from 'node:http';
import type { Provider } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Config } from '@khamrap/platform/config';
import { NotAuthenticated } from './access-refused';
import { EmbeddedIssuer } from './embedded/embedded-issuer';
import { EmbeddedIssuerRoutes } from './embedded/embedded-issuer-routes';
import { EmbeddedProvider } from './embedded/embedded-provider';
import { machineSecrets } from './embedded/machine-secrets';
import { ExternalIssuer } from './external-issuer';
import { PseudonymReader } from './grant';
import { ServiceAddress } from './service-address';
import { BrowserSessions } from './sessions/browser-sessions';
import { RelyingParty } from './sessions/relying-party';
import { IDENTITY_OF, type IdentityOf } from './sessions/person-sessions.controller';
import { RecordsOfSessions } from './sessions/records-of-sessions';
import { SessionStore } from './sessions/session-store';
import { SignIn } from './sessions/sign-in';
import { TokenIssuer } from './token-issuer';

/** What sessions of browsers need. */
export interface SessionOptions {
  readonly store: SessionStore;
  /** The secret of one purpose, drawn once, the same on every instance. */
  readonly secretFor: (purpose: string) => Promise<Buffer>;
  readonly identityOf: IdentityOf;
}

/** Where the service is. */
export function addressProvider({ http }: Config): Provider {
  return {
    provide: ServiceAddress,
    inject: [HttpAdapterHost],
    useFactory: ({ httpAdapter }: HttpAdapterHost) =>
      new ServiceAddress(() => httpAdapter.getHttpServer() as Server, http),
  };
}

/** Whose tokens are believed. */
export function issuerProviders({ dataFolder, access }: Config): Provider[] {
  const { issuer, audience } = access;
  if (issuer.kind !== 'embedded') {
    // ThaID issues no tokens for this service.
    const hasTokens = issuer.kind === 'external' && issuer.profile === 'standard';
    return [{ provide: TokenIssuer, useValue: hasTokens ? new ExternalIssuer(issuer.url) : NO_ISSUER }];
  }
  return [
    {
      provide: EmbeddedIssuer,
      inject: [ServiceAddress],
      useFactory: (address: ServiceAddress) => EmbeddedIssuer.open(dataFolder, address),
    },
    { provide: TokenIssuer, useExisting: EmbeddedIssuer },
    {
      provide: EmbeddedProvider,
      inject: [EmbeddedIssuer, ServiceAddress],
      useFactory: async (embedded: EmbeddedIssuer, address: ServiceAddress) =>
        new EmbeddedProvider(embedded, address, { audience, machineSecrets: await machineSecrets(dataFolder) }),
    },
    EmbeddedIssuerRoutes,
  ];
}

/** Sessions of browsers, and how they begin. */
export function sessionProviders(config: Config, { store, secretFor, identityOf }: SessionOptions): Provider[] {
  const secret = once(() => secretFor('browser-sessions'));
  const sessions: Provider[] = [
    { provide: SessionStore, useValue: store },
    { provide: IDENTITY_OF, useValue: identityOf },
    RecordsOfSessions,
    {
      provide: BrowserSessions,
      inject: [PseudonymReader, ServiceAddress],
      useFactory: (pseudonyms: PseudonymReader, address: ServiceAddress) =>
        new BrowserSessions(store, pseudonyms, address, secret),
    },
  ];
  const relyingParty = relyingPartyProvider(config, secretFor);
  if (relyingParty === undefined) return sessions;
  const signIn: Provider = {
    provide: SignIn,
    inject: [RelyingParty, BrowserSessions, ServiceAddress],
    useFactory: (party: RelyingParty, browserSessions: BrowserSessions, address: ServiceAddress) =>
      new SignIn(party, browserSessions, address, secret),
  };
  return [...sessions, relyingParty, signIn];
}

function relyingPartyProvider(
  { access: { issuer } }: Config,
  secretFor: SessionOptions['secretFor'],
): Provider | undefined {
  const subjectSecret = once(() => secretFor('thaid-subjects'));
  if (issuer.kind === 'embedded') {
    return {
      provide: RelyingParty,
      inject: [EmbeddedIssuer, EmbeddedProvider, ServiceAddress],
      useFactory: (embedded: EmbeddedIssuer, { browserClient }: EmbeddedProvider, address: ServiceAddress) =>
        new RelyingParty({
          issuerName: embedded.name,
          issuerUrl: () => embedded.claim,
          client: browserClient,
          profile: 'standard',
          asksAnew: true,
          // The process asks itself, and not by way of what may stand before it.
          route: (url) => url.replace(address.origin, address.ownOrigin ?? address.origin),
          subjectSecret,
        }),
    };
  }
  if (issuer.kind !== 'external' || issuer.client === undefined) return undefined;
  const { url, client, profile, requiredIal } = issuer;
  const party = new RelyingParty({
    issuerName: url,
    issuerUrl: () => url,
    client,
    profile,
    ...(requiredIal !== undefined && { requiredIal }),
    subjectSecret,
  });
  return { provide: RelyingParty, useValue: party };
}

/** Asked for once; a failure is not kept. */
function once<Value>(ask: () => Promise<Value>): () => Promise<Value> {
  let asked: Promise<Value> | undefined;
  return () =>
    (asked ??= ask().catch((error: unknown) => {
      asked = undefined;
      throw error;
    }));
}

/** Where there is no issuer, no token can be good. */
const NO_ISSUER: TokenIssuer = {
  name: 'urn:khamrap:no-issuer',
  claim: 'urn:khamrap:no-issuer',
  keyOf: () => {
    throw new NotAuthenticated('invalid');
  },
};
