import { bytesOfHex, utf8 } from './bytes';
import { leafHash, sha256, type Digest } from './merkle';

/** How far a stream has come. Hashes are 64 lower-case hexadecimal digits. */
export interface StreamHead {
  /** Reference of the stream, as in its leaves. */
  readonly stream: string;
  /** Of its last event. */
  readonly revision: number;
  /** Leaf hash of its last event. */
  readonly leaf: string;
}

/**
 * Now and then the log records how far every stream has come: the root of a tree (RFC 6962) over the heads of all streams, sorted
 * by reference. Whoever has a stream to a revision, and the proof that this revision was its head, knows that there was nothing
 * after it then.
 */
export function streamHeadText({ stream, revision, leaf }: StreamHead): string {
  return `{"leaf":"${leaf}","revision":${revision},"stream":"${stream}"}`;
}

/** Hash of a head as a leaf of the tree of heads. @throws Malformed when a hash is none */
export function streamHeadHash(head: StreamHead, digest: Digest = sha256): Uint8Array {
  bytesOfHex(head.stream, 32);
  bytesOfHex(head.leaf, 32);
  return leafHash(utf8(streamHeadText(head)), digest);
}
