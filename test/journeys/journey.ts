import { MIGRATIONS } from '../../apps/composition/infrastructure';
import { logOfCommand } from '../../apps/composition/log-of';
import { startService, type Service } from '../../apps/api/service';
import { readConfig } from '@khamrap/platform/config';
import { attachDatabase } from '@khamrap/platform/database';
import { openEventStore, type AppendRequest, type EventStore } from '@khamrap/platform/event-store';
import { eventually } from '@khamrap/testing';
import {
  makeServiceEnvironment,
  RunningService,
  type ServiceEnvironment,
  type Variables,
} from '../../libs/testing/service';

/** The whole program on a database of its own, without demonstration data unless asked for. */
export interface Journey {
  readonly service: RunningService<Service>;
  readonly environment: ServiceEnvironment;
  end(): Promise<void>;
}

export async function beginJourney(variables: Variables = {}): Promise<Journey> {
  const environment = await makeServiceEnvironment({ migrations: MIGRATIONS, variables });
  try {
    const service = await RunningService.start(startService, environment.variables);
    return {
      service,
      environment,
      end: async () => {
        await service.stop();
        await environment.remove();
      },
    };
  } catch (error) {
    await environment.remove();
    throw error;
  }
}

/** Position of the last event in the log, asked of the log itself. */
export async function headOf({ service: { service } }: Pick<Journey, 'service'>): Promise<number> {
  return (await service.infrastructure.store.head()).position;
}

/**
 * Numbers what is appended to the log of an environment, beside instances that do not; undefined where PostgreSQL carries the
 * log, which needs nobody for that.
 */
export async function sequencingOf({ carrier, variables }: ServiceEnvironment): Promise<EventStore | undefined> {
  if (!carrier) return undefined;
  const config = readConfig(variables);
  const { dataFolder } = config;
  const { rolePrefix } = config.database;
  const database = await attachDatabase({ externalUrl: variables['DATABASE_URL']!, dataFolder, rolePrefix });
  return openEventStore(logOfCommand(config, database!.urls));
}

/** Appends to the log itself what no command would, and waits until the log has it. @returns the position of its last event */
export async function appendToLog(
  { service: { service } }: Pick<Journey, 'service'>,
  request: AppendRequest,
): Promise<number> {
  const { store } = service.infrastructure;
  const outcome = await store.append(request);
  if (outcome.kind !== 'appended') throw new Error(`the append ended as ${outcome.kind}`);
  return eventually('the position of the append', () => store.positionOf(outcome.after), 20_000);
}
