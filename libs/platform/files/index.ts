export {
  EVIDENCE_BYTES_MAX,
  EvidenceFiles,
  EvidenceMissing,
  EvidenceStore,
  type ByteSpan,
  type EvidenceFile,
  type StoreOutcome,
} from './evidence-store';
export { EXTENSION_OF_MEDIA_TYPE } from './media-types';
export { KeepEvidence1700000000004 } from './migrations/1700000000004-keep-evidence';
export { WallEvidence1700000000007 } from './migrations/1700000000007-wall-evidence';
export { PostgresEvidenceStore } from './postgres-evidence-store';
