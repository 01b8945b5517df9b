import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { streamName, type Decider, type DomainEvent, type Json } from '@khamrap/kernel';
import {
  AccessModule,
  GrantReader,
  DEMONSTRATION_PERSONS,
  PseudonymReader,
  type Identity,
} from '@khamrap/platform/access';
import { readConfig } from '@khamrap/platform/config';
import { createPool } from '@khamrap/platform/database';
import {
  EVENT_STORE,
  EventCodec,
  Ledger,
  ledgerEventDeclarations,
  openPostgresEventStore,
  OpenTheLog1700000000001,
  type EventStore,
} from '@khamrap/platform/event-store';
import {
  EvidenceFiles,
  KeepEvidence1700000000004,
  PostgresEvidenceStore,
  WallEvidence1700000000007,
} from '@khamrap/platform/files';
import { createHttpApplication, REQUEST_HASH_SECRET } from '@khamrap/platform/http';
import { BuildTheVault1700000000002, Vault, WallTheVault1700000000005 } from '@khamrap/platform/vault';
import { commandContext } from '@khamrap/testing';
import type { Pool } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../testing/database';
import { GrantsOfPersons, tokenOf } from '../../testing/service';
import { goalSetPublished } from '../goals/domain/goal-set.examples';
import { goalSetEventDeclarations } from '../goals/domain/goal-set.events';
import { officeStreamDeclarations, type OfficeRegistered } from '../offices/domain/office.events';
import { schemeEventDeclarations } from '../schemes/domain/scheme.events';
import { calendarPublished, schemePublished, scoringRulePublished } from '../schemes/domain/scheme.examples';
import { drafted } from './domain/agreement.examples';
import { agreementEventDeclarations, agreementRefusals, AgreementsModule } from './index';

// From a goal set to an amended agreement, over HTTP: bodies, leave to act, and what can be read of it all.

const codec = new EventCodec([
  ...ledgerEventDeclarations,
  ...agreementEventDeclarations,
  ...goalSetEventDeclarations,
  ...schemeEventDeclarations,
  ...officeStreamDeclarations,
]);
const dataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'khamrap-test-agreements-'));
const config = readConfig({ PORT: '0', KHAMRAP_DATA: dataFolder, KHAMRAP_LOG_LEVEL: 'error' });
const HEAD = 'head-of-phrae-cdd';
const GOVERNOR = 'governor-of-phrae';
const FIRST_HALF = { from: '2025-10-01', to: '2026-03-31' };
const FIRST_HALF_KEY = '2025-10-01..2026-03-31';
const HEADING = {
  title: 'คำรับรองการปฏิบัติราชการ สำนักงานพัฒนาชุมชนจังหวัดแพร่',
  level: 'provincialOffice',
  basis: 'signed',
  province: 'TH-54',
  parties: [
    { side: 'maker', officeId: 'phrae-cdd', officeName: 'สำนักงานพัฒนาชุมชนจังหวัดแพร่' },
    { side: 'receiver', officeId: 'phrae', officeName: 'จังหวัดแพร่' },
  ],
};

let testDatabase: TestDatabase;
let store: EventStore;
let pool: Pool;
let ledger: Ledger;
let app: NestFastifyApplication;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  testDatabase = await createTestDatabase({
    migrations: [
      OpenTheLog1700000000001,
      BuildTheVault1700000000002,
      WallTheVault1700000000005,
      KeepEvidence1700000000004,
      WallEvidence1700000000007,
    ],
  });
  const { append: appendUrl, read: readUrl } = testDatabase.database.urls;
  store = await openPostgresEventStore({ appendUrl, readUrl, origin: 'ledger.test/log', clock: 'system' });
  pool = createPool({ url: appendUrl, size: 2, applicationName: 'spec' });
  const vault = new Vault(pool);
  ledger = new Ledger(store, codec, vault);
  const providers = [
    { provide: EVENT_STORE, useValue: store },
    { provide: Ledger, useValue: ledger },
    { provide: Vault, useValue: vault },
    { provide: EvidenceFiles, useValue: new PostgresEvidenceStore(pool) },
    { provide: REQUEST_HASH_SECRET, useValue: Buffer.alloc(32, 7) },
    { provide: GrantReader, useClass: GrantsOfPersons },
    { provide: PseudonymReader, useValue: { pseudonymOf: ({ subject }: Identity) => Promise.resolve(subject) } },
  ];
  @Global()
  @Module({ providers, exports: providers.map(({ provide }) => provide) })
  class Below {}
  @Module({ imports: [CqrsModule.forRoot(), Below, AccessModule.register({ config, imports: [] }), AgreementsModule] })
  class Program {}
  app = await createHttpApplication({ rootModule: Program, config, problems: [agreementRefusals] });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  for (const { subject } of DEMONSTRATION_PERSONS) tokens[subject] = await tokenOf(app, subject);
});
afterAll(async () => {
  await app.close();
  await store.close();
  await pool.end();
  await testDatabase.drop();
  fs.rmSync(dataFolder, { recursive: true });
});

async function post(subject: string, url: string, payload: object, key = randomUUID()) {
  const headers = { authorization: `Bearer ${tokens[subject]}`, 'idempotency-key': key };
  const { statusCode, body } = await app.inject({ method: 'POST', url: `/v1/agreements${url}`, payload, headers });
  return { statusCode, body: JSON.parse(body) };
}
async function read(agreementId: string, subject = HEAD, time = '') {
  const headers = { authorization: `Bearer ${tokens[subject]}` };
  const url = `/v1/agreements/${agreementId}${time}`;
  const { statusCode, body } = await app.inject({ method: 'GET', url, headers });
  return { statusCode, body: JSON.parse(body) };
}
/** All that is answered to somebody without a token, but for where the log has come meanwhile. */
async function told(agreementId: string) {
  const { statusCode, headers, body } = await app.inject({ method: 'GET', url: `/v1/agreements/${agreementId}` });
  const { 'x-request-id': _trace, 'khamrap-position': _position, date: _date, ...lasting } = headers;
  const { ratelimit: _room, 'content-length': _length, ...fields } = lasting;
  return { statusCode, fields, body: { ...(JSON.parse(body) as object), asOfPosition: 0 } };
}
async function done(subject: string, url: string, payload: object): Promise<string> {
  const answer = await post(subject, url, payload);
  if (answer.statusCode >= 300) throw new Error(JSON.stringify(answer.body));
  return answer.body.id;
}
const refusal = (code: string) => ({ type: expect.stringContaining(code) });

/** Another slice's event, as it stands in the log. */
async function stands(stream: ReturnType<typeof streamName>, event: DomainEvent<string, Json>): Promise<void> {
  const decider: Decider<null, null, DomainEvent> = {
    initialState: null,
    decide: () => [event as DomainEvent],
    evolve: () => null,
  };
  await ledger.execute({ decider, stream, command: null, context: commandContext() });
}

const INDICATOR = { displayNumber: '1', name: 'รายได้ชุมชน', unit: 'baht', direction: 'higher', weight: '40' };
const THREE_ANCHORS = { criterion: 'threeAnchors', levels: ['๑,๐๐๐', '1200', '1500'], unit: 'baht' };

describe('an agreement', () => {
  let id: string;
  let indicatorId: string;
  const signature = { signatoryName: 'สมมุติ ตัวอย่าง', position: 'หัวหน้าส่วนราชการ', capacity: 'holder' };

  test('is drafted, revised and thinned out by its maker', async () => {
    id = await done(HEAD, '', { ...HEADING, fiscalYear: 2569 });
    indicatorId = await done(HEAD, `/${id}/indicators`, INDICATOR);
    const other = await done(HEAD, `/${id}/indicators`, { ...INDICATOR, displayNumber: '2' });
    const inFull = {
      definition: 'มูลค่าจำหน่าย',
      formula: 'ผลรวม',
      unitPrinted: 'บาท',
      kind: 'joint',
      accumulation: 'cumulative',
      rounds: ['6', '12'],
      keepers: ['phrae-cdd', 'phrae-culture'].map((officeId) => ({ officeId, officeName: 'สำนักงาน' })),
      coOwners: [{ name: 'หอการค้าจังหวัดแพร่' }],
      supervisor: { officeId: 'phrae-governor', officeName: 'สำนักงานจังหวัดแพร่' },
      dataSource: 'รายงานประจำเดือน',
      baselines: [{ fiscalYear: 2568, value: 'notStated' }],
    };
    await done(HEAD, `/${id}/indicators/${indicatorId}/revision`, { ...INDICATOR, ...inFull });
    await done(HEAD, `/${id}/indicators/${other}/removal`, { reason: 'ซ้ำ' });
    await done(HEAD, `/${id}/indicators/${indicatorId}/target`, { span: FIRST_HALF, ...THREE_ANCHORS });
    const { body } = await read(id);
    expect(body).toMatchObject({
      status: 'draft',
      indicators: [
        { terms: { ...INDICATOR, ...inFull }, earlierTerms: [{}], targets: [{ levels: ['1000', '1200', '1500'] }] },
      ],
      removedIndicators: [{ removed: { reason: 'ซ้ำ' } }],
    });
    expect(body).not.toHaveProperty('termsRevision');
  });

  test('is returned, proposed again, accepted and signed, each by those who may', async () => {
    expect(await post(GOVERNOR, `/${id}/proposal`, { officeId: 'phrae-cdd' })).toMatchObject({ statusCode: 403 });
    await done(HEAD, `/${id}/proposal`, { officeId: 'phrae-cdd', note: 'เสนอครั้งแรก' });
    const { termsHash, termsRevision } = (await read(id)).body;
    const answering = { officeId: 'phrae', termsHash };
    const comments = [{ indicatorId, comment: 'โปรดทบทวน' }];
    expect(await post(HEAD, `/${id}/acceptance`, answering)).toMatchObject({ statusCode: 403 });
    await done(GOVERNOR, `/${id}/return`, { ...answering, comments });
    await done(HEAD, `/${id}/proposal`, { officeId: 'phrae-cdd' });
    const again = (await read(id)).body;
    expect(again.termsRevision).toBeGreaterThan(termsRevision);
    const maker = { ...signature, side: 'maker', officeId: 'phrae-cdd', termsHash, termsRevision: again.termsRevision };
    expect(await post(HEAD, `/${id}/signatures`, maker)).toMatchObject({
      statusCode: 409,
      body: refusal('terms.notAccepted'),
    });
    await done(GOVERNOR, `/${id}/acceptance`, answering);
    await done(HEAD, `/${id}/signatures`, maker);
    expect((await read(id)).body.signatures).toMatchObject([{ capture: 'click', signedBy: HEAD }]);
    await done(GOVERNOR, `/${id}/return`, { ...answering, comments: [{ comment: 'โปรดลงนามด้วยใบรับรอง' }] });
    await done(HEAD, `/${id}/proposal`, { officeId: 'phrae-cdd' });
    await done(GOVERNOR, `/${id}/acceptance`, answering);
    const frozen = (await read(id)).body.termsRevision;
    const certificate = { documentSha256: 'c'.repeat(64), certificateSha256: 'd'.repeat(64), signedOn: '2025-10-10' };
    await done(HEAD, `/${id}/signatures`, { ...maker, termsRevision: frozen, certificate });
    const paper = { scanSha256: 'b'.repeat(64), signedOn: '๑๒ ตุลาคม ๒๕๖๘' };
    const receiver = { ...maker, side: 'receiver', officeId: 'phrae', capacity: 'delegated', termsRevision: frozen };
    expect(await post(GOVERNOR, `/${id}/signatures`, { ...receiver, paper, certificate })).toMatchObject({
      statusCode: 400,
    });
    expect(await post(GOVERNOR, `/${id}/signatures`, { ...receiver, paper })).toMatchObject({
      statusCode: 422,
      body: refusal('signature.authorityMissing'),
    });
    await done(GOVERNOR, `/${id}/signatures`, { ...receiver, paper, authority: 'คำสั่งจังหวัดแพร่ ที่ 1/2569' });
    expect((await read(id)).body).toMatchObject({
      status: 'inEffect',
      termsHash,
      termsRevision: frozen,
      effectiveOn: '2025-10-12',
      negotiation: { proposal: {}, acceptances: [{ officeId: 'phrae' }], returns: [{ comments }, {}] },
      signatures: [
        { capture: 'certificate', certificate: { certificateSha256: 'd'.repeat(64) } },
        { capture: 'paper', signedOn: '2025-10-12' },
      ],
    });
  });

  test('is amended by the receiver at the request of the maker, and keeps what was promised', async () => {
    const changes = [
      {
        change: 'target',
        indicatorId,
        target: { span: FIRST_HALF, ...THREE_ANCHORS, levels: ['900', '1000', '1100'] },
      },
      { change: 'weight', indicatorId, weight: 'notStated' },
    ];
    const request = { officeId: 'phrae-cdd', changes, reason: 'น้ำท่วม', effectiveFrom: '1 มกราคม 2569' };
    const before = await told(id);
    const rejected = await done(HEAD, `/${id}/amendments`, request);
    expect(await told(id)).toEqual(before);
    expect(await post(HEAD, `/${id}/amendments/${rejected}/approval`, { officeId: 'phrae' })).toMatchObject({
      statusCode: 403,
    });
    await done(GOVERNOR, `/${id}/amendments/${rejected}/rejection`, { officeId: 'phrae', reason: 'ขาดเอกสาร' });
    expect((await told(id)).fields['etag']).not.toBe(before.fields['etag']);
    const basisDocument = { reference: 'ที่ พร 0017/123', sha256: 'e'.repeat(64) };
    const approved = await done(HEAD, `/${id}/amendments`, { ...request, basisDocument });
    await done(GOVERNOR, `/${id}/amendments/${approved}/approval`, { officeId: 'phrae' });
    expect((await read(id)).body).toMatchObject({
      amendments: [
        { amendmentId: rejected, status: 'rejected', rejection: { rejectedBy: GOVERNOR } },
        { amendmentId: approved, status: 'approved', approvals: [{ approvedBy: GOVERNOR }] },
      ],
      indicators: [
        {
          targets: [{ span: FIRST_HALF_KEY, levels: ['1000', '1200', '1500'] }],
          amendedTargets: [{ span: FIRST_HALF_KEY, levels: ['900', '1000', '1100'], basisDocument }],
          amendedWeights: [{ weight: 'notStated' }],
        },
      ],
    });
  });

  test('is what the next year can begin with, without its targets', async () => {
    const key = randomUUID();
    const body = { ...HEADING, fiscalYear: 2570, copyFrom: { agreementId: id } };
    const next = await post(HEAD, '', body, key);
    const view = (await read(next.body.id)).body;
    expect(view.indicators).toMatchObject([{ terms: { displayNumber: '1', weight: 'notStated' }, targets: [] }]);
    expect(view.indicators[0].terms.indicatorId).not.toBe(indicatorId);
    const [drafted] = await ledger.history(streamName('agreement', next.body.id));
    expect(drafted?.basis).toMatchObject([{ stream: `agreement-${id}` }]);
    expect(await post(HEAD, '', body, key)).toMatchObject({ body: { eventIds: next.body.eventIds } });
  });
});

describe('a draft', () => {
  test('takes a main indicator from each goal of a set', async () => {
    await stands(streamName('goal-set', 'phrae-2565'), goalSetPublished());
    const goals = goalSetPublished().data.goals;
    const id = await done(HEAD, '', { ...HEADING, fiscalYear: 2571, fromGoalSet: 'phrae-2565' });
    const { body } = await read(id);
    expect(body.goalSet).toBe('phrae-2565');
    expect(body.indicators.map(({ terms }: { terms: object }) => terms)).toMatchObject(
      goals.map(({ number, nameTh }) => ({ goalNumber: number, name: nameTh, weight: 'notStated', unit: 'notStated' })),
    );
  });

  test('is given up, and begun anew in its place', async () => {
    const id = await done(HEAD, '', { ...HEADING, fiscalYear: 2572 });
    expect(await post(GOVERNOR, `/${id}/withdrawal`, { officeId: 'phrae-cdd', reason: 'ก' })).toMatchObject({
      statusCode: 403,
    });
    await done(HEAD, `/${id}/withdrawal`, { officeId: 'phrae-cdd', reason: 'จัดทำใหม่' });
    expect((await read(id)).body).toMatchObject({ status: 'withdrawn', withdrawals: [{ reason: 'จัดทำใหม่' }] });
    expect(await done(HEAD, '', { ...HEADING, fiscalYear: 2572, title: 'ร่างใหม่' })).toBe(id);
    expect((await read(id)).body).toMatchObject({ status: 'draft', title: 'ร่างใหม่' });
  });

  test.each([
    ['a parent', { parents: [{ chain: 'governor', agreementId: randomUUID() }] }, 'agreement.parentUnknown'],
    ['an agreement to copy', { copyFrom: { agreementId: randomUUID() } }, 'agreement.sourceOfTermsUnknown'],
    ['a goal set', { fromGoalSet: 'nowhere' }, 'agreement.sourceOfTermsUnknown'],
    ['a scheme', { scheme: { schemeId: 'nowhere', ruleVersion: 1, calendarVersion: 1 } }, 'agreement.schemeUnknown'],
  ])('names %s that is there', async (_what, origin, code) => {
    const answer = await post(HEAD, '', { ...HEADING, fiscalYear: 2573, ...origin });
    expect(answer).toMatchObject({ statusCode: 422, body: refusal(code) });
  });

  test('was none before the log began', async () => {
    const id = await done(HEAD, '', { ...HEADING, fiscalYear: 2574 });
    expect(await read(id, HEAD, '?asOf=2020-01-01T00:00:00Z')).toMatchObject({
      statusCode: 404,
      body: refusal('agreement.notDrafted'),
    });
  });

  test('counts its indicators in rounds that its calendar has', async () => {
    const scheme = { schemeId: 'provincial', ruleVersion: 1, calendarVersion: 1 };
    const stream = streamName('scheme', scheme.schemeId);
    const round = calendarPublished().data.rounds[0]?.round ?? '';
    for (const event of [schemePublished(), scoringRulePublished(), calendarPublished()]) await stands(stream, event);
    const id = await done(HEAD, '', { ...HEADING, fiscalYear: calendarPublished().data.fiscalYear, scheme });
    const elsewhere = { ...INDICATOR, rounds: [round, 'elsewhere'] };
    expect(await post(HEAD, `/${id}/indicators`, elsewhere)).toMatchObject({
      statusCode: 422,
      body: refusal('indicator.roundUnknown'),
    });
    const indicatorId = await done(HEAD, `/${id}/indicators`, { ...INDICATOR, rounds: [round] });
    expect(await post(HEAD, `/${id}/indicators/${indicatorId}/revision`, elsewhere)).toMatchObject({ statusCode: 422 });
    const basis = (await ledger.history(streamName('agreement', id))).map((event) => event.basis);
    expect(basis).toMatchObject([[{ stream, revision: 2 }], [{ stream, revision: 2 }]]);
    const district = { ...HEADING, level: 'district' };
    const other = await done(HEAD, '', { ...district, fiscalYear: 2564 });
    await done(HEAD, `/${other}/indicators`, { ...elsewhere, direction: 'judged' });
    const copy = await done(HEAD, '', { ...district, fiscalYear: 2565, scheme, copyFrom: { agreementId: other } });
    expect(await post(HEAD, `/${copy}/proposal`, { officeId: 'phrae-cdd' })).toMatchObject({
      statusCode: 422,
      body: refusal('indicator.roundUnknown'),
    });
  });

  test('of another province is no parent that one could learn of', async () => {
    const foreign = randomUUID();
    const elsewhere = drafted({ level: 'province', province: 'TH-57' });
    await stands(streamName('agreement', foreign), elsewhere);
    const parents = [{ chain: 'governor', agreementId: foreign }];
    expect(await post(HEAD, '', { ...HEADING, fiscalYear: 2576, parents })).toMatchObject({
      statusCode: 422,
      body: refusal('agreement.parentUnknown'),
    });
    const own = await done(GOVERNOR, '', { ...HEADING, level: 'province', fiscalYear: 2576 });
    await done(HEAD, '', { ...HEADING, fiscalYear: 2576, parents: [{ chain: 'governor', agreementId: own }] });
  });

  test('is nothing that the governor makes or answers for offices of others', async () => {
    const register = (officeId: string, data: Partial<OfficeRegistered['data']>) => {
      const event = {
        type: 'OfficeRegistered',
        data: { nameTh: 'สำนักงาน', kind: 'provincialOffice', ...data },
      } as const;
      return stands(streamName('office', officeId), event);
    };
    await register('chiang-rai-cdd', { province: 'TH-57' });
    await register('cdd-department', { kind: 'department' });
    await register('phrae', { kind: 'province', province: 'TH-54' });
    const [maker, receiver] = HEADING.parties;
    const foreign = { ...maker, officeId: 'chiang-rai-cdd' };
    expect(await post(GOVERNOR, '', { ...HEADING, fiscalYear: 2577, parties: [foreign, receiver] })).toMatchObject({
      statusCode: 403,
      body: refusal('agreement.notYours'),
    });
    const parties = [maker, receiver, { ...receiver, officeId: 'cdd-department' }];
    const id = await done(GOVERNOR, '', { ...HEADING, fiscalYear: 2577, parties });
    await done(HEAD, `/${id}/indicators`, { ...INDICATOR, direction: 'judged' });
    await done(HEAD, `/${id}/proposal`, { officeId: 'phrae-cdd' });
    const { termsHash } = (await read(id)).body;
    const answering = { officeId: 'cdd-department', termsHash };
    expect(await post(GOVERNOR, `/${id}/acceptance`, answering)).toMatchObject({
      statusCode: 403,
      body: refusal('agreement.notYours'),
    });
    await done(GOVERNOR, `/${id}/acceptance`, { officeId: 'phrae', termsHash });
  });

  test('has one origin of its terms', async () => {
    const both = { copyFrom: { agreementId: randomUUID() }, fromGoalSet: 'phrae-2565' };
    expect(await post(HEAD, '', { ...HEADING, fiscalYear: 2573, ...both })).toMatchObject({ statusCode: 400 });
  });
});
