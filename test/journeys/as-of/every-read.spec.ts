import * as fs from 'node:fs';
import * as path from 'node:path';
import type { ApiClient } from '../../../libs/testing/service';
import type { Problem } from '../answers';
import { prepareSituation, type Situation } from '../hostile/situation';
import { beginJourney, headOf, type Journey } from '../journey';
import { addressOf } from '../openapi/addresses';
import { operationsOf, type OpenApiDocument } from '../openapi/document';
import { READS, whyOutside, type Read } from './reads';

// Which reads can be asked of which times, as a table (reads.ts), and every one of them asked over HTTP.

const ROUTES = path.join(__dirname, '../routes.txt');
const BEFORE_ALL = '2001-01-01T00:00:00.000Z';

let journey: Journey;
let situation: Situation;
let parameters: ReadonlyMap<string, ReadonlySet<string>>;
/** The position of the last event when the questions begin, and its moment. */
let head: number;
let moment: string;

beforeAll(async () => {
  journey = await beginJourney();
  situation = await prepareSituation(journey);
  const document = (await journey.service.anybody.get<OpenApiDocument>('/openapi.json')).body;
  parameters = new Map(
    operationsOf(document).map(({ name, parameters: taken = [] }) => [
      name.replace(/\{(\w+)\}/g, ':$1'),
      new Set(taken.map((parameter) => (parameter as { readonly name: string }).name)),
    ]),
  );
  head = await headOf(journey);
  const [last] = await journey.service.service.infrastructure.store.readLog(head, 1);
  moment = new Date(last!.recordedAt).toISOString();
}, 60_000);

afterAll(async () => {
  await journey?.end();
});

const reads = Object.entries(READS);

async function ask(route: string, read: Read, times: string, reader = read.reader): Promise<Asked> {
  const client: ApiClient = reader === undefined ? journey.service.anybody : await journey.service.as(reader);
  const address = addressOf(route, situation, situation.inEffect);
  const { status, body, headers } = await client.get<Told & Problem>(
    `${address}?${[read.query, times].filter(Boolean).join('&')}`,
  );
  return { status, body, position: headers['khamrap-position'] };
}
type Told = { readonly position?: number; readonly asOfPosition?: number; readonly publishedBy?: string };
interface Asked {
  readonly status: number;
  readonly body: Told & Problem;
  readonly position: unknown;
}

test('every read of the program is in the table, or it is said why it answers for no moment', () => {
  const told = fs
    .readFileSync(ROUTES, 'utf8')
    .split('\n')
    .flatMap((line) => /^GET +(\S+)/.exec(line)?.[1] ?? []);
  expect(told.length).toBeGreaterThan(reads.length);
  // Whatever is added, takes both, or is named in the table with the reason why not.
  const open = told.filter((route) => whyOutside(route) === undefined);
  for (const route of open) {
    const taken = parameters.get(`GET ${route}`) ?? new Set();
    expect([route, taken.has('asOf'), taken.has('asOfPosition')]).toEqual([route, true, true]);
  }
  expect(reads.map(([route]) => route).filter((route) => !open.includes(route))).toEqual([]);
});

test.each(reads)('what %s takes is what the table says', (route, { neverPublished, takesDay }) => {
  const taken = parameters.get(`GET ${route}`) ?? new Set();
  expect({
    publishedBy: taken.has('publishedBy'),
    effectiveOn: taken.has('effectiveOn'),
    onDate: taken.has('onDate'),
  }).toEqual({
    publishedBy: neverPublished === undefined,
    effectiveOn: takesDay === 'effectiveOn',
    onDate: takesDay === 'onDate',
  });
});

test.each(reads)('%s is told of the past as it was told then, and states where it stands', async (route, read) => {
  const now = await ask(route, read, `minPosition=${head}`);
  expect([now.status, now.position]).toEqual([200, String(now.body.position ?? now.body.asOfPosition)]);
  for (const times of [`asOfPosition=${head}`, `asOf=${moment}`]) expect(await ask(route, read, times)).toEqual(now);
  if (read.neverPublished !== undefined) return;
  const asThePublic = { ...now, body: { ...now.body, publishedBy: moment } };
  // Who sees more is told no more of it.
  for (const reader of [undefined, 'administrator', 'inspector-zone-5'] as const)
    expect(await ask(route, read, `publishedBy=${moment}`, reader)).toEqual(asThePublic);
});

test.each(reads)('%s tells of a time before everything that there was nothing', async (route, read) => {
  for (const times of [
    `asOf=${BEFORE_ALL}`,
    ...(read.neverPublished === undefined ? [`publishedBy=${BEFORE_ALL}`] : []),
  ]) {
    const { status, body } = await ask(route, read, times);
    const isOfProgram = route === '/v1/provinces' || route === '/v1/zones';
    if (route.endsWith('/facts') || !route.includes('/:'))
      expect([times, status, body.position, (body as { items?: unknown[] }).items?.length === 0]).toEqual([
        times,
        200,
        -1,
        !isOfProgram,
      ]);
    else expect([times, status]).toEqual([times, 404]);
  }
});

/** What contradicts itself, or lies ahead: the rule that says so, and the parameter that it names. */
const WRONG: readonly (readonly [times: string, code: string, parameter: string | undefined])[] = [
  [`asOf=${BEFORE_ALL}&asOfPosition=0`, 'excludes', 'asOf'],
  ['asOfPosition=0&minPosition=0', 'excludes', 'minPosition'],
  [`asOf=${BEFORE_ALL}&after=x`, 'excludes', 'after'],
  ['asOf=2021-10-12', 'isMomentText', 'asOf'],
  ['asOfPosition=-1', 'isWholeNumberText', 'asOfPosition'],
  ['asOf=2090-01-01T00:00:00Z', 'notRecordedYet', undefined],
  ['asOfPosition=9000000000000', 'notRecordedYet', undefined],
  [`publishedBy=${BEFORE_ALL}&asOf=${BEFORE_ALL}`, 'excludes', 'publishedBy'],
  [`publishedBy=${BEFORE_ALL}&asOfPosition=0`, 'excludes', 'publishedBy'],
  [`publishedBy=${BEFORE_ALL}&minPosition=0`, 'excludes', 'publishedBy'],
  ['publishedBy=yesterday', 'isMomentText', 'publishedBy'],
  ['publishedBy=2090-01-01T00:00:00Z', 'notRecordedYet', undefined],
];

test.each(reads)('%s refuses what contradicts itself or lies ahead, in both languages', async (route, read) => {
  for (const [times, code, parameter] of WRONG) {
    const isUnknown = read.neverPublished !== undefined && times.startsWith('publishedBy');
    const { status, body } = await ask(route, read, times);
    expect([times, status, body.titles]).toEqual([times, 400, { th: expect.any(String), en: expect.any(String) }]);
    const errors = body.errors ?? [];
    const expected = isUnknown ? ['unknownField', 'publishedBy'] : [code, parameter];
    const found = errors.map((error) => [error.code, error.parameter]);
    expect({ times, found: [...found, [body.type.split('/').at(-1), undefined]] }).toEqual({
      times,
      found: expect.arrayContaining([expected]),
    });
    for (const { messages } of errors) if (messages) expect(Object.keys(messages)).toEqual(['th', 'en']);
  }
});
