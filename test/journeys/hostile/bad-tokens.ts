import * as fs from 'node:fs';
import * as path from 'node:path';
import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from 'jose';

const HOUR_SECONDS = 3_600;

interface Claims {
  readonly issuer: string;
  readonly audience?: string;
  readonly subject?: string;
  readonly type?: string;
  /** Seconds since 1970. */
  readonly issuedAt?: number;
  readonly expiresAt?: number;
}

/**
 * Tokens that were made with care and prove nothing, each by one fault.
 * @param issuer what the service's own issuer calls itself
 */
export async function badTokens(dataFolder: string, issuer: string): Promise<Readonly<Record<BadToken, string>>> {
  const jwk = JSON.parse(fs.readFileSync(path.join(dataFolder, 'embedded-issuer.json'), 'utf8')) as JWK;
  const other = await exportJWK((await generateKeyPair('ES256', { extractable: true })).privateKey);
  const now = Math.floor(Date.now() / 1_000);
  return {
    expired: await signed(jwk, { issuer, issuedAt: now - 2 * HOUR_SECONDS, expiresAt: now - HOUR_SECONDS }),
    issuedLongAgo: await signed(jwk, { issuer, issuedAt: now - 24 * HOUR_SECONDS }),
    issuedTomorrow: await signed(jwk, {
      issuer,
      issuedAt: now + 24 * HOUR_SECONDS,
      expiresAt: now + 25 * HOUR_SECONDS,
    }),
    forAnotherService: await signed(jwk, { issuer, audience: 'another' }),
    ofAnotherIssuer: await signed(jwk, { issuer: 'https://login.example.org' }),
    ofAnotherKind: await signed(jwk, { issuer, type: 'id_token' }),
    ofNobody: await signed(jwk, { issuer, subject: '' }),
    ofTheNameOfTheIssuer: await signed(jwk, { issuer: 'urn:khamrap:embedded-issuer' }),
    byAnotherKey: await signed(other, { issuer }),
  };
}

export type BadToken =
  | 'expired'
  | 'issuedLongAgo'
  | 'issuedTomorrow'
  | 'forAnotherService'
  | 'ofAnotherIssuer'
  | 'ofAnotherKind'
  | 'ofNobody'
  | 'ofTheNameOfTheIssuer'
  | 'byAnotherKey';

/** A token of the embedded issuer for the head of the office, but for what is named. */
async function signed(jwk: JWK, claims: Claims): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  return new SignJWT()
    .setProtectedHeader({ alg: 'ES256', typ: claims.type ?? 'at+jwt' })
    .setIssuer(claims.issuer)
    .setAudience(claims.audience ?? 'khamrap')
    .setSubject(claims.subject ?? 'head-of-phrae-cdd')
    .setIssuedAt(claims.issuedAt ?? now)
    .setExpirationTime(claims.expiresAt ?? now + HOUR_SECONDS)
    .sign(await importJWK(jwk, 'ES256'));
}
