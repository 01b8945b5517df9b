import type { Position } from '@khamrap/kernel';
import type { CosignedBy } from '../../receipts/witnesses-of';
import type { BundleHead } from '../zip/manifest';

/** What README and summary say of any bundle. */
export interface BundleFacts {
  readonly head: BundleHead;
  /** Of the last event that the checkpoint covers; milliseconds since 1970. */
  readonly recordedAt: number;
  /** vkeys of the log. */
  readonly logKeys: readonly string[];
  /** Who has cosigned the checkpoint. */
  readonly cosignedBy: readonly CosignedBy[];
  /** Names of the witnesses of the policy, whether they have cosigned or not. */
  readonly witnesses: readonly string[];
  readonly quorum: string | null;
}

/** How many events a bundle holds, and how many of them it opens. */
export interface BundleCounts {
  readonly eventCount: number;
  readonly disclosedCount: number;
}

/** A disclosed event in the list at the end of a summary. */
export interface ListedEvent {
  readonly position: Position;
  readonly recordedAt: number;
  readonly type: string;
  readonly stream: string;
}
