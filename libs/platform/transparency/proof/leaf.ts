import { textOf, wholeNumberOf } from './bytes';
import { Malformed } from './malformed';

/** What the log says of one event: the commitment that everybody can read. Hashes are 64 lower-case hexadecimal digits. */
export interface Leaf {
  /** Origin of the log: a leaf of one log is none of another. */
  readonly log: string;
  /** Of the event in the log, which is the index of the leaf. */
  readonly position: number;
  /** RFC 3339 in UTC with milliseconds. */
  readonly recordedAt: string;
  /** Opaque reference of the stream (`streamReference`). */
  readonly stream: string;
  readonly revision: number;
  /** Leaf hash of the event before it in its stream; null at revision 0. */
  readonly prev: string | null;
  /** SHA-256 of salt and body. */
  readonly body: string;
}

const LEAF =
  /^\{"body":"([0-9a-f]{64})","log":("[\x21\x23-\x5b\x5d-\x7e]{1,200}"),"position":([0-9]{1,16}),"prev":(?:null|"([0-9a-f]{64})"),"recordedAt":"([0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]\.[0-9]{3}Z)","revision":([0-9]{1,10}),"stream":"([0-9a-f]{64})","v":1\}$/;

/** The entry of the log for a leaf: canonical JSON (RFC 8785), which is what is hashed. */
export function leafText({ log, position, recordedAt, stream, revision, prev, body }: Leaf): string {
  const before = prev === null ? 'null' : `"${prev}"`;
  return `{"body":"${body}","log":"${log}","position":${position},"prev":${before},"recordedAt":"${recordedAt}","revision":${revision},"stream":"${stream}","v":1}`;
}

/**
 * Reads an entry. Strict: there is one text for each leaf, so what has been read and what has been hashed cannot differ.
 * @throws Malformed when the entry is not exactly what `leafText` writes
 */
export function parseLeaf(entry: Uint8Array): Leaf {
  const [, body, log, position, prev, recordedAt, revision, stream] = LEAF.exec(textOf(entry)) ?? [];
  if (body === undefined || log === undefined || recordedAt === undefined || stream === undefined)
    throw new Malformed('not the leaf of an event');
  return {
    log: log.slice(1, -1),
    position: wholeNumberOf(position as string),
    recordedAt,
    stream,
    revision: wholeNumberOf(revision as string),
    prev: prev ?? null,
    body,
  };
}
