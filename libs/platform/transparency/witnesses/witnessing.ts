import type { EventStore } from '@khamrap/platform/event-store';
import type { Pool } from 'pg';
import { Checkpoints } from '../checkpoints';
import type { Policy } from '../proof';
import type { TransparencyLogging } from '../publisher';
import type { LogAnnals } from '../signing/log-annals';
import type { LogKey } from '../signing/log-keys';
import type { TransparencyLog } from '../transparency-log';
import { CosignedCheckpoints } from './cosigned-checkpoints';
import { keysOfLog } from './keys-of-log';
import { WitnessClient } from './witness-client';
import { WitnessRecords } from './witness-records';
import { WitnessedTrees } from './witnessed-trees';

export interface WitnessedTreesOf {
  readonly policy: Policy;
  readonly annals: LogAnnals;
  /** The keys that sign now. */
  readonly keys: readonly LogKey[];
  readonly logging: TransparencyLogging;
}

/** What witnesses know to have been signed, for `openLogSigner`. */
export function witnessedTreesOf({ policy, annals, keys, logging }: WitnessedTreesOf): WitnessedTrees {
  return new WitnessedTrees({
    witnesses: policy.witnesses,
    keysOf: keysOfLog(annals, keys),
    warn: (message) => logging.error(message),
  });
}

export interface WitnessClientOf extends WitnessedTreesOf {
  readonly store: EventStore;
  readonly log: TransparencyLog;
  /** Those that the signer asks. */
  readonly trees: WitnessedTrees;
  /** Connections of the projecting role. */
  readonly pool: Pool;
}

/** Who has the log witnessed, in a process that builds and signs it; to be started and stopped. */
export function witnessClientOf(options: WitnessClientOf): WitnessClient {
  const { policy, annals, keys, logging, store, log, trees, pool } = options;
  return new WitnessClient({
    policy,
    log,
    eventCount: async () => (await store.head()).position + 1,
    cosigned: new CosignedCheckpoints(log, new Checkpoints(pool), policy),
    records: new WitnessRecords(pool),
    trees,
    keysOf: keysOfLog(annals, keys),
    logging,
  });
}
