import type { EventStore } from '@khamrap/platform/event-store';
import { hexOf } from '@khamrap/platform/transparency/proof';
import type { TreeToSign } from '../checkpoint-signer';
import { originOfEpoch } from './annals';
import type { LogAnnals } from './log-annals';
import type { LogEpochOpened } from './log-events';
import type { Examination, LogSigner } from './log-signer';

/** What came of the wish to open an epoch. */
export type EpochOpening =
  | { readonly kind: 'opened'; readonly epoch: LogEpochOpened['data']; readonly examination: Examination }
  /** Signer and log agree: there is nothing to decide. */
  | { readonly kind: 'agreed'; readonly examination: Examination }
  /** The tree has not grown yet to the size that was signed: nobody can say whether they agree. */
  | { readonly kind: 'behind'; readonly examination: Examination };

/** Where an epoch is opened. */
export interface EpochAccess {
  /** As the service has it: with its keys and its folder. */
  readonly signer: LogSigner;
  readonly annals: LogAnnals;
  readonly store: Pick<EventStore, 'identity'>;
}

/**
 * Opens an epoch: records what the signer remembers and what the log is, where the one is not a continuation of the other. The
 * signer of the running service goes along when it finds that record.
 */
export async function openEpoch(
  { signer, annals, store }: EpochAccess,
  tree: TreeToSign,
  reason: string,
): Promise<EpochOpening> {
  let examination = await signer.examine(tree);
  const recorded = await annals.record(async ({ epochs }) => {
    // Somebody else may have opened one meanwhile, that the signer will go along with.
    examination = await signer.examine(tree);
    if (examination.verdict !== 'refused') return [];
    const { last } = examination;
    const epoch = Math.max(last.epoch, ...epochs.map((each) => each.epoch)) + 1;
    const data: LogEpochOpened['data'] = {
      epoch,
      origin: originOfEpoch(store.identity().origin, epoch),
      lastSignedSize: last.size,
      lastSignedRoot: hexOf(last.root),
      foundSize: tree.size,
      foundRoot: hexOf(tree.root),
      reason,
    };
    return [{ type: 'LogEpochOpened', data }];
  });
  const [event] = recorded;
  if (event?.type === 'LogEpochOpened') return { kind: 'opened', epoch: event.data, examination };
  return { kind: examination.verdict === 'behind' ? 'behind' : 'agreed', examination };
}
