/** 50 MB: what a file of evidence may have at the most. */
export const EVIDENCE_BYTES_MAX = 52_428_800;

/** What is known of a file of evidence. Its bytes never change; they can only be erased. */
export interface EvidenceFile {
  /** Of the bytes, 64 lower-case hexadecimal digits. */
  readonly sha256: string;
  readonly byteCount: number;
  /** Recognised from the content, never taken from what somebody said; `application/octet-stream` where nothing safe was recognised. */
  readonly mediaType: string;
  /** Milliseconds since 1970. */
  readonly uploadedAtMs: number;
  /** Milliseconds since 1970; absent while the bytes are there. */
  readonly erasedAtMs?: number;
}

/** Bytes of a file, counted from 0, both ends included. */
export interface ByteSpan {
  readonly first: number;
  readonly last: number;
}

/** What became of an upload. */
export type StoreOutcome =
  | { readonly kind: 'stored'; readonly file: EvidenceFile }
  /** The file was there already. What was sent was read only where it had to be shown that the sender has the bytes. */
  | { readonly kind: 'known'; readonly file: EvidenceFile }
  /** The bytes were erased on purpose, and do not come back by being sent again. */
  | { readonly kind: 'erased'; readonly file: EvidenceFile }
  | { readonly kind: 'hashDiffers'; readonly actualSha256: string }
  | { readonly kind: 'tooLarge' }
  | { readonly kind: 'empty' }
  /** The bytes ended before their end. */
  | { readonly kind: 'interrupted' };

/** The bytes of a file are not there, or no longer. */
export class EvidenceMissing extends Error {
  override readonly name = 'EvidenceMissing';
}

/**
 * Port: whether evidence that somebody names has been uploaded. For slices that only refer to evidence.
 * Every method throws StoreUnavailable while the store cannot be reached.
 */
export abstract class EvidenceFiles {
  /** Whether the bytes are there: false for a hash that was never uploaded, and for one whose bytes were erased. */
  abstract has(sha256: string): Promise<boolean>;
  /** What is known of a file, also when its bytes were erased; undefined when it was never uploaded. */
  abstract info(sha256: string): Promise<EvidenceFile | undefined>;
}

/** Port: keeps the bytes of evidence under their hash, for all instances of the service alike. */
export abstract class EvidenceStore extends EvidenceFiles {
  /**
   * Takes bytes in as they come and checks that they have the hash. Nothing is visible before all of it is there and right.
   * Reads no further than it has to: the caller sees to what is left of `bytes`. Whoever sends the bytes of a file that is there
   * already becomes one of its uploaders too; who only knows the hash, which events tell, does not.
   * @param uploadedBy the pseudonym of who sends them
   */
  abstract store(sha256: string, bytes: AsyncIterable<Uint8Array>, uploadedBy: string): Promise<StoreOutcome>;
  /** Whether somebody has uploaded the file: they have had its bytes in their hands. */
  abstract isUploader(sha256: string, pseudonym: string): Promise<boolean>;
  /** The pseudonyms of all who have uploaded the file; none for files from before uploaders were kept. */
  abstract uploadersOf(sha256: string): Promise<readonly string[]>;
  /** The files that somebody has uploaded, the erased ones too, oldest first. */
  abstract filesUploadedBy(pseudonym: string): Promise<readonly EvidenceFile[]>;
  /**
   * The bytes of a file, or a part of them, in order.
   * @throws EvidenceMissing while reading, when they are not there or are erased meanwhile
   */
  abstract read(sha256: string, span: ByteSpan): AsyncIterable<Uint8Array>;
  /** Erases the bytes and keeps the hash; answers whether there were any. Erasing twice is erasing once. */
  abstract erase(sha256: string): Promise<boolean>;
  /** Removes what interrupted uploads have left behind; answers how many there were. */
  abstract sweepOrphans(): Promise<number>;
}
