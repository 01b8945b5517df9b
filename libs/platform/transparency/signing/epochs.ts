import { EMPTY_ROOT, hexOf } from '@khamrap/platform/transparency/proof';
import { originOfEpoch, type Annals, type RecordedEpoch } from './annals';
import type { LastSigned } from './signer-memory';

/** Where a signer goes on from. */
export interface Standpoint extends LastSigned {
  /** The smallest tree that may be signed: the checkpoints of an epoch all cover the event that opened it. */
  readonly sizeMin: number;
}

/** The newest epoch of the log, in which nothing is known to have been signed yet. */
export function beginningOf(annals: Annals, origin: string, logId: string): Standpoint {
  const opened = annals.epochs.reduce<RecordedEpoch | undefined>(
    (newest, each) => (each.epoch > (newest?.epoch ?? 0) ? each : newest),
    undefined,
  );
  const epoch = opened?.epoch ?? 0;
  return {
    origin: originOfEpoch(origin, epoch),
    epoch,
    size: 0,
    root: EMPTY_ROOT,
    logId,
    sizeMin: opened ? opened.position + 1 : 0,
  };
}

/**
 * The epoch that takes what was signed last for its end: it names exactly that size and root, and the next origin. Epochs that
 * name anything else are none of this signer's.
 */
export function epochAfter(annals: Annals, origin: string, last: LastSigned, logId: string): Standpoint | undefined {
  let standpoint: Standpoint | undefined;
  let from = last;
  for (const each of annals.epochs) {
    if (!isEndOf(from, each) || each.origin !== originOfEpoch(origin, each.epoch)) continue;
    standpoint = {
      origin: each.origin,
      epoch: each.epoch,
      size: 0,
      root: EMPTY_ROOT,
      logId,
      sizeMin: each.position + 1,
    };
    from = standpoint;
  }
  return standpoint;
}

function isEndOf({ epoch, size, root }: LastSigned, opened: RecordedEpoch): boolean {
  return opened.epoch > epoch && opened.lastSignedSize === size && opened.lastSignedRoot === hexOf(root);
}

/** An epoch that goes on after what was signed last, and names something else: told to the operator, who may have mistyped nothing. */
export function strangeEpochAfter({ epoch }: LastSigned, { epochs }: Annals): RecordedEpoch | undefined {
  return epochs.findLast((each) => each.epoch > epoch);
}
