import { bytesOfBase64, textOf, utf8 } from '../bytes';
import { parseLeaf, type Leaf } from '../leaf';
import { Malformed } from '../malformed';
import { leafHash, sha256, verifyInclusion, type Digest } from '../merkle';
import { parseTlogProof, type TlogProof } from '../tlog-proof';
import { BodyChecks } from './body-checks';
import { sandwichOf, type HeldEntry } from './check-log';
import { parseDisclosure } from './disclosed';
import { Findings, type Finding } from './finding';
import { tellOfSignatures } from './opening';
import { checkCheckpoint, logOf, recordIn, type KeyPeriod, type Trust, type TrustedCheckpoint } from './trust';

/** What somebody was given for an event; nothing of it is verified yet. */
export interface Receipt {
  readonly proof: TlogProof;
  /** The entry that is proved, byte for byte; absent where the receipt does not have it. */
  readonly entry?: Uint8Array;
  readonly disclosure?: Uint8Array;
  readonly eventId?: string;
}

const EXTRA = '\nextra ';

/**
 * Reads a receipt: a proof (c2sp.org/tlog-proof) whose `extra` line may have the entry, or JSON with `proof`, `leaf`
 * (the entry) and, if they are there, `disclosure` and `eventId`.
 * @throws Malformed
 */
export function parseReceipt(bytes: Uint8Array): Receipt {
  const text = textOf(bytes);
  if (!text.trimStart().startsWith('{')) return { proof: parseTlogProof(text), ...entryBeside(text) };
  const { proof, leaf, disclosure, eventId } = recordIn(bytes);
  if (typeof proof !== 'string') throw new Malformed('a receipt without a proof');
  return {
    proof: parseTlogProof(proof),
    ...(typeof leaf === 'string' ? { entry: utf8(leaf) } : entryBeside(proof)),
    ...(disclosure !== undefined && disclosure !== null && { disclosure: utf8(JSON.stringify(disclosure)) }),
    ...(typeof eventId === 'string' && { eventId }),
  };
}

function entryBeside(proof: string): { readonly entry?: Uint8Array } {
  const head = proof.slice(0, proof.indexOf('\n\n') + 1);
  const start = head.indexOf(EXTRA);
  if (start < 0) return {};
  return { entry: bytesOfBase64(head.slice(start + EXTRA.length, head.indexOf('\n', start + 1))) };
}

export interface ProofCheck {
  /** As findings call it. */
  readonly name: string;
  readonly proof: TlogProof;
  readonly entry: Uint8Array;
  /** That of the proof. */
  readonly checkpoint: TrustedCheckpoint;
  readonly digest: Digest;
}

/** @returns the leaf that is shown to stand in the log of the checkpoint; undefined, with a finding, when it is not */
export function checkProof(
  { name, proof, entry, checkpoint, digest }: ProofCheck,
  findings: Findings,
): Leaf | undefined {
  const position = proof.index;
  const inclusion = { ...checkpoint, index: position, leaf: leafHash(entry, digest), proof: proof.hashes };
  const leaf = leafOr(entry);
  if (!verifyInclusion(inclusion, digest)) findings.add('proofWrong', { position, subject: name });
  else if (!leaf) findings.add('entryMalformed', { position });
  else if (leaf.log !== logOf(checkpoint.origin)) findings.add('logDiffers', { position });
  else if (leaf.position !== position) findings.add('positionDiffers', { position });
  else return leaf;
  return undefined;
}

export interface ReceiptCheckOptions {
  readonly digest?: Digest;
  readonly trust: Trust;
  readonly periods?: readonly KeyPeriod[];
  readonly skewMs?: number;
}

export interface ReceiptCheck {
  readonly findings: readonly Finding[];
  /** What a log that is checked later has to have. */
  readonly held?: HeldEntry;
  readonly checkpoint?: TrustedCheckpoint;
}

/** Checks a receipt by itself, without a server. */
export function checkReceipt(name: string, bytes: Uint8Array, options: ReceiptCheckOptions): ReceiptCheck {
  const findings = new Findings();
  const digest = options.digest ?? sha256;
  let receipt: Receipt;
  try {
    receipt = parseReceipt(bytes);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    findings.add('proofMalformed', { subject: name });
    return { findings: findings.list() };
  }
  const { proof, entry } = receipt;
  if (!entry) {
    findings.add('leafMissing', { position: proof.index });
    return { findings: findings.list() };
  }
  const { trusted: checkpoint, findings: found } = checkCheckpoint(
    name,
    utf8(proof.checkpoint),
    options.trust,
    options.periods,
  );
  findings.addAll(found);
  const leaf = checkpoint && checkProof({ name, proof, entry, checkpoint, digest }, findings);
  if (!leaf) return { findings: findings.list() };
  findings.add('eventIncluded', { position: leaf.position });
  tellOfSignatures(checkpoint, options.trust, findings);
  tellOfBody(receipt, leaf, digest, findings);
  tellOfTime(leaf, checkpoint, options.skewMs, findings);
  findings.add('nothingHeld');
  return { findings: findings.list(), held: { position: leaf.position, entry }, checkpoint };
}

function tellOfBody({ disclosure, eventId }: Receipt, leaf: Leaf, digest: Digest, findings: Findings): void {
  if (!disclosure) {
    findings.add('bodiesNotChecked');
    return;
  }
  const bodies = new BodyChecks(findings, digest);
  try {
    const opened = parseDisclosure(disclosure);
    if (opened.position !== leaf.position) findings.add('bodyDiffers', { position: leaf.position });
    const body = bodies.check(leaf, opened);
    if (body && eventId !== undefined && body.eventId !== eventId)
      findings.add('envelopeDiffers', { position: leaf.position });
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    findings.add('disclosureMalformed', { subject: 'disclosure' });
  }
  bodies.tell(1);
}

/** Of one checkpoint only the upper half of the sandwich is there: the event was recorded before witnesses saw it. */
function tellOfTime(leaf: Leaf, checkpoint: TrustedCheckpoint, skewMs: number | undefined, findings: Findings): void {
  const code = sandwichOf([checkpoint], skewMs).judge(leaf.position, leaf.recordedAt);
  if (code) findings.add(code, { position: leaf.position });
  else
    findings.add(checkpoint.witnessedAt === undefined ? 'timesUnwitnessed' : 'seenInTime', { position: leaf.position });
}

function leafOr(entry: Uint8Array): Leaf | undefined {
  try {
    return parseLeaf(entry);
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}
