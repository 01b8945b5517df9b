import { areEqual } from '../bytes';
import { sha256, type Digest } from '../merkle';
import { TreeReader } from '../tree-reader';
import type { Held } from './check-log';
import { continuationOf } from './continuation';
import { SourceFailed, type FileSource } from './file-source';
import { Findings, type Finding } from './finding';
import { tileReaderOf } from './log-walk';
import { tellOfSignatures } from './opening';
import { checkCheckpoint, logOf, type KeyPeriod, type Trust, type TrustedCheckpoint } from './trust';

export interface ConsistencyCheckOptions {
  readonly digest?: Digest;
  readonly trust: Trust;
  readonly periods?: readonly KeyPeriod[];
  /**
   * A server or folder of the log, which proves how the larger tree continues the smaller one; whom it is from does not
   * matter.
   */
  readonly source?: FileSource | undefined;
}

/**
 * Whether of two checkpoints one continues the other: if not, the log has shown two pasts, and both notes together
 * prove it.
 */
export async function checkConsistency(
  [one, other]: readonly [Held, Held],
  options: ConsistencyCheckOptions,
): Promise<readonly Finding[]> {
  const findings = new Findings();
  const checks = [one, other].map(({ name, note }) => checkCheckpoint(name, note, options.trust, options.periods));
  for (const check of checks) findings.addAll(check.findings);
  const [first, second] = checks.map(({ trusted }) => trusted);
  if (!first || !second) return findings.list();
  if (logOf(first.origin) !== logOf(second.origin)) {
    findings.add('originDiffers', { subject: other.name });
    return findings.list();
  }
  const [older, newer] = first.size <= second.size ? [first, second] : [second, first];
  tellOfSignatures(newer, options.trust, findings);
  try {
    await compare(older, newer, options, findings);
  } catch (error) {
    if (!(error instanceof SourceFailed)) throw error;
    findings.add('unreachable', { subject: error.message });
  }
  return findings.list();
}

async function compare(
  older: TrustedCheckpoint,
  newer: TrustedCheckpoint,
  { source, digest = sha256 }: ConsistencyCheckOptions,
  findings: Findings,
): Promise<void> {
  const subject = String(older.size);
  // A new epoch may go on from what was signed before, or say why it does not.
  const otherwise = older.origin === newer.origin ? 'notConsistent' : 'epochsDiffer';
  if (older.size === newer.size) {
    findings.add(areEqual(older.root, newer.root) ? 'consistentWith' : otherwise, { subject });
  } else if (!source) {
    findings.add('nothingToCompareWith');
  } else {
    const tiles = new TreeReader(newer.size, tileReaderOf(source), digest);
    const continuation = await continuationOf(tiles, older, newer, digest);
    const codes = { continues: 'consistentWith', differs: otherwise, unknown: 'sourceUnfit' } as const;
    findings.add(codes[continuation], { subject });
  }
}
