import { Module, type DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readConfig } from '@khamrap/platform/config';
import { createHttpApplication, REQUEST_HASH_SECRET } from '@khamrap/platform/http';
import { LogController } from './log.controller';
import { entriesOf, parseNote } from './proof';
import { LogUnderTest, naiveLeaf } from './spec/log-under-test';
import { TransparencyLog } from './transparency-log';

const SIZE = 300;
const BUDGET = 20;

@Module({})
class LogOnly {
  static over(log: TransparencyLog): DynamicModule {
    return {
      module: LogOnly,
      global: true,
      controllers: [LogController],
      providers: [
        { provide: TransparencyLog, useValue: log },
        // Of commands, of which there are none here.
        { provide: REQUEST_HASH_SECRET, useValue: Buffer.alloc(32) },
      ],
      exports: [REQUEST_HASH_SECRET],
    };
  }
}

let log: LogUnderTest;
let app: NestFastifyApplication;

beforeAll(async () => {
  log = await LogUnderTest.open();
  const config = readConfig({ PORT: '0', KHAMRAP_LOG_LEVEL: 'error', KHAMRAP_RATE_LIMITS: `log=${BUDGET},public=1` });
  app = await createHttpApplication({ rootModule: LogOnly.over(log.log), config, problems: [] });
  await app.init();
});
afterAll(async () => {
  await app?.close();
  await log.dispose();
});

const get = (path: string, method: 'GET' | 'HEAD' = 'GET') =>
  app.inject({ method, url: `/log/${path}`, remoteAddress: `10.0.0.${Math.ceil(Math.random() * 200)}` });

test('before anything is signed there is nothing', async () => {
  expect((await get('checkpoint')).statusCode).toBe(404);
  expect((await get('tile/0/000.p/1')).statusCode).toBe(404);
  expect((await get('checkpoints')).json()).toEqual({ checkpoints: [] });
});

describe('a log of 300 events', () => {
  beforeAll(async () => {
    log.builder().start();
    await log.growTo(SIZE);
    await log.published(SIZE);
  });

  test('shows its checkpoint for a moment', async () => {
    const { statusCode, headers, body } = await get('checkpoint');
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'public, max-age=2',
    });
    expect(parseNote(body).text).toMatch(new RegExp(`^${log.signer.origin}\n${SIZE}\n`));
  });

  test.each([
    ['tile/0/000', 8_192],
    ['tile/0/000.p/5', 160],
    ['tile/0/001.p/44', 1_408],
    ['tile/0/001.p/43', 1_376],
    ['tile/1/000.p/1', 32],
    ['tile/0/000?anything', 8_192],
  ])('hands out %s for ever, by GET and HEAD', async (path, byteCount) => {
    const { statusCode, headers, rawPayload } = await get(path);
    expect([statusCode, rawPayload.length]).toEqual([200, byteCount]);
    expect(headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-length': String(byteCount),
    });
    const head = await get(path, 'HEAD');
    expect([head.statusCode, head.rawPayload.length, head.headers['content-length']]).toEqual([200, 0, `${byteCount}`]);
  });

  test('hands out entries, of full bundles and of the one that grows', async () => {
    const tiles = [(await get('tile/0/000')).rawPayload, (await get('tile/0/001.p/44')).rawPayload];
    for (const [path, tile, count] of [
      ['tile/entries/000', 0, 256],
      ['tile/entries/000.p/7', 0, 7],
      ['tile/entries/001.p/44', 1, 44],
      ['tile/entries/001.p/3', 1, 3],
    ] as const) {
      const entries = entriesOf((await get(path)).rawPayload);
      expect(entries).toHaveLength(count);
      expect(Buffer.concat(entries.map(naiveLeaf)).equals(tiles[tile]!.subarray(0, count * 32))).toBe(true);
    }
  });

  test.each([
    'tile/0/001',
    'tile/0/001.p/45',
    'tile/0/002.p/1',
    'tile/1/000',
    'tile/1/000.p/2',
    'tile/2/000.p/1',
    'tile/entries/001',
    'tile/entries/001.p/45',
    'tile/0/0',
    'tile/00/000',
    'tile/64/000',
    'tile/-1/000',
    'tile/0/x000/000',
    'tile/0/x000',
    'tile/0/000.p/0',
    'tile/0/000.p/05',
    'tile/0/000.p/256',
    'tile/0/000.p',
    'tile/0/000/',
    'tile/0//000',
    'tile/0/%30%30%30',
    'tile/0/000%2ep/5',
    'tile/Entries/000',
    'tile/8/0/000',
    'tile/data/000',
    'tile',
    'tile/',
    'Checkpoint',
    'checkpoints/0300',
    'checkpoints/299',
    'checkpoints/99999999999999999999',
  ])('has nothing at %s', async (path) => {
    const { statusCode, headers } = await get(path);
    expect(statusCode).toBe(404);
    expect(headers['cache-control']).toBe('no-store');
  });

  test('lists the checkpoints that it keeps, and gives each', async () => {
    const { checkpoints } = (await get('checkpoints')).json<{ checkpoints: { size: number; witnessed: boolean }[] }>();
    expect(checkpoints).toHaveLength(1);
    const [{ size, witnessed }] = checkpoints as [{ size: number; witnessed: boolean }];
    expect(witnessed).toBe(false);
    const kept = await get(`checkpoints/${size}`);
    expect(kept.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(parseNote(kept.body).text).toContain(`\n${size}\n`);
    expect((await get(`checkpoints?after=${size}`)).json()).toEqual({ checkpoints: [] });
    expect((await get('checkpoints?after=x')).statusCode).toBe(400);
  });

  test('counts its readers by address, in a budget of their own', async () => {
    const asked = (path: string) => app.inject({ url: path, remoteAddress: '192.0.2.1' });
    for (let number = 0; number < BUDGET; number++) expect((await asked('/log/tile/0/000')).statusCode).toBe(200);
    const refused = await asked('/log/checkpoint');
    expect(refused.statusCode).toBe(429);
    expect(refused.headers['ratelimit-policy']).toBe(`"log";q=${BUDGET};w=60`);
    expect((await asked('/problems')).statusCode).toBe(200);
    expect((await asked('/problems')).statusCode).toBe(429);
  });
});
