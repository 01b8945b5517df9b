import { once } from 'node:events';
import * as net from 'node:net';
import { startProbe, type Probe } from './spec/start-probe';

const GOOD = { title: 'ก', fiscalYear: 2565 };

/** `{"a":{"a":…1…}}` */
function nested(depth: number): string {
  return '{"a":'.repeat(depth) + '1' + '}'.repeat(depth);
}

describe('hostile requests', () => {
  let probe: Probe;
  let token: string;

  beforeAll(async () => {
    probe = await startProbe();
    token = await probe.tokenOf('head-of-phrae-cdd');
  });
  afterAll(() => probe.stop());

  const post = (body: string | Buffer, headers: Record<string, string> = {}) =>
    fetch(`${probe.address}/v1/probes`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': 'k',
        ...headers,
      },
      body,
    });

  const problemOf = async (answer: Response) => {
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    return (await answer.json()) as {
      type: string;
      errors?: { code: string; pointer?: string; header?: string; messages?: object }[];
    };
  };

  it('takes the good one', async () => {
    expect((await post(JSON.stringify(GOOD))).status).toBe(201);
  });

  it.each<[what: string, body: unknown, pointer: string, code: string]>([
    ['a wrong type', { ...GOOD, title: 7 }, '/title', 'isPlainText'],
    ['a missing field', { title: 'ก' }, '/fiscalYear', 'isFiscalYear'],
    ['null for a field', { ...GOOD, title: null }, '/title', 'nothing'],
    ['an unknown field', { ...GOOD, status: 'signed' }, '/status', 'unknownField'],
    ['an unknown field whose name needs escaping', { ...GOOD, 'a/b~c': 1 }, '/a~1b~0c', 'unknownField'],
    ['a name of every object', { ...GOOD, toString: 1 }, '/toString', 'forbiddenKey'],
    [
      'an unknown field deep inside',
      { ...GOOD, parts: [{ indicator: '1', weight: 1, secret: 1 }] },
      '/parts/0/secret',
      'unknownField',
    ],
    [
      'a wrong value deep inside',
      { ...GOOD, parts: [{ indicator: '../x', weight: 1 }] },
      '/parts/0/indicator',
      'isIdentifier',
    ],
    ['an object for a list', { ...GOOD, parts: { length: 1 } }, '/parts', 'isArray'],
    ['too many items', { ...GOOD, parts: Array(4).fill({ indicator: '1', weight: 1 }) }, '/parts', 'arrayMaxSize'],
    ['a number out of range', { ...GOOD, parts: [{ indicator: '1', weight: 101 }] }, '/parts/0/weight', 'max'],
    ['text for a number', { ...GOOD, parts: [{ indicator: '1', weight: '20' }] }, '/parts/0/weight', 'isInt'],
    ['a number for a decimal', { ...GOOD, value: 12 }, '/value', 'isDecimalText'],
    ['an exponent', { ...GOOD, value: '1e9' }, '/value', 'isDecimalText'],
    ['a decimal comma', { ...GOOD, value: '12,5' }, '/value', 'isDecimalText'],
    ['a year of the Common Era', { ...GOOD, fiscalYear: 2022 }, '/fiscalYear', 'isFiscalYear'],
    ['a date that could be two', { ...GOOD, days: ['01/02/2021'] }, '/days', 'isDateText'],
    ['control characters', { ...GOOD, title: 'a\u0000b' }, '/title', 'isPlainText'],
    ['reversed text', { ...GOOD, title: 'abc\u202Edcba' }, '/title', 'isPlainText'],
    ['many bytes in few characters', { ...GOOD, title: 'ก'.repeat(11) }, '/title', 'isPlainText'],
    ['a long text of variation selectors', { ...GOOD, title: `a${'\ufe0f'.repeat(20)}` }, '/title', 'isPlainText'],
    ['blanks', { ...GOOD, title: ' \u00a0' }, '/title', 'isPlainText'],
    ['no object but a list', [GOOD], '', 'isObject'],
    ['a fraction', { ...GOOD, fiscalYear: 2565.5 }, '/fiscalYear', 'numberNotWhole'],
    ['a number beyond exactness', { ...GOOD, fiscalYear: 2 ** 53 }, '/fiscalYear', 'numberNotWhole'],
  ])('refuses %s with a pointer and both languages', async (_what, body, pointer, code) => {
    const answer = await post(JSON.stringify(body));
    expect(answer.status).toBe(400);
    const { type, errors } = await problemOf(answer);
    expect(type).toBe('/problems/invalidRequest');
    const error = errors?.find((candidate) => candidate.pointer === pointer && candidate.code === code);
    expect({ errors, error }).toMatchObject({
      error: { messages: { th: expect.stringMatching(/[ก-๙]/), en: expect.stringMatching(/[a-z]/) } },
    });
  });

  it('tells the year that was probably meant', async () => {
    const { errors } = await problemOf(await post(JSON.stringify({ ...GOOD, fiscalYear: 2022 })));
    expect(errors?.[0]?.messages).toEqual({ th: expect.stringContaining('2565'), en: expect.stringContaining('2565') });
  });

  it.each<[what: string, body: string, code: string]>([
    ['__proto__', '{"title":"ก","fiscalYear":2565,"__proto__":{"isAdmin":true}}', 'forbiddenKey'],
    ['escaped __proto__', '{"\\u005f_proto__":{"isAdmin":true}}', 'forbiddenKey'],
    ['constructor', '{"a":{"constructor":{"prototype":{"x":1}}}}', 'forbiddenKey'],
    ['prototype', '{"prototype":1}', 'forbiddenKey'],
    ['half a surrogate pair in a value', '{"title":"\\ud800","fiscalYear":2565}', 'brokenText'],
    ['half a surrogate pair in a name', '{"\\udfff":1}', 'brokenText'],
    ['21 levels', nested(21), 'tooDeep'],
    ['100,000 levels', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'tooDeep'],
    ['100,000 values', `{"a":[${'1,'.repeat(100_000)}1]}`, 'tooManyValues'],
    ['100,000 names', `{${Array.from({ length: 60_000 }, (_, index) => `"k${index}":1`).join()}}`, 'tooManyValues'],
  ])('refuses %s before anything else sees it', async (_what, body, code) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect((await problemOf(answer)).errors?.[0]?.code).toBe(code);
    expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined();
  });

  it('goes 20 levels deep and no deeper', async () => {
    const { errors } = await problemOf(await post(nested(20)));
    expect(errors?.map(({ code }) => code)).toContain('unknownField');
  });

  it('does not repeat what it refuses at any length', async () => {
    const names = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`${'x'.repeat(500)}${index}`, 1]));
    const answer = await post(JSON.stringify({ ...GOOD, ...names }));
    expect(answer.status).toBe(400);
    expect((await answer.text()).length).toBeLessThan(200_000);
  });

  it.each<[body: string, status: number, type: string]>([
    ['', 400, 'malformedJson'],
    ['{', 400, 'malformedJson'],
    ['{"title":"ก",}', 400, 'malformedJson'],
    ['NaN', 400, 'malformedJson'],
    ['\ufeff{}', 400, 'malformedJson'],
    ['null', 400, 'invalidRequest'],
    ['7', 400, 'invalidRequest'],
    ['"text"', 400, 'invalidRequest'],
    ['[]', 400, 'invalidRequest'],
    [`{"title":"${'x'.repeat(1_100_000)}"}`, 413, 'bodyTooLarge'],
  ])('refuses the body %#', async (body, status, type) => {
    const answer = await post(body);
    expect(answer.status).toBe(status);
    expect((await problemOf(answer)).type).toBe(`/problems/${type}`);
  });

  it('refuses bytes that are not UTF-8 only where they break the text', async () => {
    const answer = await post(
      Buffer.concat([Buffer.from('{"title":"'), Buffer.from([0xff, 0xc0]), Buffer.from('","fiscalYear":2022}')]),
    );
    expect(answer.status).toBe(400);
  });

  it.each([
    'text/plain',
    'application/json2',
    'application/jsonp',
    'application/problem+json',
    'application/json; charset=utf-16',
    'application/json;charset=utf-8; boundary=x',
    'application/json, text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'x',
  ])('refuses content of type "%s"', async (type) => {
    const answer = await post(JSON.stringify(GOOD), { 'content-type': type });
    expect(answer.status).toBe(415);
    expect((await problemOf(answer)).type).toBe('/problems/unsupportedMediaType');
  });

  it.each(['application/json; charset=utf-8', 'application/json;charset=UTF-8', 'Application/JSON'])(
    'takes "%s"',
    async (type) => {
      expect((await post(JSON.stringify(GOOD), { 'content-type': type })).status).toBe(201);
    },
  );

  it.each<[key: string, type: string]>([
    ['', 'idempotencyKeyMissing'],
    ['two words', 'idempotencyKeyMalformed'],
    ['""', 'idempotencyKeyMalformed'],
    ['"a', 'idempotencyKeyMalformed'],
    ['"a";p=1', 'idempotencyKeyMalformed'],
    ['"a", "b"', 'idempotencyKeyMalformed'],
    ['"a\\b"', 'idempotencyKeyMalformed'],
    ['\u00e9', 'idempotencyKeyMalformed'],
    ['x'.repeat(256), 'idempotencyKeyMalformed'],
  ])('refuses the Idempotency-Key %#', async (key, type) => {
    const answer = await post(JSON.stringify(GOOD), { 'idempotency-key': key });
    expect(answer.status).toBe(400);
    const problem = await problemOf(answer);
    expect(problem.type).toBe(`/problems/${type}`);
    expect(problem.errors?.[0]?.header).toBe('Idempotency-Key');
  });

  it.each(['*', 'W/"5"', '5', '""', '"5", "6"', '"05"', '"-1"', '"5.0"', '"x"', '"99999999999999999"'])(
    'refuses If-Match: %s',
    async (tag) => {
      const answer = await post(JSON.stringify(GOOD), { 'if-match': tag });
      expect(answer.status).toBe(400);
      expect((await problemOf(answer)).type).toBe('/problems/ifMatchMalformed');
    },
  );

  describe('as bytes', () => {
    const send = async (request: string): Promise<string> => {
      const { hostname, port } = new URL(probe.address);
      const socket = net.connect(Number(port), hostname);
      let answer = '';
      socket.setEncoding('utf8').on('data', (part: string) => (answer += part));
      socket.write(request);
      await once(socket, 'close');
      return answer;
    };
    const body = JSON.stringify(GOOD);
    const request = (headers: readonly string[], target = '/v1/probes') =>
      [
        `POST ${target} HTTP/1.1`,
        'Host: x',
        'Connection: close',
        ...headers,
        `Content-Length: ${Buffer.byteLength(body)}`,
        '',
        body,
      ].join('\r\n');

    it('takes the good one', async () => {
      const headers = [`Authorization: Bearer ${token}`, 'Content-Type: application/json', 'Idempotency-Key: k'];
      expect(await send(request(headers))).toMatch(/^HTTP\/1\.1 201 /);
    });

    it.each<[what: string, headers: (bearer: string) => string[], status: number]>([
      [
        'two tokens',
        (bearer) => [bearer, 'Authorization: Bearer x', 'Content-Type: application/json', 'Idempotency-Key: k'],
        401,
      ],
      [
        'two content types',
        (bearer) => [bearer, 'Content-Type: application/json', 'Content-Type: text/plain', 'Idempotency-Key: k'],
        415,
      ],
      [
        'two keys',
        (bearer) => [bearer, 'Content-Type: application/json', 'Idempotency-Key: a', 'Idempotency-Key: b'],
        400,
      ],
      [
        'two revisions',
        (bearer) => [bearer, 'Content-Type: application/json', 'Idempotency-Key: a', 'If-Match: "1"', 'If-Match: "2"'],
        400,
      ],
      ['no type', (bearer) => [bearer, 'Idempotency-Key: a'], 415],
      ['a tab in the type', (bearer) => [bearer, 'Content-Type: application/json\t;x', 'Idempotency-Key: a'], 415],
      ['two lengths', (bearer) => [bearer, 'Content-Type: application/json', 'Content-Length: 1'], 400],
      [
        'a length and chunks',
        (bearer) => [bearer, 'Content-Type: application/json', 'Transfer-Encoding: chunked'],
        400,
      ],
      ['too many header bytes', (bearer) => [bearer, `X: ${'x'.repeat(20_000)}`], 431],
    ])('refuses %s', async (_what, headers, status) => {
      const answer = await send(request(headers(`Authorization: Bearer ${token}`)));
      expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
      expect(answer).toContain('application/problem+json');
    });

    it.each([
      '/v1/probes/%',
      '/v1/probes/%ff',
      `/v1/probes/failures/${'x'.repeat(400)}`,
      '*',
      'http://x/v1/probes/failures/none/..',
    ])('answers the address %# with a problem and goes on', async (target) => {
      const answer = await send(request(['Content-Type: application/json'], target));
      expect(answer).toMatch(/^HTTP\/1\.1 (400|404|414) /);
      expect(answer).toContain('application/problem+json');
    });

    it('answers what is not HTTP', async () => {
      const answer = await send('\u0016\u0003\u0001 hello\r\n\r\n');
      expect(answer).toMatch(/^HTTP\/1\.1 400 [^]*\/problems\/malformedRequest/);
      expect(answer).toContain("content-security-policy: default-src 'none'");
    });
  });
});
