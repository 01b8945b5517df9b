import { once } from 'node:events';
import * as net from 'node:net';
import { startProbe, type Probe } from './spec/start-probe';

/** More than sockets and streams hold for a reader that does not read. */
const MUCH = 'x'.repeat(3_000_000);

describe('bytes', () => {
  let probe: Probe;
  let token: string;

  beforeAll(async () => {
    probe = await startProbe();
    token = await probe.tokenOf('head-of-phrae-cdd');
  });
  afterAll(() => probe.stop());

  /** Sends two requests over one connection; answers with their statuses. */
  async function statusesOf(...requests: readonly string[]): Promise<readonly string[]> {
    const { hostname, port } = new URL(probe.address);
    const socket = net.connect(Number(port), hostname);
    let answer = '';
    socket.setEncoding('utf8').on('data', (part: string) => (answer += part));
    socket.write(requests.join(''));
    await once(socket, 'close');
    return [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status = '']) => status);
  }

  const put = (taken: string, body: string, headers: readonly string[] = [], length = body.length): string =>
    [
      `PUT /v1/probes/bytes/${taken} HTTP/1.1`,
      'Host: x',
      ...(headers.some((header) => header.startsWith('Authorization')) ? [] : [`Authorization: Bearer ${token}`]),
      ...headers,
      `Content-Length: ${length}`,
      '',
      body,
    ].join('\r\n');
  const last = 'GET /v1/probes/open HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';

  it.each<[what: string, request: () => string, status: string]>([
    ['all taken', () => put('99999', 'x'.repeat(1_000)), '200'],
    ['none taken', () => put('0', MUCH), '200'],
    ['some taken', () => put('1', MUCH), '200'],
    ['no bytes', () => put('1', ''), '200'],
    ['a type of JSON', () => put('9', '{"broken', ['Content-Type: application/json']), '200'],
    ['a type that is none', () => put('9', 'x', ['Content-Type: ;;']), '200'],
    ['too many bytes', () => put('9', 'x'.repeat(4_000_001)), '413'],
    ['a bad token', () => put('9', MUCH, ['Authorization: Bearer x']), '401'],
  ])('%s: the next request on the connection is answered', async (_what, request, status) => {
    expect(await statusesOf(request(), last)).toEqual([status, '200']);
  });

  it('tells how many there were', async () => {
    const answer = await fetch(`${probe.address}/v1/probes/bytes/9999999`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}` },
      body: Buffer.alloc(4_000_000),
    });
    expect(await answer.json()).toEqual({ count: 4_000_000 });
  });

  it('are not taken elsewhere', async () => {
    const answer = await fetch(`${probe.address}/v1/probes`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream', 'idempotency-key': 'k' },
      body: '{}',
    });
    expect(answer.status).toBe(415);
  });

  describe('of a range', () => {
    const ask = (headers: Record<string, string>) =>
      fetch(`${probe.address}/v1/probes/range/${'AB'.repeat(32)}`, { headers });

    it.each<[headers: Record<string, string>, range: { first: number; last: number } | null]>([
      [{}, null],
      [{ range: 'bytes=0-0' }, { first: 0, last: 0 }],
      [{ range: 'bytes=9-' }, { first: 9, last: 9 }],
      [{ range: 'bytes=3-99' }, { first: 3, last: 9 }],
      [{ range: 'bytes=-3' }, { first: 7, last: 9 }],
      [{ range: 'bytes=-30' }, { first: 0, last: 9 }],
      [{ range: 'bytes=3-2' }, null],
      [{ range: 'bytes=12-11' }, null],
      [{ range: 'bytes=0-1,2-3' }, null],
      [{ range: 'bytes=0-9999999999999999' }, null],
      [{ range: 'Bytes 0-1' }, null],
      [
        { range: 'bytes=0-1', 'if-range': '"tag"' },
        { first: 0, last: 1 },
      ],
      [{ range: 'bytes=0-1', 'if-range': '"other"' }, null],
      [{ range: 'bytes=99-', 'if-range': '"other"' }, null],
    ])('%j', async (headers, range) => {
      expect(await (await ask(headers)).json()).toEqual({ sha256: 'ab'.repeat(32), range });
    });

    it.each(['bytes=10-', 'bytes=10-20', 'bytes=-0'])('%s lies outside', async (range) => {
      const answer = await ask({ range });
      expect([answer.status, answer.headers.get('content-range')]).toEqual([416, 'bytes */10']);
    });
  });

  it.each(['x', 'a'.repeat(63), 'a'.repeat(65), 'g'.repeat(64)])('have no name %s', async (name) => {
    expect((await fetch(`${probe.address}/v1/probes/range/${name}`)).status).toBe(404);
  });
});
