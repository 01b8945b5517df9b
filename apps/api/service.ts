import type { Config } from '@khamrap/platform/config';
import { createHttpApplication, translation, type Clock } from '@khamrap/platform/http';
import { GrantBook } from '@khamrap/offices';
import { NotProjectedYet, NotRecordedYet } from '@khamrap/platform/projections';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from '../composition/app.module';
import { openInfrastructure, type Infrastructure } from '../composition/infrastructure';
import { SLICES } from '../composition/slices';
import { ApiModule } from './api.module';
import { enterGrants } from './demonstration/enter-grants';
import { loadDemonstration } from './demonstration/load-demonstration';

/** A running service: what `npm start` starts, and what tests start. */
export interface Service {
  readonly app: NestFastifyApplication;
  readonly infrastructure: Infrastructure;
  /** Where it listens, such as `http://127.0.0.1:3000`. */
  readonly url: string;
}

const TRANSLATIONS = [
  translation(NotProjectedYet, ({ position }) => ({
    code: 'positionNotReached',
    members: { position },
    headers: { 'retry-after': '1' },
  })),
  translation(NotRecordedYet, ({ message }) => ({
    code: 'invalidRequest',
    errors: [{ code: 'notRecordedYet', messages: { th: 'ยังไม่มีการบันทึกถึงตำแหน่งหรือเวลานั้น', en: message } }],
  })),
];

/**
 * Opens everything and listens. `stopGracefully(app)` ends all of it.
 * @param clock tells when something is decided; the machine's own by default. When it is recorded is for the log to say.
 */
export async function startService(config: Config, clock?: Clock): Promise<Service> {
  const infrastructure = await openInfrastructure(config);
  let grants: GrantBook | undefined;
  try {
    const app = await createHttpApplication({
      rootModule: ApiModule.around(AppModule.register(config, infrastructure)),
      config,
      ...(clock && { clock }),
      ...(config.eventStore && { condition: () => infrastructure.store.condition() }),
      problems: SLICES.map(({ refusals = {} }) => refusals),
      translations: TRANSLATIONS,
    });
    await app.init();
    grants = app.get(GrantBook);
    // A process that only projects takes no commands, its own neither.
    if (config.demonstration && config.role !== 'projector')
      await loadDemonstration(app, infrastructure, config.dataFolder);
    if (config.access.issuer.kind === 'embedded' && config.role !== 'projector') await enterGrants(app, infrastructure);
    // The server itself and not by way of Nest, which would log a taken port besides throwing it.
    const url = await app.getHttpAdapter().getInstance().listen({ host: config.http.host, port: config.http.port });
    return { app, infrastructure, url };
  } catch (error) {
    // It reads what is about to be closed.
    await grants?.onApplicationShutdown();
    await infrastructure.close();
    throw error;
  }
}
