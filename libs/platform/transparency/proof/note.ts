import { ed25519 } from '@noble/curves/ed25519.js';
import { areEqual, base64Of, bytesOfBase64, bytesOfHex, concatBytes, hexOf, utf8 } from './bytes';
import { Malformed } from './malformed';
import { sha256 } from './merkle';

// Signed notes: c2sp.org/signed-note.

/** The kinds of keys that this program verifies; signatures of others are passed over. */
export const KEY_TYPES = { ed25519: 0x01, cosignature: 0x04 } as const;
const KNOWN_TYPES: readonly number[] = Object.values(KEY_TYPES);

const KEY_ID_BYTES = 4;
const PUBLIC_KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
const TIME_BYTES = 8;
const SIGNATURE_COUNT_MAX = 64;
const NOTE_LENGTH_MAX = 100_000;

/** Who signs: a name and a public key, written as a vkey `name+hash+key`. */
export interface VerifierKey {
  readonly name: string;
  /** 4 bytes: SHA-256(name ‖ 0x0A ‖ type ‖ public key), the first of them. */
  readonly id: Uint8Array;
  /** One of KEY_TYPES. */
  readonly type: number;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
}

export interface NoteSignature {
  readonly name: string;
  /** 4 bytes. */
  readonly keyId: Uint8Array;
  /** What stands behind the key id. */
  readonly signature: Uint8Array;
}

export interface Note {
  /** What is signed; ends with a line break. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** @throws Malformed when a name may not stand in a note */
export function verifierKey(name: string, type: number, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name)) throw new Malformed('not the name of a key');
  if (publicKey.length !== PUBLIC_KEY_BYTES) throw new Malformed(`a public key has ${PUBLIC_KEY_BYTES} bytes`);
  const id = sha256(concatBytes(utf8(`${name}\n`), Uint8Array.of(type), publicKey)).slice(0, KEY_ID_BYTES);
  return { name, id, type, publicKey };
}

/** Such as `example.com/foo+530d903a+AekfgQ…`. */
export function verifierKeyText({ name, id, type, publicKey }: VerifierKey): string {
  return `${name}+${hexOf(id)}+${base64Of(concatBytes(Uint8Array.of(type), publicKey))}`;
}

const VKEY = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/u;

/** @throws Malformed unless it is a vkey of a known kind whose hash fits its key */
export function parseVerifierKey(vkey: string): VerifierKey {
  const [, name, id, key] = VKEY.exec(vkey) ?? [];
  if (name === undefined || id === undefined || key === undefined) throw new Malformed('not a vkey');
  const bytes = bytesOfBase64(key);
  const type = bytes[0];
  if (type === undefined || !KNOWN_TYPES.includes(type)) throw new Malformed('a vkey of a kind that is not known');
  const made = verifierKey(name, type, bytes.subarray(1));
  if (!areEqual(made.id, bytesOfHex(id, KEY_ID_BYTES)))
    throw new Malformed('the hash in the vkey is not that of its key');
  return made;
}

export function signatureLine({ name, id }: Pick<VerifierKey, 'name' | 'id'>, signature: Uint8Array): string {
  return `\u2014 ${name} ${base64Of(concatBytes(id, signature))}\n`;
}

/** A note as it is sent: its text, an empty line, one line for each signature. */
export function noteText({ text, signatures }: Note): string {
  const lines = signatures.map(({ name, keyId, signature }) => signatureLine({ name, id: keyId }, signature));
  return `${text}\n${lines.join('')}`;
}

const SIGNATURE_LINE = /^\u2014 (\S+) (\S+)$/;

/** @throws Malformed unless it is a note with 1 to 64 signatures, known or not */
export function parseNote(note: string): Note {
  if (note.length > NOTE_LENGTH_MAX || !isNoteText(note)) throw new Malformed('not a signed note');
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) throw new Malformed('not a signed note');
  const signatures = parseSignatureLines(note.slice(end + 2));
  if (signatures.length === 0) throw new Malformed('a note without a signature');
  return { text: note.slice(0, end + 1), signatures };
}

/** @throws Malformed unless it is signature lines, each ended by a line break */
export function parseSignatureLines(lines: string): NoteSignature[] {
  if (lines === '') return [];
  if (!lines.endsWith('\n')) throw new Malformed('a line of a signature does not end');
  const split = lines.slice(0, -1).split('\n');
  if (split.length > SIGNATURE_COUNT_MAX) throw new Malformed(`more than ${SIGNATURE_COUNT_MAX} signatures`);
  return split.map((line) => {
    const [, name, encoded] = SIGNATURE_LINE.exec(line) ?? [];
    if (name === undefined || encoded === undefined || !isKeyName(name))
      throw new Malformed('not the line of a signature');
    const bytes = bytesOfBase64(encoded);
    if (bytes.length <= KEY_ID_BYTES) throw new Malformed('a signature without anything in it');
    return { name, keyId: bytes.slice(0, KEY_ID_BYTES), signature: bytes.slice(KEY_ID_BYTES) };
  });
}

function isKeyName(name: string): boolean {
  return name !== '' && isNoteText(name) && !/[\s+]/u.test(name);
}

/** Of the control characters below U+0020, only the line break. */
function isNoteText(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x20 && unit !== 0x0a) return false;
  }
  return text.isWellFormed();
}

/** A signature that holds: whose, and for cosignatures the time that the cosigner states, in seconds since 1970. */
export interface VerifiedSignature {
  readonly key: VerifierKey;
  readonly time?: number;
}

/**
 * The signatures of those keys that are known. Signatures by keys that are not known say nothing, good or bad.
 * @throws Malformed when a known key has not signed this text: such a note is to be rejected whole
 */
export function verifiedSignatures({ text, signatures }: Note, keys: readonly VerifierKey[]): VerifiedSignature[] {
  return signatures.flatMap(({ name, keyId, signature }) => {
    const key = keys.find((known) => known.name === name && areEqual(known.id, keyId));
    return key === undefined ? [] : [verified(key, text, signature)];
  });
}

function verified(key: VerifierKey, text: string, signature: Uint8Array): VerifiedSignature {
  if (key.type !== KEY_TYPES.cosignature) {
    if (!isSignedBy(key, utf8(text), signature))
      throw new Malformed(`the signature of ${key.name} is not of this text`);
    return { key };
  }
  const time = timeOfCosignature(signature);
  if (!isSignedBy(key, cosignedMessage(text, time), signature.subarray(TIME_BYTES)))
    throw new Malformed(`the cosignature of ${key.name} is not of this text`);
  return { key, time };
}

function isSignedBy({ publicKey }: VerifierKey, message: Uint8Array, signature: Uint8Array): boolean {
  // As RFC 8032 and Go's crypto/ed25519 have it, not the wider rule of ZIP 215: all verifiers are to agree.
  return signature.length === SIGNATURE_BYTES && ed25519.verify(signature, message, publicKey, { zip215: false });
}

// Cosignatures: c2sp.org/tlog-cosignature.

/**
 * What a cosigner signs.
 * @param seconds since 1970
 */
export function cosignedMessage(text: string, seconds: number): Uint8Array {
  return utf8(`cosignature/v1\ntime ${seconds}\n${text}`);
}

/** What stands behind the key id of a cosignature: the time in eight bytes, the highest first, and the signature. */
export function cosignatureBytes(seconds: number, signature: Uint8Array): Uint8Array {
  const time = new Uint8Array(TIME_BYTES);
  new DataView(time.buffer).setBigUint64(0, BigInt(seconds));
  return concatBytes(time, signature);
}

function timeOfCosignature(signature: Uint8Array): number {
  if (signature.length !== TIME_BYTES + SIGNATURE_BYTES) throw new Malformed('not a cosignature');
  const time = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0);
  if (time > BigInt(Number.MAX_SAFE_INTEGER)) throw new Malformed('not the time of a cosignature');
  return Number(time);
}
