import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { streamName } from '@khamrap/kernel';
import { AccessModule, GrantReader, PseudonymReader, type Identity } from '@khamrap/platform/access';
import { readConfig } from '@khamrap/platform/config';
import {
  EVENT_STORE,
  EventCodec,
  Ledger,
  ledgerEventDeclarations,
  type DecodedEvent,
} from '@khamrap/platform/event-store';
import { EvidenceFiles } from '@khamrap/platform/files';
import { createHttpApplication, REQUEST_HASH_SECRET } from '@khamrap/platform/http';
import { ReadModels } from '@khamrap/platform/projections';
import { FoldingTables, ProjectionBench } from '../../testing/projection';
import { GrantsOfPersons, tokenOf } from '../../testing/service';
import { officeEventDeclarations } from '../offices/domain/office.declarations';
import { registered } from '../offices/domain/office.examples';
import { questionOpened } from '../questions/domain/question.examples';
import { questionEventDeclarations } from '../questions/domain/question.events';
import {
  assignmentsProjection,
  inspectionEventDeclarations,
  inspectionRefusals,
  inspectionsProjection,
  InspectionsModule,
} from './index';
import { follow, NO_ROUND, type FollowedRound } from './views/follow-up/followed-round';

const codec = new EventCodec([
  ...ledgerEventDeclarations,
  ...officeEventDeclarations,
  ...inspectionEventDeclarations,
  ...questionEventDeclarations,
]);
const dataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'khamrap-test-inspections-'));
const config = readConfig({ PORT: '0', KHAMRAP_DATA: dataFolder, KHAMRAP_LOG_LEVEL: 'error' });
const PERSONS = ['inspector-zone-16', 'head-of-phrae-cdd', 'governor-of-phrae', 'recorder', 'dashboard'] as const;
type Person = (typeof PERSONS)[number];
/** Whatever came back: the assertions say what it is. */
// oxlint-disable-next-line typescript/no-explicit-any -- a body is looked at, not relied on
type AnyBody = any;

let bench: ProjectionBench;
let app: NestFastifyApplication;
const tokens = new Map<Person, string>();

beforeAll(async () => {
  bench = await ProjectionBench.open(codec);
  const { readModels } = await bench.instance([inspectionsProjection(bench.store, codec), assignmentsProjection]);
  const providers = [
    { provide: EVENT_STORE, useValue: bench.store },
    { provide: Ledger, useValue: new Ledger(bench.store, codec, { keep: () => Promise.resolve() }) },
    { provide: ReadModels, useValue: readModels },
    { provide: REQUEST_HASH_SECRET, useValue: Buffer.alloc(32, 7) },
    { provide: GrantReader, useClass: GrantsOfPersons },
    { provide: EvidenceFiles, useValue: { has: (sha256: string) => Promise.resolve(sha256 === 'b'.repeat(64)) } },
    { provide: PseudonymReader, useValue: { pseudonymOf: ({ subject }: Identity) => Promise.resolve(subject) } },
  ];
  @Global()
  @Module({ providers, exports: providers.map(({ provide }) => provide) })
  class Below {}
  @Module({
    imports: [CqrsModule.forRoot(), Below, AccessModule.register({ config, imports: [] }), InspectionsModule],
  })
  class Program {}
  app = await createHttpApplication({ rootModule: Program, config, problems: [inspectionRefusals] });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  for (const subject of PERSONS) tokens.set(subject, await tokenOf(app, subject));
  await bench.record([{ stream: streamName('office', 'phrae-cdd'), event: registered({ province: 'TH-54' }) }]);
});
afterAll(async () => {
  await app.close();
  await bench.close();
  fs.rmSync(dataFolder, { recursive: true });
});

async function send(method: 'GET' | 'POST', url: string, person?: Person, payload?: object, accept?: string) {
  const { statusCode, headers, body } = await app.inject({
    method,
    url,
    ...(payload && { payload }),
    headers: {
      ...(person && { authorization: `Bearer ${tokens.get(person)}` }),
      ...(payload && { 'idempotency-key': randomUUID() }),
      ...(accept && { accept }),
    },
  });
  return { status: statusCode, headers, body: accept ? body : JSON.parse(body) };
}
const post = (url: string, payload: object, person: Person = 'inspector-zone-16') => send('POST', url, person, payload);
const get = (url: string, person?: Person) => send('GET', url, person);
const fresh = async (): Promise<string> => `minPosition=${await bench.head()}`;

const ROUND = {
  number: '๒/๒๕๗๐',
  level: 'primeMinisterOffice',
  inspectingBody: { name: 'สำนักนายกรัฐมนตรี' },
  fiscalYear: 2570,
  zoneId: 'primeMinisterOffice-16',
  inspectedProvinces: ['TH-54', 'TH-55'],
  days: { from: '2027-03-30', to: '2027-03-31' },
};
const FINDING = { severity: 'high', theme: 'การลดค่าเป้าหมาย', text: 'ค่าเป้าหมายลดลง', officeIds: ['phrae-cdd'] };
const now = (): string => new Date().toISOString();
const SOURCE = { document: 'a'.repeat(64), passage: 'paragraph 1' };

test('a round goes from its opening to what is resolved after its closing, and everybody is told what they may know', async () => {
  const began = await post('/v1/inspections', ROUND);
  expect(began).toMatchObject({ status: 201, headers: { location: `/v1/inspections/${began.body.id}`, etag: '"0"' } });
  const at = `/v1/inspections/${began.body.id}`;
  expect((await get(at)).body).toMatchObject({
    status: 'open',
    findingsStated: 'notStated',
    round: {
      number: { printed: '๒/๒๕๗๐', ordinal: 2, year: 2570 },
      provincesStatedBy: 'reference',
      inspectors: [{ level: 'primeMinisterOffice' }],
    },
  });
  expect((await post(`${at}/closure`, {})).body.type).toContain('inspection.findingsNotStated');
  const visit = { participants: [{ role: 'พัฒนาการอำเภอ', count: 8 }], participantTotal: 107 };
  expect((await post(`${at}/visits`, visit)).status).toBe(200);
  const event = { eventId: randomUUID(), stream: 'office-phrae-cdd', revision: 0 };
  expect((await post(`${at}/findings`, { ...FINDING, events: [event] })).body.type).toContain('finding.eventUnknown');
  const [recorded] = await bench.store.readRecorded(streamName('office', 'phrae-cdd'), 0, 1);
  const events = [{ ...event, eventId: recorded!.eventId }];
  const finding = await post(`${at}/findings`, { ...FINDING, events, dueOn: '2099-01-31' });
  expect(finding.status).toBe(200);
  const of = `${at}/findings/${finding.body.id}`;

  // Open, it is known to those within reach alone; to others there is none, and no trace of it.
  expect((await get(at, 'head-of-phrae-cdd')).body.findings).toMatchObject([{ status: 'open', provinces: ['TH-54'] }]);
  expect((await get(at)).body).toMatchObject({ revision: 1, findings: [], findingsStated: 'notStated' });
  const list = `/v1/inspections/findings?effectiveOn=2099-02-10&${await fresh()}`;
  expect((await get(list, 'governor-of-phrae')).body.items).toMatchObject([
    { daysLate: 10, awaitedOfficeIds: ['phrae-cdd'] },
  ]);
  expect((await get(list, 'dashboard')).body.items).toEqual([]);
  expect((await get('/v1/inspections/overdue?effectiveOn=2099-02-10', 'governor-of-phrae')).body.items).toHaveLength(1);
  expect((await get('/v1/inspections/overdue?effectiveOn=2099-01-31', 'governor-of-phrae')).body.items).toEqual([]);

  expect((await post(`${of}/escalations`, { toLevel: 'province', reason: 'ล่าช้า' })).body.type).toContain(
    'finding.notOverdue',
  );
  const answer = {
    officeId: 'phrae-cdd',
    text: 'ชี้แจงแล้ว',
    evidence: [{ sha256: 'c'.repeat(64), mediaType: 'application/pdf', name: 'ก.pdf' }],
  };
  expect((await post(`${of}/responses`, answer, 'head-of-phrae-cdd')).body.type).toContain(
    'inspection.evidenceMissing',
  );
  const response = await post(`${of}/responses`, { ...answer, evidence: [] }, 'head-of-phrae-cdd');
  expect(response.status).toBe(200);
  const before = await bench.head();
  expect((await post(`${at}/closure`, { summary: 'สรุป' })).status).toBe(200);
  expect((await post(`${at}/responses/${response.body.id}/judgement`, { outcome: 'accepted' })).status).toBe(200);

  // Resolved in a closed round, everybody is told, by no pseudonym; of before, still nothing.
  const told = await get(at);
  expect(told.body).toMatchObject({ status: 'closed', findingsStated: 'recorded', findings: [{ status: 'resolved' }] });
  expect(JSON.stringify(told.body)).not.toMatch(/By":"(?:inspector-zone-16|head-of-phrae-cdd)"|inspectorId/);
  expect((await get(`${at}?asOfPosition=${before}`)).body).toMatchObject({ status: 'open', findings: [] });
  expect((await get(`/v1/inspections/findings?${await fresh()}`)).body.items).toMatchObject([{ status: 'resolved' }]);
  expect((await get(`/v1/inspections/findings?asOfPosition=${before}`)).body.items).toEqual([]);
  const summary = '/v1/inspections/findings/summary?by=office&effectiveOn=2099-02-10';
  expect((await get(summary, 'inspector-zone-16')).body).toMatchObject({
    items: [
      { group: 'phrae-cdd', recorded: 1, resolved: 1, followUp: { numerator: 1, denominator: 1, rate: '1.0000' } },
    ],
    overall: { recorded: 1 },
  });
  expect((await get(`${summary}&asOfPosition=${before}`, 'governor-of-phrae')).body.overall.followUp).toEqual({
    numerator: 0,
    denominator: 1,
    rate: '0.0000',
  });
  const csv = await send('GET', '/v1/inspections', undefined, undefined, 'text/csv');
  expect(csv.body).toContain('๒/๒๕๗๐,primeMinisterOffice');

  // Opened again, what was published of the past stays with the past, and nothing stale is shown for now.
  expect((await post(`${of}/reopening`, { reason: 'ยังไม่ดำเนินการ' })).status).toBe(200);
  const now = await bench.head();
  expect((await get(`/v1/inspections/findings?${await fresh()}`)).body.items).toEqual([]);
  expect((await get(`/v1/inspections/findings?asOfPosition=${now}`)).body.items).toEqual([]);
  expect((await get(`/v1/inspections/findings?asOfPosition=${now - 1}`)).body.items).toHaveLength(1);
});

test('a document says what it says, and the rest is not stated', async () => {
  const printed = { number: '2/2562', level: 'department', inspectingBody: { name: 'กรมการพัฒนาชุมชน' }, source: SOURCE };
  const provinces = ['TH-90', 'TH-86', 'TH-84', 'TH-93', 'TH-80'];
  const { status, body } = await post(
    '/v1/inspections',
    { ...printed, zoneId: 'primeMinisterOffice-5', zoneProvinces: provinces },
    'recorder',
  );
  expect(status).toBe(201);
  expect((await get(`/v1/inspections/${body.id}`)).body).toMatchObject({
    findingsStated: 'notStated',
    round: { days: { from: 'notStated' }, provincesStatedBy: 'document', inspectors: [] },
  });
  expect((await get(`/v1/inspections?province=TH-90&${await fresh()}`)).body.items).toMatchObject([
    { roundId: body.id, fiscalYear: 'notStated', from: 'notStated', findings: 'notStated' },
  ]);
  expect((await get('/v1/inspections?mine=true', 'inspector-zone-16')).body.items).toMatchObject([
    { number: '๒/๒๕๗๐' },
  ]);
  expect((await get('/v1/inspections?mine=true')).status).toBe(401);
});

test.each<[string, string, object, Person, number, string]>([
  [
    'a province beyond one’s own reach',
    '',
    { ...ROUND, zoneId: undefined, inspectedProvinces: ['TH-54', 'TH-10'] },
    'inspector-zone-16',
    403,
    'inspection.notYours',
  ],
  [
    'a province outside the zone',
    '',
    { ...ROUND, zoneId: 'primeMinisterOffice-15', inspectedProvinces: ['TH-54'] },
    'inspector-zone-16',
    422,
    'inspection.provinceOutsideZone',
  ],
  [
    'a zone told by oneself',
    '',
    { ...ROUND, zoneProvinces: ['TH-54'], inspectedProvinces: ['TH-54'] },
    'inspector-zone-16',
    422,
    'inspection.zoneProvincesByDocument',
  ],
  ['a round that there is not', `/${randomUUID()}/closure`, {}, 'inspector-zone-16', 404, 'inspection.notOpened'],
  ['a field that there is not', '', { ...ROUND, secret: 1 }, 'inspector-zone-16', 400, ''],
  ['the governor', '', ROUND, 'governor-of-phrae', 403, ''],
])('%s is refused', async (_what, url, body, person, status, code) => {
  const answer = await post(`/v1/inspections${url}`, body, person);
  expect(answer.status).toBe(status);
  expect(answer.body.type).toContain(code);
});

async function logOfRounds(): Promise<readonly DecodedEvent[]> {
  const log = await bench.store.readLog(0, 1_000);
  return log
    .filter(({ stream }) => stream.startsWith('inspection-'))
    .map((recorded) => ({
      ...codec.decode(recorded),
      position: recorded.position,
      recordedAtMs: recorded.recordedAt,
    }));
}

test('as of every position, findings and rounds are what a fold of the log up to it tells', async () => {
  const rounds = new Map<string, FollowedRound>();
  for (const event of await logOfRounds()) {
    rounds.set(event.stream, follow(rounds.get(event.stream) ?? NO_ROUND, event));
    const expected = [...rounds.values()].flatMap(({ state }) => (state.status === 'notOpened' ? [] : [state]));
    const at = `asOfPosition=${event.position}`;
    const findings = (await get(`/v1/inspections/findings?${at}`, 'inspector-zone-16')).body.items;
    expect(findings.map((item: AnyBody) => [item.id, item.status, item.dueOn])).toEqual(
      expected.flatMap(({ findings: known }) =>
        [...known.values()].map(({ finding, status }) => [finding.findingId, status, finding.dueOn ?? null]),
      ),
    );
    const listed = (await get(`/v1/inspections?${at}`)).body.items;
    expect(listed.map((item: AnyBody) => `${item.number} ${item.status}`).toSorted()).toEqual(
      expected.map(({ round, status }) => `${round.number.printed} ${status}`).toSorted(),
    );
  }
  expect(rounds.size).toBe(2);
});

test('rows do not depend on the batches that events come in', async () => {
  const tables = await FoldingTables.make(bench.pool, inspectionsProjection(bench.store, codec));
  const rows = await tables.foldAlike(await logOfRounds(), 5);
  expect(rows['inspection_round']).toHaveLength(2);
  expect(rows['inspection_follow_up_history']!.length).toBeGreaterThan(4);
});

test('a document says nothing of a round that whoever inspects records themselves', async () => {
  const { body } = await post('/v1/inspections', ROUND);
  const finding = { theme: 'ประเด็น', text: 'ตามที่ระบุในเอกสาร', source: SOURCE };
  const refused = await post(`/v1/inspections/${body.id}/findings`, finding, 'recorder');
  expect([refused.status, refused.body.type]).toEqual([409, expect.stringContaining('inspection.conductedHere')]);
  const printed = { number: '3/2562', level: 'department', inspectingBody: { name: 'กรมการพัฒนาชุมชน' }, source: SOURCE };
  const transcribed = (await post('/v1/inspections', printed, 'recorder')).body;
  expect((await post(`/v1/inspections/${transcribed.id}/findings`, finding, 'recorder')).status).toBe(200);
});

describe('what is found', () => {
  let at: string;
  const elsewhere = randomUUID();
  const here = randomUUID();

  beforeAll(async () => {
    at = `/v1/inspections/${(await post('/v1/inspections', { ...ROUND, number: '๓/๒๕๗๐' })).body.id}`;
    const asked = { offices: ['phrae-cdd'], askedOffice: 'phrae-cdd' };
    const question = (id: string, province: string) => ({
      stream: streamName('question', id),
      event: questionOpened({ ...asked, province }),
    });
    await bench.record([question(here, 'TH-54'), question(elsewhere, 'TH-90')]);
  });

  test.each([
    ['that nobody opened', () => randomUUID()],
    ['of a province beyond one’s own reach', () => elsewhere],
  ])('comes from no question %s', async (_which, questionId) => {
    const { status, body } = await post(`${at}/findings`, { ...FINDING, questionId: questionId() });
    expect([status, body.type, body.errors?.[0]?.pointer ?? body.pointer]).toEqual([
      422,
      expect.stringContaining('finding.questionUnknown'),
      expect.stringContaining('/questionId'),
    ]);
  });

  test('comes from a question that was opened, and rests on it', async () => {
    const { status, body } = await post(`${at}/findings`, { ...FINDING, questionId: here });
    expect(status).toBe(200);
    const stream = streamName('inspection', at.split('/').at(-1)!);
    const recorded = (await bench.store.readRecorded(stream, 0, 100)).map((event) => codec.decode(event));
    expect(recorded.find(({ data }) => data['findingId'] === body.id)?.basis).toEqual([
      { stream: `question-${here}`, revision: 0 },
    ]);
  });

  test('may be followed by a recommendation, which an accepted answer fulfils', async () => {
    const asking = { text: 'จัดทำแผนติดตาม', officeId: 'phrae-cdd', dueOn: '2099-01-31' };
    const { id } = (await post(`${at}/recommendations`, asking)).body;
    const answer = { officeId: 'phrae-cdd', text: 'จัดทำแล้ว', evidence: [] };
    const answered = await post(`${at}/recommendations/${id}/responses`, answer, 'head-of-phrae-cdd');
    expect(answered.status).toBe(200);
    const stateOf = async (person?: Person): Promise<AnyBody> => (await get(at, person)).body.recommendations;
    expect(await stateOf('head-of-phrae-cdd')).toMatchObject([{ recommendationId: id, status: 'responded' }]);
    const judgement = { outcome: 'accepted' };
    expect((await post(`${at}/responses/${answered.body.id}/judgement`, judgement)).status).toBe(200);
    expect(await stateOf('head-of-phrae-cdd')).toMatchObject([{ recommendationId: id, status: 'fulfilled' }]);
    // Told to everybody with the closing, and to those who ask what the public could know, no earlier.
    const publicly = async (): Promise<AnyBody> => (await get(`${at}?publishedBy=${now()}`, 'inspector-zone-16')).body;
    expect(await stateOf()).toEqual([]);
    expect(await publicly()).toMatchObject({ status: 'open', findings: [], recommendations: [] });
    expect((await post(`${at}/closure`, {})).status).toBe(200);
    expect(await stateOf()).toMatchObject([{ recommendationId: id, status: 'fulfilled' }]);
    expect(await publicly()).toMatchObject({
      status: 'closed',
      findings: [],
      recommendations: [{ recommendationId: id }],
    });
  });

  test('is listed page by page, without doubles and gaps, and as the public could know of it', async () => {
    const list = `/v1/inspections/findings?${await fresh()}`;
    const all = (await get(list, 'inspector-zone-16')).body.items.map(({ id }: AnyBody) => id);
    expect(all.length).toBeGreaterThan(1);
    const seen: string[] = [];
    for (let next: string | undefined = `${list}&limit=1`; next !== undefined;) {
      const { body, headers } = await get(next, 'inspector-zone-16');
      seen.push(...body.items.map(({ id }: AnyBody) => id));
      next = /<([^>]+)>; rel="next"/.exec(String(headers['link'] ?? ''))?.[1];
      if (seen.length > all.length) throw new Error('the pages do not end');
    }
    expect(seen).toEqual(all);
    const publicly = await get(`/v1/inspections/findings?publishedBy=${now()}`, 'inspector-zone-16');
    expect(publicly.body.publishedBy).toBeDefined();
    expect(publicly.body.items).toEqual((await get(list)).body.items);
    expect(publicly.body.items.length).toBeLessThan(all.length);
  });
});
