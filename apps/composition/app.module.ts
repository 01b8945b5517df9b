import {
  AccessModule,
  GrantReader,
  PseudonymReader,
  SessionStore,
  type SessionOptions,
} from '@khamrap/platform/access';
import {
  AccessLog,
  AccessLogInterceptor,
  AccessReview,
  AccessSeals,
  AccessTree,
  RecordsOfReads,
} from '@khamrap/platform/access-log';
import type { Config } from '@khamrap/platform/config';
import { EVENT_STORE, EventCodec, Ledger } from '@khamrap/platform/event-store';
import { EvidenceFiles, EvidenceStore } from '@khamrap/platform/files';
import { REQUEST_HASH_SECRET } from '@khamrap/platform/http';
import { Projections, ReadModels } from '@khamrap/platform/projections';
import {
  LogAnnals,
  LogController,
  LogDescription,
  LogKeysController,
  StreamHeads,
  TransparencyLog,
  WitnessesController,
  WitnessStates,
} from '@khamrap/platform/transparency';
import { RecordsOfSavedQueries, SavedQueries } from '@khamrap/platform/saved-queries';
import { SubjectRecords, Vault } from '@khamrap/platform/vault';
import { Global, Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { NarrationOfEvents, PublicationOfEvents } from '@khamrap/audit';
import { GrantBook } from '@khamrap/offices';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { HealthOfInfrastructure } from './health-of-infrastructure';
import { eventCodec, type Infrastructure } from './infrastructure';
import { narrations, publicationRules, SLICES } from './slices';

const INFRASTRUCTURE = Symbol('INFRASTRUCTURE');

/** What every slice may ask for. It is closed when the application is, after the last request was answered. */
@Global()
@Module({})
class InfrastructureModule implements OnApplicationShutdown {
  constructor(@Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure) {}

  async onApplicationShutdown(): Promise<void> {
    await this.infrastructure.close();
  }

  static of(infrastructure: Infrastructure): DynamicModule {
    const { store, ledger, vault, sessions, evidence, projections, readModels, requestHashSecret } = infrastructure;
    const { transparencyLog, logAnnals, logDescription, streamHeads, witnessStates } = infrastructure;
    const { accessLog, accessReview, accessTree, accessSeals, savedQueries } = infrastructure;
    const codec = eventCodec();
    const providers = [
      { provide: INFRASTRUCTURE, useValue: infrastructure },
      { provide: EventCodec, useValue: codec },
      { provide: EVENT_STORE, useValue: store },
      { provide: Ledger, useValue: ledger },
      { provide: Vault, useValue: vault },
      { provide: PseudonymReader, useValue: vault },
      { provide: SubjectRecords, useClass: SubjectRecords },
      { provide: SessionStore, useValue: sessions },
      { provide: EvidenceStore, useValue: evidence },
      { provide: EvidenceFiles, useValue: evidence },
      { provide: Projections, useValue: projections },
      { provide: ReadModels, useValue: readModels },
      { provide: REQUEST_HASH_SECRET, useValue: requestHashSecret },
      { provide: PublicationOfEvents, useValue: new PublicationOfEvents(publicationRules(), codec) },
      { provide: NarrationOfEvents, useValue: new NarrationOfEvents(narrations(), codec) },
      { provide: TransparencyLog, useValue: transparencyLog },
      { provide: LogAnnals, useValue: logAnnals },
      { provide: LogDescription, useValue: logDescription },
      { provide: StreamHeads, useValue: streamHeads },
      { provide: WitnessStates, useValue: witnessStates },
      { provide: AccessLog, useValue: accessLog },
      { provide: AccessReview, useValue: accessReview },
      { provide: SavedQueries, useValue: savedQueries },
      { provide: AccessTree, useValue: accessTree },
      { provide: AccessSeals, useValue: accessSeals },
      { provide: GrantBook, useClass: GrantBook },
      { provide: GrantReader, useExisting: GrantBook },
    ];
    return { module: InfrastructureModule, providers, exports: providers.map(({ provide }) => provide) };
  }
}

function sessionsOf({ sessions, vault }: Infrastructure): SessionOptions {
  return {
    store: sessions,
    secretFor: (purpose) => vault.secretFor(purpose),
    identityOf: (pseudonym) => vault.identityOf(pseudonym),
  };
}

/** The program: its slices on top of the infrastructure. A process that only projects has none of them. */
@Module({})
export class AppModule {
  static register(config: Config, infrastructure: Infrastructure): DynamicModule {
    const infrastructureModule = InfrastructureModule.of(infrastructure);
    const slices = config.role === 'projector' ? [] : SLICES.map(({ module }) => module);
    return {
      module: AppModule,
      imports: [
        CqrsModule.forRoot(),
        infrastructureModule,
        AccessModule.register({
          config,
          imports: [infrastructureModule],
          ...(config.role !== 'projector' && { sessions: sessionsOf(infrastructure) }),
        }),
        ...slices,
      ],
      controllers: config.role === 'projector' ? [] : [LogController, LogKeysController, WitnessesController],
      providers: [
        HealthOfInfrastructure,
        RecordsOfReads,
        RecordsOfSavedQueries,
        { provide: APP_INTERCEPTOR, useClass: AccessLogInterceptor },
      ],
    };
  }
}
