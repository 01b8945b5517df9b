import { importJWK, SignJWT } from 'jose';
import type { EmbeddedIssuer } from '../index';

const HOUR_SECONDS = 3_600;

/** A token of the embedded issuer, made with its key. */
export async function signedBy(
  { signingKey, claim }: EmbeddedIssuer,
  { subject, typ = 'at+jwt' }: { readonly subject: string; readonly typ?: string },
): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  return new SignJWT()
    .setProtectedHeader({ alg: 'ES256', typ })
    .setIssuer(claim)
    .setAudience('khamrap')
    .setSubject(subject)
    .setIssuedAt(now)
    .setExpirationTime(now + HOUR_SECONDS)
    .sign(await importJWK(signingKey, 'ES256'));
}
