import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose';

const AUDIENCE = 'khamrap';

/** An OpenID Connect issuer as there are many: discovery, keys that can be rotated, and it can be down. */
export class IssuerOnNetwork {
  readonly keys: { kid: string; privateKey: CryptoKey; publicKey: CryptoKey }[] = [];
  keyFetches = 0;
  /** How often it was asked for anything while it was down. */
  refusals = 0;
  isDown = false;
  /** Something that it does with whoever asks for its keys. */
  misbehaviour: 'redirects' | 'answersAtLength' | undefined;
  private algorithm = 'RS256';
  private server: Server;
  url: string;

  async start(): Promise<void> {
    this.server = createServer(
      (request, response) =>
        void this.answer(request.url ?? '', (status, body, location) => {
          response
            .writeHead(status, { 'content-type': 'application/json', ...(location !== undefined && { location }) })
            .end(JSON.stringify(body));
        }),
    );
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    await this.rotate('first');
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  async rotate(kid: string, algorithm = 'RS256'): Promise<void> {
    this.algorithm = algorithm;
    this.keys.splice(0, this.keys.length, { kid, ...(await generateKeyPair(algorithm, { extractable: true })) });
  }

  /** Another key beside those there are, as an issuer publishes it before it uses it. */
  async announce(kid: string): Promise<void> {
    this.keys.unshift({ kid, ...(await generateKeyPair(this.algorithm, { extractable: true })) });
  }

  token(
    claims: JWTPayload = {},
    header: object = {},
    key: CryptoKey | Uint8Array | undefined = this.keys[0]?.privateKey,
  ): Promise<string> {
    const now = Math.floor(Date.now() / 1_000);
    return new SignJWT({ iss: this.url, aud: AUDIENCE, sub: 'somebody', iat: now, exp: now + 600, ...claims })
      .setProtectedHeader({ alg: this.algorithm, typ: 'at+jwt', kid: this.keys[0]?.kid, ...header })
      .sign(key as CryptoKey);
  }

  private async answer(path: string, send: (status: number, body: unknown, location?: string) => void): Promise<void> {
    if (this.isDown) {
      this.refusals += 1;
      return send(500, {});
    }
    if (path === '/.well-known/openid-configuration')
      return send(200, { issuer: this.url, jwks_uri: `${this.url}/keys` });
    if (path !== '/keys' && path !== '/elsewhere') return send(404, {});
    this.keyFetches += 1;
    if (this.misbehaviour === 'redirects') return send(302, {}, `${this.url}/elsewhere`);
    if (this.misbehaviour === 'answersAtLength') return send(200, { keys: [], padding: 'x'.repeat(300_000) });
    const keys = await Promise.all(
      this.keys.map(async ({ kid, publicKey }) => ({
        ...(await exportJWK(publicKey)),
        kid,
        alg: this.algorithm,
        use: 'sig',
      })),
    );
    return send(200, { keys });
  }
}
