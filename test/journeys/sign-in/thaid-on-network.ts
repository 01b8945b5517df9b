import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type GenerateKeyPairResult } from 'jose';

const ACCESS_TOKEN_SECONDS = 900;

/** What somebody presses in the application of ThaID. */
export interface Citizen {
  readonly pid?: string;
  readonly ial?: string | number;
}

/**
 * ThaID as its manual for relying parties 1.0.1 and the programs of others show it, as far as they do: a code flow, endpoints
 * that end in a slash, client credentials by HTTP Basic only, `expire_in` as a Unix time, an opaque access token, an identity
 * token by ES256 for the scope `openid` alone, without a nonce. It knows nothing of PKCE. The service itself was never asked.
 */
export class ThaIdOnNetwork {
  readonly clientId = 'khamrap-phrae';
  readonly clientSecret = 'secret-of-khamrap-phrae';
  url: string;
  citizen: Citizen = { pid: '1234567890121', ial: '2.3' };
  /** Something that its next identity token gets wrong. */
  fault: Readonly<Record<string, unknown>> = {};
  signsWithAnotherKey = false;
  /** The scopes that it was asked for, and what came with the requests for tokens. */
  readonly scopes: string[] = [];
  readonly tokenRequests: { authorization: string | undefined; form: URLSearchParams }[] = [];
  private server: Server;
  private keys: GenerateKeyPairResult;
  private readonly codes = new Map<string, string>();

  async start(): Promise<void> {
    this.keys = await generateKeyPair('ES256');
    this.server = createServer((request, response) => {
      void this.answer(request).then(({ status, body, location }) =>
        response
          .writeHead(status, { 'content-type': 'application/json', ...(location !== undefined && { location }) })
          .end(JSON.stringify(body ?? {})),
      );
    });
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async answer(request: IncomingMessage): Promise<{ status: number; body?: unknown; location?: string }> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
    switch (pathname) {
      case '/.well-known/openid-configuration':
        return { status: 200, body: this.description() };
      case '/keys/':
        return { status: 200, body: { keys: [{ ...(await exportJWK(this.keys.publicKey)), alg: 'ES256', kid: 'k' }] } };
      case '/api/v2/oauth2/auth/':
        return this.authorize(searchParams);
      case '/api/v2/oauth2/token/':
        return this.token(request);
      default:
        return { status: 404 };
    }
  }

  private description(): object {
    const endpoint = (name: string) => `${this.url}/api/v2/oauth2/${name}/`;
    return {
      issuer: this.url,
      authorization_endpoint: endpoint('auth'),
      token_endpoint: endpoint('token'),
      introspection_endpoint: endpoint('introspect'),
      revocation_endpoint: endpoint('revoke'),
      jwks_uri: `${this.url}/keys/`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256'],
    };
  }

  private authorize(query: URLSearchParams): { status: number; location?: string } {
    if (query.get('client_id') !== this.clientId) return { status: 400 };
    const code = `code-${this.codes.size}`;
    this.scopes.push(query.get('scope') ?? '');
    this.codes.set(code, query.get('redirect_uri') ?? '');
    const back = new URLSearchParams({ code, state: query.get('state') ?? '' });
    return { status: 302, location: `${query.get('redirect_uri')}?${back.toString()}` };
  }

  private async token(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += chunk;
    const form = new URLSearchParams(text);
    const { authorization } = request.headers;
    this.tokenRequests.push({ authorization, form });
    const expected = `Basic ${Buffer.from(`${this.clientId}:${this.clientSecret}`).toString('base64')}`;
    if (authorization !== expected) return { status: 401, body: { error: 'invalid_client' } };
    const code = form.get('code') ?? '';
    if (this.codes.get(code) !== form.get('redirect_uri')) return { status: 400, body: { error: 'invalid_grant' } };
    this.codes.set(code, 'used');
    const now = Math.floor(Date.now() / 1_000);
    const claims = { iss: this.url, aud: this.clientId, sub: 'opaque', iat: now, exp: now + ACCESS_TOKEN_SECONDS };
    const key = this.signsWithAnotherKey ? await generateKeyPair('ES256') : this.keys;
    const idToken = await new SignJWT({
      ...claims,
      ...this.citizen,
      given_name: 'สมมุติ',
      family_name: 'ตัวอย่าง',
      ...this.fault,
    })
      .setProtectedHeader({ alg: 'ES256', kid: 'k' })
      .sign(key.privateKey);
    return {
      status: 200,
      body: {
        access_token: 'opaque-access-token',
        token_type: 'Bearer',
        expire_in: now + ACCESS_TOKEN_SECONDS,
        refresh_token: 'opaque-refresh-token',
        id_token: idToken,
      },
    };
  }
}
