export { CommandSalts } from './codec/command-salts';
export {
  EventCodec,
  UnknownEvent,
  hashBody,
  type Basis,
  type DecodedEvent,
  type EncodedEvent,
  type Envelope,
} from './codec/event-codec';
export { UndeclaredField, type Disclosure } from './codec/field-classes';
export {
  CommandRejected,
  IdempotencyKeyReused,
  RevisionMismatch,
  type CommandAccepted,
  type Receipt,
} from './command-answer';
export type { CommandContext } from './command-context';
export type { CommandRequest } from './command-request';
export * from './event-store';
export { commandIdOf, derivedId, eventIdOf, uuidBytes, uuidV5 } from './identifiers';
export { Ledger, type DisclosureKeeper, type LedgerOptions } from './ledger';
export { ledgerEventDeclarations } from './ledger-opened';
export { OpenTheLog1700000000001 } from './postgres/migrations/1700000000001-open-the-log';
export { unavailableOr } from './postgres/server-error';
export { openPostgresEventStore, type PostgresEventStoreOptions } from './postgres/postgres-event-store';
