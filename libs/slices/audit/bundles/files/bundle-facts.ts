import type { SignedCheckpoint } from '@khamrap/platform/transparency';
import { parsePolicy, verifierKeyText } from '@khamrap/platform/transparency/proof';
import { witnessesOf } from '../../receipts/witnesses-of';
import type { BundleFacts } from '../summary/bundle-facts';
import type { BundleHead } from '../zip/manifest';

/** What README and summary say of who vouches for a bundle. */
export function bundleFacts(
  { head, recordedAt }: { readonly head: BundleHead; readonly recordedAt: number },
  checkpoint: SignedCheckpoint,
  policy: string,
): BundleFacts {
  const { logs, witnesses, quorum } = parsePolicy(policy);
  return {
    head,
    recordedAt,
    logKeys: logs.map(verifierKeyText),
    cosignedBy: witnessesOf(checkpoint.note),
    witnesses: witnesses.map(({ name }) => name),
    quorum,
  };
}
