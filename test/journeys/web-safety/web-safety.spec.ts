import { once } from 'node:events';
import * as net from 'node:net';
import type { RawRequest } from '../../../libs/testing/service';
import { beginJourney, headOf, type Journey } from '../journey';
import { operationsOf, type OpenApiDocument, type PlacedOperation } from '../openapi/document';
import { variantsOf } from './variants';

// However a request is written, it is answered like the plain one or refused; and whatever it carries, the log holds none of it.

const UUID = '0f8fad5b-d9cb-469f-a165-70867728950e';
const VERBS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'] as const;
const CANARIES = {
  token: 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmVkLWJ5LWNhbmFyeQ',
  nationalId: '1234567890121',
  telephone: '081-234-5678',
  password: 'canary-of-a-password',
  line: 'canary-of-a-line',
};

let journey: Journey;
let operations: readonly PlacedOperation[];
const written: string[] = [];
const spies: jest.SpyInstance[] = [];

beforeAll(async () => {
  const keep = (text: unknown): boolean => written.push(String(text)) > 0;
  for (const stream of ['stdout', 'stderr'] as const)
    spies.push(jest.spyOn(process[stream], 'write').mockImplementation(keep));
  journey = await beginJourney({ KHAMRAP_LOG_LEVEL: 'debug' });
  const { body } = await journey.service.anybody.get<OpenApiDocument>('/openapi.json');
  operations = operationsOf(body);
}, 60_000);

afterAll(async () => {
  await journey?.end();
  for (const spy of spies) spy.mockRestore();
});

/** The plain request for an operation, of somebody without a token. A stream would never end, and of the whole log one may be taken at a time: they are asked for their heads. */
function plain({ method, path }: PlacedOperation): RawRequest {
  const isStream = path.endsWith('/stream') || path === '/v1/audit/bundles/log';
  const isCommand = method === 'POST' || method === 'PUT';
  return {
    method: isStream ? 'HEAD' : method,
    path: path.replace(/\{\w+\}/g, UUID),
    ...(isCommand && { headers: { 'content-type': 'application/json', 'idempotency-key': 'web' }, body: '{}' }),
  };
}

/** An answer without what differs from one request to the next. */
async function answer(request: RawRequest): Promise<{ readonly status: number; readonly said: string }> {
  const { status, text } = await journey.service.anybody.send(request);
  return { status, said: text.replace(/"(?:traceId|instance)":"[^"]*"/g, '') };
}

const REFUSALS = [400, 401, 403, 404, 405, 414, 415];
const isRefusal = (status: number): boolean => REFUSALS.includes(status);

test('every variant of every request is answered like the plain one, or refused', async () => {
  expect(operations.length).toBeGreaterThan(60);
  const headBefore = await headOf(journey);
  const wrong: unknown[] = [];
  for (const operation of operations) {
    const request = plain(operation);
    const expected = await answer(request);
    const answers = variantsOf(request, journey.service.url).map(async ({ what, request: variant }) => {
      const { status, said } = await answer(variant);
      const isSame = status === expected.status && said === expected.said;
      if (isSame || isRefusal(status)) return;
      wrong.push({ operation: operation.name, what, status, expected: expected.status, said: said.slice(0, 100) });
    });
    await Promise.all(answers);
  }
  expect(wrong).toEqual([]);
  expect(await headOf(journey)).toBe(headBefore);
}, 120_000);

test('what needs a token is open to nobody without one, by no verb', async () => {
  const wrong: unknown[] = [];
  let lockedCount = 0;
  const open = new Set<string>();
  for (const operation of operations) {
    const request = plain(operation);
    const { status } = await answer(request);
    if (status !== 401) open.add(`${operation.method} ${operation.path}`);
    const needsToken = (operation.security ?? []).every((scheme) => Object.keys(scheme).length > 0);
    if (!needsToken) continue;
    lockedCount += 1;
    if (status !== 401) wrong.push({ operation: operation.name, status });
  }
  expect(lockedCount).toBeGreaterThan(50);
  for (const { path } of operations) {
    for (const method of VERBS) {
      const asked = method === 'HEAD' ? 'GET' : method;
      if (open.has(`${asked} ${path}`) || path.endsWith('/stream')) continue;
      const override = { 'x-http-method-override': 'GET', 'x-http-method': 'POST' };
      const { status } = await answer({ method, path: path.replace(/\{\w+\}/g, UUID), headers: override });
      if (!isRefusal(status)) wrong.push({ method, path, status });
    }
  }
  expect(wrong).toEqual([]);
}, 60_000);

test('HEAD is answered as GET would be, without the body', async () => {
  for (const { method, path, name } of operations) {
    if (method !== 'GET' || path.endsWith('/stream')) continue;
    const address = path.replace(/\{\w+\}/g, UUID);
    const get = await journey.service.anybody.get(address);
    const head = await journey.service.anybody.send({ method: 'HEAD', path: address });
    expect([name, head.status, head.headers['content-type'], head.text]).toEqual([
      name,
      get.status,
      get.headers['content-type'],
      '',
    ]);
  }
});

describe('as bytes', () => {
  const send = async (text: string): Promise<string> => {
    const { hostname, port } = new URL(journey.service.url);
    const socket = net.connect(Number(port), hostname);
    let received = '';
    socket.setEncoding('latin1').on('data', (part: string) => (received += part));
    socket.on('error', () => undefined);
    socket.write(text, 'latin1');
    await once(socket, 'close');
    return received;
  };
  /** Open to everybody, so that whatever is refused is refused for how it is written. */
  const OPEN = '/problems';
  const head = (first: string, ...fields: string[]): string =>
    [first, ...fields, 'Connection: close', '', ''].join('\r\n');

  test('what is written well is answered', async () => {
    expect(await send(head(`GET ${OPEN} HTTP/1.1`, 'Host: x'))).toMatch(/^HTTP\/1\.1 200 /);
  });

  test.each<[what: string, text: string]>([
    ['NUL in the address', head(`GET ${OPEN}\u0000 HTTP/1.1`, 'Host: x')],
    ['a tab in the address', head(`GET ${OPEN}\t HTTP/1.1`, 'Host: x')],
    ['no host', head(`GET ${OPEN} HTTP/1.1`)],
    ['two hosts', head(`GET ${OPEN} HTTP/1.1`, 'Host: x', 'Host: y')],
    [
      'a length and chunks',
      head(`POST ${OPEN} HTTP/1.1`, 'Host: x', 'Content-Length: 3', 'Transfer-Encoding: chunked'),
    ],
    ['chunks by another name', head(`POST ${OPEN} HTTP/1.1`, 'Host: x', 'Transfer-Encoding: xchunked')],
    ['two lengths', head(`POST ${OPEN} HTTP/1.1`, 'Host: x', 'Content-Length: 3', 'Content-Length: 4')],
    ['a blank before a colon', head(`GET ${OPEN} HTTP/1.1`, 'Host: x', 'Authorization : Bearer x')],
    ['a folded line', head(`GET ${OPEN} HTTP/1.1`, 'Host: x', 'X: a\r\n b: c')],
    ['a line feed alone', `GET ${OPEN} HTTP/1.1\nHost: x\nConnection: close\n\n`],
    ['a verb of no kind', head(`FETCH ${OPEN} HTTP/1.1`, 'Host: x')],
    ['a verb in small letters', head(`get ${OPEN} HTTP/1.1`, 'Host: x')],
    ['a tunnel', head('CONNECT localhost:22 HTTP/1.1', 'Host: x')],
    ['an older version', head(`GET ${OPEN} HTTP/0.9`)],
    ['a long address', head(`GET /${'x'.repeat(15_000)} HTTP/1.1`, 'Host: x')],
    ['long fields', head(`GET ${OPEN} HTTP/1.1`, 'Host: x', `X: ${'x'.repeat(20_000)}`)],
    [
      'many fields',
      head(`GET ${OPEN} HTTP/1.1`, 'Host: x', ...Array.from({ length: 3_000 }, (_, index) => `X${index}: y`)),
    ],
  ])('%s is refused', async (_what, text) => {
    const received = await send(text);
    // A connection may be closed without a word; what is said is a refusal.
    expect(received.slice(0, 200)).toMatch(/^$|^HTTP\/1\.1 4\d\d /);
  });
});

test('the log holds nothing of what requests carry', async () => {
  const { token, nationalId, telephone, password, line } = CANARIES;
  const all = `${token} ${nationalId} ${telephone} password=${password}`;
  const headers = {
    authorization: `Bearer ${token}`,
    cookie: `__Host-khamrap-session=${password}; other=${nationalId}`,
    'user-agent': all,
    referer: `http://x/?access_token=${token}`,
    'x-forwarded-for': nationalId,
    traceparent: all,
    'idempotency-key': password,
    'if-match': `"${nationalId}"`,
    'content-type': 'application/json',
  };
  const body = JSON.stringify({ title: all, password, [nationalId]: telephone, line: `\r\n[Nest] ${line}` });
  const paths = [
    `/v1/agreements/${nationalId}`,
    `/v1/standings?province=${encodeURIComponent(all)}&access_token=${token}`,
    `/v1/${encodeURIComponent(`${telephone}\r\n${line}`)}`,
    `/v1/agreements/%`,
  ];
  for (const path of paths) {
    for (const method of ['GET', 'POST', 'PUT'] as const) {
      await journey.service.anybody.send({ method, path, headers, ...(method !== 'GET' && { body }) });
      const { authorization: _token, cookie: _cookie, ...without } = headers;
      await journey.service.anybody.send({ method, path, headers: without, ...(method !== 'GET' && { body }) });
    }
  }
  const head = await journey.service.as('head-of-phrae-cdd').catch(() => undefined);
  for (const path of paths)
    await head?.send({ method: 'POST', path, headers: { 'content-type': 'application/json' }, body });
  const log = written.join('');
  // Something was logged at all, or there would be nothing to look through.
  expect(log.length).toBeGreaterThan(0);
  for (const canary of Object.values(CANARIES)) expect([canary, log.includes(canary)]).toEqual([canary, false]);
});
