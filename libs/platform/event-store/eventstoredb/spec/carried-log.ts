import { BuildTheVault1700000000002, WallTheVault1700000000005 } from '@khamrap/platform/vault';
import type { LogUnderTest } from '@khamrap/testing';
import { createTestDatabase } from '../../../../testing/database';
import { freshLedger, storeUnderTest } from '../../../../testing/eventstoredb/under-test';
import type { EventStore, LogIdentity } from '../../event-store';
import { OpenTheLog1700000000001 } from '../../postgres/migrations/1700000000001-open-the-log';
import { openEventStoreDb, type EventStoreDbOptions } from '../eventstoredb-event-store';
import { CarryTheLog1700000000010 } from '../migrations/1700000000010-carry-the-log';

const MIGRATIONS = [
  OpenTheLog1700000000001,
  BuildTheVault1700000000002,
  WallTheVault1700000000005,
  CarryTheLog1700000000010,
];
const SILENT = { info: () => undefined, error: () => undefined };

export interface CarriedLog extends LogUnderTest {
  /** Opens an instance that appends and reads, and does not sequence. */
  openWithoutSequencer(learnForMs?: number): Promise<EventStore>;
}

/** A ledger of its own in a store, and a fresh database for its copy. */
export async function openCarriedLog(clock: LogIdentity['clock']): Promise<CarriedLog> {
  const { database, drop } = await createTestDatabase({ migrations: MIGRATIONS });
  const carrier = await storeUnderTest();
  const { append: appendUrl, read: readUrl, project: projectUrl } = database.urls;
  const options: EventStoreDbOptions = {
    url: carrier.url,
    ledger: freshLedger(),
    appendUrl,
    readUrl,
    origin: 'contract.test/log',
    clock,
    log: SILENT,
  };
  const openAnother = (): Promise<EventStore> => openEventStoreDb({ ...options, projectUrl });
  const openWithoutSequencer = (learnForMs?: number): Promise<EventStore> =>
    openEventStoreDb({ ...options, ...(learnForMs !== undefined && { learnForMs }) });
  const store = await openAnother();
  const dispose = async (): Promise<void> => {
    await store.close();
    await drop();
    await carrier.stop();
  };
  return { store, openAnother, openWithoutSequencer, dispose };
}
