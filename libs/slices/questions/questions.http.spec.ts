import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { agreementEventDeclarations } from '@khamrap/agreements';
import { derivedId } from '@khamrap/platform/event-store';
import { AccessModule, GrantReader, PseudonymReader } from '@khamrap/platform/access';
import { streamName } from '@khamrap/kernel';
import { readConfig } from '@khamrap/platform/config';
import { EVENT_STORE, EventCodec, Ledger, ledgerEventDeclarations } from '@khamrap/platform/event-store';
import { EvidenceFiles } from '@khamrap/platform/files';
import { createHttpApplication, REQUEST_HASH_SECRET } from '@khamrap/platform/http';
import { ReadModels } from '@khamrap/platform/projections';
import { ProjectionBench } from '../../testing/projection';
import { GrantsOfPersons, tokenOf } from '../../testing/service';
import { actualReported, drafted, indicatorAdded } from '../agreements/domain/agreement.examples';
import { actualCorrected } from '../agreements/domain/figures/actuals.examples';
import { questionEventDeclarations, questionRefusals, QuestionsModule, questionsProjection } from './index';

const codec = new EventCodec([...ledgerEventDeclarations, ...agreementEventDeclarations, ...questionEventDeclarations]);
const dataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'khamrap-test-questions-'));
const config = readConfig({ PORT: '0', KHAMRAP_DATA: dataFolder, KHAMRAP_LOG_LEVEL: 'error' });
const HANDED_IN = 'a'.repeat(64);
const FILE = { sha256: HANDED_IN, mediaType: 'application/pdf', name: 'หนังสือชี้แจง.pdf' };
const PERSONS = [
  'administrator',
  'governor-of-phrae',
  'head-of-phrae-cdd',
  'inspector-zone-16',
  'keeper-of-phrae-cdd',
  'recorder',
  'stranger',
] as const;
type Person = (typeof PERSONS)[number];
const INSPECTOR: Person = 'inspector-zone-16';
const QUESTIONS = '/v1/audit/questions';
const RULES = '/v1/audit/question-rules';

let bench: ProjectionBench;
let app: NestFastifyApplication;
const tokens: Partial<Record<Person, string>> = {};
let questionId: string;

beforeAll(async () => {
  bench = await ProjectionBench.open(codec);
  const { readModels } = await bench.instance([questionsProjection(bench.store, codec)]);
  const providers = [
    { provide: EVENT_STORE, useValue: bench.store },
    { provide: Ledger, useValue: new Ledger(bench.store, codec, { keep: () => Promise.resolve() }) },
    { provide: ReadModels, useValue: readModels },
    { provide: REQUEST_HASH_SECRET, useValue: Buffer.alloc(32, 7) },
    { provide: GrantReader, useClass: GrantsOfPersons },
    // Who a person is: by their subject, so that each has a pseudonym of their own.
    {
      provide: PseudonymReader,
      useValue: { pseudonymOf: ({ subject }: { subject: string }) => Promise.resolve(derivedId(subject)) },
    },
    { provide: EvidenceFiles, useValue: { has: (sha256: string) => Promise.resolve(sha256 === HANDED_IN) } },
  ];
  @Global()
  @Module({ providers, exports: providers.map(({ provide }) => provide) })
  class Below {}
  @Module({
    imports: [CqrsModule.forRoot(), Below, AccessModule.register({ config, imports: [] }), QuestionsModule],
  })
  class Program {}
  app = await createHttpApplication({ rootModule: Program, config, problems: [questionRefusals] });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  for (const person of PERSONS) tokens[person] = await tokenOf(app, person);
  const parties = [{ side: 'maker', officeId: 'phrae-cdd', officeName: 'สพจ.แพร่' }] as const;
  for (const province of ['TH-54', 'TH-90']) {
    const stream = streamName('agreement', randomUUID());
    const events = [drafted({ province, parties }), indicatorAdded(), actualReported()];
    const corrections = ['1250001', '1250002', '1250003'].map((value) => actualCorrected({ value }));
    await bench.record([...events, ...corrections].map((event) => ({ stream, event })));
  }
  [questionId = ''] = (await get(`${QUESTIONS}?minPosition=${await bench.head()}`, INSPECTOR)).body.items.map(
    (item: { questionId: string }) => item.questionId,
  );
});
afterAll(async () => {
  await app.close();
  await bench.close();
  fs.rmSync(dataFolder, { recursive: true });
});

async function ask(method: 'GET' | 'POST', url: string, person: Person | undefined, rest: object) {
  const { headers = {}, ...others } = rest as { headers?: object };
  const authorization = person && { authorization: `Bearer ${tokens[person]}` };
  const answer = await app.inject({ method, url, ...others, headers: { ...authorization, ...headers } });
  const isJson = answer.headers['content-type']?.toString().includes('json') === true;
  return {
    status: answer.statusCode,
    headers: answer.headers,
    body: isJson ? JSON.parse(answer.body) : answer.body,
  };
}
const get = (url: string, person?: Person, headers: object = {}) => ask('GET', url, person, { headers });
const post = (url: string, payload: object, person: Person, headers: object = {}) =>
  ask('POST', url, person, { payload, headers: { 'idempotency-key': randomUUID(), ...headers } });
const read = async (person: Person, query = '') =>
  (await get(`${QUESTIONS}/${questionId}?minPosition=${await bench.head()}${query}`, person)).body;

const OPENING = { note: 'ขอทราบเหตุผล', dueOn: '2097-12-31', askedOffice: 'phrae-cdd' };
const AGAIN = { reason: 'ขอหลักฐาน', dueOn: '2097-12-31' };

test('who sees there is told of the question, and nobody else that there is one', async () => {
  const seen = { [INSPECTOR]: 1, 'governor-of-phrae': 1, 'keeper-of-phrae-cdd': 1, 'head-of-phrae-cdd': 1 };
  for (const [person, count] of Object.entries(seen)) {
    const { status, body } = await get(QUESTIONS, person as Person);
    expect([person, status, body.items.length]).toEqual([person, 200, count]);
    expect(body.items[0]).toMatchObject({
      rule: 'correctedAgainAndAgain',
      status: 'raised',
      province: 'TH-54',
      officeId: 'phrae-cdd',
      measures: { corrections: '3' },
      revision: null,
    });
  }
  for (const person of ['recorder', 'stranger', 'administrator'] as const) {
    expect((await get(QUESTIONS, person)).status).toBe(403);
    expect((await get(`${QUESTIONS}/${questionId}`, person)).status).toBe(403);
  }
  expect((await get(QUESTIONS)).status).toBe(401);
});

test.each([
  ['rule=correctedAgainAndAgain', 1],
  ['rule=reportedLate', 0],
  ['province=TH-54', 1],
  ['zone=primeMinisterOffice-16', 1],
  ['zone=primeMinisterOffice-5', 0],
  ['office=phrae-cdd&fiscalYear=2570&mode=ask&status=raised', 1],
  ['fiscalYear=2569', 0],
  ['changed=no', 1],
  ['changed=yes', 0],
  ['overdue=only', 0],
  ['asOfPosition=2', 0],
])('is asked for by %s', async (query, count) => {
  expect((await get(`${QUESTIONS}?${query}`, INSPECTOR)).body.items).toHaveLength(count);
});

test.each([
  'rule=unknown',
  'colour=blue',
  'province=TH-54&zone=a',
  'cursor=x',
  'limit=0',
  'status=open',
  'indicator=1',
])('refuses %s', async (query) => {
  expect((await get(`${QUESTIONS}?${query}`, INSPECTOR)).status).toBe(400);
});

test('is a table for those who want one', async () => {
  const { headers, body } = await get(QUESTIONS, INSPECTOR, { accept: 'text/csv' });
  expect(headers['content-type']).toContain('text/csv');
  expect(body).toContain('correctedAgainAndAgain,ask,แก้ไขผลเดิมซ้ำหลายครั้ง');
});

test('a question is opened, explained, returned, explained again, accepted and reopened', async () => {
  const at = (what: string) => `${QUESTIONS}/${questionId}/${what}`;
  const refused = async (what: string, payload: object, person: Person) => {
    const { status, body } = await post(at(what), payload, person);
    return [status, String(body.type).split('/').at(-1)];
  };
  expect(await refused('explanations', { text: 'ยัง' }, 'head-of-phrae-cdd')).toEqual([404, 'question.unknown']);
  expect(await refused('opening', { ...OPENING, askedOffice: 'other' }, INSPECTOR)).toEqual([
    422,
    'question.officeNotConcerned',
  ]);
  expect(await refused('opening', { ...OPENING, dueOn: '2020-01-01' }, INSPECTOR)).toEqual([
    422,
    'question.dueInThePast',
  ]);
  expect((await refused('opening', OPENING, 'head-of-phrae-cdd'))[0]).toBe(403);
  const unknown = await post(`${QUESTIONS}/${randomUUID()}/opening`, OPENING, INSPECTOR);
  expect(unknown.status).toBe(404);

  const key = { 'idempotency-key': randomUUID() };
  const opened = await post(at('opening'), OPENING, INSPECTOR, key);
  expect([opened.status, opened.headers.etag, opened.body.id]).toEqual([200, '"0"', questionId]);
  expect((await post(at('opening'), OPENING, INSPECTOR, key)).body.eventIds).toEqual(opened.body.eventIds);
  expect(await refused('opening', OPENING, INSPECTOR)).toEqual([409, 'question.alreadyOpened']);
  const [event] = await bench.store.readRecorded(streamName('question', questionId), 0, 1);
  const { basis } = JSON.parse(event!.body) as { basis: object[] };
  expect(basis).toEqual([{ stream: expect.stringMatching(/^agreement-/), revision: 5 }]);

  expect(await refused('acceptance', { reason: 'ดี' }, INSPECTOR)).toEqual([409, 'question.nothingExplained']);
  const missing = { text: 'ตามแนบ', evidence: [{ ...FILE, sha256: 'b'.repeat(64) }] };
  expect(await refused('explanations', missing, 'head-of-phrae-cdd')).toEqual([422, 'question.evidenceMissing']);
  expect((await refused('explanations', { text: 'ตามแนบ' }, INSPECTOR))[0]).toBe(403);
  expect((await post(at('explanations'), { text: 'ตามแนบ', evidence: [FILE] }, 'head-of-phrae-cdd')).status).toBe(200);
  const stale = await post(at('returns'), AGAIN, INSPECTOR, { 'if-match': '"0"' });
  expect(stale.status).toBe(412);
  expect((await post(at('returns'), AGAIN, INSPECTOR, { 'if-match': '"1"' })).status).toBe(200);
  expect((await post(at('explanations'), { text: 'เพิ่มเติม' }, 'keeper-of-phrae-cdd')).status).toBe(200);
  expect((await post(at('acceptance'), { reason: 'ตรงกัน' }, INSPECTOR)).status).toBe(200);
  expect(await read('governor-of-phrae')).toMatchObject({ status: 'accepted', revision: 4 });
  expect((await post(at('reopening'), AGAIN, INSPECTOR)).status).toBe(200);

  const told = await read('head-of-phrae-cdd');
  expect(told).toMatchObject({ status: 'opened', askedOffice: 'phrae-cdd', dueOn: '2097-12-31', revision: 5 });
  expect(told.steps.map(({ step }: { step: string }) => step)).toEqual([
    'opened',
    'explained',
    'returned',
    'explained',
    'accepted',
    'reopened',
  ]);
  expect(told.steps[1]).toMatchObject({ evidence: [FILE], by: derivedId('head-of-phrae-cdd') });
  const past = await get(`${QUESTIONS}/${questionId}?asOfPosition=${opened.body.position}`, INSPECTOR);
  expect(past.body).toMatchObject({ status: 'opened', revision: 0, steps: [{ step: 'opened' }] });
});

test('rules are told to everybody, and published for the nation by who may', async () => {
  const before = await get(RULES);
  expect(before.body).toMatchObject({ rulesVersion: 1, published: [], revision: null });
  expect(before.headers.etag).toBeUndefined();
  const change = { rules: [{ rule: 'correctedAgainAndAgain', thresholds: [{ name: 'corrections', value: '5' }] }] };
  const payload = { ...change, reason: 'ตามมติที่ประชุม' };
  expect((await post(RULES, payload, INSPECTOR)).status).toBe(403);
  expect((await post(RULES, { ...payload, rules: [] }, 'administrator')).status).toBe(400);
  expect((await post(RULES, { ...payload, colour: 'blue' }, 'administrator')).status).toBe(400);
  const published = await post(RULES, payload, 'administrator');
  expect([published.status, published.headers.etag]).toEqual([200, '"0"']);
  const other = { rules: [{ rule: 'evidenceUsedTwice', mode: 'note' }], reason: 'ลองใช้' };
  expect((await post(RULES, other, 'administrator', { 'if-match': '"7"' })).status).toBe(412);
  expect((await post(RULES, other, 'administrator', { 'if-match': '"0"' })).status).toBe(200);
  const { body, headers } = await get(RULES);
  expect(headers.etag).toBe('"1"');
  expect(body.published.map(({ rulesVersion }: { rulesVersion: number }) => rulesVersion)).toEqual([2, 3]);
  const then = await get(`${RULES}?asOfPosition=${published.body.position - 1}`);
  expect(then.body).toMatchObject({ rulesVersion: 1, published: [] });
  // What was raised by the rules before stays, and says that these would not raise it.
  expect(await read(INSPECTOR)).toMatchObject({
    rulesVersion: 1,
    thresholds: { corrections: '3' },
    byRulesInForce: { rulesVersion: 3, raises: false },
  });
});
