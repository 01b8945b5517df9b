import type { Config } from '@khamrap/platform/config';
import { LogAnnals, StreamHeads } from '@khamrap/platform/transparency';
import { attached, onLogAndReader } from './attached';

/** Records in the log how far every stream has come; answers with the exit code. */
export async function recordStreamHeads(config: Config): Promise<number> {
  const database = await attached(config, 'record how far its streams have come');
  if (!database) return 1;
  return onLogAndReader(database, config, 'stream heads', async (store, pool) => {
    const made = await new StreamHeads(store, new LogAnnals(store), pool).record();
    process.stdout.write(
      made
        ? `Recorded how far ${made.streamCount} streams had come at ${made.size} events: ${made.root}\n`
        : 'Nothing has been recorded in the log since its streams were looked at last.\n',
    );
    return 0;
  });
}
