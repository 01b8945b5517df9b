export { SigningRefused, type CheckpointSigner, type TreeToSign } from './checkpoint-signer';
export { Checkpoints, type KeptCheckpoint, type LogHealth, type SignedCheckpoint } from './checkpoints';
export { leavesOf, type Leaves, type StreamTip } from './leaves';
export { LogBuilder, type LogBuilderOptions } from './log-builder';
export { LogController } from './log.controller';
export { GrowTheLog1700000000008 } from './migrations/1700000000008-grow-the-log';
export { nodeDigest } from './node-digest';
export { NOT_PUBLISHED, type TransparencyLogging } from './publisher';
export { NotInLog, TransparencyLog, type ReceiptGrade, type TransparencyLogOptions } from './transparency-log';
export { HearWitnesses1700000000009 } from './migrations/1700000000009-hear-witnesses';
export {
  vkeysInUse,
  type Annals,
  type RecordedAt,
  type RecordedEpoch,
  type RecordedHeads,
  type RecordedKey,
} from './signing/annals';
export { recordHeadsRegularly, type HeadsLog } from './signing/heads-schedule';
export { LogAnnals } from './signing/log-annals';
export { LogDescription, type DescribedLog } from './signing/log-description';
export { transparencyEventDeclarations, type AccessLogSealed, type LogEvent } from './signing/log-events';
export { LogKeysController } from './signing/log-keys.controller';
export { logKeysOf, makeLogKey, type LogKey } from './signing/log-keys';
export { LogSigner, type Examination, type SignerLog } from './signing/log-signer';
export { openEpoch, type EpochOpening } from './signing/open-epoch';
export { logSignerOf, openLogSigner, signsLog, type OpenLogSignerOptions } from './signing/open-log-signer';
export { readStoredTree } from './signing/stored-tree';
export { StreamHeads, type StreamHeadProof } from './signing/stream-heads';
export { bringCosignedTo, CosignatureRefused, type Brought } from './witnesses/bring-cosigned';
export type { WitnessClient } from './witnesses/witness-client';
export { WitnessHealth } from './witnesses/witness-health';
export { isWitnessed, NO_WITNESSES, readWitnessPolicy } from './witnesses/witness-policy';
export { WitnessRecords, type RefusedBranch, type WitnessRecord } from './witnesses/witness-records';
export type { WitnessedTrees } from './witnesses/witnessed-trees';
export { witnessClientOf, witnessedTreesOf, type WitnessClientOf, type WitnessedTreesOf } from './witnesses/witnessing';
export { WitnessesController } from './witnesses/witnesses.controller';
export { WitnessStates, type WitnessState } from './witnesses/witness-states';
export { checkLog, type CheckLogOptions, type LogCheck } from './check-log';
export { exportLog, ExportRefused, type LogExport } from './export-folder';
