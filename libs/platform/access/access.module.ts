import { Module, type DynamicModule, type ModuleMetadata, type Provider } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import type { Config } from '@khamrap/platform/config';
import { AccessGuard } from './access.guard';
import { NotAuthenticated } from './access-refused';
import { Authenticator } from './authenticator';
import { ClosedRoutes } from './closed-routes';
import { DemonstrationGrants } from './demonstration-persons';
import { DevelopmentIssuer } from './development-issuer';
import { DevelopmentIssuerController } from './development-issuer.controller';
import { ExternalIssuer } from './external-issuer';
import { GrantReader, PseudonymReader } from './grant';
import { TokenIssuer } from './token-issuer';
import { TokenVerifier } from './token-verifier';

export interface AccessOptions {
  readonly config: Config;
  /** Modules that export what fulfils `PseudonymReader` and, unless the development issuer is on, `GrantReader`. */
  readonly imports: NonNullable<ModuleMetadata['imports']>;
}

/** Puts the access guard before every route, and checks at start that no route is left open by omission. */
@Module({})
export class AccessModule {
  static register({ config, imports }: AccessOptions): DynamicModule {
    const isDevelopment = config.access.issuer.kind === 'development';
    return {
      module: AccessModule,
      imports: [DiscoveryModule, ...imports],
      controllers: isDevelopment ? [DevelopmentIssuerController] : [],
      providers: [
        ...(isDevelopment ? developmentProviders(config) : [{ provide: TokenIssuer, useValue: issuerOf(config) }]),
        {
          provide: Authenticator,
          inject: [TokenIssuer, PseudonymReader],
          useFactory: (issuer: TokenIssuer, pseudonyms: PseudonymReader) =>
            new Authenticator(new TokenVerifier(issuer, config.access.audience), pseudonyms),
        },
        { provide: APP_GUARD, useClass: AccessGuard },
        ClosedRoutes,
      ],
      exports: [TokenIssuer, ...(isDevelopment ? [DevelopmentIssuer, GrantReader] : [])],
    };
  }
}

function developmentProviders({ dataFolder, access }: Config): Provider[] {
  return [
    { provide: DevelopmentIssuer, useFactory: () => DevelopmentIssuer.open(dataFolder, access.audience) },
    { provide: TokenIssuer, useExisting: DevelopmentIssuer },
    {
      provide: GrantReader,
      inject: [DevelopmentIssuer],
      useFactory: (issuer: DevelopmentIssuer) => new DemonstrationGrants(issuer.name),
    },
  ];
}

function issuerOf({ access }: Config): TokenIssuer {
  return access.issuer.kind === 'external' ? new ExternalIssuer(access.issuer.url) : NO_ISSUER;
}

/** Where there is no issuer, no token can be good. */
const NO_ISSUER: TokenIssuer = {
  name: 'urn:khamrap:no-issuer',
  keyOf: () => {
    throw new NotAuthenticated('invalid');
  },
};
