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
export { readAfterToken, tokenOfEvent, type AfterToken } from './after-token';
export { commandIdOf, derivedId, eventIdOf, uuidBytes, uuidV5 } from './identifiers';
export { openEventStore, type OpenEventStoreOptions } from './open-event-store';
export { Ledger, type DisclosureKeeper, type LedgerOptions } from './ledger';
export { ledgerEventDeclarations } from './ledger-opened';
export { OpenTheLog1700000000001 } from './postgres/migrations/1700000000001-open-the-log';
export { CarriedElsewhere } from './eventstoredb/carrier';
export { CopiedLog, type CopiedLogOptions, type EndOfWalk } from './eventstoredb/copy/copied-log';
export { LogsDiffer } from './eventstoredb/copy/difference';
export { HandOver } from './eventstoredb/copy/hand-over';
export { sequenceAnew } from './eventstoredb/copy/sequence-anew';
export { guardStore, type GuardStoreOptions } from './eventstoredb/guard-store';
export { CarryTheLog1700000000010 } from './eventstoredb/migrations/1700000000010-carry-the-log';
export { unavailableOr } from './postgres/server-error';
export { openPostgresEventStore, type PostgresEventStoreOptions } from './postgres/postgres-event-store';
