import { once } from 'node:events';
import * as net from 'node:net';
import fc from 'fast-check';
import { startProbe, type Probe } from '../spec/start-probe';
import { addressKey } from './address-key';
import { Budget } from './budget';
import { tokenOf } from '../../../testing/service';

describe('a budget', () => {
  let now = 0;
  const budget = (perMinute: number, keyCountMax?: number) => new Budget('x', perMinute, () => now, keyCountMax);
  beforeEach(() => {
    now = 1_000_000;
  });

  it('holds a minute worth at once, and says when there is room again', () => {
    const four = budget(4);
    expect(four.policy).toBe('"x";q=4;w=60');
    const counts = Array.from({ length: 5 }, () => four.take('a'));
    expect(counts).toEqual([
      { isWithin: true, remaining: 3, wholeInSeconds: 15 },
      { isWithin: true, remaining: 2, wholeInSeconds: 30 },
      { isWithin: true, remaining: 1, wholeInSeconds: 45 },
      { isWithin: true, remaining: 0, wholeInSeconds: 60 },
      { isWithin: false, remaining: 0, roomInSeconds: 15 },
    ]);
    expect([four.hasRoom('a'), four.hasRoom('b')]).toEqual([false, true]);
    now += 14_000;
    expect(four.take('a')).toEqual({ isWithin: false, remaining: 0, roomInSeconds: 1 });
    now += 1_000;
    expect([four.hasRoom('a'), four.take('a').isWithin, four.take('a').isWithin]).toEqual([true, true, false]);
  });

  it('lets through as many as are said, whatever the number and whenever they come', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.double({ min: 0, max: 1e9, noNaN: true }),
        fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 10 }),
        (perMinute, start, pauses) => {
          now = start;
          const limited = budget(perMinute);
          let within = 0;
          const askAll = (): void => {
            for (;;) {
              const count = limited.take('a');
              if (!count.isWithin) return;
              within += 1;
            }
          };
          askAll();
          expect(within).toBe(perMinute);
          for (const pause of pauses) {
            now += pause;
            askAll();
          }
          const passedMs = pauses.reduce((sum, pause) => sum + pause, 0);
          expect(within).toBeLessThanOrEqual(perMinute + Math.ceil((passedMs * perMinute) / 60_000) + 1);
          expect(within).toBeGreaterThanOrEqual(
            perMinute + Math.floor((passedMs * perMinute) / 60_000) - 1 - pauses.length,
          );
        },
      ),
      { numRuns: 50 },
    );
  });

  it('keeps those apart who ask, takes a count back, and remembers no more than it may', () => {
    const one = budget(1, 2);
    expect([one.take('a').isWithin, one.take('a').isWithin, one.take('b').isWithin]).toEqual([true, false, true]);
    one.giveBack('a');
    one.giveBack('nobody');
    expect([one.take('a').isWithin, one.take('a').isWithin]).toEqual([true, false]);
    for (let index = 0; index < 1_000; index++) one.take(String(index));
    expect(one.keyCount).toBe(2);
  });
});

describe('an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::FFFF:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::ffff', '2001:db8:1:2::/64'],
    ['2001:db8::1:2:3:4:5', '2001:db8:0:1::/64'],
    ['2001:db8::', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['what:is:this', 'what:is:this'],
  ])('%s counts as %s', (address, key) => {
    expect(addressKey(address)).toBe(key);
  });
});

const PROXIED = { KHAMRAP_TRUSTED_PROXIES: '127.0.0.1' };

describe('a service with limits', () => {
  let probe: Probe;
  const begin = async (limits: string, variables: Readonly<Record<string, string>> = {}): Promise<void> => {
    probe = await startProbe({ variables: { KHAMRAP_RATE_LIMITS: limits, ...variables } });
  };
  afterEach(() => probe?.stop());

  const ask = async (path: string, headers: Record<string, string> = {}, method = 'GET') => {
    const answer = await fetch(`${probe.address}${path}`, { method, headers });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text };
  };
  const statuses = async (count: number, path: string, headers: Record<string, string> = {}, method = 'GET') => {
    const found: number[] = [];
    for (let index = 0; index < count; index++) found.push((await ask(path, headers, method)).status);
    return found;
  };
  const bearer = async (subject: string) => ({ authorization: `Bearer ${await tokenOf(probe.app, subject)}` });

  it('tells everybody what they may, and refuses what is more in both languages', async () => {
    await begin('public=2');
    const first = await ask('/v1/probes/open');
    expect([first.status, first.headers.get('ratelimit-policy'), first.headers.get('ratelimit')]).toEqual([
      200,
      '"public";q=2;w=60',
      '"public";r=1;t=30',
    ]);
    expect(await statuses(1, '/v1/probes/open')).toEqual([200]);
    const refused = await ask('/v1/probes/open');
    expect([refused.status, refused.headers.get('retry-after'), refused.headers.get('ratelimit')]).toEqual([
      429,
      '30',
      '"public";r=0;t=30',
    ]);
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect(refused.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(JSON.parse(refused.text)).toMatchObject({
      type: '/problems/quotaExceeded',
      status: 429,
      titles: { th: expect.stringMatching(/[ก-๙]/), en: expect.stringMatching(/[a-z]/) },
      'violated-policies': ['public'],
    });
  });

  it('counts every spelling and every verb, what is not there and what is no route of a controller', async () => {
    await begin('public=8');
    const paths = [
      '/v1/probes/open',
      '/v1/probes/%6fpen',
      '/v1/probes/open/',
      '//v1/probes',
      '/none',
      '/docs',
      '/openapi.json',
    ];
    for (const path of paths) expect((await ask(path)).status).not.toBe(429);
    expect(await statuses(1, '/v1/probes/open', {}, 'HEAD')).toEqual([200]);
    for (const path of paths) expect([path, (await ask(path)).status]).toEqual([path, 429]);
    for (const method of ['HEAD', 'POST', 'OPTIONS', 'DELETE'])
      expect(await statuses(1, '/x', {}, method)).toEqual([429]);
  });

  it('never refuses whoever watches over it', async () => {
    await begin('public=1');
    expect(await statuses(5, '/health/live')).toEqual([200, 200, 200, 200, 200]);
    expect((await ask('/health/ready')).headers.has('ratelimit')).toBe(false);
  });

  it('counts those with a token for themselves: reading, commands and uploads apart, wherever they are', async () => {
    await begin('public=1,read=3,command=2,upload=1', PROXIED);
    const [head, keeper] = [await bearer('head-of-phrae-cdd'), await bearer('keeper-of-phrae-cdd')];
    const from = (address: string) => ({ ...head, 'x-forwarded-for': address });
    expect((await ask('/v1/probes/mine', from('203.0.113.1'))).headers.get('ratelimit')).toBe('"read";r=2;t=20');
    expect(await statuses(1, '/v1/probes/mine', from('203.0.113.2'))).toEqual([200]);
    expect(await statuses(2, '/v1/probes/open', from('203.0.113.3'), 'HEAD')).toEqual([200, 429]);
    const command = { ...head, 'idempotency-key': 'k' };
    expect(await statuses(3, '/v1/probes/x/signatures', command, 'POST')).toEqual([200, 200, 429]);
    const bytes = { ...(await bearer('recorder')), 'content-type': 'application/octet-stream' };
    expect(await statuses(2, '/v1/probes/bytes/1', bytes, 'PUT')).toEqual([200, 429]);
    // Somebody else at the same address, and whoever brings nothing, have budgets of their own.
    expect(await statuses(1, '/v1/probes/mine', keeper)).toEqual([200]);
    expect(await statuses(2, '/v1/probes/open')).toEqual([200, 429]);
  });

  it('counts two tokens of one person as one person', async () => {
    await begin('read=2');
    const [first, second] = [await bearer('head-of-phrae-cdd'), await bearer('head-of-phrae-cdd')];
    expect(first).not.toEqual(second);
    expect(await statuses(1, '/v1/probes/mine', first)).toEqual([200]);
    expect(await statuses(2, '/v1/probes/mine', second)).toEqual([200, 429]);
  });

  it('ends guessing, while those who are known at the same address go on', async () => {
    await begin('failedAuthentication=3');
    const head = await bearer('head-of-phrae-cdd');
    expect(await statuses(1, '/v1/probes/mine', head)).toEqual([200]);
    const guesses: number[] = [];
    for (let index = 0; index < 5; index++) {
      guesses.push(...(await statuses(1, '/v1/probes/mine', { authorization: `Bearer guess-${index}` })));
    }
    expect(guesses).toEqual([401, 401, 401, 429, 429]);
    expect(await statuses(1, '/v1/probes/mine', head)).toEqual([200]);
    expect(await statuses(1, '/v1/probes/mine', await bearer('keeper-of-phrae-cdd'))).toEqual([429]);
    expect(await statuses(1, '/v1/probes/open')).toEqual([200]);
  });

  it('does not hold an address to account for those who came to be known', async () => {
    await begin('public=2,failedAuthentication=1');
    for (const subject of ['head-of-phrae-cdd', 'keeper-of-phrae-cdd', 'governor-of-phrae']) {
      expect(await statuses(1, '/v1/probes/mine', await bearer(subject))).toEqual([200]);
    }
    expect(await statuses(3, '/v1/probes/open')).toEqual([200, 200, 429]);
  });

  it('counts for whom it knows what it refuses to them', async () => {
    await begin('public=1,read=2');
    const stranger = await bearer('stranger');
    expect((await ask('/v1/probes/mine', stranger)).headers.get('ratelimit')).toBe('"read";r=1;t=30');
    expect(await statuses(2, '/v1/probes/mine', stranger)).toEqual([403, 429]);
    expect(await statuses(2, '/v1/probes/open')).toEqual([200, 429]);
  });

  it('does not count one token as many by its spelling', async () => {
    await begin('public=3,read=1');
    const { authorization } = await bearer('head-of-phrae-cdd');
    const token = authorization.slice('Bearer '.length);
    expect(await statuses(1, '/v1/probes/mine', { authorization })).toEqual([200]);
    expect(await statuses(1, '/v1/probes/mine', { authorization: `bEARER ${token}` })).toEqual([429]);
    for (const spaces of ['  ', '   ', '\t'])
      expect(await statuses(1, '/v1/probes/mine', { authorization: `Bearer${spaces}${token}` })).toEqual([401]);
    expect(await statuses(1, '/v1/probes/open')).toEqual([429]);
  });

  it('holds an address to account for new tokens of those who have used up what they may', async () => {
    await begin('public=2,read=1');
    const tokens = await Promise.all(Array.from({ length: 4 }, () => bearer('head-of-phrae-cdd')));
    const remaining: (string | null)[] = [];
    for (const token of tokens) remaining.push((await ask('/v1/probes/mine', token)).headers.get('ratelimit'));
    expect(remaining.map((room) => room?.split(';')[0])).toEqual(['"read"', '"read"', '"read"', '"public"']);
  });

  it('does not wait for the body of whoever has used up what they may', async () => {
    await begin('command=1');
    const head = { ...(await bearer('head-of-phrae-cdd')), 'idempotency-key': 'k' };
    expect(await statuses(1, '/v1/probes/x/signatures', head, 'POST')).toEqual([200]);
    const { hostname, port } = new URL(probe.address);
    const socket = net.connect(Number(port), hostname);
    const fields = Object.entries({
      host: 'x',
      ...head,
      'content-type': 'application/json',
      'content-length': '500000',
    });
    socket.write(`POST /v1/probes HTTP/1.1\r\n${fields.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n{`);
    const [first] = (await once(socket, 'data')) as [Buffer];
    expect(first.toString()).toMatch(/^HTTP\/1\.1 429 /);
    socket.destroy();
  });

  it('believes no address but that of the connection, unless a proxy is trusted', async () => {
    await begin('public=1');
    const forged = ['203.0.113.1', '203.0.113.2'].map((address) => ({ 'x-forwarded-for': address }));
    expect([await statuses(1, '/v1/probes/open', forged[0]), await statuses(1, '/v1/probes/open', forged[1])]).toEqual([
      [200],
      [429],
    ]);
  });

  it('believes a trusted proxy what it has added itself, and no more; IPv6 by its /64', async () => {
    await begin('public=1', PROXIED);
    const from = (address: string) => ({ 'x-forwarded-for': address });
    expect(await statuses(2, '/v1/probes/open', from('203.0.113.1'))).toEqual([200, 429]);
    expect(await statuses(1, '/v1/probes/open', from('203.0.113.2'))).toEqual([200]);
    expect(await statuses(1, '/v1/probes/open', from('198.51.100.9, 203.0.113.1'))).toEqual([429]);
    expect(await statuses(1, '/v1/probes/open', from('2001:db8::1'))).toEqual([200]);
    expect(await statuses(1, '/v1/probes/open', from('2001:db8::2'))).toEqual([429]);
  });
});

describe('slow clients', () => {
  let probe: Probe;
  beforeAll(async () => {
    probe = await startProbe({ arrival: { headersMs: 200, requestMs: 400, checkMs: 50 } });
  });
  afterAll(() => probe?.stop());

  const sent = async (...parts: string[]): Promise<string> => {
    const { hostname, port } = new URL(probe.address);
    const socket = net.connect(Number(port), hostname);
    let answer = '';
    socket.setEncoding('utf8').on('data', (part: string) => (answer += part));
    for (const part of parts) socket.write(part);
    const drip = setInterval(() => socket.writable && socket.write('x'), 20);
    socket.on('error', () => undefined);
    await once(socket, 'close');
    clearInterval(drip);
    return answer;
  };

  it('are let go when their header fields do not end', async () => {
    expect(await sent('GET /v1/probes/open HTTP/1.1\r\nHost: x\r\nX-Long: ')).toMatch(
      /^HTTP\/1\.1 408 [^]*\/problems\/requestTimeout/,
    );
  });

  it('are let go when their body does not end', async () => {
    const token = await tokenOf(probe.app, 'head-of-phrae-cdd');
    const head = `POST /v1/probes HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\n`;
    expect(await sent(head, 'Content-Length: 100000\r\n\r\n{"title":"')).toMatch(/^HTTP\/1\.1 408 /);
    expect(await sent(head, 'Transfer-Encoding: chunked\r\n\r\n5\r\n{"tit')).toMatch(/^HTTP\/1\.1 (?:400|408) /);
  });

  it('do not keep others waiting', async () => {
    const slow = Array.from({ length: 50 }, () => sent('GET / HTTP/1.1\r\nX: '));
    expect((await fetch(`${probe.address}/v1/probes/open`)).status).toBe(200);
    await Promise.all(slow);
  });
});
