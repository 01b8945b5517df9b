import { randomBytes } from 'node:crypto';
import { EventStoreDbServer } from './server';

/** An EventStoreDB that a test may write to. */
export interface StoreUnderTest {
  /** `esdb://…` */
  readonly url: string;
  /** Absent where the store is the one that EVENTSTORE_URL names. */
  readonly server?: EventStoreDbServer;
  stop(): Promise<void>;
}

/** As a server is started that carries a ledger: the largest append is a thousand events. */
const APPEND_SIZE_MAX = 16_000_000;

/** Whether tests use the store that EVENTSTORE_URL names, which they share with others. */
export function isStoreGiven(): boolean {
  return (process.env['EVENTSTORE_URL'] ?? '') !== '';
}

/** The store that EVENTSTORE_URL names, where it is set for the tests; else one in this process, for this test alone. */
export async function storeUnderTest(): Promise<StoreUnderTest> {
  const given = process.env['EVENTSTORE_URL'] ?? '';
  if (given !== '') return { url: given, stop: async () => undefined };
  const server = await EventStoreDbServer.start({ maxAppendSize: APPEND_SIZE_MAX });
  return { url: server.url, server, stop: () => server.stop() };
}

/** A name that no other ledger of a store has. */
export function freshLedger(): string {
  return `test_${randomBytes(6).toString('hex')}`;
}
