import { bytesOfHex } from '../bytes';
import type { Leaf } from '../leaf';
import { Malformed } from '../malformed';
import { HASH_BYTES, verifyInclusion, type Digest } from '../merkle';
import { streamHeadHash, type StreamHead } from '../stream-heads';
import type { OpenedBody } from './disclosed';
import type { Findings } from './finding';
import { recordIn } from './trust';

/** An event of a bundle, which was shown to stand in the log. */
export interface BundledEvent {
  readonly leaf: Leaf;
  /** Its hash as a leaf, 64 hexadecimal digits. */
  readonly leafHash: string;
  /** Absent where it is not disclosed. */
  readonly body?: OpenedBody | undefined;
}

/** All that a bundle has of one stream, in order. */
export interface BundledStream {
  readonly reference: string;
  /** Where one of its events is disclosed. */
  readonly name?: string;
  readonly events: readonly BundledEvent[];
}

/** @param events in the order of their positions */
export function streamsOf(events: readonly BundledEvent[]): readonly BundledStream[] {
  const groups = new Map<string, BundledEvent[]>();
  for (const event of events) groups.set(event.leaf.stream, [...(groups.get(event.leaf.stream) ?? []), event]);
  return [...groups].map(([reference, ofStream]) => {
    const name = ofStream.find(({ body }) => body !== undefined)?.body?.stream;
    return { reference, events: ofStream, ...(name !== undefined && { name }) };
  });
}

/** What people call it, or else what leaves call it. */
export function nameOf({ name, reference }: BundledStream): string {
  return name ?? reference;
}

/**
 * Whether a stream is there from its first event on, each naming the one before it. Of a stream that nothing names a
 * bundle claims nothing: it may be the log's own, of which there is what proofs need.
 */
export function isComplete(stream: BundledStream, findings: Findings): boolean {
  for (const [index, { leaf }] of stream.events.entries()) {
    const before = stream.events[index - 1]?.leafHash ?? null;
    if (leaf.revision === index && leaf.prev === before) continue;
    const { position } = leaf;
    if (leaf.revision === index) findings.add('prevDiffers', { position });
    else if (stream.name === undefined) findings.add('streamUnnamed', { subject: stream.reference });
    else findings.add('streamIncomplete', { position, subject: stream.name });
    return false;
  }
  return true;
}

/** The proof that a stream had come so far when the log recorded the heads of all streams. */
interface HeadProof {
  /** Of the event StreamHeadsRecorded. */
  readonly position: number;
  readonly head: StreamHead;
  readonly index: number;
  readonly proof: readonly Uint8Array[];
}

const HASH = /^[0-9a-f]{64}$/;

/** @throws Malformed */
export function parseHeadProof(bytes: Uint8Array): HeadProof {
  const { position, head, index, proof } = recordIn(bytes);
  const { stream, revision, leaf } = (head ?? {}) as Record<string, unknown>;
  const isProof =
    [position, index, revision].every((number) => Number.isSafeInteger(number)) &&
    isHash(stream) &&
    isHash(leaf) &&
    Array.isArray(proof) &&
    proof.every(isHash);
  if (!isProof) throw new Malformed('not the proof of a head');
  return {
    position: position as number,
    head: { stream, revision: revision as number, leaf },
    index: index as number,
    proof: proof.map((hash) => bytesOfHex(hash, HASH_BYTES)),
  };
}

function isHash(text: unknown): text is string {
  return typeof text === 'string' && HASH.test(text);
}

export interface HeadCheck {
  /** As findings call it. */
  readonly name: string;
  readonly proof: HeadProof;
  /** The event StreamHeadsRecorded that the proof names, where the bundle has it. */
  readonly record: BundledEvent | undefined;
  readonly stream: BundledStream | undefined;
  readonly digest: Digest;
}

/**
 * What a proof of a head comes to: the stream ends with what the bundle has of it, or that is not shown. Where the
 * record of the heads is not disclosed, nothing is known of its root, and nobody is to blame for that.
 */
export function isEnd({ name, proof: headProof, record, stream, digest }: HeadCheck, findings: Findings): boolean {
  const { position, head, index, proof } = headProof;
  if (record && !record.body) return false;
  const { size, streamCount, root } = record?.body?.data ?? {};
  const isRecorded =
    record?.body?.type === 'StreamHeadsRecorded' &&
    record.body.stream === 'ledger' &&
    isHash(root) &&
    typeof streamCount === 'number' &&
    verifyInclusion(
      { index, size: streamCount, leaf: streamHeadHash(head, digest), proof, root: bytesOfHex(root, HASH_BYTES) },
      digest,
    );
  const last = stream?.events.at(-1);
  const eventAt = (revision: number): BundledEvent | undefined =>
    stream?.events.find(({ leaf }) => leaf.revision === revision);
  const known = eventAt(head.revision);
  const next = eventAt(head.revision + 1);
  // A head that is another event, or one that the log did not have by then, or behind what it had, is a false record.
  const isFalse =
    (known && (known.leafHash !== head.leaf || known.leaf.position >= Number(size))) ||
    (next && next.leaf.position < Number(size));
  if (!isRecorded || !stream || !last || isFalse) {
    findings.add('headWrong', { subject: name });
    return false;
  }
  if (head.revision > last.leaf.revision) findings.add('streamGoesOn', { position, subject: nameOf(stream) });
  return head.revision === last.leaf.revision;
}
