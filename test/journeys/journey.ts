import { MIGRATIONS } from '../../apps/composition/infrastructure';
import { startService, type Service } from '../../apps/api/service';
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
