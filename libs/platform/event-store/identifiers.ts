import * as crypto from 'node:crypto';

/** Namespace of all identifiers that Khamrap derives (UUIDv5 of the URL `https://khamrap.org/ns` in RFC 9562's URL namespace). */
const NAMESPACE = uuidV5(Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex'), 'https://khamrap.org/ns');
const NAMESPACE_BYTES = uuidBytes(NAMESPACE);

/** The 16 bytes of a UUID written as text. */
export function uuidBytes(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}

/** UUID version 5 (RFC 9562 §5.5): SHA-1 of the namespace's bytes and the name in UTF-8. */
export function uuidV5(namespace: Buffer, name: string): string {
  const nameBytes = Buffer.from(name, 'utf8');
  const hex = crypto.createHash('sha1').update(namespace).update(nameBytes).digest('hex');
  const variant = ((parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`;
}

/** An identifier derived from words, the same everywhere: for streams that must be unique, such as one per office and year. */
export function derivedId(...words: readonly string[]): string {
  return uuidV5(NAMESPACE_BYTES, JSON.stringify(words));
}

/**
 * The identifier of a command: the same request by the same person is the same command, for ever.
 * @param actor the pseudonym of the person
 */
export function commandIdOf(issuer: string, actor: string, idempotencyKey: string): string {
  return derivedId('command', issuer, actor, idempotencyKey);
}

/** The identifier of a command's event number `index`, counted from 0. */
export function eventIdOf(commandId: string, index: number): string {
  return uuidV5(uuidBytes(commandId), String(index));
}
