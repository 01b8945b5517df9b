export { restoredAudit, savedAudit, type AuditMemory } from './audit-memory';
export { checkBundle, isBundle, type BundleCheckOptions } from './check-bundle';
export { checkConsistency, type ConsistencyCheckOptions } from './check-consistency';
export { checkLog, type Held, type HeldEntry, type LogCheck, type LogCheckOptions } from './check-log';
export { checkReceipt, parseReceipt, type Receipt, type ReceiptCheck, type ReceiptCheckOptions } from './check-receipt';
export { disclosuresIn, openLeaf, parseDisclosure, type Opened, type OpenedBody } from './disclosed';
export type { HeldFile } from './evidence';
export { SourceFailed, type FileSource } from './file-source';
export { sentenceOf, severityOf, type Finding, type FindingCode, type Severity } from './finding';
export { trustOf } from './opening';
export { BUNDLE_FORMAT, parseManifest, type BundleManifest, type ListedFile } from './listed-files';
export { LogAudit, type Taken } from './log-audit';
export type { ComputedTile } from './tile-stack';
export { millisecondsOf, Sandwich, SKEW_MS_DEFAULT, type Sighting } from './times';
export {
  checkCheckpoint,
  logOf,
  policyOfKeys,
  type CheckpointCheck,
  type KeyPeriod,
  type Trust,
  type TrustedCheckpoint,
} from './trust';
export { verdict, type Outcome, type Verdict } from './verdict';
