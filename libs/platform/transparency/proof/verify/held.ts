import { areEqual, hexOf } from '../bytes';
import { leafHash, sha256 } from '../merkle';
import type { BundledEvent } from './bundled-streams';
import type { LogCheckOptions } from './check-log';
import type { Findings } from './finding';
import type { Opening } from './opening';
import { checkCheckpoint, logOf } from './trust';

/**
 * What the holder kept, against a bundle that has not the whole log: a checkpoint of the same size must be the same,
 * and an event of a receipt that the bundle has must be the same. Checkpoints of other sizes cannot be compared without
 * tiles.
 */
export function compareHeld(
  { held = [], receipts = [], digest = sha256 }: LogCheckOptions,
  { checkpoint, trust, periods }: Opening,
  events: readonly BundledEvent[],
  findings: Findings,
): void {
  for (const { name, note } of held) {
    const { trusted, findings: found } = checkCheckpoint(name, note, trust, periods);
    findings.addAll(found);
    if (!trusted) continue;
    const subject = String(trusted.size);
    if (logOf(trusted.origin) !== logOf(checkpoint.origin)) findings.add('originDiffers', { subject: name });
    else if (trusted.size !== checkpoint.size) findings.add('nothingToCompareWith');
    else if (areEqual(trusted.root, checkpoint.root)) findings.add('consistentWith', { subject });
    else findings.add(trusted.origin === checkpoint.origin ? 'notConsistent' : 'epochsDiffer', { subject });
  }
  for (const { position, entry } of receipts) {
    const event = events.find(({ leaf }) => leaf.position === position);
    if (!event) findings.add('receiptNotHere', { position });
    else
      findings.add(event.leafHash === hexOf(leafHash(entry, digest)) ? 'eventIncluded' : 'receiptDiffers', {
        position,
      });
  }
  if (held.length + receipts.length === 0) findings.add('nothingHeld');
}
