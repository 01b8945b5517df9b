import { Clock } from './index';
import { startProbe, type Probe } from './spec/start-probe';

class FixedClock extends Clock {
  now(): Date {
    return new Date('2025-10-02T02:00:00.000Z');
  }
}

const BODY = { title: 'คำรับรอง', fiscalYear: 2565 };

describe('the edge', () => {
  let probe: Probe;
  let head: string;

  beforeAll(async () => {
    probe = await startProbe({ clock: new FixedClock() });
    head = await probe.tokenOf('head-of-phrae-cdd');
  });
  afterAll(() => probe.stop());
  beforeEach(() => {
    probe.state.contexts = [];
    probe.state.bodies = [];
  });

  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${probe.address}${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${head}`,
        'content-type': 'application/json',
        'idempotency-key': 'k1',
        ...headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  describe('commands', () => {
    it('answers a creation with 201, Location, ETag and the acceptance', async () => {
      const answer = await post('/v1/probes', BODY);
      expect(answer.status).toBe(201);
      expect(answer.headers.get('etag')).toBe('"3"');
      expect(answer.headers.get('location')).toBe('/v1/probes/a%2Fb');
      expect(answer.headers.has('idempotent-replayed')).toBe(false);
      const body = (await answer.json()) as Record<string, unknown>;
      expect(Object.keys(body).sort()).toEqual(['after', 'eventIds', 'id', 'position', 'receipt', 'revision']);
    });

    it('answers a change with 200 and marks a repeat', async () => {
      const changed = await post('/v1/probes/x/signatures', {});
      expect([changed.status, changed.headers.get('etag'), changed.headers.get('location')]).toEqual([
        200,
        '"3"',
        null,
      ]);
      const repeat = await post('/v1/probes', { ...BODY, title: 'again' });
      expect([repeat.status, repeat.headers.get('idempotent-replayed')]).toEqual([201, 'true']);
    });

    it('warns of personal numbers in a text that it has accepted, and does not repeat them', async () => {
      const answer = await post('/v1/probes', { ...BODY, title: '1-2345-67890-12-1' });
      expect(answer.status).toBe(201);
      const text = await answer.text();
      expect(JSON.parse(text)).toMatchObject({ warnings: [{ code: 'nationalIdInText', pointer: '/title' }] });
      expect(text).not.toContain('2345');
    });

    it('takes a command without any body', async () => {
      const answer = await fetch(`${probe.address}/v1/probes/x/signatures`, {
        method: 'POST',
        headers: { authorization: `Bearer ${head}`, 'idempotency-key': 'k' },
      });
      expect(answer.status).toBe(200);
    });

    it('builds the context from headers, token and clock', async () => {
      const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
      const answer = await post('/v1/probes', BODY, { 'if-match': '"5"', traceparent });
      expect(probe.state.contexts[0]).toEqual({
        commandId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
        requestHash: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
        actor: { id: 'pseudonym-of-17', role: 'officeHead', office: 'phrae-cdd' },
        decidedAt: '2025-10-02T02:00:00.000Z',
        correlationId: '0af76519-16cd-43dd-8448-eb211c80319c',
        provenance: { kind: 'native' },
        expectedRevision: 5,
      });
      expect(answer.headers.get('x-request-id')).toBe('0af76519-16cd-43dd-8448-eb211c80319c');
    });

    it('knows the same command again, and another request under the same key', async () => {
      await post('/v1/probes', BODY);
      await post('/v1/probes', '{"fiscalYear":2565,  "title":"คำรับรอง"}', { 'idempotency-key': '"k1"' });
      await post('/v1/probes', { ...BODY, fiscalYear: 2566 });
      await post('/v1/probes', BODY, { 'idempotency-key': 'k2' });
      await post('/v1/probes', BODY, { authorization: `Bearer ${await probe.tokenOf('keeper-of-phrae-cdd')}` });
      const [first, same, otherBody, otherKey, otherActor] = probe.state.contexts;
      expect([same?.commandId, same?.requestHash]).toEqual([first?.commandId, first?.requestHash]);
      expect(otherBody?.commandId).toBe(first?.commandId);
      expect(otherBody?.requestHash).not.toBe(first?.requestHash);
      expect(otherKey?.commandId).not.toBe(first?.commandId);
      expect(otherActor?.commandId).not.toBe(first?.commandId);
      expect(first?.correlationId).not.toBe(same?.correlationId);
    });

    it('reads what people write in one form', async () => {
      const answer = await post('/v1/probes', {
        title: 'ก',
        fiscalYear: '๒๕๖๕',
        value: '๑,๘๘๗.๕๐',
        days: ['12 ตุลาคม 2564', '2021-10-12'],
        parts: [{ indicator: '8.1', weight: 20 }],
      });
      expect(answer.status).toBe(201);
      expect(probe.state.bodies[0]).toEqual({
        title: 'ก',
        fiscalYear: 2565,
        value: '1887.50',
        days: ['2021-10-12', '2021-10-12'],
        parts: [{ indicator: '8.1', weight: 20 }],
      });
    });
  });

  describe('problems', () => {
    const fail = (code: string, headers: Record<string, string> = {}) =>
      fetch(`${probe.address}/v1/probes/failures/${code}`, { method: 'POST', headers });

    it.each([
      ['alreadySigned', 409],
      ['weightTooLarge', 422],
      ['noSuchAgreement', 404],
      ['notYours', 403],
      ['revisionMismatch', 412],
      ['idempotencyKeyReused', 422],
      ['outcomeUnknown', 503],
      ['storeUnavailable', 503],
      ['internalError', 500],
    ])('tells %s as %i', async (code, status) => {
      const answer = await fail(code);
      expect(answer.status).toBe(status);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      const body = (await answer.json()) as Record<string, unknown>;
      expect(body).toMatchObject({ type: `/problems/${code}`, status, instance: `/v1/probes/failures/${code}` });
      expect(body['traceId']).toBe(answer.headers.get('x-request-id'));
      const isLogged = probe.logged.some((line) => line.includes(String(body['traceId'])));
      // Who was refused what stands in the log of refusals.
      expect(isLogged).toBe(status >= 500 || status === 403);
      expect(answer.headers.has('retry-after')).toBe(status === 503);
      expect(JSON.stringify(body)).not.toMatch(/canary|insert|connection|\.ts/);
    });

    it('names the facts and the field of a refusal', async () => {
      expect(await (await fail('alreadySigned')).json()).toMatchObject({
        title: 'ลงนามแล้ว',
        titles: { th: 'ลงนามแล้ว', en: 'Already signed' },
        facts: { status: 'signed' },
        errors: [{ code: 'alreadySigned', pointer: '/title' }],
      });
    });

    it('tells the current revision in the body and as ETag', async () => {
      const answer = await fail('revisionMismatch');
      expect(answer.headers.get('etag')).toBe('"7"');
      expect(await answer.json()).toMatchObject({ currentRevision: 7 });
    });

    it('hides a refusal that nobody described', async () => {
      const answer = await fail('undescribed');
      expect([answer.status, ((await answer.json()) as { type: string }).type]).toEqual([
        500,
        '/problems/internalError',
      ]);
      expect(probe.logged.join()).toContain('the refusal "undescribed" has no description');
    });

    it.each([
      ['', 'th'],
      ['en', 'en'],
      ['en-GB,en;q=0.9', 'en'],
      ['th,en;q=0.5', 'th'],
      ['en;q=0.5, th;q=0.4', 'en'],
      ['en;q=0', 'th'],
      ['fr,*;q=0.5', 'th'],
    ])('speaks by Accept-Language "%s" in %s', async (accepted, language) => {
      const answer = await fail('notYours', accepted === '' ? {} : { 'accept-language': accepted });
      const body = (await answer.json()) as { title: string; titles: Record<string, string> };
      expect(body.title).toBe(body.titles[language]);
      expect(answer.headers.get('content-language')).toBe(language);
    });

    it('describes every kind of problem where its type leads', async () => {
      const all = (await (await fetch(`${probe.address}/problems`)).json()) as { code: string; type: string }[];
      expect(all.map(({ code }) => code)).toEqual(expect.arrayContaining(['alreadySigned', 'notFound', 'stopping']));
      for (const { type, code } of all) {
        const one = await fetch(`${probe.address}${type}`);
        expect(await one.json()).toMatchObject({ code, titles: { th: expect.any(String), en: expect.any(String) } });
      }
      expect((await fetch(`${probe.address}/problems/none`)).status).toBe(404);
    });

    it('answers what is not there with a problem', async () => {
      const answer = await fetch(`${probe.address}/nowhere?secret=1`);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ type: '/problems/notFound', instance: '/nowhere' });
    });
  });

  describe('addresses and headers', () => {
    it('knows each address in one spelling only', async () => {
      for (const path of ['/v1/probes/open/', '/V1/probes/open', '/v1//probes/open', '/v1/probes/open;x']) {
        expect((await fetch(`${probe.address}${path}`)).status).toBe(404);
      }
      expect((await fetch(`${probe.address}/v1/probes/op%65n`)).status).toBe(200);
    });

    it('bounds a cursor', async () => {
      expect((await fetch(`${probe.address}/v1/probes?cursor=${'a'.repeat(1_001)}`)).status).toBe(400);
    });

    it('answers HEAD like GET, behind the same guard', async () => {
      const open = await fetch(`${probe.address}/v1/probes/open`, { method: 'HEAD' });
      expect([open.status, await open.text()]).toEqual([200, '']);
      expect((await fetch(`${probe.address}/v1/probes/mine`, { method: 'HEAD' })).status).toBe(401);
    });

    it('sends security headers with every answer', async () => {
      for (const path of ['/v1/probes/open', '/nowhere', '/health/live']) {
        const { headers } = await fetch(`${probe.address}${path}`);
        expect(headers.get('x-content-type-options')).toBe('nosniff');
        expect(headers.get('content-security-policy')).toContain("default-src 'none'");
        expect(headers.get('cache-control')).toBe('no-store');
        expect(headers.has('x-powered-by')).toBe(false);
      }
    });

    it('makes a correlation of its own where the trace is none', async () => {
      for (const traceparent of [
        '',
        'x',
        '00-00000000000000000000000000000000-b7ad6b7169203331-01',
        'ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      ]) {
        const { headers } = await fetch(`${probe.address}/v1/probes/open`, { headers: { traceparent } });
        expect(headers.get('x-request-id')).toMatch(
          /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        );
      }
    });
  });

  describe('lists', () => {
    const list = (query: string, accept = 'application/json') =>
      fetch(`${probe.address}/v1/probes${query}`, { headers: { accept } });

    it('leads from page to page to the end', async () => {
      const names: string[] = [];
      let path: string | undefined = '?limit=2&minPosition=3';
      while (path !== undefined) {
        const answer: Response = await list(path);
        const body = (await answer.json()) as { items: { name: string }[]; position: number };
        names.push(...body.items.map(({ name }) => name));
        expect(body.position).toBe(41);
        path = /^<\/v1\/probes(\?limit=2&minPosition=3&cursor=[A-Za-z0-9_-]+)>; rel="next"$/.exec(
          answer.headers.get('link') ?? '',
        )?.[1];
      }
      expect(names).toHaveLength(3);
      expect(new Set(names).size).toBe(3);
    });

    it('writes a table that Thai spreadsheets read and that runs nothing', async () => {
      const answer = await list('', 'text/csv');
      expect(answer.headers.get('content-type')).toContain('text/csv');
      expect(answer.headers.get('content-disposition')).toBe('attachment; filename="probes.csv"');
      expect(answer.headers.get('khamrap-position')).toBe('41');
      const text = Buffer.from(await answer.arrayBuffer()).toString('utf8');
      expect(text).toBe(
        '\ufeffname,value\r\n"คำรับรอง, ก",1887.00\r\n"\'=HYPERLINK(""http://x"")",-5.25\r\n\'＝1+1,\'-1+cmd\r\n',
      );
    });

    it('gives a table only to those who ask for one', async () => {
      for (const accept of ['*/*', 'application/json, text/csv;q=0.5', 'text/html', 'text/csv;q=0']) {
        expect((await list('', accept)).headers.get('content-type')).toContain('application/json');
      }
    });

    it('reads freshness in one form', async () => {
      const read = async (query: string) => ((await (await list(query)).json()) as { query: object }).query;
      expect(await read('?after=12')).toEqual({ limit: 100, after: '12' });
      expect(await read('?asOf=2021-10-12T10:00:00%2B07:00')).toEqual({ limit: 100, asOf: '2021-10-12T03:00:00.000Z' });
    });

    it.each([
      ['limit=0', 'limit', 'isWholeNumberText'],
      ['limit=1001', 'limit', 'isWholeNumberText'],
      ['limit=1e2', 'limit', 'isWholeNumberText'],
      ['limit=', 'limit', 'isWholeNumberText'],
      ['limit=1&limit=2', 'limit', 'isWholeNumberText'],
      ['cursor=!', 'cursor', 'isCursor'],
      [`cursor=${Buffer.from('[1,1]').toString('base64url')}`, 'cursor', 'isCursor'],
      [`cursor=${Buffer.from('["a",1.5]').toString('base64url')}`, 'cursor', 'isCursor'],
      [`cursor=${Buffer.from('["a"]').toString('base64url')}`, 'cursor', 'isCursor'],
      ['minPosition=1&after=2', 'minPosition', 'excludes'],
      ['asOf=2021-10-12T10:00:00Z&asOfPosition=1', 'asOf', 'excludes'],
      ['asOf=2021-10-12T10:00:00Z&minPosition=1', 'minPosition', 'excludes'],
      ['asOfPosition=1&after=2', 'after', 'excludes'],
      ['asOf=2021-10-12', 'asOf', 'isMomentText'],
      ['asOf=2021-02-30T10:00:00Z', 'asOf', 'isMomentText'],
      ['asOf=2021-10-12T10:00:00', 'asOf', 'isMomentText'],
      ['asOfPosition=-1', 'asOfPosition', 'isWholeNumberText'],
      ['unknown=1', 'unknown', 'unknownField'],
      ['__proto__=1', '__proto__', 'forbiddenKey'],
      ['constructor=1', 'constructor', 'forbiddenKey'],
    ])('refuses ?%s', async (query, parameter, code) => {
      const answer = await list(`?${query}`);
      const body = (await answer.json()) as { errors?: object[] };
      expect(answer.status).toBe(400);
      expect(body.errors).toContainEqual(expect.objectContaining({ parameter, code }));
    });
  });
});
