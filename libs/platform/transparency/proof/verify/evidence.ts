import { Malformed } from '../malformed';
import type { FileSource } from './file-source';
import type { Findings } from './finding';
import { recordIn } from './trust';

/** A file of evidence that the holder has. */
export interface HeldFile {
  readonly name: string;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

const SHA256 = /^[0-9a-f]{64}$/;

/**
 * The evidence that a bundle lists: every hash is one that a disclosed event names, and the holder's files have them.
 * @param bodyTexts of the disclosed events; absent where they were not kept, because the whole log is there
 */
export async function checkEvidence(
  source: FileSource,
  bodyTexts: readonly string[] | undefined,
  held: readonly HeldFile[],
  findings: Findings,
): Promise<void> {
  const bytes = await source.read('evidence.json');
  const listed = bytes ? hashesIn(bytes, findings) : new Set<string>();
  for (const sha256 of listed) {
    if (bodyTexts && !bodyTexts.some((text) => text.includes(sha256)))
      findings.add('evidenceUnrecorded', { subject: sha256 });
  }
  const foreign = held.filter(({ sha256 }) => !listed.has(sha256));
  for (const { name } of foreign) findings.add('evidenceDiffers', { subject: name });
  const comparedCount = new Set(held.map(({ sha256 }) => sha256).filter((sha256) => listed.has(sha256))).size;
  if (comparedCount > 0) findings.add('evidenceChecked', { subject: String(comparedCount) });
  if (comparedCount < listed.size) findings.add('evidenceNotHeld', { subject: String(listed.size - comparedCount) });
}

function hashesIn(bytes: Uint8Array, findings: Findings): Set<string> {
  try {
    const { evidence } = recordIn(bytes);
    if (!Array.isArray(evidence)) throw new Malformed('no list of evidence');
    const hashes = evidence.map((each: unknown) => ((each ?? {}) as Record<string, unknown>)['sha256']);
    if (!hashes.every((hash) => typeof hash === 'string' && SHA256.test(hash))) throw new Malformed('not a hash');
    return new Set(hashes as string[]);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    findings.add('disclosureMalformed', { subject: 'evidence.json' });
    return new Set();
  }
}
