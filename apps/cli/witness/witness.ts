import * as crypto from 'node:crypto';
import {
  areEqual,
  EMPTY_ROOT,
  Malformed,
  noteText,
  parseAddCheckpoint,
  readCheckpoint,
  TLOG_SIZE_TYPE,
  verifiedSignatures,
  verifyConsistency,
  type AddCheckpoint,
  type Checkpoint,
  type Digest,
  type Note,
  type VerifierKey,
} from '@khamrap/platform/transparency/proof';
import type { Evidence, RefusedCheckpoint } from './evidence';
import type { WitnessKey } from './witness-key';
import { originHash, type Cosigned, type WitnessMemory } from './witness-memory';

/** SHA-256 by Node, many times faster than the one in plain JavaScript. */
export const digest: Digest = (bytes) => crypto.hash('sha256', bytes, 'buffer');

/** What a witness answers: a status of HTTP, also where the request came by file. */
export interface WitnessAnswer {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422;
  readonly body: string;
  /** Media type; plain text when absent. */
  readonly type?: string;
}

export interface WitnessOptions {
  readonly key: WitnessKey;
  /** Of the logs that are witnessed; a log that is changing its key has several of the same name, which is its origin. */
  readonly logs: readonly VerifierKey[];
  readonly memory: WitnessMemory;
  readonly evidence: Evidence;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told what the office that runs the witness must know. */
  readonly alarm: (message: string) => void;
}

interface Submission extends AddCheckpoint {
  readonly request: string;
  readonly note: Note;
  readonly asked: Checkpoint;
}

/**
 * A witness (c2sp.org/tlog-witness): it cosigns a checkpoint when a log that it knows has signed it, and has proved that it
 * goes on from the last one that was cosigned. What is cosigned is remembered before the cosignature is given out.
 */
export class Witness {
  constructor(private readonly options: WitnessOptions) {}

  /** @param request the body of `POST /add-checkpoint` */
  async addCheckpoint(request: string): Promise<WitnessAnswer> {
    const submission = submissionOf(request);
    if (submission === undefined) return refusal(400, 'not a request to cosign a checkpoint');
    const { asked, note } = submission;
    const keys = this.options.logs.filter(({ name }) => name === asked.origin);
    if (keys.length === 0) return refusal(404, 'this witness does not know the log');
    if (!isSignedByOneOf(keys, note)) return refusal(403, 'not signed by a key of the log that this witness knows');
    if (submission.oldSize > asked.size) return refusal(400, 'the old size is larger than that of the checkpoint');
    for (;;) {
      const last = await this.options.memory.last(originHash(asked.origin));
      const refused = await this.#refusal(submission, last);
      if (refused) return refused;
      const cosignature = this.options.key.cosignatureLine(note.text, Math.floor(this.options.now() / 1_000));
      const cosigned = noteText({ text: note.text, signatures: signaturesOf(keys, note) }) + cosignature;
      // Otherwise another request was faster, and it is this one that has to be judged again.
      if (await this.options.memory.remember(originHash(asked.origin), cosigned, last?.number ?? 0))
        return { status: 200, body: cosignature };
    }
  }

  /** The last checkpoint of a log with the cosignature, as a note; undefined when there is none. */
  async lastCosigned(hashOfOrigin: string): Promise<string | undefined> {
    return (await this.options.memory.last(hashOfOrigin))?.note;
  }

  async #refusal(submission: Submission, last: Cosigned | undefined): Promise<WitnessAnswer | undefined> {
    const { asked, oldSize, proof } = submission;
    const known = last?.checkpoint ?? { size: 0, root: EMPTY_ROOT };
    const isContradicted =
      (asked.size === known.size && !areEqual(asked.root, known.root)) ||
      (asked.size === 0 && !areEqual(asked.root, EMPTY_ROOT));
    const isProved = verifyConsistency({ old: known, new: asked, proof }, digest);
    if (isContradicted || (oldSize === known.size && !isProved))
      await this.#keepEvidence(submission, last, isContradicted ? 'contradicted' : 'notProved');
    if (oldSize !== known.size) return { status: 409, body: `${known.size}\n`, type: TLOG_SIZE_TYPE };
    return isProved ? undefined : refusal(422, 'not proved to go on from what was cosigned last');
  }

  async #keepEvidence(
    { asked: { origin, size }, checkpoint: refused, note: { text: signedText }, request }: Submission,
    last: Cosigned | undefined,
    kind: RefusedCheckpoint['kind'],
  ): Promise<void> {
    const { evidence, alarm } = this.options;
    const kept = await evidence.keep({ origin, size, kind, cosigned: last?.note, refused, signedText, request });
    if (kept !== undefined) alarm(sentenceOf(kind, origin, size, kept));
  }
}

function sentenceOf(kind: RefusedCheckpoint['kind'], origin: string, size: number, kept: string): string {
  return kind === 'contradicted'
    ? `ALARM: ${origin} HAS SIGNED TWO DIFFERENT HISTORIES of ${size} events. Both notes are kept in ${kept}; they prove it to ` +
        `anybody.\nสัญญาณเตือน: ${origin} ลงนามประวัติที่ขัดแย้งกันสองฉบับ จำนวน ${size} เหตุการณ์ หลักฐานเก็บไว้ที่ ${kept}`
    : `ALARM: ${origin} has signed ${size} events without a proof that they go on from what was cosigned. Not cosigned; kept in ` +
        `${kept}.\nสัญญาณเตือน: ${origin} ลงนาม ${size} เหตุการณ์โดยไม่มีหลักฐานว่าต่อเนื่องจากที่ลงนามร่วมไว้ จึงไม่ลงนามร่วม เก็บไว้ที่ ${kept}`;
}

function submissionOf(request: string): Submission | undefined {
  try {
    const parsed = parseAddCheckpoint(request);
    const { note, checkpoint: asked } = readCheckpoint(parsed.checkpoint);
    return { ...parsed, request, note, asked };
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

function isSignedByOneOf(keys: readonly VerifierKey[], note: Note): boolean {
  try {
    return verifiedSignatures(note, keys).length > 0;
  } catch (error) {
    if (error instanceof Malformed) return false;
    throw error;
  }
}

function signaturesOf(keys: readonly VerifierKey[], { signatures }: Note): Note['signatures'] {
  return signatures.filter(({ name, keyId }) => keys.some((key) => key.name === name && areEqual(key.id, keyId)));
}

function refusal(status: 400 | 403 | 404 | 422, why: string): WitnessAnswer {
  return { status, body: `${why}\n` };
}
