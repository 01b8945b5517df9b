import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccessModule, GrantReader, grant, PseudonymReader, type Requester } from '@khamrap/platform/access';
import { readConfig } from '@khamrap/platform/config';
import { EVENT_STORE, EventCodec, Ledger, ledgerEventDeclarations } from '@khamrap/platform/event-store';
import { createHttpApplication, REQUEST_HASH_SECRET } from '@khamrap/platform/http';
import { ReadModels } from '@khamrap/platform/projections';
import {
  FIVE_LEVELS,
  schemeEntity,
  schemeEventDeclarations,
  schemeRefusals,
  SchemesModule,
  schemesProjection,
  THREE_ANCHORS,
} from '@khamrap/schemes';
import { ProjectionBench } from '../../testing/projection';
import { GrantsOfPersons, tokenOf } from '../../testing/service';
import {
  calendarPublished,
  deadlineExtended,
  statusRulesPublished,
  WHOLE_SCHEME,
} from '../schemes/domain/scheme.examples';
import { refusalOfAccess } from './commands/goal-set-access';
import { goalSetPublished, reviseGoalSet } from './domain/goal-set.examples';
import { goalSetEventDeclarations, goalSetRefusals, GoalsModule, goalSetsProjection } from './index';

const codec = new EventCodec([...ledgerEventDeclarations, ...schemeEventDeclarations, ...goalSetEventDeclarations]);
const dataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'khamrap-test-goals-'));
const config = readConfig({ PORT: '0', KHAMRAP_DATA: dataFolder, KHAMRAP_LOG_LEVEL: 'error' });

let bench: ProjectionBench;
let app: NestFastifyApplication;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  bench = await ProjectionBench.open(codec);
  const { readModels } = await bench.instance([schemesProjection, goalSetsProjection], {}, [schemeEntity]);
  const providers = [
    { provide: EVENT_STORE, useValue: bench.store },
    { provide: Ledger, useValue: new Ledger(bench.store, codec, { keep: () => Promise.resolve() }) },
    { provide: ReadModels, useValue: readModels },
    { provide: REQUEST_HASH_SECRET, useValue: Buffer.alloc(32, 7) },
    { provide: GrantReader, useClass: GrantsOfPersons },
    { provide: PseudonymReader, useValue: { pseudonymOf: () => Promise.resolve('pseudonym') } },
  ];
  @Global()
  @Module({ providers, exports: providers.map(({ provide }) => provide) })
  class Below {}
  @Module({
    imports: [CqrsModule.forRoot(), Below, AccessModule.register({ config, imports: [] }), SchemesModule, GoalsModule],
  })
  class Program {}
  app = await createHttpApplication({ rootModule: Program, config, problems: [schemeRefusals, goalSetRefusals] });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  for (const subject of ['recorder', 'governor-of-phrae', 'head-of-phrae-cdd'])
    tokens[subject] = await tokenOf(app, subject);
});
afterAll(async () => {
  await app.close();
  await bench.close();
  fs.rmSync(dataFolder, { recursive: true });
});

async function post(url: string, payload: object, { subject = 'recorder', key = randomUUID() } = {}) {
  const headers = { authorization: `Bearer ${tokens[subject]}`, 'idempotency-key': key };
  const { statusCode, headers: answered, body } = await app.inject({ method: 'POST', url, payload, headers });
  return { statusCode, etag: answered.etag, location: answered.location, body: JSON.parse(body) };
}
async function get(url: string) {
  const { statusCode, headers, body } = await app.inject({ method: 'GET', url });
  return { statusCode, etag: headers.etag, shown: headers['khamrap-position'], body: JSON.parse(body) };
}

const SOURCE = { document: 'a'.repeat(64), passage: 'paragraph 2' };

describe('a scheme', () => {
  test('is published piece by piece, and everybody can read what its scores rest on', async () => {
    const { scheme, scoringRule, bands } = THREE_ANCHORS;
    const at = `/v1/schemes/${scheme.schemeId}`;
    const began = await post('/v1/schemes', { ...scheme, source: SOURCE });
    expect(began).toMatchObject({ statusCode: 201, location: at, etag: '"0"', body: { id: scheme.schemeId } });
    const { statusRulesVersion: _, ...statusRules } = statusRulesPublished().data;
    const { calendarVersion: __, ...calendar } = calendarPublished().data;
    const { calendarVersion: ___, ...extension } = deadlineExtended().data;
    const published: [string, object][] = [
      ['scoring-rules', scoringRule],
      ['bands', bands],
      ['status-rules', statusRules],
      ['calendars', { ...calendar, fiscalYear: '๒๕๖๕' }],
      ['deadline-extensions', { ...extension, reportDueOn: '22 เมษายน 2565' }],
      ['reference-data', { name: 'provinces', sha256: 'b'.repeat(64), issuedBy: 'กรมการปกครอง' }],
    ];
    for (const [index, [piece, body]] of published.entries()) {
      expect(await post(`${at}/${piece}`, body)).toMatchObject({ statusCode: 200, etag: `"${index + 1}"` });
    }
    const read = await get(at);
    expect(read).toMatchObject({ statusCode: 200, etag: '"6"', shown: String(await bench.head()) });
    expect(read.body).toMatchObject({ revision: 6, asOfPosition: await bench.head() });
    expect(read.body).toMatchObject({
      ...scheme,
      stated: { provenance: { kind: 'transcribed', sourceDocument: SOURCE.document } },
      scoringRules: [{ ...scoringRule, ruleVersion: 1 }],
      bands: [{ bands: bands.bands, bandsVersion: 1 }],
      statusRules: [{ ...statusRules, statusRulesVersion: 1 }],
      calendars: [{ ...calendar, calendarVersion: 1, extensions: [{ ...extension, calendarVersion: 1 }] }],
      referenceData: [{ name: 'provinces', source: 'กรมการปกครอง' }],
    });
    const list = await get(`/v1/schemes?minPosition=${began.body.position}`);
    expect(list.body.items).toMatchObject([{ schemeId: scheme.schemeId, nameTh: scheme.nameTh }]);
  });

  test('is refused in the words of its rules', async () => {
    const { scheme, scoringRule } = FIVE_LEVELS;
    const at = `/v1/schemes/${scheme.schemeId}`;
    expect(await get(at)).toMatchObject({ statusCode: 404 });
    expect(await post(`${at}/scoring-rules`, scoringRule)).toMatchObject({
      statusCode: 404,
      body: { type: expect.stringContaining('scheme.notPublished') },
    });
    await post('/v1/schemes', scheme);
    expect(await post('/v1/schemes', scheme)).toMatchObject({ statusCode: 409 });
    const falling = await post(`${at}/scoring-rules`, { ...scoringRule, threeAnchors: ['5', '3', '1'] });
    expect(falling).toMatchObject({ statusCode: 422, body: { errors: [{ pointer: '/threeAnchors/1' }] } });
    const surprised = await post(`${at}/scoring-rules`, { ...scoringRule, ruleVersion: 7 });
    expect(surprised).toMatchObject({ statusCode: 400 });
    expect(await post(`${at}/scoring-rules`, scoringRule, { subject: 'governor-of-phrae' })).toMatchObject({
      statusCode: 403,
    });
    expect(await get('/v1/schemes/..%2F..')).toMatchObject({ statusCode: 404 });
    expect(await get(at)).toMatchObject({ body: { revision: 0, scoringRules: [] } });
  });

  test('takes a repeated command for the one that it was', async () => {
    const at = `/v1/schemes/${FIVE_LEVELS.scheme.schemeId}/scoring-rules`;
    const key = randomUUID();
    const first = await post(at, FIVE_LEVELS.scoringRule, { key });
    expect((await post(at, FIVE_LEVELS.scoringRule, { key })).body).toEqual(first.body);
    expect((await get(`/v1/schemes/${FIVE_LEVELS.scheme.schemeId}`)).body.scoringRules).toHaveLength(1);
  });
});

describe('a goal set', () => {
  const { nameTh, goals, province, fiscalYear } = goalSetPublished().data;
  const set = { goalSetId: 'phrae-2565', nameTh, goals, province, fiscalYear };
  const at = '/v1/goal-sets/phrae-2565';

  test('is published and revised, and everybody can read both', async () => {
    const began = await post('/v1/goal-sets', { ...set, source: SOURCE });
    expect(began).toMatchObject({ statusCode: 201, location: at, etag: '"0"' });
    expect(await post('/v1/goal-sets', set)).toMatchObject({ statusCode: 409 });
    const revised = await post(`${at}/revision`, reviseGoalSet().data);
    expect(revised).toMatchObject({ statusCode: 200, etag: '"1"' });
    const read = await get(at);
    expect(read).toMatchObject({ statusCode: 200, etag: '"1"' });
    expect(read.body).toMatchObject({
      ...reviseGoalSet().data,
      goalSetVersion: 2,
      province,
      fiscalYear,
      earlierVersions: [{ goals, goalSetVersion: 1, stated: { provenance: { kind: 'transcribed' } } }],
    });
    expect((await get(`${at}?asOfPosition=${began.body.position}`)).body).toMatchObject({ goalSetVersion: 1 });
    const list = await get(`/v1/goal-sets?province=TH-54&fiscalYear=2565&minPosition=${revised.body.position}`);
    expect(list.body.items).toMatchObject([{ goalSetId: 'phrae-2565', goalSetVersion: 2 }]);
  });

  test('is refused to who may not, and where it breaks its rules', async () => {
    expect(await post(`${at}/revision`, reviseGoalSet().data, { subject: 'head-of-phrae-cdd' })).toMatchObject({
      statusCode: 403,
    });
    expect(await post('/v1/goal-sets/nowhere/revision', reviseGoalSet().data)).toMatchObject({ statusCode: 404 });
    const repeated = { ...set, goalSetId: 'other', goals: [goals[0], goals[0]] };
    expect(await post('/v1/goal-sets', repeated)).toMatchObject({
      statusCode: 422,
      body: { type: expect.stringContaining('goalSet.numberRepeated'), errors: [{ pointer: '/goals/1/number' }] },
    });
  });

  test('of a province is for those whose grant reaches it', () => {
    const recorder = (code: string): Requester => ({
      issuer: 'issuer',
      subject: 'subject',
      actor: { id: 'pseudonym', role: 'recorder' },
      grants: [grant('recorder', { kind: 'province', province: code })],
    });
    expect(refusalOfAccess(recorder('TH-54'), 'TH-54')).toBeUndefined();
    expect(refusalOfAccess(recorder('TH-55'), 'TH-54')).toMatchObject({ code: 'goalSet.notYours' });
  });
});

test('every event that a scheme can hold came over HTTP', async () => {
  const history = await new Ledger(bench.store, codec, { keep: () => Promise.resolve() }).history(
    `scheme-${THREE_ANCHORS.scheme.schemeId}` as never,
  );
  expect(history.map(({ type }) => type)).toEqual(WHOLE_SCHEME.map(({ type }) => type));
});
