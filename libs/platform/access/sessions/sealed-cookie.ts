import { createHmac, timingSafeEqual } from 'node:crypto';

/** What stands between the two halves: not part of base64url. */
const SEPARATOR = '.';
const LENGTH_MAX = 4_000;

/** A value as a cookie that nobody but the service can write: signed, and good until it says. */
export function seal(secret: Buffer, value: object, expiresAt: number): string {
  const text = Buffer.from(JSON.stringify({ ...value, expiresAt })).toString('base64url');
  return `${text}${SEPARATOR}${signatureOf(secret, text)}`;
}

/** The value of a sealed cookie; undefined when it was not sealed here, or has run out. */
export function unseal<Value extends object>(
  secret: Buffer,
  cookie: string | undefined,
  now: number,
): Value | undefined {
  if (cookie === undefined || cookie.length > LENGTH_MAX) return undefined;
  const [text = '', signature = ''] = cookie.split(SEPARATOR);
  const [given, expected] = [Buffer.from(signature), Buffer.from(signatureOf(secret, text))];
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const value = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Value & { expiresAt: number };
  return value.expiresAt > now ? value : undefined;
}

function signatureOf(secret: Buffer, text: string): string {
  return createHmac('sha256', secret).update('sealed cookie').update(text).digest('base64url');
}
