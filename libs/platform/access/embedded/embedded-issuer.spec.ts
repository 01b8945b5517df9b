import { once } from 'node:events';
import * as http from 'node:http';
import { providerStore } from './provider-store';
import { ServiceAddress } from '../service-address';
import { startProbe, type Probe } from '../../http/spec/start-probe';
import { tokenByCode } from '../index';

describe('a name of the service', () => {
  const server = http.createServer();
  let port = 0;
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as { port: number }).port;
  });
  afterAll(() => server.close());

  const own = (host: string | undefined, address?: string) =>
    new ServiceAddress(() => server, { port: 0, ...(address !== undefined && { address }) }).isOwnHost(host);

  it.each(['localhost', '127.0.0.1', '[::1]', 'LOCALHOST'])('is %s with its port', (name) => {
    expect(own(`${name}:${port}`)).toBe(true);
    for (const other of [name, `${name}:1`, `${name}:${port}.evil.example`, `evil.example@${name}:${port}`])
      expect([other, own(other)]).toEqual([other, false]);
  });

  it('is where browsers reach it', () => {
    expect(own('khamrap.phrae.go.th', 'https://khamrap.phrae.go.th')).toBe(true);
    for (const host of ['evil.example', `evil.example:${port}`, 'khamrap.phrae.go.th.evil.example', '', undefined])
      expect([host, own(host, 'https://khamrap.phrae.go.th')]).toEqual([host, false]);
  });
});

describe('the embedded issuer', () => {
  let probe: Probe;
  beforeAll(async () => {
    probe = await startProbe();
  });
  afterAll(() => probe?.stop());

  const ask = async (path: string, host: string) => {
    const request = http.get(`${probe.address}${path}`, { headers: { host }, agent: false });
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    let text = '';
    for await (const part of response.setEncoding('utf8')) text += String(part);
    return { status: response.statusCode, location: response.headers.location, text };
  };
  const query = (more: Record<string, string>) =>
    new URLSearchParams({
      client_id: 'khamrap-command-line',
      redirect_uri: 'http://127.0.0.1/callback',
      response_type: 'code',
      scope: 'openid',
      state: 's',
      code_challenge: 'x'.repeat(43),
      code_challenge_method: 'S256',
      ...more,
    }).toString();
  const host = () => new URL(probe.address).host;

  it.each(['/.well-known/openid-configuration', '/auth', '/interaction/x', '/style.css', '/token'])(
    'answers %s to nobody who calls it by another name',
    async (path) => {
      const address = `/issuer${path}?${query({})}`;
      for (const name of ['evil.example', `evil.example:${new URL(probe.address).port}`]) {
        const { status, text } = await ask(address, name);
        expect([name, status, JSON.parse(text)]).toEqual([
          name,
          400,
          expect.objectContaining({ type: '/problems/foreignHost' }),
        ]);
      }
      expect((await ask(address, host())).text).not.toContain('foreignHost');
    },
  );

  it('gives a code back by the address alone, and in no page', async () => {
    const description = JSON.parse((await ask('/issuer/.well-known/openid-configuration', host())).text) as object;
    expect(description).toMatchObject({ response_modes_supported: ['query'] });
    for (const mode of ['form_post', 'fragment']) {
      const { location, text } = await ask(`/issuer/auth?${query({ response_mode: mode })}`, host());
      expect([mode, `${location} ${text}`]).toEqual([mode, expect.not.stringMatching(/interaction|code=|name="code"/)]);
    }
    expect((await ask(`/issuer/auth?${query({ response_mode: 'query' })}`, host())).location).toContain('interaction');
    expect(await tokenByCode(probe.address, 'recorder')).toMatch(/^eyJ/);
  });
});

test('what the issuer remembers of one kind pushes out nothing of another', async () => {
  const store = providerStore() as (kind: string) => {
    upsert(id: string, payload: object, seconds: number): Promise<void>;
    find(id: string): Promise<unknown>;
  };
  const [sessions, interactions] = [store('Session'), store('Interaction')];
  await sessions.upsert('one', { accountId: 'recorder' }, 600);
  for (let count = 0; count < 10_500; count++) await interactions.upsert(String(count), {}, 600);
  expect(await sessions.find('one')).toEqual({ accountId: 'recorder' });
  expect([await interactions.find('0'), await interactions.find('10499')]).toEqual([undefined, {}]);
});
