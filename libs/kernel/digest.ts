import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * SHA-256 (FIPS 180-4) of a text in UTF-8, as 64 lower-case hexadecimal digits. Runs in a browser too.
 * @throws RangeError when the text holds half of a surrogate pair: UTF-8 would replace it, and two texts would share a digest
 */
export function sha256Hex(text: string): string {
  if (!text.isWellFormed()) throw new RangeError('a text with half of a surrogate pair has no digest');
  return bytesToHex(sha256(utf8ToBytes(text)));
}
