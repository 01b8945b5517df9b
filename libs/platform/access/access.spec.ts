import * as fs from 'node:fs';
import { createServer } from 'node:http';
import * as os from 'node:os';
import * as path from 'node:path';
import { Controller, Get, Global, Module, type ExecutionContext } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { exportJWK, exportSPKI, generateKeyPair, type CryptoKey } from 'jose';
import { readConfig, type Config } from '@khamrap/platform/config';
import { createHttpApplication, REQUEST_HASH_SECRET } from '@khamrap/platform/http';
import { AccessGuard } from './access.guard';
import { Authenticator } from './authenticator';
import { ExternalIssuer } from './external-issuer';
import {
  AccessModule,
  Allow,
  EmbeddedIssuer,
  grant,
  GrantReader,
  IssuerUnavailable,
  NoToken,
  PERMISSIONS,
  PseudonymReader,
  Public,
  RequestedBy,
  RouteWithoutRule,
  tokenByCode,
  type Grant,
  type Identity,
  type Requester,
} from './index';
import { IssuerOnNetwork } from './spec/issuer-on-network';
import { signedBy } from './spec/signed-by';
import { ServiceAddress } from './service-address';
import { TokenVerifier } from './token-verifier';

const AUDIENCE = 'khamrap';
/** An issuer of which only the key counts. */
const NOWHERE = new ServiceAddress(() => createServer(), { address: 'http://localhost:1', port: 1 });

class Pseudonyms extends PseudonymReader {
  asked = 0;
  pseudonymOf({ subject }: Identity): Promise<string> {
    this.asked += 1;
    return Promise.resolve(`p-${subject}`);
  }
}

@Controller('probe')
class ProbeController {
  @Get('signing')
  @Allow('agreement.sign')
  signing(@RequestedBy() requester: Requester) {
    return { actor: requester.actor, subject: requester.subject };
  }

  @Get('public')
  @Public()
  open(@RequestedBy() requester: Requester | undefined) {
    return { actor: requester?.actor ?? null };
  }
}

@Controller('probe')
class ForgottenController {
  @Get('forgotten')
  forgotten(): void {}

  notARoute(): void {}
}

/** Everybody may sign in Phrae, except whom the test takes it from. */
class Grants extends GrantReader {
  readonly without = new Set<string>();
  grantsOf({ subject }: Identity): Promise<readonly Grant[]> {
    return Promise.resolve(
      this.without.has(subject) ? [] : [grant('governor', { kind: 'province', province: 'TH-54' })],
    );
  }
}

function application(
  config: Config,
  controllers = [ProbeController] as (new () => object)[],
  grants = new Grants(),
  pseudonyms = new Pseudonyms(),
) {
  @Global()
  @Module({
    providers: [
      { provide: PseudonymReader, useValue: pseudonyms },
      { provide: GrantReader, useValue: grants },
      { provide: REQUEST_HASH_SECRET, useValue: Buffer.alloc(32) },
    ],
    exports: [PseudonymReader, GrantReader, REQUEST_HASH_SECRET],
  })
  class Fulfilment {}
  @Module({ imports: [Fulfilment, AccessModule.register({ config, imports: [] })], controllers })
  class Root {}
  return createHttpApplication({ rootModule: Root, config, problems: [] });
}

async function listening(
  config: Config,
  ...rest: [grants?: Grants, pseudonyms?: Pseudonyms]
): Promise<NestFastifyApplication> {
  const app = await application(config, [ProbeController], ...rest);
  app.useLogger(false);
  await app.listen({ host: '127.0.0.1', port: 0 });
  return app;
}

describe('access', () => {
  let dataFolder: string;
  beforeAll(() => (dataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'access-'))));
  afterAll(() => fs.rmSync(dataFolder, { recursive: true }));

  const configWith = (more: Record<string, string> = {}) =>
    readConfig({ KHAMRAP_DATA: dataFolder, KHAMRAP_LOG_LEVEL: 'error', KHAMRAP_RATE_LIMITS: 'off', ...more });

  describe('routes', () => {
    it('refuses to start with a route that nobody decided about', async () => {
      const app = await application(configWith(), [ProbeController, ForgottenController]);
      app.useLogger(false);
      const reason = 'neither @Allow(…) nor @Public(): ForgottenController.forgotten';
      await expect(app.init()).rejects.toThrow(new RouteWithoutRule(reason));
      await app.close();
    });
  });

  describe('with tokens of an issuer on the network', () => {
    const issuer = new IssuerOnNetwork();
    const grants = new Grants();
    const pseudonyms = new Pseudonyms();
    let app: NestFastifyApplication;
    let address: string;

    beforeAll(async () => {
      await issuer.start();
      app = await listening(configWith({ KHAMRAP_ISSUER: issuer.url }), grants, pseudonyms);
      address = await app.getUrl();
    });
    afterAll(async () => {
      await app.close();
      issuer.stop();
    });

    const ask = (authorization?: string, path = '/probe/signing') =>
      fetch(`${address}${path}`, { headers: authorization === undefined ? {} : { authorization } });

    it('knows who asks, under the grant that allows it', async () => {
      const answer = await ask(`Bearer ${await issuer.token()}`);
      expect(await answer.json()).toEqual({ actor: { id: 'p-somebody', role: 'governor' }, subject: 'somebody' });
    });

    it('takes the scheme in any case, and JWT as type', async () => {
      expect((await ask(`bearer ${await issuer.token({}, { typ: 'JWT' })}`)).status).toBe(200);
      expect((await ask(`BEARER ${await issuer.token({}, { typ: 'application/at+jwt' })}`)).status).toBe(200);
    });

    it('answers 401 and names the scheme where there is no token', async () => {
      const answer = await ask();
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="khamrap"');
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
    });

    it('answers 403 without a grant, and as soon as it has ended', async () => {
      const authorization = `Bearer ${await issuer.token({ sub: 'leaving' })}`;
      expect((await ask(authorization)).status).toBe(200);
      grants.without.add('leaving');
      expect((await ask(authorization)).status).toBe(403);
    });

    it('believes no role that a token gives itself', async () => {
      grants.without.add('boaster');
      const boast = {
        sub: 'boaster',
        role: 'administrator',
        roles: ['administrator'],
        permissions: Object.keys(PERMISSIONS),
        scope: 'agreement.sign',
      };
      expect((await ask(`Bearer ${await issuer.token(boast)}`)).status).toBe(403);
    });

    it('lets everybody into the public, but nobody with a bad token', async () => {
      expect(await (await ask(undefined, '/probe/public')).json()).toEqual({ actor: null });
      const known = await ask(`Bearer ${await issuer.token()}`, '/probe/public');
      expect(await known.json()).toEqual({ actor: { id: 'p-somebody', role: 'governor' } });
      expect((await ask('Bearer x.y.z', '/probe/public')).status).toBe(401);
    });

    const nowSeconds = () => Math.floor(Date.now() / 1_000);
    const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = () => ({
      iss: issuer.url,
      aud: AUDIENCE,
      sub: 'somebody',
      iat: nowSeconds(),
      exp: nowSeconds() + 600,
    });
    /** A good token under another header. */
    const forged = async (header: object) => {
      const [, payload, signature] = (await issuer.token()).split('.');
      return `${encoded(header)}.${payload}.${signature}`;
    };
    const foreign = generateKeyPair('RS256', { extractable: true });

    it.each<[what: string, token: () => Promise<string> | string]>([
      ['no algorithm', () => `${encoded({ alg: 'none', typ: 'at+jwt' })}.${encoded(claims())}.`],
      [
        'no algorithm and a signature',
        async () =>
          `${encoded({ alg: 'none', typ: 'at+jwt' })}.${encoded(claims())}.${(await issuer.token()).split('.')[2]}`,
      ],
      [
        'HS256 with the public key for a secret',
        async () =>
          issuer.token({}, { alg: 'HS256' }, Buffer.from(await exportSPKI(issuer.keys[0]?.publicKey as CryptoKey))),
      ],
      ['another key', async () => issuer.token({}, {}, (await foreign).privateKey)],
      [
        'a key that the token brings along',
        async () => issuer.token({}, { jwk: await exportJWK((await foreign).publicKey) }, (await foreign).privateKey),
      ],
      [
        'a place for keys that the token names',
        async () => issuer.token({}, { jku: 'https://evil.example/keys' }, (await foreign).privateKey),
      ],
      [
        'a place for certificates that the token names',
        async () => issuer.token({}, { x5u: 'https://evil.example/chain' }, (await foreign).privateKey),
      ],
      [
        'a payload that is not encoded',
        () => forged({ alg: 'RS256', typ: 'at+jwt', kid: 'first', b64: false, crit: ['b64'] }),
      ],
      ['an issuer that is nearly ours', () => issuer.token({ iss: `${issuer.url}/` })],
      ['two issuers', () => issuer.token({ iss: [issuer.url, 'https://evil.example'] as unknown as string })],
      ['an audience in other letters', () => issuer.token({ aud: 'Khamrap' })],
      ['a subject that is no text', () => issuer.token({ sub: 7 as unknown as string })],
      ['a subject of 300 letters', () => issuer.token({ sub: 'x'.repeat(300) })],
      ['the algorithm of the header in other letters', () => forged({ alg: 'rs256', typ: 'at+jwt', kid: 'first' })],
      ['a type that only begins like ours', () => issuer.token({}, { typ: 'at+jwt; x' })],
      ['a fourth part', async () => `${await issuer.token()}.x`],
      ['five parts, as encrypted ones have', async () => `${await issuer.token()}.x.y`],
      ['an unknown key', () => issuer.token({}, { kid: 'unknown' })],
      ['another issuer', () => issuer.token({ iss: 'https://login.example.go.th' })],
      ['another audience', () => issuer.token({ aud: 'another' })],
      ['no audience', () => issuer.token({ aud: undefined })],
      ['no subject', () => issuer.token({ sub: undefined })],
      ['an empty subject', () => issuer.token({ sub: '' })],
      ['no expiry', () => issuer.token({ exp: undefined })],
      ['no beginning', () => issuer.token({ iat: undefined })],
      ['an age of a day', () => issuer.token({ iat: nowSeconds() - 86_400 })],
      ['a time to come', () => issuer.token({ nbf: nowSeconds() + 120 })],
      ['an expiry 61 seconds ago', () => issuer.token({ exp: nowSeconds() - 61 })],
      ['the type of an identity token', () => issuer.token({}, { typ: 'id_token' })],
      ['no type', () => issuer.token({}, { typ: undefined })],
      [
        'an extension that must be understood',
        () =>
          issuer.token({}, { crit: ['x'], x: 1 }).catch(async () => {
            const [, payload, signature] = (await issuer.token()).split('.');
            return `${encoded({ alg: 'RS256', typ: 'at+jwt', kid: 'first', crit: ['x'], x: 1 })}.${payload}.${signature}`;
          }),
      ],
      [
        'another payload',
        async () => {
          const [header, , signature] = (await issuer.token()).split('.');
          return `${header}.${encoded({ ...claims(), sub: 'administrator' })}.${signature}`;
        },
      ],
      ['nothing', () => 'x'],
      ['9,000 letters', () => 'x'.repeat(9_000)],
    ])('refuses a token with %s', async (_what, token) => {
      const answer = await ask(`Bearer ${await token()}`);
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toMatch(
        /^Bearer realm="khamrap", error="invalid_(token|request)"/,
      );
    });

    it.each(['Basic c29tZTpib2R5', 'Bearer', 'Bearer ', 'Bearer a b', 'Bearer a, Bearer b', ''])(
      'refuses the header "%s"',
      async (header) => {
        expect((await ask(header)).status).toBe(401);
      },
    );

    it('tells an expired token apart', async () => {
      const answer = await ask(`Bearer ${await issuer.token({ exp: nowSeconds() - 120 })}`);
      expect(answer.headers.get('www-authenticate')).toContain('error_description="expired"');
    });

    it('does not let unknown keys become a flood of fetches', async () => {
      await ask(`Bearer ${await issuer.token()}`);
      const before = issuer.keyFetches;
      await Promise.all(
        Array.from({ length: 50 }, async (_, index) => ask(`Bearer ${await issuer.token({}, { kid: `k${index}` })}`)),
      );
      expect(issuer.keyFetches - before).toBeLessThanOrEqual(1);
    });

    it('looks at the signature of a token once, and at the grants every time', async () => {
      const authorization = `Bearer ${await issuer.token({ sub: 'frequent' })}`;
      const before = pseudonyms.asked;
      for (let count = 0; count < 3; count++) expect((await ask(authorization)).status).toBe(200);
      expect(pseudonyms.asked - before).toBe(1);
    });
  });

  describe('an issuer that changes or fails', () => {
    it('follows a rotation of keys', async () => {
      const issuer = new IssuerOnNetwork();
      await issuer.start();
      const verifier = new TokenVerifier(new ExternalIssuer(issuer.url, { cooldownMs: 0 }), AUDIENCE);
      expect(await verifier.verify(await issuer.token())).toMatchObject({ subject: 'somebody' });
      await issuer.rotate('second');
      expect(await verifier.verify(await issuer.token())).toMatchObject({ subject: 'somebody' });
      issuer.stop();
    });

    it('follows one that was announced without refusing anybody', async () => {
      const issuer = new IssuerOnNetwork();
      await issuer.start();
      const verifier = new TokenVerifier(new ExternalIssuer(issuer.url, { keysAgeMsMax: 0 }), AUDIENCE);
      const before = await issuer.token();
      await verifier.verify(before);
      await issuer.announce('second');
      for (const token of [before, await issuer.token()])
        expect(await verifier.verify(token)).toMatchObject({ subject: 'somebody' });
      issuer.stop();
    });

    it('believes known keys while the issuer is away, and no longer than they are fresh', async () => {
      const issuer = new IssuerOnNetwork();
      await issuer.start();
      const [fresh, stale] = [{}, { keysAgeMsMax: 0 }].map(
        (times) => new TokenVerifier(new ExternalIssuer(issuer.url, times), AUDIENCE),
      );
      const token = await issuer.token();
      for (const verifier of [fresh, stale]) await verifier?.verify(token);
      issuer.isDown = true;
      expect(await fresh?.verify(await issuer.token())).toMatchObject({ subject: 'somebody' });
      await expect(stale?.verify(token)).rejects.toThrow(IssuerUnavailable);
      issuer.stop();
    });

    it('is not asked again and again while it is away', async () => {
      const issuer = new IssuerOnNetwork();
      await issuer.start();
      issuer.isDown = true;
      const verifier = new TokenVerifier(new ExternalIssuer(issuer.url), AUDIENCE);
      for (let count = 0; count < 20; count++)
        await expect(verifier.verify(await issuer.token({}, { kid: `k${count}` }))).rejects.toThrow(IssuerUnavailable);
      expect(issuer.refusals).toBe(1);
      issuer.stop();
    });

    it.each(['redirects', 'answersAtLength'] as const)('is not believed when it %s', async (misbehaviour) => {
      const issuer = new IssuerOnNetwork();
      await issuer.start();
      issuer.misbehaviour = misbehaviour;
      const verifier = new TokenVerifier(new ExternalIssuer(issuer.url), AUDIENCE);
      await expect(verifier.verify(await issuer.token())).rejects.toThrow(IssuerUnavailable);
      issuer.stop();
    });

    it('takes no algorithm but the four that are named', async () => {
      const issuer = new IssuerOnNetwork();
      await issuer.start();
      const verifier = new TokenVerifier(new ExternalIssuer(issuer.url, { cooldownMs: 0 }), AUDIENCE);
      for (const [algorithm, isTaken] of [
        ['ES256', true],
        ['EdDSA', true],
        ['PS256', true],
        ['RS512', false],
        ['ES384', false],
      ] as const) {
        await issuer.rotate(algorithm, algorithm);
        const verified = await verifier.verify(await issuer.token()).then(
          () => true,
          () => false,
        );
        expect([algorithm, verified]).toEqual([algorithm, isTaken]);
      }
      issuer.stop();
    });

    it('believes nobody while keys cannot be had, and says that it is not their fault', async () => {
      const issuer = new IssuerOnNetwork();
      await issuer.start();
      issuer.isDown = true;
      const app = await listening(configWith({ KHAMRAP_ISSUER: issuer.url }));
      const answer = await fetch(`${await app.getUrl()}/probe/signing`, {
        headers: { authorization: `Bearer ${await issuer.token()}` },
      });
      expect([answer.status, ((await answer.json()) as { type: string }).type]).toEqual([
        503,
        '/problems/issuerUnavailable',
      ]);
      await app.close();
      issuer.stop();
    });

    it('does not take another issuer for its own', async () => {
      const issuer = new IssuerOnNetwork();
      await issuer.start();
      const token = await issuer.token();
      const misnamed = new ExternalIssuer(`${issuer.url}/`);
      await expect(new TokenVerifier(misnamed, AUDIENCE).verify(token)).rejects.toThrow(IssuerUnavailable);
      issuer.stop();
    });

    it('forgets a token when it expires', async () => {
      const issuer = await EmbeddedIssuer.open(dataFolder, NOWHERE);
      let now = Date.now();
      const authenticator = new Authenticator(
        new TokenVerifier(issuer, AUDIENCE, () => now),
        new Pseudonyms(),
        () => now,
      );
      const authorization = `Bearer ${await signedBy(issuer, { subject: 'x' })}`;
      expect(await authenticator.authenticate(authorization)).toMatchObject({ subject: 'x', pseudonym: 'p-x' });
      now += 9 * 3_600_000;
      await expect(authenticator.authenticate(authorization)).rejects.toThrow('not authenticated: expired');
    });

    it('tells those who answer for long when it has expired', async () => {
      const issuer = await EmbeddedIssuer.open(dataFolder, NOWHERE);
      let now = Date.now();
      const authenticator = new Authenticator(
        new TokenVerifier(issuer, AUDIENCE, () => now),
        new Pseudonyms(),
        () => now,
      );
      const authorization = `Bearer ${await signedBy(issuer, { subject: 'x' })}`;
      const request: { headers: object; requester?: Requester } = { headers: { authorization } };
      await new AccessGuard(authenticator, new Grants()).canActivate({
        getHandler: () => ProbeController.prototype.open,
        switchToHttp: () => ({ getRequest: () => request }),
      } as unknown as ExecutionContext);
      expect(await request.requester?.isCurrent?.()).toBe(true);
      now += 9 * 3_600_000;
      expect(await request.requester?.isCurrent?.()).toBe(false);
    });
  });

  describe('the embedded issuer', () => {
    it('keeps its key where only this user can read it, and finds it again', async () => {
      const folder = path.join(dataFolder, 'new', 'folder');
      const [first, second] = await Promise.all([
        EmbeddedIssuer.open(folder, NOWHERE),
        EmbeddedIssuer.open(folder, NOWHERE),
      ]);
      expect(fs.readdirSync(folder)).toEqual(['embedded-issuer.json']);
      expect(fs.statSync(path.join(folder, 'embedded-issuer.json')).mode & 0o777).toBe(0o600);
      const token = await signedBy(first, { subject: 'recorder' });
      for (const issuer of [second, await EmbeddedIssuer.open(folder, NOWHERE)])
        expect(await new TokenVerifier(issuer, AUDIENCE).verify(token)).toMatchObject({
          subject: 'recorder',
          issuer: 'urn:khamrap:embedded-issuer',
        });
    });

    it('gives tokens to its persons only, and they can do what their roles say', async () => {
      const withoutAny = new Grants();
      withoutAny.without.add('stranger');
      const app = await listening(configWith(), withoutAny);
      const address = await app.getUrl();
      const statusOf = async (subject: string) => {
        const authorization = `Bearer ${await tokenByCode(address, subject)}`;
        return (await fetch(`${address}/probe/signing`, { headers: { authorization } })).status;
      };
      expect(await statusOf('governor-of-phrae')).toBe(200);
      expect(await statusOf('stranger')).toBe(403);
      await expect(tokenByCode(address, 'emperor')).rejects.toThrow(NoToken);
      await app.close();
    });

    it.each<[Record<string, string>]>([
      [{ KHAMRAP_EMBEDDED_ISSUER: 'no' }],
      [{ KHAMRAP_ISSUER: 'http://127.0.0.1:1' }],
    ])('is not there with %j', async (environment) => {
      const app = await listening(configWith(environment));
      const address = await app.getUrl();
      for (const place of ['/issuer/.well-known/openid-configuration', '/issuer/auth', '/issuer/style.css'])
        expect((await fetch(`${address}${place}`)).status).toBe(404);
      const issuer = await EmbeddedIssuer.open(dataFolder, app.get(ServiceAddress, { strict: false }));
      const authorization = `Bearer ${await signedBy(issuer, { subject: 'governor-of-phrae' })}`;
      expect([401, 503]).toContain((await fetch(`${address}/probe/signing`, { headers: { authorization } })).status);
      expect((await fetch(`${address}/probe/public`)).status).toBe(200);
      await app.close();
    });
  });
});
