import { createHash, randomUUID } from 'node:crypto';
import { eventually } from '@khamrap/testing';
import { Client } from 'pg';
import { startService, type Service } from '../../../apps/api/service';
import { RunningService, type ApiClient } from '../../../libs/testing/service';
import type { PersonalDataRequestItem } from '../../../libs/slices/privacy/views/requests/requests.query';
import type { PersonalDataRequestAnswer } from '../../../libs/slices/privacy/views/request/request.answer';
import type { SubjectExportAnswer } from '../../../libs/slices/privacy/views/subject-export/subject-export.answer';
import type { CommandAnswer, List, Problem } from '../answers';
import { beginJourney, headOf, type Journey } from '../journey';
import { Browser } from '../sign-in/browser';
import { CDD, indicatorBody, monitoringBody, registerSource, transcribedActualBody } from '../bodies';

const REQUESTS = '/v1/personal-data-requests';
const SESSION_ENDED_MS_MAX = 1_000;

let journey: Journey;
/** Another instance of the service. */
let other: RunningService<Service>;
let officer: ApiClient;
let keeper: ApiClient;
let stranger: ApiClient;

beforeAll(async () => {
  journey = await beginJourney();
  other = await RunningService.start(startService, journey.environment.variables);
  officer = await journey.service.as('privacy-officer');
  keeper = await journey.service.as('recorder');
  stranger = await journey.service.as('inspector-zone-16');
}, 60_000);
afterAll(async () => {
  await other?.stop();
  await journey?.end();
});

async function file(by: ApiClient, body: object): Promise<string> {
  const { status, body: answer } = await by.post<CommandAnswer>(REQUESTS, body);
  expect([status, answer]).toEqual([201, expect.objectContaining({ revision: 0 })]);
  return answer.id;
}
const read = async (by: ApiClient, id: string) => (await by.get<PersonalDataRequestAnswer>(`${REQUESTS}/${id}`)).body;
const list = async (by: ApiClient, query: string) =>
  (await by.get<List<PersonalDataRequestItem>>(`${REQUESTS}?${query}`)).body.items;
async function mine(by: ApiClient) {
  const { status, body } = await by.get<SubjectExportAnswer>('/v1/personal-data/mine');
  expect(status).toBe(200);
  const records = Object.fromEntries(body.records.map(({ name, records: kept }) => [name, kept as unknown]));
  const { pseudonym, events } = body;
  return { pseudonym, events, records };
}
async function uploaded(by: ApiClient, text: string): Promise<string> {
  const sha256 = createHash('sha256').update(text).digest('hex');
  const headers = { 'content-type': 'application/octet-stream' };
  const { status } = await by.send({ method: 'PUT', path: `/v1/evidence/${sha256}`, headers, body: Buffer.from(text) });
  expect(status).toBe(201);
  return sha256;
}

test('who signs in sees everything that is kept about them, and nobody else’s', async () => {
  const sha256 = await uploaded(keeper, 'สำเนาบันทึกข้อความ');
  const id = await file(keeper, { kind: 'access', explanation: 'ขอสำเนาข้อมูลของดิฉัน' });
  const own = await mine(keeper);
  expect(own.records['identity']).toMatchObject({ subject: 'recorder' });
  expect(own.records['roles']).toContainEqual({ role: 'recorder', scope: { kind: 'nation' } });
  expect(own.records['evidence']).toMatchObject([{ sha256, erasedAt: null }]);
  expect(own.events.at(-1)).toMatchObject({
    stream: `personal-data-request-${id}`,
    type: 'PersonalDataRequestFiled',
    authored: true,
    privateValues: [{ path: '/explanation', value: 'ขอสำเนาข้อมูลของดิฉัน' }],
  });
  const { records } = (await keeper.get<SubjectExportAnswer>('/v1/personal-data/mine')).body;
  for (const { title, explanation } of records) expect([title.th, explanation.th].join()).toMatch(/[ก-๙]/);
  const theirs = await mine(stranger);
  expect(theirs.pseudonym).not.toBe(own.pseudonym);
  expect(JSON.stringify(theirs)).not.toContain(own.pseudonym);
  expect(theirs.records['evidence']).toEqual([]);
});

test('a request is the person’s and the privacy officer’s; for others there is none', async () => {
  const id = await file(keeper, { kind: 'access' });
  expect(await read(keeper, id)).toMatchObject({ kind: 'access', status: 'open' });
  expect((await officer.get<SubjectExportAnswer>(`${REQUESTS}/${id}/export`)).body.pseudonym).toBe(
    (await mine(keeper)).pseudonym,
  );
  const absent = await stranger.get(`${REQUESTS}/${randomUUID()}`);
  const forbidden = await stranger.get(`${REQUESTS}/${id}`);
  expect([absent.status, forbidden.status]).toEqual([404, 404]);
  expect(forbidden.body['type']).toBe(absent.body['type']);
  for (const address of [`${REQUESTS}/${id}/fulfilment`, `${REQUESTS}/${id}/refusal`]) {
    const body = address.endsWith('refusal') ? { ground: 'rightsOfOthers', reason: 'x' } : {};
    expect((await keeper.post(address, body)).status).toBe(403);
  }
  expect((await keeper.get(`${REQUESTS}/${id}/export`)).status).toBe(403);
  expect((await journey.service.anybody.get(REQUESTS)).status).toBe(401);
});

test('a refusal names its ground, is told to the person, and ends the request', async () => {
  const id = await file(keeper, { kind: 'erasure', scope: { identity: true } });
  const refusal = `${REQUESTS}/${id}/refusal`;
  const told = { reason: 'ต้องเก็บไว้เป็นหลักฐานการปฏิบัติราชการ', explanation: 'ดูหนังสือที่แนบ' };
  expect((await officer.post(refusal, { ...told, ground: 'dataAreCorrect' })).status).toBe(422);
  const refused = await officer.post<CommandAnswer>(refusal, { ...told, ground: 'publicTask' });
  expect(refused.status).toBe(200);
  expect(await read(keeper, id)).toMatchObject({ status: 'refused', decision: { ...told, ground: 'publicTask' } });
  expect((await officer.post(refusal, { ...told, ground: 'legalDuty' })).status).toBe(409);
  const items = await list(keeper, `status=refused&minPosition=${refused.body.position}`);
  expect(items).toMatchObject([{ requestId: id, ground: 'publicTask', daysLeft: null }]);
});

test('nobody decides what they have asked for or filed', async () => {
  const own = await file(officer, { kind: 'access' });
  const onPaper = await file(officer, {
    kind: 'access',
    person: (await mine(keeper)).pseudonym,
    receivedOn: '2026-01-05',
  });
  for (const id of [own, onPaper])
    expect((await officer.post(`${REQUESTS}/${id}/fulfilment`, {})).body['type']).toContain('decidedByTheSame');
  expect((await officer.get(`${REQUESTS}/${onPaper}/export`)).status).toBe(403);
  expect((await keeper.post(REQUESTS, { kind: 'access', person: randomUUID() })).status).toBe(403);
  expect((await officer.post(REQUESTS, { kind: 'access', person: randomUUID() })).status).toBe(422);

  const last = await read(officer, onPaper);
  const overdue = await list(officer, `overdue=only&minPosition=${last.asOfPosition}`);
  expect(overdue).toMatchObject([{ requestId: onPaper, dueOn: '2026-02-04', overdue: true }]);
  expect(overdue[0]!.daysLeft).toBeLessThan(0);
  // It is about the keeper, who sees it, and not the one of the officer.
  expect((await list(keeper, `minPosition=${last.asOfPosition}`)).map(({ requestId }) => requestId)).not.toContain(own);
});

test('nobody keeps the privacy officer busy alone, and what was filed before is answered again', async () => {
  const busy = await journey.service.as('dashboard');
  const key = 'first-of-ten';
  const first = await busy.post<CommandAnswer>(REQUESTS, { kind: 'access' }, { key });
  for (let count = 1; count < 10; count++) await file(busy, { kind: 'access' });
  const tenth = await busy.get<{ position: number }>(`${REQUESTS}?minPosition=${await headOf(journey)}`);
  expect(tenth.status).toBe(200);
  const refused = await busy.post<Problem>(REQUESTS, { kind: 'access' });
  expect([refused.status, refused.body.type]).toEqual([409, '/problems/personalDataRequest.tooManyOpen']);
  const again = await busy.post<CommandAnswer>(REQUESTS, { kind: 'access' }, { key });
  expect([again.status, again.body.id]).toEqual([201, first.body.id]);
  await file(keeper, { kind: 'access' });
});

test('an agreement shows the commitment where a private value of it was erased', async () => {
  const post = async (address: string, body: object): Promise<CommandAnswer> => {
    const { status, body: answer } = await keeper.post<CommandAnswer>(address, body);
    expect([address, status, answer]).toEqual([
      address,
      expect.any(Number),
      expect.objectContaining({ revision: expect.any(Number) }),
    ]);
    return answer;
  };
  await registerSource(keeper);
  const agreement = `/v1/agreements/${(await post('/v1/agreements', monitoringBody({ level: 'provincialOffice', parties: [{ side: 'maker', ...CDD }] }))).id}`;
  const { id: indicatorId } = await post(`${agreement}/indicators`, indicatorBody());
  const note = 'โทรศัพท์ผู้จัดทำ 08 1234 5678';
  const reported = await post(`${agreement}/indicators/${indicatorId}/actuals`, transcribedActualBody({ note }));
  const shown = async () => JSON.stringify((await keeper.get(agreement)).body);
  expect(await shown()).toContain(note);

  const stream = `agreement-${agreement.split('/').at(-1)}`;
  const values = [{ stream, eventId: reported.eventIds[0], path: '/note' }];
  const id = await file(keeper, { kind: 'erasure', scope: { values } });
  expect((await officer.post(`${REQUESTS}/${id}/fulfilment`, {})).status).toBe(200);
  expect(await shown()).not.toContain(note);
  expect(await shown()).toMatch(/"note":\{"\$private":"[A-Za-z0-9_-]{43}"\}/);
});

test('what is erased is gone for good, on every instance; the record keeps what it committed to', async () => {
  const sha256 = await uploaded(keeper, 'ภาพถ่ายผู้เข้าร่วมประชุม');
  const requestWithWords = await file(keeper, { kind: 'access', explanation: 'โทร. 08 1234 5678' });
  const before = await mine(keeper);
  const event = before.events.find(({ stream }) => stream.endsWith(requestWithWords))!;
  const values = [{ stream: event.stream, eventId: event.eventId, path: '/explanation' }];
  const keeperElsewhere = await other.as('recorder');
  expect((await mine(keeperElsewhere)).pseudonym).toBe(before.pseudonym);

  const browsers = [new Browser(journey.service.url), new Browser(other.url)];
  for (const browser of browsers)
    expect(await browser.signIn('recorder')).toMatchObject({ pseudonym: before.pseudonym });

  const id = await file(keeper, { kind: 'erasure', scope: { identity: true, values, evidence: [sha256] } });
  const key = randomUUID();
  const erased = await officer.post<CommandAnswer>(`${REQUESTS}/${id}/fulfilment`, {}, { key });
  expect(erased.status).toBe(200);
  expect((await officer.post(`${REQUESTS}/${id}/fulfilment`, {}, { key })).body).toEqual(erased.body);

  expect(await read(officer, id)).toMatchObject({
    status: 'fulfilled',
    decision: { erased: { categories: ['privateValues', 'identity', 'evidence'], valueCount: 1, fileCount: 1 } },
  });
  // The words are gone; the event that committed to them stands as it was.
  expect(await read(officer, requestWithWords)).toMatchObject({ explanation: null });
  expect((await officer.get(`/v1/evidence/${sha256}`)).status).not.toBe(200);
  const { store, vault, database } = journey.service.service.infrastructure;
  expect((await store.readEvent(event.eventId))!.body).toContain('$private');
  expect(await vault.identityOf(before.pseudonym)).toBeUndefined();
  const client = new Client(database.urls.migrate);
  await client.connect();
  const { rows } = await client.query(`SELECT count(*)::int FROM vault.pseudonym WHERE subject = 'recorder'`);
  await client.end();
  expect(rows).toEqual([{ count: 0 }]);
  expect(await list(officer, `status=fulfilled&minPosition=${erased.body.position}`)).toContainEqual(
    expect.objectContaining({ requestId: id, erasedValueCount: 1, erasedFileCount: 1, identityErased: true }),
  );

  // Nobody goes on by a session of the one whom nobody knows any more.
  for (const browser of browsers)
    await eventually(
      'the session is over',
      async () => ((await browser.ask('/session')).body['signedIn'] === false ? true : undefined),
      SESSION_ENDED_MS_MAX,
    );

  // Both instances learn it from the log, and then know by the same token somebody new.
  for (const client of [keeper, keeperElsewhere]) {
    const after = await eventually('somebody new', async () => {
      const own = await mine(client);
      return own.pseudonym === before.pseudonym ? undefined : own;
    });
    expect(JSON.stringify(after)).not.toContain(before.pseudonym);
    expect(after.records['evidence']).toEqual([]);
  }
});

test('a decision that was recorded and not carried out is carried out by whoever follows the log', async () => {
  const { store, database } = journey.service.service.infrastructure;
  const words = await file(stranger, { kind: 'access', explanation: 'ข้อความที่จะถูกลบ' });
  const [event] = await store.readRecorded(`personal-data-request-${words}` as never, 0, 1);
  const { $private } = (JSON.parse(event!.body) as { data: { explanation: { $private: string } } }).data.explanation;
  expect(await read(stranger, words)).toMatchObject({ explanation: 'ข้อความที่จะถูกลบ' });

  const values = [{ stream: event!.stream, eventId: event!.eventId }];
  const id = await file(stranger, { kind: 'erasure', scope: { values } });
  await officer.post(`${REQUESTS}/${id}/fulfilment`, {});
  expect(await read(stranger, words)).toMatchObject({ explanation: null });

  // As a vault is that was restored from a backup: the value is back, and the vault is behind the log.
  const owner = new Client(database.urls.migrate);
  await owner.connect();
  await owner.query(
    `INSERT INTO vault.private_value (digest, event_id, path, disclosure, stream) VALUES ($1, $2, '/explanation', $3, $4)`,
    [$private, event!.eventId, Buffer.from('["s","n","ข้อความที่จะถูกลบ"]').toString('base64url'), event!.stream],
  );
  await owner.query('UPDATE vault.erasure_progress SET position = -1');
  await owner.end();
  expect(await read(stranger, words)).toMatchObject({ explanation: 'ข้อความที่จะถูกลบ' });
  const restarted = await RunningService.start(startService, journey.environment.variables);
  try {
    await eventually('the value is erased again', async () =>
      (await read(stranger, words)).explanation === null ? true : undefined,
    );
    await eventually('the vault has caught up with the log', async () =>
      (await restarted.service.infrastructure.vault.erasureProgress()) > event!.position ? true : undefined,
    );
  } finally {
    await restarted.stop();
  }
}, 60_000);
