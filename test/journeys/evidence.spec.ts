import { createHash, randomBytes } from 'node:crypto';
import * as http from 'node:http';
import { Readable } from 'node:stream';
import { EVIDENCE_BYTES_MAX } from '@khamrap/platform/files';
import { eventually } from '@khamrap/testing';
import { Client } from 'pg';
import type { AnyBody, ApiClient } from '../../libs/testing/service';
import type { CommandAnswer, List, Problem } from './answers';
import { actualBody, announcementBody, indicatorBody, monitoringBody, sourceDocumentBody } from './bodies';
import { beginJourney, headOf, type Journey } from './journey';

// Files of evidence and source documents, as those who upload, read, register and erase them see it.

const MEGABYTE = 1_048_576;

let journey: Journey;
let keeper: ApiClient;
let inspector: ApiClient;
let recorder: ApiClient;
let administrator: ApiClient;
let dashboard: ApiClient;

beforeAll(async () => {
  journey = await beginJourney();
  [keeper, inspector, recorder, administrator, dashboard] = (await Promise.all(
    ['keeper-of-phrae-cdd', 'inspector-zone-16', 'recorder', 'administrator', 'dashboard'].map((subject) =>
      journey.service.as(subject),
    ),
  )) as [ApiClient, ApiClient, ApiClient, ApiClient, ApiClient];
}, 60_000);
afterAll(async () => {
  await journey?.end();
});

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const pathOf = (bytes: Uint8Array): string => `/v1/evidence/${hashOf(bytes)}`;

const put = <Body = AnyBody>(path: string, body: Buffer | string, headers = {}, client = keeper) =>
  client.send<Body>({ method: 'PUT', path, body, headers });

/** Sends bytes without saying how many, over a connection of its own. */
async function putChunked(path: string, source: AsyncIterable<Uint8Array>): Promise<number> {
  const request = http.request(`${journey.service.url}${path}`, {
    method: 'PUT',
    agent: false,
    headers: { authorization: `Bearer ${keeper.token}` },
  });
  const answered = new Promise<number>((resolve, reject) => {
    request.on('response', (response) => resolve(response.resume().statusCode ?? 0));
    request.on('error', reject);
  });
  const body = Readable.from(source, { objectMode: false });
  body.pipe(request);
  const status = await answered;
  body.destroy();
  request.destroy();
  return status;
}

/** As its uploader downloads a file. */
async function download(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const answer = await fetch(`${journey.service.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${keeper.token}`, ...headers },
  });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}

/** Uploads that are no file: what interrupted ones would leave behind. */
async function orphanCount(): Promise<number> {
  const client = new Client({ connectionString: journey.service.service.infrastructure.database.urls.migrate });
  await client.connect();
  try {
    const { rows } = await client.query<{ count: number }>(
      'SELECT count(*)::int FROM evidence.upload LEFT JOIN evidence.file USING (upload_id) WHERE sha256 IS NULL',
    );
    return rows[0]!.count;
  } finally {
    await client.end();
  }
}

describe('uploading', () => {
  test('creates the evidence, and the same again is the same', async () => {
    const bytes = Buffer.concat([Buffer.from([0, 0x99]), randomBytes(2 * MEGABYTE + 11)]);
    const first = await put(pathOf(bytes), bytes);
    expect(first.status).toBe(201);
    expect(first.headers).toMatchObject({ location: pathOf(bytes), etag: `"${hashOf(bytes)}"` });
    expect(first.body).toEqual({
      sha256: hashOf(bytes),
      byteCount: bytes.length,
      mediaType: 'application/octet-stream',
      uploadedAt: expect.stringMatching(/^\d{4}-.*Z$/) as unknown,
      erasedAt: null,
    });
    const again = await put(pathOf(bytes).toUpperCase().replace('/V1/EVIDENCE', '/v1/evidence'), bytes, {}, recorder);
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect((await download(pathOf(bytes))).bytes.equals(bytes)).toBe(true);
  });

  // Whatever the client says of the type: no parser of another type comes in, and no limit of other routes.
  test.each([
    ['no type', {}],
    ['the type of JSON', { 'content-type': 'application/json' }],
    ['a form', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['a type that is none', { 'content-type': 'x' }],
  ])('takes bytes with %s', async (_what, headers) => {
    const bytes = Buffer.concat([Buffer.from('{"broken": '), randomBytes(MEGABYTE + 1)]);
    expect((await put(pathOf(bytes), bytes, headers)).status).toBe(201);
  });

  test('takes bytes whose number is not told before', async () => {
    const bytes = randomBytes(3 * MEGABYTE);
    async function* pieces() {
      for (let from = 0; from < bytes.length; from += 100_000) yield bytes.subarray(from, from + 100_000);
    }
    expect(await putChunked(pathOf(bytes), pieces())).toBe(201);
    expect((await download(pathOf(bytes))).bytes.equals(bytes)).toBe(true);
  });

  test.each<[what: string, bytes: Buffer, status: number, code: string]>([
    ['other bytes than named', randomBytes(MEGABYTE + 5), 422, 'evidence.hashDiffers'],
    ['nothing', Buffer.alloc(0), 422, 'evidence.empty'],
    ['more bytes than may be', Buffer.alloc(EVIDENCE_BYTES_MAX + 1), 413, 'bodyTooLarge'],
  ])('refuses %s, keeps nothing of it, and goes on over the same connection', async (_what, bytes, status, code) => {
    const path = `/v1/evidence/${hashOf(randomBytes(8))}`;
    const { body, ...answer } = await put<Problem>(path, bytes);
    expect([answer.status, body.type]).toEqual([status, `/problems/${code}`]);
    expect(answer.headers.connection).not.toBe('close');
    expect((await inspector.get<Problem>(path)).body.type).toBe('/problems/evidence.unknown');
    expect(await orphanCount()).toBe(0);
    if (code === 'evidence.hashDiffers') expect(body.facts).toEqual({ sha256: hashOf(bytes) });
    const good = randomBytes(10);
    expect((await put(pathOf(good), good)).status).toBe(201);
  });

  test('refuses bytes without end', async () => {
    async function* endless() {
      for (;;) yield Buffer.alloc(MEGABYTE);
    }
    expect(await putChunked(`/v1/evidence/${'0'.repeat(64)}`, endless())).toBe(413);
    expect(await orphanCount()).toBe(0);
  }, 30_000);

  test('an upload that is cut off leaves nothing', async () => {
    const bytes = randomBytes(3 * MEGABYTE);
    const request = http.request(`${journey.service.url}${pathOf(bytes)}`, {
      method: 'PUT',
      agent: false,
      headers: { authorization: `Bearer ${keeper.token}`, 'content-length': bytes.length },
    });
    request.on('error', () => undefined);
    request.write(bytes.subarray(0, 2 * MEGABYTE));
    await eventually('the first chunks', async () => (await orphanCount()) === 1 || undefined);
    request.destroy();
    await eventually('the removal of what had come', async () => (await orphanCount()) === 0 || undefined);
    expect((await inspector.get(pathOf(bytes))).status).toBe(404);
    expect((await put(pathOf(bytes), bytes)).status).toBe(201);
  });

  test('is for those who may, under names that can be', async () => {
    const bytes = randomBytes(5);
    expect((await put(pathOf(bytes), bytes, {}, journey.service.anybody)).status).toBe(401);
    expect((await put(pathOf(bytes), bytes, {}, inspector)).status).toBe(403);
    for (const name of ['x', 'a'.repeat(63), `${'a'.repeat(63)}g`, '..%2f..'])
      expect((await put<Problem>(`/v1/evidence/${name}`, bytes)).body.type).toBe('/problems/notFound');
  });

  test('opens no other route for bytes, and loosens no limit', async () => {
    const headers = { 'content-type': 'application/octet-stream', 'idempotency-key': 'bytes' };
    const request = { method: 'POST', path: '/v1/source-documents', headers };
    expect((await recorder.send<Problem>({ ...request, body: 'x' })).body.type).toBe('/problems/unsupportedMediaType');
    expect((await recorder.post('/v1/source-documents', { title: 'x'.repeat(MEGABYTE) })).status).toBe(413);
    const nowhere = await recorder.send<Problem>({ ...request, path: '/v1/nowhere', body: 'x' });
    expect(nowhere.body.type).toBe('/problems/notFound');
  });
});

describe('downloading', () => {
  const bytes = Buffer.from('<!doctype html><script>alert(document.domain)</script>');
  const csv = Buffer.from('ชื่อ,ค่า\nรายได้,1887\n');
  beforeAll(async () => {
    await put(pathOf(bytes), bytes, { 'content-type': 'text/html' });
    await put(pathOf(csv), csv);
  });

  test('hands a file out to be saved, never to be shown', async () => {
    const answer = await download(pathOf(bytes));
    expect(answer.status).toBe(200);
    expect(answer.bytes.equals(bytes)).toBe(true);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-length': String(bytes.length),
      'content-disposition': `attachment; filename="${hashOf(bytes)}.bin"`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'accept-ranges': 'bytes',
      etag: `"${hashOf(bytes)}"`,
    });
  });

  test('names the type that was recognised', async () => {
    const { headers } = await download(pathOf(csv));
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toContain('.csv"');
  });

  test('tells all but the bytes to HEAD', async () => {
    const [head, get] = [await download(pathOf(csv), { range: 'bytes=0-1' }, 'HEAD'), await download(pathOf(csv))];
    expect([head.status, head.bytes.length]).toEqual([200, 0]);
    const told = ({ headers }: typeof head) =>
      [...headers].filter(([name]) => !/^(?:date|x-request-id|connection|keep-alive)$/.test(name));
    expect(told(head)).toEqual(told(get));
  });

  test.each<[range: string, status: number, first: number, last: number]>([
    ['bytes=0-0', 206, 0, 0],
    ['bytes=5-9', 206, 5, 9],
    ['bytes=5-', 206, 5, bytes.length - 1],
    ['bytes=-4', 206, bytes.length - 4, bytes.length - 1],
    ['bytes=-999', 206, 0, bytes.length - 1],
    ['bytes=2-999', 206, 2, bytes.length - 1],
    // What is no range, or several, is answered with the whole (RFC 9110 §14.2).
    ['bytes=9-5', 200, 0, bytes.length - 1],
    ['bytes=0-1,3-4', 200, 0, bytes.length - 1],
    ['lines=0-1', 200, 0, bytes.length - 1],
    ['bytes=-', 200, 0, bytes.length - 1],
    ['bytes=x', 200, 0, bytes.length - 1],
  ])('%s', async (range, status, first, last) => {
    const answer = await download(pathOf(bytes), { range });
    expect([answer.status, answer.bytes.toString()]).toEqual([status, bytes.subarray(first, last + 1).toString()]);
    const isPart = status === 206;
    expect(answer.headers.get('content-range')).toBe(isPart ? `bytes ${first}-${last}/${bytes.length}` : null);
  });

  test.each([`bytes=${bytes.length}-`, 'bytes=999-1000', 'bytes=-0'])('%s lies outside', async (range) => {
    const answer = await download(pathOf(bytes), { range });
    expect(answer.status).toBe(416);
    expect(answer.headers.get('content-range')).toBe(`bytes */${bytes.length}`);
    expect(answer.bytes.toString()).toContain('/problems/rangeNotSatisfiable');
  });

  test('a range holds only for the file that was meant', async () => {
    const ask = async (condition: string) =>
      (await download(pathOf(bytes), { range: 'bytes=0-1', 'if-range': condition })).status;
    expect([await ask(`"${hashOf(bytes)}"`), await ask('"other"'), await ask(`W/"${hashOf(bytes)}"`)]).toEqual([
      206, 200, 200,
    ]);
  });

  test('is for those who may', async () => {
    expect((await journey.service.anybody.get(pathOf(bytes))).status).toBe(401);
    expect((await dashboard.get(pathOf(bytes))).status).toBe(403);
    // A hash alone leads nobody to a file: no agreement within their reach names it.
    const hidden = await inspector.get<Problem>(pathOf(bytes));
    const absent = await inspector.get<Problem>(`/v1/evidence/${'9'.repeat(64)}`);
    expect([hidden.status, hidden.body.type]).toEqual([404, '/problems/evidence.unknown']);
    const told = ({ body }: typeof hidden) => ({ ...body, instance: '', traceId: '' });
    expect(told(hidden)).toEqual(told(absent));
    expect((await put(pathOf(bytes), bytes, {}, recorder)).status).toBe(200);
    expect((await recorder.get(pathOf(bytes))).status).toBe(200);
  });
});

test('a file is theirs who work where a figure names it', async () => {
  const bytes = Buffer.from('บัญชีรายรับของร้าน');
  await put(pathOf(bytes), bytes, {}, recorder);
  const source = { document: hashOf(bytes), passage: 'หน้า ๑' };
  await recorder.post('/v1/source-documents', sourceDocumentBody(source.document));
  const follow = async (province: string): Promise<string> => {
    const agreement = await recorder.post<CommandAnswer>('/v1/agreements', monitoringBody({ province }));
    const indicators = `/v1/agreements/${agreement.body.id}/indicators`;
    return `${indicators}/${(await recorder.post<CommandAnswer>(indicators, indicatorBody())).body.id}`;
  };
  const evidence = [{ sha256: source.document, mediaType: 'text/plain', name: 'บัญชี.txt' }];
  const names = async (indicator: string) =>
    expect((await recorder.post(`${indicator}/actuals`, actualBody({ source, evidence }))).status).toBe(200);
  const had = async () =>
    Promise.all([inspector, keeper, journey.service.anybody].map(async (who) => (await who.get(pathOf(bytes))).status));

  await names(await follow('TH-10'));
  expect(await had()).toEqual([404, 404, 401]);
  await names(await follow('TH-54'));
  expect(await had()).toEqual([200, 404, 401]);
});

describe('erasing', () => {
  const bytes = Buffer.from('ชื่อและที่อยู่ของผู้ที่ไม่เกี่ยวข้อง');
  const reason = 'มีข้อมูลส่วนบุคคลของผู้ที่ไม่เกี่ยวข้อง';
  const erase = <Body = CommandAnswer>(client: ApiClient, path = pathOf(bytes)) =>
    client.post<Body>(`${path}/erasure`, { reason });

  test('is for the administrator, and of what there is', async () => {
    await put(pathOf(bytes), bytes);
    expect((await erase(keeper)).status).toBe(403);
    const unknown = await erase<Problem>(administrator, `/v1/evidence/${'1'.repeat(64)}`);
    expect([unknown.status, unknown.body.type]).toEqual([404, '/problems/evidence.unknown']);
    expect((await download(pathOf(bytes))).status).toBe(200);
  });

  test('is recorded with its reason, takes the bytes, and keeps the hash', async () => {
    const { status, body } = await erase(administrator);
    expect(status).toBe(200);
    const { store } = journey.service.service.infrastructure;
    const [event] = await store.readLog(body.position as number, 1);
    expect(event).toMatchObject({ type: 'EvidenceErased', stream: `evidence-${hashOf(bytes)}` });
    expect(JSON.parse(event!.body)).toMatchObject({
      data: { sha256: hashOf(bytes), reason },
      actor: { role: 'administrator' },
    });
    const gone = await keeper.get<Problem>(pathOf(bytes));
    expect([gone.status, gone.body.type]).toEqual([404, '/problems/evidence.erased']);
  });

  test('is not undone by sending the file again, and not done twice', async () => {
    const again = await put<Problem>(pathOf(bytes), bytes);
    expect([again.status, again.body.type]).toEqual([409, '/problems/evidence.erasedBefore']);
    const before = await headOf(journey);
    expect((await erase(administrator)).status).toBe(200);
    expect(await headOf(journey)).toBe(before);
  });
});

describe('a source document', () => {
  const bytes = Buffer.from('ข่าวประชาสัมพันธ์ตัวอย่าง');
  const sha256 = hashOf(bytes);
  const path = `/v1/source-documents/${sha256}`;
  const told = {
    title: 'ข่าวตัวอย่าง',
    publishedOn: '๑๒ ตุลาคม ๒๕๖๔',
    tellsOf: ['12 ตุลาคม 2564'],
    addresses: ['https://example.test/ข่าว?หน้า=๑'],
    language: 'th',
    description: 'ข่าวที่แต่งขึ้นเพื่อการทดสอบ',
  };

  test('is registered once, by those who transcribe', async () => {
    expect((await keeper.post('/v1/source-documents', { sha256, ...told })).status).toBe(403);
    const { status, headers, body } = await recorder.post<CommandAnswer>('/v1/source-documents', { sha256, ...told });
    expect([status, body.id, headers.location, headers.etag]).toEqual([201, sha256, path, '"0"']);
    const again = await recorder.post<Problem>('/v1/source-documents', { sha256, ...told });
    expect([again.status, again.body.type]).toEqual([409, '/problems/sourceDocument.alreadyRegistered']);
    expect((await journey.service.anybody.get(`${path}?minPosition=${body.position}`)).body).toMatchObject({
      sha256,
      publisher: 'notStated',
      publishedOn: '2021-10-12',
      tellsOf: ['2021-10-12'],
      revision: 0,
      file: null,
    });
  });

  test('can be described better, on the revision that was read', async () => {
    const better = { ...told, publisher: 'สำนักงานตัวอย่าง', reason: 'ผู้เผยแพร่อยู่ท้ายเอกสาร' };
    const stale = await recorder.post(`${path}/description`, better, { headers: { 'if-match': '"7"' } });
    expect(stale.status).toBe(412);
    const { status, body } = await recorder.post<CommandAnswer>(`${path}/description`, better, {
      headers: { 'if-match': '"0"' },
    });
    expect([status, body.revision]).toEqual([200, 1]);
    const now = await journey.service.anybody.get(`${path}?minPosition=${body.position}`);
    expect([now.headers.etag, now.body['publisher']]).toEqual(['"1"', 'สำนักงานตัวอย่าง']);
    const then = await journey.service.anybody.get(`${path}?asOfPosition=${(body.position as number) - 1}`);
    expect(then.body['publisher']).toBe('notStated');
    const nowhere = await recorder.post<Problem>(`/v1/source-documents/${'2'.repeat(64)}/description`, better);
    expect([nowhere.status, nowhere.body.type]).toEqual([404, '/problems/sourceDocument.notRegistered']);
  });

  test('can be had itself, where it was uploaded', async () => {
    await put(pathOf(bytes), bytes, {}, recorder);
    expect((await journey.service.anybody.get(path)).body).toMatchObject({ file: { sha256, mediaType: 'text/plain' } });
  });

  test('that nobody has registered is transcribed by nobody', async () => {
    const source = { document: '3'.repeat(64), passage: 'ย่อหน้าที่ ๑' };
    const { status, body } = await recorder.post<Problem>('/v1/award-announcements', announcementBody({ source }));
    expect([status, body.type]).toEqual([422, '/problems/sourceDocument.unknown']);
    expect(body.errors).toEqual([{ code: 'sourceDocument.unknown', pointer: '/source/document' }]);
  });

  test('leads to the events that were transcribed from it', async () => {
    const source = { document: sha256, passage: 'ย่อหน้าที่ ๒' };
    const announced = await recorder.post<CommandAnswer>('/v1/award-announcements', announcementBody({ source }));
    expect(announced.status).toBe(201);
    const { status, body } = await journey.service.anybody.get<List<AnyBody>>(
      `${path}/facts?minPosition=${announced.body.position}`,
    );
    expect(status).toBe(200);
    expect(body.items).toEqual([
      {
        position: announced.body.position,
        recordedAt: announced.body.receipt?.recordedAt,
        eventId: announced.body.eventIds[0],
        type: 'AwardsAnnounced',
        stream: `award-${announced.body.id}`,
        passage: 'ย่อหน้าที่ ๒',
        recorderRole: 'recorder',
      },
    ]);
    const table = await journey.service.anybody.get(
      `/v1/source-documents?text=ข่าวตัวอย่าง`.replace(/[ก-๙]+/, encodeURIComponent),
      {
        headers: { accept: 'text/csv' },
      },
    );
    expect(table.text.split('\r\n')[1]).toContain(sha256);
  });

  test.each<[what: string, changes: object, pointer: string]>([
    ['a hash that is none', { sha256: 'x' }, '/sha256'],
    ['an address that leads into the page', { addresses: ['javascript:alert(1)'] }, '/addresses'],
    ['an address with a blank', { addresses: ['https://example.test/a b'] }, '/addresses'],
    ['a day that is none', { tellsOf: ['2021-02-30'] }, '/tellsOf'],
    ['a language that is none', { language: 'ไทย' }, '/language'],
    ['nothing in our own words', { description: ' ' }, '/description'],
    ['a field that there is not', { url: 'https://example.test' }, '/url'],
  ])('with %s is refused', async (_what, changes, pointer) => {
    const { status, body } = await recorder.post<Problem>('/v1/source-documents', { sha256, ...told, ...changes });
    expect(status).toBe(400);
    expect(body.errors?.map((error) => error.pointer)).toContain(pointer);
  });
});
