import helmet from '@fastify/helmet';
import Fastify from 'fastify';
import { SECURITY_HEADERS } from './security-headers';
import { startProbe, type Probe } from './spec/start-probe';

/** What the package that everybody takes would send, for a service that serves no pages. */
async function helmetHeaders(): Promise<Record<string, string>> {
  const server = Fastify();
  await server.register(helmet);
  server.get('/', (_request, reply) => reply.send('x'));
  const { headers } = await server.inject('/');
  await server.close();
  return headers as Record<string, string>;
}

const OF_THE_ANSWER_ITSELF = ['content-type', 'content-length', 'date', 'connection'];
/** Where this service says something else than helmet, and why that is no weaker. */
const OTHERWISE: Readonly<Record<string, string>> = {
  // Nothing may be loaded at all, where helmet lets pages load from their own origin and style inline.
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-frame-options': 'DENY',
};
/** What browsers no longer heed, or harms where they do. */
const LEFT_OUT = ['x-download-options', 'x-xss-protection'];

describe('headers of every answer', () => {
  it('are no weaker than those of helmet, at a tenth of the cost', async () => {
    const expected = Object.entries(await helmetHeaders()).filter(
      ([name]) => ![...OF_THE_ANSWER_ITSELF, ...LEFT_OUT, 'strict-transport-security'].includes(name),
    );
    expect(expected.length).toBeGreaterThan(7);
    for (const [name, value] of expected) {
      expect([name, SECURITY_HEADERS[name]]).toEqual([name, OTHERWISE[name] ?? value]);
    }
    for (const value of Object.values(SECURITY_HEADERS)) expect(value).not.toContain('unsafe');
  });

  describe.each<[how: string, variables: Record<string, string>, plain: boolean, byProxy: boolean]>([
    ['by itself', {}, false, false],
    ['behind a proxy that is believed', { KHAMRAP_TRUSTED_PROXIES: '127.0.0.1' }, false, true],
    ['at an address of its own', { KHAMRAP_ADDRESS: 'https://khamrap.phrae.go.th' }, true, true],
  ])('%s', (_how, variables, plain, byProxy) => {
    let probe: Probe;
    beforeAll(async () => {
      probe = await startProbe({ variables });
    });
    afterAll(() => probe?.stop());

    it('stand on whatever is answered', async () => {
      for (const [path, method] of [
        ['/v1/probes/open', 'GET'],
        ['/v1/probes/open', 'HEAD'],
        ['/v1/probes/mine', 'GET'],
        ['/none', 'GET'],
        ['/v1/probes/%ff', 'GET'],
        ['/v1/probes/failures/internalError', 'POST'],
        ['/problems/none', 'GET'],
      ] as const) {
        const { headers } = await fetch(`${probe.address}${path}`, { method });
        for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
          expect([path, name, headers.get(name)]).toEqual([path, name, value]);
        }
        for (const name of ['x-powered-by', 'server', 'access-control-allow-origin', 'vary']) {
          expect([path, name, headers.has(name)]).toEqual([path, name, false]);
        }
      }
    });

    it('tell browsers to come by TLS alone only where they came so', async () => {
      const hsts = async (headers: Record<string, string>): Promise<boolean> =>
        (await fetch(`${probe.address}/v1/probes/open`, { headers })).headers.has('strict-transport-security');
      expect(await hsts({})).toBe(plain);
      expect(await hsts({ 'x-forwarded-proto': 'https' })).toBe(byProxy);
      expect(await hsts({ forwarded: 'proto=https', 'x-forwarded-ssl': 'on' })).toBe(plain);
    });
  });
});

describe('pages of other origins', () => {
  const LISTED = 'https://dashboard.phrae.go.th';
  let probe: Probe;
  beforeAll(async () => {
    probe = await startProbe({
      variables: { KHAMRAP_CORS_ORIGINS: `${LISTED},http://localhost:5173`, KHAMRAP_RATE_LIMITS: 'public=40' },
    });
  });
  afterAll(() => probe?.stop());

  const ask = (path: string, headers: Record<string, string>, method = 'GET') =>
    fetch(`${probe.address}${path}`, { method, headers });
  const preflight = (origin: string | undefined, path = '/v1/probes') =>
    ask(path, { ...(origin !== undefined && { origin }), 'access-control-request-method': 'POST' }, 'OPTIONS');

  it('may read what is answered where their origin is listed, also a refusal', async () => {
    for (const path of ['/v1/probes/open', '/v1/probes/mine', '/none']) {
      const { headers } = await ask(path, { origin: LISTED });
      expect(headers.get('access-control-allow-origin')).toBe(LISTED);
      expect(headers.get('access-control-allow-credentials')).toBeNull();
      expect(headers.get('vary')).toContain('Origin');
      for (const name of ['ETag', 'Khamrap-Position', 'Link', 'RateLimit', 'Retry-After']) {
        expect(headers.get('access-control-expose-headers')?.split(', ')).toContain(name);
      }
    }
  });

  it('are told beforehand what they may send', async () => {
    const { status, headers } = await preflight(LISTED);
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-methods')).toBe('GET, HEAD, POST, PUT');
    expect(headers.get('access-control-allow-headers')).toContain('Idempotency-Key');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    expect((await preflight('http://localhost:5173')).status).toBe(204);
  });

  it.each([
    'https://dashboard.phrae.go.th.example.org',
    'http://dashboard.phrae.go.th',
    'https://dashboard.phrae.go.th:444',
    'https://DASHBOARD.phrae.go.th',
    'https://phrae.go.th',
    'null',
    undefined,
  ])('learn nothing where it is %s', async (origin) => {
    const before = await preflight(origin);
    expect([before.status, before.headers.get('access-control-allow-methods')]).toEqual([404, null]);
    const { headers } = await ask('/v1/probes/open', origin === undefined ? {} : { origin });
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('vary')).toContain('Origin');
  });

  it('can read that they ask too often', async () => {
    let answer = await ask('/v1/probes/open', { origin: LISTED });
    for (let index = 0; index < 40 && answer.status === 200; index++)
      answer = await ask('/v1/probes/open', { origin: LISTED });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([429, LISTED]);
  });
});
