import { base64urlnopad } from '@scure/base';
import { concatBytes, hexOf, textOf, utf8 } from './bytes';
import { Malformed } from './malformed';
import { sha256, type Digest } from './merkle';

const STREAM_SALT = utf8('khamrap stream salt v1\n');
const STREAM = utf8('khamrap stream v1\n');

/**
 * What opens the reference of a stream. It comes from the salt of the stream's first event and does not tell it: whoever may know
 * of the stream need not be able to open that event.
 * @param firstSalt salt of revision 0, 16 bytes
 */
export function streamSaltOf(firstSalt: Uint8Array, digest: Digest = sha256): Uint8Array {
  return digest(concatBytes(STREAM_SALT, firstSalt));
}

/** How leaves call a stream: nobody can guess the name from it, and all leaves of one stream have the same. 64 hexadecimal digits. */
export function streamReference(name: string, streamSalt: Uint8Array, digest: Digest = sha256): string {
  return hexOf(digest(concatBytes(STREAM, streamSalt, utf8(name))));
}

/** SHA-256(salt ‖ body in UTF-8), as leaves write it. */
export function bodyHashOf(salt: Uint8Array, body: string, digest: Digest = sha256): string {
  return hexOf(digest(concatBytes(salt, utf8(body))));
}

/** What opens one private value of an event: its place in the data, and the disclosure of RFC 9901 §4.2.1. */
export interface PrivateValue {
  /** JSON Pointer within the data of the event. */
  readonly path: string;
  /** base64url of the JSON array [salt, name, value]. */
  readonly disclosure: string;
}

/** What opens one leaf: whoever has it sees the event, and can check that it is the one in the log. */
export interface Disclosure {
  readonly position: number;
  readonly stream: { readonly name: string; /** 64 hexadecimal digits. */ readonly salt: string };
  /** 32 hexadecimal digits. */
  readonly salt: string;
  /** The canonical text of the event, byte for byte. */
  readonly body: string;
  /** Only for those who are entitled to them. */
  readonly private?: readonly PrivateValue[];
}

/** The digest that stands in the event in place of a private value (RFC 9901 §4.2.3). */
export function digestOfPrivateValue(disclosure: string, digest: Digest = sha256): string {
  return base64urlnopad.encode(digest(utf8(disclosure)));
}

/** The value that a disclosure opens. @throws Malformed */
export function privateValueOf(disclosure: string): { readonly name: string; readonly value: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(textOf(base64urlnopad.decode(disclosure)));
  } catch {
    throw new Malformed('not the disclosure of a private value');
  }
  const [salt, name, value] = Array.isArray(parsed) && parsed.length === 3 ? (parsed as unknown[]) : [];
  if (typeof salt !== 'string' || typeof name !== 'string' || typeof value !== 'string')
    throw new Malformed('not the disclosure of a private value');
  return { name, value };
}
