import { RequestRefused } from './problem';

// draft-ietf-httpapi-idempotency-key-header-07 §2.1 writes the key as a structured-field string (RFC 9651 §3.3.3); most
// clients write it bare. Both name the same key. Spaces are in neither: they are what repeated header fields are joined by.
const QUOTED = /^"((?:[\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/;
const BARE = /^[\x21\x23-\x5b\x5d-\x7e]+$/;
const LENGTH_MAX = 255;

/**
 * The key of a command: 1 to 255 visible ASCII characters, quoted or bare.
 * @throws RequestRefused
 */
export function parseIdempotencyKey(header: string | string[] | undefined): string {
  if (header === undefined || header === '') throw new RequestRefused('idempotencyKeyMissing', at('missing'));
  const text = String(header);
  const key = BARE.test(text) ? text : QUOTED.exec(text)?.[1]?.replace(/\\(["\\])/g, '$1');
  if (key === undefined || key === '' || key.length > LENGTH_MAX) {
    throw new RequestRefused('idempotencyKeyMalformed', at('malformed'));
  }
  return key;
}

function at(code: string) {
  return { errors: [{ code, header: 'Idempotency-Key' }] };
}
