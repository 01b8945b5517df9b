import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import type { Config } from '@khamrap/platform/config';
import { AccessGuard } from './access.guard';
import { addressProvider, issuerProviders, sessionProviders, type SessionOptions } from './access.providers';
import { Authenticator } from './authenticator';
import { ClosedRoutes } from './closed-routes';
import { EmbeddedIssuer } from './embedded/embedded-issuer';
import { PseudonymReader } from './grant';
import { ServiceAddress } from './service-address';
import { PersonSessionsController } from './sessions/person-sessions.controller';
import { SessionController } from './sessions/session.controller';
import { TokenIssuer } from './token-issuer';
import { TokenVerifier } from './token-verifier';

export interface AccessOptions {
  readonly config: Config;
  /** Modules that export what fulfils `PseudonymReader` and `GrantReader`. */
  readonly imports: NonNullable<ModuleMetadata['imports']>;
  /** Absent where nobody signs in by browser, such as in a process that only projects. */
  readonly sessions?: SessionOptions;
}

/** Puts the access guard before every route, and checks at start that no route is left open by omission. */
@Module({})
export class AccessModule {
  static register({ config, imports, sessions }: AccessOptions): DynamicModule {
    const isEmbedded = config.access.issuer.kind === 'embedded';
    return {
      module: AccessModule,
      imports: [DiscoveryModule, ...imports],
      controllers: sessions ? [SessionController, PersonSessionsController] : [],
      providers: [
        addressProvider(config),
        ...issuerProviders(config),
        ...(sessions ? sessionProviders(config, sessions) : []),
        {
          provide: Authenticator,
          inject: [TokenIssuer, PseudonymReader],
          useFactory: (issuer: TokenIssuer, pseudonyms: PseudonymReader) =>
            new Authenticator(new TokenVerifier(issuer, config.access.audience), pseudonyms),
        },
        { provide: APP_GUARD, useClass: AccessGuard },
        ClosedRoutes,
      ],
      exports: [TokenIssuer, ServiceAddress, ...(isEmbedded ? [EmbeddedIssuer] : [])],
    };
  }
}
