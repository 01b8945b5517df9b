import { eventStoreContract, type LogUnderTest } from '@khamrap/testing';
import { createTestDatabase } from '../../../testing/database';
import type { EventStore, LogIdentity } from '../event-store';
import { OpenTheLog1700000000001 } from './migrations/1700000000001-open-the-log';
import { openPostgresEventStore } from './postgres-event-store';

async function openLog(clock: LogIdentity['clock']): Promise<LogUnderTest> {
  const { database, drop } = await createTestDatabase({ migrations: [OpenTheLog1700000000001] });
  const { append: appendUrl, read: readUrl } = database.urls;
  const openAnother = (): Promise<EventStore> =>
    openPostgresEventStore({ appendUrl, readUrl, origin: 'contract.test/log', clock });
  const store = await openAnother();
  const dispose = async (): Promise<void> => {
    await store.close();
    await drop();
  };
  return { store, openAnother, dispose };
}

eventStoreContract(
  'PostgreSQL',
  () => openLog('system'),
  () => openLog('simulated'),
);
