import type { Config } from '@khamrap/platform/config';
import { createPool } from '@khamrap/platform/database';
import { orderRebuild } from '@khamrap/platform/projections';
import { attached } from './attached';

/** Orders a rebuild from a service that is running; answers with the exit code. */
export async function rebuild(config: Config, projection: string): Promise<number> {
  const database = await attached(config, 'order the rebuild');
  if (!database) return 1;
  const pool = createPool({ url: database.urls.project, size: 1, applicationName: 'khamrap rebuild' });
  try {
    const refusal = await orderRebuild(pool, projection);
    process.stdout.write(
      `${refusal ?? `The service rebuilds ${projection}; /health/projections shows how far it is.`}\n`,
    );
    return refusal === undefined ? 0 : 1;
  } finally {
    await pool.end();
  }
}
