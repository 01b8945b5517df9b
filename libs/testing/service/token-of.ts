import type { INestApplicationContext } from '@nestjs/common';
import { EmbeddedIssuer } from '@khamrap/platform/access';
import { importJWK, SignJWT } from 'jose';

const HOUR_SECONDS = 3_600;

/**
 * A token as the embedded issuer of an application would issue it, signed with its key: for applications that do not listen,
 * so that nobody can sign in at them. Whoever tests a service that listens signs in (`RunningService.as`).
 */
export async function tokenOf(app: INestApplicationContext, subject: string, audience = 'khamrap'): Promise<string> {
  const { signingKey, claim } = app.get(EmbeddedIssuer, { strict: false });
  const now = Math.floor(Date.now() / 1_000);
  return new SignJWT()
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt' })
    .setIssuer(claim)
    .setAudience(audience)
    .setSubject(subject)
    .setIssuedAt(now)
    .setExpirationTime(now + HOUR_SECONDS)
    .sign(await importJWK(signingKey, 'ES256'));
}
