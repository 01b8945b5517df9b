import type { Config } from '@khamrap/platform/config';
import { guardStore } from '@khamrap/platform/event-store';

/** Has the store hold the service off from what would harm the log; answers with the exit code. */
export async function guardStoreOf({ eventStore, database }: Config): Promise<number> {
  if (eventStore?.adminUrl === undefined) {
    process.stderr.write(
      'EVENTSTORE_URL and EVENTSTORE_ADMIN_URL say which store is meant, and who may set its rights.\n',
    );
    return 2;
  }
  const { url, adminUrl } = eventStore;
  const refusal = await guardStore({ url, adminUrl, ledger: database.rolePrefix });
  if (refusal !== undefined) process.stderr.write(`${refusal}\n`);
  else
    process.stdout.write(
      'The service may append to the store and read it, and neither cut nor delete: tried as the service.\n',
    );
  return refusal === undefined ? 0 : 1;
}
