import type { IncomingHttpHeaders } from 'node:http';
import { cookieIn } from './sessions/cookies';
import { SESSION_COOKIE } from './sessions/browser-sessions';

const HEADER_LENGTH_MAX = 8_192;
// RFC 6750 §2.1: one space and no more; the scheme's name is case-insensitive (RFC 9110 §11.1).
const BEARER = /^bearer ([A-Za-z0-9._~+/-]+=*)$/i;

/** The token of an `Authorization` header; undefined where the header is anything but the scheme, a space and a token. */
export function bearerTokenIn(authorization: string): string | undefined {
  return authorization.length > HEADER_LENGTH_MAX ? undefined : BEARER.exec(authorization)?.[1];
}

/**
 * What a request brings along to say who is asking: the token, or else the session of its cookie; undefined when it brings
 * nothing. The guard and whoever counts requests read it here alike, so that nobody counts as many by writing one token in
 * many ways.
 */
export function credentialsIn({
  authorization,
  cookie,
}: Pick<IncomingHttpHeaders, 'authorization' | 'cookie'>): string | undefined {
  if (authorization !== undefined) return bearerTokenIn(authorization) ?? authorization;
  return cookieIn(cookie, SESSION_COOKIE);
}
