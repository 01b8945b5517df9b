import type { Json, Position } from '@khamrap/kernel';
import { canonicalJson } from '@khamrap/kernel';
import { bodyHashOf, leafHash, utf8 } from '@khamrap/platform/transparency/proof';
import { nodeDigest } from '@khamrap/platform/transparency';

/** Events of a stream that were shown although they are not published, or whose private values were. */
export interface OpenedEvents {
  readonly stream: string;
  readonly positions: readonly Position[];
}

/** What a row says: one read that showed more than everybody may see. No content, no names of persons, nothing that people wrote. */
export interface Access {
  /** `private`: private values, evidence or data about persons; `unpublished`: nothing but what is not published yet. */
  readonly kind: 'private' | 'unpublished';
  /** Pseudonym of who asked. */
  readonly person: string;
  /** The roles by which more was shown, and where they hold: `nation`, `province:TH-54`, `zone:…`, `office:…`, `indicator:…`, `none`. */
  readonly roles: readonly string[];
  readonly places: readonly string[];
  /** Those that the route asks for, as far as they are held. */
  readonly permissions: readonly string[];
  /** Method and pattern, such as `GET /v1/agreements/:agreementId`. */
  readonly route: string;
  /** What the address named: ids, codes, times. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Names of other parameters that were given: what people search for is not kept. */
  readonly others: readonly string[];
  readonly opened: readonly OpenedEvents[];
  readonly status: number;
  /** The position that the answer showed; absent where it told none. */
  readonly position?: Position;
  /** How many rows a list showed. */
  readonly rowCount?: number;
  readonly correlationId: string;
}

/** A row as it stands. */
export interface AccessEntry {
  readonly number: number;
  /** Milliseconds since 1970; never less than in the row before. */
  readonly atMs: number;
  /** `Access` as canonical JSON (RFC 8785). */
  readonly body: string;
  /** 16 bytes. */
  readonly salt: Buffer;
}

/** The text of a row, which is what is hashed. */
export function accessText(access: Access): string {
  return canonicalJson(access as unknown as Json);
}

/** The commitment to a row (RFC 8785): what is a leaf of the tree, and tells nothing of the row. */
export function accessLeafText({ number, atMs, body, salt }: AccessEntry, logId: string): string {
  const at = new Date(atMs).toISOString();
  return `{"at":"${at}","body":"${bodyHashOf(salt, body, nodeDigest)}","log":"${logId}","number":${number},"v":1}`;
}

/** Hash of a row as a leaf (RFC 6962 §2.1). */
export function accessLeafHash(entry: AccessEntry, logId: string): Uint8Array {
  return leafHash(utf8(accessLeafText(entry, logId)), nodeDigest);
}
