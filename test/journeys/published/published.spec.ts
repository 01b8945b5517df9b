import { EventStream, type AnyBody, type ApiClient } from '../../../libs/testing/service';
import type {
  AgreementAnswer,
  AgreementStandingRow,
  CommandAnswer,
  List,
  StandingRow,
  StandingsEvent,
} from '../answers';
import { actualBody, CDD, PROVINCE, signatureBody } from '../bodies';
import { beginJourney, headOf, type Journey } from '../journey';
import { DRAFT, INDICATORS, PUBLICATIONS, SPANS, TARGETS } from '../whole-year/bodies-of-the-year';

// What everybody reads without a token, and who reads more: the figures of the documents, and one agreement of which something is
// reported while its round is open, and after it was closed.

/** Figures that stand nowhere else. */
const REPORTED = '36.7213';
const CORRECTED = '41.9071';
const ADDRESSES = [
  '/v1/standings',
  '/v1/agreements',
  '/v1/standings/league?fiscalYear=2569&round=6m&scheme=opdc-2565&by=agreement',
  ...['office', 'province', 'zone', 'nation', 'goal'].map(
    (by) => `/v1/standings/roll-ups?by=${by}&fiscalYear=2569&round=6m${by === 'goal' ? '&province=TH-54' : ''}`,
  ),
] as const;

let journey: Journey;
let agreementId: string;
let indicatorId: string;
const persons = {
  governor: 'governor-of-phrae',
  head: 'head-of-phrae-cdd',
  keeper: 'keeper-of-phrae-cdd',
  supervisor: 'supervisor-of-phrae-cdd',
  unit: 'performance-unit-of-phrae',
  recorder: 'recorder',
  dashboard: 'dashboard',
  elsewhere: 'inspector-zone-5',
} as const;
type Reader = keyof typeof persons | 'anybody';

const as = (reader: Reader): Promise<ApiClient> | ApiClient =>
  reader === 'anybody' ? journey.service.anybody : journey.service.as(persons[reader]);

async function accept(reader: Reader, path: string, body?: unknown): Promise<CommandAnswer> {
  const answer = await (await as(reader)).post<CommandAnswer>(path.replace('…', `/v1/agreements/${agreementId}`), body);
  expect([path, answer.status < 300, answer.text]).toEqual([path, true, answer.text]);
  return answer.body;
}

async function read<Body = AnyBody>(reader: Reader, path: string, headers = {}): Promise<{ body: Body; text: string }> {
  const mark = path.includes('?') ? '&' : '?';
  const isPast = /asOf|publishedBy/.test(path);
  const at = isPast ? path : `${path}${mark}minPosition=${await headOf(journey)}`;
  const { status, body, text } = await (await as(reader)).get<Body>(at, { headers });
  expect([path, status, text]).toEqual([path, 200, text]);
  return { body, text };
}

/** The row of the indicator for the first round, as somebody is told it. */
async function rowFor(reader: Reader, query = ''): Promise<StandingRow | undefined> {
  const { body } = await read<List<StandingRow>>(reader, `/v1/standings?agreement=${agreementId}&round=6m${query}`);
  return body.items.find((row) => row.indicatorId === indicatorId);
}

/** Everything that the routes of standings tell somebody, as JSON and as tables, without the position that each stands on. */
async function everything(reader: Reader): Promise<string> {
  const told: string[] = [];
  for (const address of ADDRESSES)
    for (const accept of ['application/json', 'text/csv'])
      told.push((await read(reader, address, { accept })).text.replace(/"position":\d+/, ''));
  return told.join('\n');
}

async function recordPublications(): Promise<void> {
  for (const [path, body] of PUBLICATIONS) {
    const { status } = await (await as('recorder')).post(path, body);
    // The demonstration has published the standard schemes already.
    expect([path, [200, 201, 409].includes(status)]).toEqual([path, true]);
  }
}

async function bringIntoEffect(): Promise<void> {
  const { fromGoalSet: _without, ...draft } = DRAFT;
  agreementId = (await accept('head', '/v1/agreements', draft)).id;
  indicatorId = (await accept('head', '…/indicators', { ...INDICATORS['8'], weight: '100' })).id;
  for (const target of Object.values(TARGETS['8'])) await accept('head', `…/indicators/${indicatorId}/target`, target);
  await accept('head', '…/proposal', { officeId: CDD.officeId });
  const { body } = await (await as('head')).get<AgreementAnswer>(`/v1/agreements/${agreementId}`);
  const { termsHash = '', termsRevision = 0 } = body;
  await accept('governor', '…/acceptance', { officeId: PROVINCE.officeId, termsHash });
  await accept('head', '…/signatures', signatureBody({ termsHash, termsRevision }));
  const governor = { side: 'receiver', officeId: PROVINCE.officeId, signatoryName: 'ชุติเดช มีจันทร์' };
  await accept(
    'governor',
    '…/signatures',
    signatureBody({ termsHash, termsRevision }, { ...governor, position: 'ผู้ว่าราชการจังหวัดแพร่' }),
  );
}

const figure = (): string => `…/indicators/${indicatorId}/actuals/${SPANS['6m'].from}..${SPANS['6m'].to}`;

beforeAll(async () => {
  journey = await beginJourney({ KHAMRAP_DEMONSTRATION: 'yes' });
  await recordPublications();
}, 120_000);
afterAll(() => journey?.end());

test('what the documents of Phrae state, everybody reads', async () => {
  for (const address of [
    '/v1/standings?province=TH-54',
    '/v1/agreements?province=TH-54',
    '/v1/goal-sets',
    '/v1/awards',
  ]) {
    const [open, inside] = [
      await read<List<unknown>>('anybody', address),
      await read<List<unknown>>('dashboard', address),
    ];
    expect([address, open.body.items]).toEqual([address, inside.body.items]);
    expect([address, open.body.items.length > 0]).toEqual([address, true]);
  }
});

test('what is still to be done, nobody reads without a token', async () => {
  expect((await journey.service.anybody.get('/v1/standings/due')).status).toBe(401);
});

test('an agreement is public from the day it takes effect', async () => {
  const before = await everything('anybody');
  await bringIntoEffect();
  const { body } = await read<List<AgreementStandingRow>>('anybody', `/v1/agreements?agreement=${agreementId}`);
  expect(body.items).toMatchObject([{ agreementId, status: 'inEffect' }]);
  expect(before).not.toContain(agreementId);
  expect(await rowFor('anybody')).toMatchObject({ status: 'notPublished', target: null, actual: null, score: null });
});

describe('while the round is open', () => {
  const OUTSIDE = ['anybody', 'elsewhere'] as const;
  const INSIDE = ['dashboard', 'governor', 'head', 'keeper', 'supervisor', 'unit'] as const;
  let before: ReadonlyMap<Reader, string>;
  let live: EventStream<StandingsEvent>;

  beforeAll(async () => {
    before = new Map(await Promise.all(OUTSIDE.map(async (reader) => [reader, await everything(reader)] as const)));
    live = await EventStream.open<StandingsEvent>(`${journey.service.url}/v1/standings/stream`);
    const reported = actualBody({ span: SPANS['6m'], value: REPORTED, asOf: SPANS['6m'].to });
    await accept('keeper', `…/indicators/${indicatorId}/actuals`, reported);
    await accept('supervisor', `${figure()}/returns`, { step: 'supervisor', comment: 'ยอดไม่ตรงกับบัญชี' });
    const corrected = { ...reported, span: undefined, value: CORRECTED, reason: 'นับซ้ำ' };
    await accept('keeper', `${figure()}/corrections`, corrected);
    await accept('supervisor', `${figure()}/certifications`, { step: 'supervisor' });
    await accept('unit', `${figure()}/certifications`, { step: 'performanceUnit' });
  }, 60_000);
  afterAll(() => live?.close());

  test.each(OUTSIDE)('%s is told neither the figures nor that there are any', async (reader) => {
    const now = await everything(reader);
    for (const figureTold of [REPORTED, CORRECTED]) expect(now).not.toContain(figureTold);
    expect(now).toBe(before.get(reader));
  });

  test.each(INSIDE)('%s reads it', async (reader) => {
    expect(await rowFor(reader)).toMatchObject({ actual: CORRECTED, isCertified: true, scoreBasis: 'provisional' });
  });

  test('who may see more reads by choice what the public knows', async () => {
    const publishedBy = `&publishedBy=${new Date().toISOString()}`;
    expect((await rowFor('dashboard', publishedBy))?.actual).toBeNull();
    const { body } = await read<List<AnyBody>>(
      'dashboard',
      `/v1/standings/roll-ups?by=province&fiscalYear=2569&round=6m`,
    );
    expect(body.items).toMatchObject([{ key: 'TH-54', published: false }]);
    const open = await read<List<AnyBody>>('anybody', `/v1/standings/roll-ups?by=province&fiscalYear=2569&round=6m`);
    expect(open.body.items).toMatchObject([{ key: 'TH-54', published: true, total: null }]);
  });

  test('with the closing of the round everybody reads it, and the first that the stream tells is that', async () => {
    const { position } = await accept('unit', '…/evaluation-rounds/6m/closure');
    const row = await rowFor('anybody');
    expect(row).toMatchObject({ actual: CORRECTED, scoreBasis: 'closed', changedAtPosition: position });
    expect(row).toEqual(await rowFor('dashboard'));
    const first = await live.next();
    expect(Number(first.id)).toBe(position);
    expect(first.data.standings).toMatchObject([{ actual: CORRECTED }]);
    // What was known before is as it was.
    expect((await rowFor('anybody', `&asOfPosition=${(position as number) - 1}`))?.actual).toBeNull();
    const league = await read<List<AnyBody>>('anybody', ADDRESSES[2]);
    expect(league.body.items).toEqual((await read<List<AnyBody>>('dashboard', ADDRESSES[2])).body.items);
  });
});
