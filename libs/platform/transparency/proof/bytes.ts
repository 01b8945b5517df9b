import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { base64 } from '@scure/base';
import { Malformed } from './malformed';

export { concatBytes };

/** Lower-case hexadecimal. */
export const hexOf = bytesToHex;

/** UTF-8. */
export const utf8 = utf8ToBytes;

const LOWER_CASE_HEX = /^(?:[0-9a-f]{2})*$/;

/** @throws Malformed unless it is lower-case hexadecimal of `byteCount` bytes */
export function bytesOfHex(text: string, byteCount: number): Uint8Array {
  if (text.length !== 2 * byteCount || !LOWER_CASE_HEX.test(text))
    throw new Malformed(`not ${byteCount} bytes in lower-case hexadecimal`);
  return hexToBytes(text);
}

/** Standard base64 with padding (RFC 4648 §4). */
export const base64Of = (bytes: Uint8Array): string => base64.encode(bytes);

/** @throws Malformed unless it is standard base64 with padding, in its one canonical form */
export function bytesOfBase64(text: string): Uint8Array {
  try {
    return base64.decode(text);
  } catch {
    throw new Malformed('not base64');
  }
}

/** @throws Malformed unless it is base64 of `byteCount` bytes */
export function hashOfBase64(text: string, byteCount = 32): Uint8Array {
  const bytes = bytesOfBase64(text);
  if (bytes.length !== byteCount) throw new Malformed(`not ${byteCount} bytes in base64`);
  return bytes;
}

/** Decimal digits without leading zeros, such as sizes and positions are written. */
const WHOLE_NUMBER = /^(?:0|[1-9][0-9]{0,15})$/;

/** @throws Malformed unless it is a whole number from 0 to 2^53 − 1, without leading zeros */
export function wholeNumberOf(text: string): number {
  const value = WHOLE_NUMBER.test(text) ? Number(text) : NaN;
  if (!Number.isSafeInteger(value)) throw new Malformed('not a whole number from 0 to 2^53 - 1');
  return value;
}

export function areEqual(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}

// Node and every browser have it; the types of what is pure know the language alone.
declare class TextDecoder {
  constructor(label: 'utf-8', options: { readonly fatal: true; readonly ignoreBOM: true });
  decode(bytes: Uint8Array): string;
}

const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @throws Malformed unless the bytes are UTF-8 */
export function textOf(bytes: Uint8Array): string {
  try {
    return STRICT.decode(bytes);
  } catch {
    throw new Malformed('not UTF-8');
  }
}
