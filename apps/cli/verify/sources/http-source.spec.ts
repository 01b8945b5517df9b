import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { SourceFailed } from '@khamrap/platform/transparency/proof';
import { HttpSource } from './http-source';

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

const AT_ONCE = { 'retry-after': '0' };
let server: Server;
let answers: Record<string, Answer>;
let asked: string[];
let source: HttpSource;

beforeAll(async () => {
  server = createServer((request, response) => {
    const url = String(request.url);
    asked.push(url);
    const answer = answers[url] ?? answers[url.split('?')[0] as string];
    if (answer) answer(response, request);
    else response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
});

beforeEach(async () => {
  asked = [];
  answers = { '/log/checkpoint': text('checkpoint') };
  source = await HttpSource.open(address());
});
afterEach(() => source.close());
afterAll(() => server.close());

const address = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

function text(body: string | Buffer, headers: Record<string, string> = {}, status = 200): Answer {
  return (response) => response.writeHead(status, headers).end(body);
}

const json = (value: unknown): Answer => text(JSON.stringify(value));

/** Each time the next answer; the last one again and again. */
function inTurn(...turns: readonly Answer[]): Answer {
  let turn = 0;
  return (response, request) => turns[Math.min(turn++, turns.length - 1)]!(response, request);
}

async function read(name: string): Promise<string | undefined> {
  const bytes = await source.read(name);
  return bytes && Buffer.from(bytes).toString();
}

describe('a log that a server gives', () => {
  test('is looked for under its service, or at its own address', async () => {
    expect(await read('checkpoint')).toBe('checkpoint');
    answers = { '/elsewhere/checkpoint': text('other') };
    const alone = await HttpSource.open(`${address()}/elsewhere`);
    expect(Buffer.from((await alone.read('checkpoint'))!).toString()).toBe('other');
    alone.close();
    await expect(HttpSource.open('http://no address')).rejects.toThrow(SourceFailed);
  });

  test('may be packed without being asked for so', async () => {
    const packed = { 'content-encoding': 'gzip' };
    answers['/log/tile/0/000'] = text(gzipSync('hashes'), packed);
    answers['/log/tile/0/001'] = text('hashes', packed);
    answers['/log/tile/0/002'] = text(gzipSync(Buffer.alloc(65 * 2 ** 20)), packed);
    expect(await read('tile/0/000')).toBe('hashes');
    await expect(read('tile/0/001')).rejects.toThrow(/badly packed/);
    await expect(read('tile/0/002')).rejects.toThrow(/badly packed/);
  });

  test('is asked again where it is busy, as often and as late as makes sense', async () => {
    answers['/log/tile/0/000'] = inTurn(text('', AT_ONCE, 429), text('', AT_ONCE, 503), text('hashes'));
    answers['/log/tile/0/001'] = text('', AT_ONCE, 503);
    expect(await read('tile/0/000')).toBe('hashes');
    await expect(read('tile/0/001')).rejects.toThrow(/HTTP 503/);
    expect(asked.filter((url) => url === '/log/tile/0/001')).toHaveLength(4);
  });

  test.each<[string, Answer, RegExp]>([
    ['that breaks down', text('', {}, 500), /HTTP 500/],
    ['that sends elsewhere', text('', { location: 'http://127.0.0.1:1/' }, 302), /HTTP 302/],
    ['that hangs up', (response) => response.destroy(), /tile\/0\/000 \(/],
    [
      'that hangs up in the middle',
      (response) => {
        response.writeHead(200, { 'content-length': '100' }).write('some', () => response.destroy());
      },
      /cut short|aborted/,
    ],
    [
      'that never ends',
      (response) => void response.writeHead(200).end(Buffer.alloc(65 * 2 ** 20)),
      /more than it may be/,
    ],
  ])('cannot be read from a server %s', async (_what, answer, reason) => {
    answers['/log/tile/0/000'] = answer;
    await expect(read('tile/0/000')).rejects.toThrow(reason);
    await expect(read('tile/0/000')).rejects.toThrow(SourceFailed);
  });

  test('has no file that is not there', async () => {
    expect(await read('tile/0/000')).toBeUndefined();
    expect(await read('disclosures/0.ndjson')).toBeUndefined();
  });
});

describe('what a server gives page by page', () => {
  test('is the list of kept checkpoints', async () => {
    answers['/log/checkpoints'] = json({ checkpoints: [{ size: 3 }, { size: 5 }] });
    answers['/log/checkpoints?after=5'] = json({ checkpoints: [{ size: 9 }] });
    answers['/log/checkpoints?after=9'] = json({ checkpoints: [] });
    expect(JSON.parse((await read('checkpoints'))!)).toEqual({ checkpoints: [{ size: 3 }, { size: 5 }, { size: 9 }] });
    // The same page for ever is not asked for again.
    answers['/log/checkpoints?after=9'] = json({ checkpoints: [{ size: 9 }] });
    expect(JSON.parse((await read('checkpoints'))!)).toEqual({ checkpoints: [{ size: 3 }, { size: 5 }, { size: 9 }] });
  });

  test('is what is disclosed of 256 events', async () => {
    answers['/v1/audit/disclosures?from=256&count=256'] = json({ items: [{ position: 256 }], until: 400 });
    answers['/v1/audit/disclosures?from=400&count=112'] = json({ items: [{ position: 401 }], until: 420 });
    answers['/v1/audit/disclosures?from=420&count=92'] = json({ items: [], until: 420 });
    expect(await read('disclosures/1.ndjson')).toBe('{"position":256}\n{"position":401}\n');
  });

  test.each<[string, string, unknown]>([
    ['checkpoints', '/log/checkpoints', null],
    ['checkpoints', '/log/checkpoints', { checkpoints: 7 }],
    ['disclosures/0.ndjson', '/v1/audit/disclosures', null],
    ['disclosures/0.ndjson', '/v1/audit/disclosures', { items: 7, until: 1 }],
    ['disclosures/0.ndjson', '/v1/audit/disclosures', { items: [], until: 'soon' }],
  ])('%s is a list, and not what %s gives: %j', async (name, url, value) => {
    answers[url] = json(value);
    await expect(read(name)).rejects.toThrow(SourceFailed);
    answers[url] = text('not JSON');
    await expect(read(name)).rejects.toThrow(SourceFailed);
  });
});
