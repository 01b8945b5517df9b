import { createHash } from 'node:crypto';
import {
  addCheckpointText,
  parseSignatureLines,
  readCheckpoint,
  textOf,
  TLOG_SIZE_TYPE,
  verifiedSignatures,
  wholeNumberOf,
  type AddCheckpoint,
  type NoteSignature,
  type Tree,
  type VerifierKey,
  type Witness,
} from '../proof';

/** What a witness said (c2sp.org/tlog-witness). */
export type WitnessAnswer =
  | {
      readonly kind: 'cosigned';
      readonly signatures: readonly NoteSignature[];
      /** Seconds since 1970. */ readonly time: number;
    }
  /** It has cosigned a tree of another size last. */
  | { readonly kind: 'otherSize'; readonly size: number }
  | { readonly kind: 'refused' }
  | { readonly kind: 'failed'; readonly why: string };

/** What a witness has cosigned, and the log has signed. */
export interface WitnessedTree extends Tree {
  readonly origin: string;
  readonly note: string;
  /** Which witness, in words. */
  readonly knownBy: string;
}

const ANSWER_MS_MAX = 5_000;
const ANSWER_BYTES_MAX = 65_536;
/** Of this far from the clock of this machine, one of the two clocks is wrong. */
const SECONDS_APART_MAX = 86_400;

/** Asks a witness that has an address to cosign a checkpoint; nothing that it answers is believed without a signature. */
export async function askToCosign(
  { key, url = '' }: Witness,
  request: AddCheckpoint,
  signal: AbortSignal,
): Promise<WitnessAnswer> {
  try {
    const { status, type, text } = await boundedAnswer(
      addressOf(url, 'add-checkpoint'),
      signal,
      addCheckpointText(request),
    );
    if (status === 200) return cosignedBy(key, request.checkpoint, text);
    if (status === 409 && type === TLOG_SIZE_TYPE && text.endsWith('\n'))
      return { kind: 'otherSize', size: wholeNumberOf(text.slice(0, -1)) };
    return status === 422 ? { kind: 'refused' } : { kind: 'failed', why: `it answers ${status}` };
  } catch (error) {
    return { kind: 'failed', why: reasonOf(error) };
  }
}

/**
 * The checkpoint of a log that a witness shows to everybody; undefined when it has cosigned none.
 * @param keys of the log: only what one of them has signed speaks for itself
 * @throws Error in words for an operator
 */
export async function shownBy(
  { name, key, url = '' }: Witness,
  origin: string,
  keys: readonly VerifierKey[],
  signal: AbortSignal,
): Promise<WitnessedTree | undefined> {
  const hash = createHash('sha256').update(origin).digest('hex');
  const { status, text } = await boundedAnswer(addressOf(url, `${hash}/checkpoint`), signal);
  if (status === 404) return undefined;
  if (status !== 200) throw new Error(`it answers ${status}`);
  const { note, checkpoint } = readCheckpoint(text);
  const signers = verifiedSignatures(note, [key, ...keys]);
  const isOfThisLog = checkpoint.origin === origin && signers.some((signer) => keys.includes(signer.key));
  if (!isOfThisLog || !signers.some((signer) => signer.key === key))
    throw new Error('what it shows is not signed by the log and by itself');
  return { ...checkpoint, note: text, knownBy: `witness ${name}` };
}

function cosignedBy(key: VerifierKey, checkpoint: string, lines: string): WitnessAnswer {
  const { text } = readCheckpoint(checkpoint).note;
  const own = parseSignatureLines(lines).filter(
    (signature) => verifiedSignatures({ text, signatures: [signature] }, [key]).length > 0,
  );
  const [signature] = own;
  if (signature === undefined)
    return { kind: 'failed', why: 'its answer holds no cosignature of the key in the policy' };
  const time = verifiedSignatures({ text, signatures: [signature] }, [key])[0]?.time ?? 0;
  if (Math.abs(time - Date.now() / 1_000) > SECONDS_APART_MAX)
    return {
      kind: 'failed',
      why: `it states ${time} as the time, in seconds since 1970: its clock or that of this machine is wrong`,
    };
  return { kind: 'cosigned', signatures: [signature], time };
}

function addressOf(prefix: string, path: string): string {
  return `${prefix.replace(/\/$/, '')}/${path}`;
}

/** @param body posts it; without one the address is read */
async function boundedAnswer(address: string, signal: AbortSignal, body?: string) {
  const ending = new AbortController();
  const end = (): void => ending.abort(signal.reason);
  const timer = setTimeout(() => ending.abort(new DOMException('no answer', 'TimeoutError')), ANSWER_MS_MAX);
  // AbortSignal.any would leave a few bytes at a signal that lives as long as the process with every question.
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  try {
    return await answerWithin(ending.signal, address, body);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}

async function answerWithin(signal: AbortSignal, address: string, body?: string) {
  const response = await fetch(address, {
    ...(body !== undefined && { method: 'POST', body, headers: { 'content-type': 'text/plain; charset=utf-8' } }),
    redirect: 'error',
    signal,
  });
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > ANSWER_BYTES_MAX) throw new Error(`it answers with more than ${ANSWER_BYTES_MAX} bytes`);
    parts.push(part);
  }
  const type = response.headers.get('content-type')?.split(';')[0] ?? '';
  return { status: response.status, type, text: textOf(Buffer.concat(parts)) };
}

/** Why a witness did not answer, in words for an operator. */
export function reasonOf(error: unknown): string {
  // What fetch throws may be of another realm than this one, and then is no instance of its Error.
  const { name, message, cause } = error as { name?: string; message?: string; cause?: NodeJS.ErrnoException };
  if (name === 'Malformed') return `it answers with ${message}`;
  if (name === 'TimeoutError') return `no answer within ${ANSWER_MS_MAX} ms`;
  if (message === 'fetch failed') return `it cannot be reached (${cause?.code ?? cause?.message ?? 'failed'})`;
  return message ?? 'it cannot be reached';
}
