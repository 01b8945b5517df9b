import { createHash } from 'node:crypto';
import type { ApiClient } from '../../libs/testing/service';
import type { DisclosureAnswer, DisclosuresAnswer } from '../../libs/slices/audit/views/disclosures/disclosures.answer';
import type { AgreementAnswer, CommandAnswer, Problem } from './answers';
import { actualBody, agreementBody, CDD, indicatorBody, PROVINCE, signatureBody, targetBody } from './bodies';
import { beginJourney, headOf, type Journey } from './journey';

// Who has what of the log: an agreement from its draft to a figure that is reported inside, over HTTP.

const DISCLOSURES = '/v1/audit/disclosures';
const NOTE = 'โทรหาคุณสมมุติที่สหกรณ์';
const persons = {
  governor: 'governor-of-phrae',
  head: 'head-of-phrae-cdd',
  keeper: 'keeper-of-phrae-cdd',
  inspector: 'inspector-zone-16',
  elsewhere: 'inspector-zone-5',
  nacc: 'nacc-officer',
  administrator: 'administrator',
  dashboard: 'dashboard',
  privacyOfficer: 'privacy-officer',
} as const;
type Reader = keyof typeof persons | 'anybody';
const READERS = ['anybody', ...Object.keys(persons)] as readonly Reader[];

let journey: Journey;
let agreementId: string;
/** Positions of events, by what they are called below. */
const at: Record<string, number> = {};

const as = (reader: Reader): Promise<ApiClient> | ApiClient =>
  reader === 'anybody' ? journey.service.anybody : journey.service.as(persons[reader]);

async function accept(reader: Reader, path: string, body?: unknown): Promise<CommandAnswer> {
  const address = path.replace('…', `/v1/agreements/${agreementId}`);
  const answer = await (await as(reader)).post<CommandAnswer>(address, body);
  expect([path, answer.status < 300, answer.text]).toEqual([path, true, answer.text]);
  return answer.body;
}

async function disclosed(reader: Reader, position: number | undefined): Promise<DisclosureAnswer | undefined> {
  const { status, body } = await (await as(reader)).get<DisclosureAnswer & Problem>(`${DISCLOSURES}/${position}`);
  expect([200, 404]).toContain(status);
  if (status === 200) return body;
  expect(body.type).toMatch(/disclosure\.notDisclosed$/);
  return undefined;
}

const whoHas = async (position: number | undefined): Promise<readonly Reader[]> => {
  const having = await Promise.all(READERS.map((reader) => disclosed(reader, position)));
  return READERS.filter((_reader, index) => having[index] !== undefined);
};

/** As far as it goes. */
async function walk(reader: Reader, count: number): Promise<readonly DisclosureAnswer[]> {
  const items: DisclosureAnswer[] = [];
  for (let from: number | undefined = 0; from !== undefined;) {
    const address: string = `${DISCLOSURES}?from=${from}&count=${count}`;
    const { status, body, text } = await (await as(reader)).get<DisclosuresAnswer>(address);
    expect([status, text]).toEqual([200, text]);
    items.push(...body.items);
    from = body.next;
  }
  return items;
}

beforeAll(async () => {
  journey = await beginJourney();
  const draft = await accept('head', '/v1/agreements', agreementBody());
  agreementId = draft.id;
  at['draft'] = draft.position!;
  const indicator = await accept('head', '…/indicators', indicatorBody({ weight: '100', leadOffice: CDD }));
  at['indicator'] = indicator.position!;
  at['target'] = (await accept('head', `…/indicators/${indicator.id}/target`, targetBody({ value: '1' }))).position!;
  at['newTarget'] = (await accept('head', `…/indicators/${indicator.id}/target`, targetBody())).position!;
  expect(await whoHas(at['draft'])).toEqual(['governor', 'head', 'inspector', 'nacc', 'administrator']);
  at['proposal'] = (await accept('head', '…/proposal', { officeId: CDD.officeId })).position!;
  const { body } = await (await as('head')).get<AgreementAnswer>(`/v1/agreements/${agreementId}`);
  const terms = { termsHash: body.termsHash ?? '', termsRevision: body.termsRevision ?? 0 };
  await accept('governor', '…/acceptance', { officeId: PROVINCE.officeId, termsHash: terms.termsHash });
  at['signature'] = (await accept('head', '…/signatures', signatureBody(terms))).position!;
  const governor = { side: 'receiver', officeId: PROVINCE.officeId, signatoryName: 'ชุติเดช มีจันทร์' };
  const last = await accept(
    'governor',
    '…/signatures',
    signatureBody(terms, { ...governor, position: 'ผู้ว่าราชการจังหวัดแพร่' }),
  );
  at['effect'] = last.position!;
  const reported = await accept('keeper', `…/indicators/${indicator.id}/actuals`, actualBody({ note: NOTE }));
  at['figure'] = reported.position!;
  const filed = { kind: 'access', explanation: 'ขอสำเนาข้อมูลของข้าพเจ้า' };
  at['request'] = (await accept('dashboard', '/v1/personal-data-requests', filed)).position!;
  const grant = { grantee: '0f8fad5b-d9cb-469f-a165-70867728950e', role: 'keeper', reason: 'คำสั่ง' };
  const scope = { kind: 'office', value: CDD.officeId };
  at['role'] = (
    await accept('administrator', `/v1/offices/${CDD.officeId}/role-grants`, { ...grant, scope })
  ).position!;
  // What an event publishes of earlier ones is told once the projection has heard of it.
  const { projections } = journey.service.service.infrastructure;
  expect(await projections.waitFor('disclosures', at['role'], 20_000)).toBe(true);
}, 120_000);
afterAll(() => journey?.end());

test.each<[string, readonly Reader[] | 'everybody']>([
  ['draft', 'everybody'],
  ['indicator', 'everybody'],
  ['newTarget', 'everybody'],
  ['target', ['governor', 'head', 'inspector', 'nacc', 'administrator']],
  ['proposal', ['governor', 'head', 'inspector', 'nacc', 'administrator']],
  ['effect', ['governor', 'head', 'inspector', 'nacc', 'administrator']],
  ['signature', ['governor', 'head', 'inspector', 'nacc', 'administrator']],
  ['figure', ['governor', 'head', 'inspector', 'nacc', 'administrator']],
  ['role', ['nacc', 'administrator']],
  ['request', ['privacyOfficer']],
])('the event called %s is had by %p', async (name, readers) => {
  expect(await whoHas(at[name])).toEqual(readers === 'everybody' ? READERS : readers);
});

test('what others published says by what, and since when', async () => {
  const [draft, effect, figure] = await Promise.all(
    ['draft', 'effect', 'figure'].map((name) => disclosed('inspector', at[name])),
  );
  const published = { position: at['effect'], recordedAt: effect!.recordedAt };
  expect(draft).toMatchObject({ type: 'AgreementDrafted', published, position: at['draft'] });
  expect(draft!.stream.name).toBe(`agreement-${agreementId}`);
  expect(effect).toMatchObject({ type: 'AgreementTookEffect', published: null });
  expect(figure).toMatchObject({ type: 'ActualReported', published: null });
});

test('nobody outside is told the pseudonym of who signed last by a click, whose name is public', async () => {
  const signature = await disclosed('nacc', at['effect']! - 1);
  const { actor, data } = JSON.parse(signature!.body) as { actor: { id: string }; data: { signatoryName: string } };
  expect(data.signatoryName).toBe('ชุติเดช มีจันทร์');
  const agreement = await journey.service.anybody.get<AgreementAnswer>(`/v1/agreements/${agreementId}`);
  expect(agreement.text).toContain(data.signatoryName);
  const told = (await walk('anybody', 256)).filter(({ stream }) => stream.name === `agreement-${agreementId}`);
  expect(told.length).toBeGreaterThan(0);
  expect(JSON.stringify(told)).not.toContain(actor.id);
});

test('private values are had by those who work on it, with what proves them', async () => {
  const [head, inspector, officer] = await Promise.all([
    disclosed('head', at['figure']),
    disclosed('inspector', at['figure']),
    disclosed('privacyOfficer', at['request']),
  ]);
  expect(inspector).not.toHaveProperty('private');
  expect(head!.private).toMatchObject([{ path: '/note' }]);
  const { disclosure } = head!.private![0]!;
  expect(JSON.parse(Buffer.from(disclosure, 'base64url').toString('utf8'))).toEqual([expect.any(String), 'note', NOTE]);
  const digest = createHash('sha256').update(disclosure, 'ascii').digest('base64url');
  expect(JSON.parse(head!.body)).toMatchObject({ data: { note: { $private: digest } } });
  expect(officer!.private).toMatchObject([{ path: '/explanation' }]);
  for (const reader of READERS)
    if (!['head', 'keeper'].includes(reader)) expect(JSON.stringify(await walk(reader, 256))).not.toContain(disclosure);
});

test('whoever walks the log is given what they may have, page by page, and each opens its leaf', async () => {
  const head = await headOf(journey);
  const log = await journey.service.service.infrastructure.store.readLog(0, head + 1);
  for (const reader of ['anybody', 'elsewhere', 'inspector', 'administrator'] as const) {
    const items = await walk(reader, 7);
    expect(items).toEqual(await walk(reader, 256));
    for (const { position, salt, body } of items) {
      const bytes = Buffer.concat([Buffer.from(salt, 'hex'), Buffer.from(body, 'utf8')]);
      expect(createHash('sha256').update(bytes).digest()).toEqual(log[position]!.bodyHash);
    }
    const hidden = [at['target'], at['proposal'], at['signature'], at['effect'], at['figure']];
    const had = hidden.filter((each) => items.some(({ position }) => position === each));
    expect(had).toEqual(reader === 'anybody' || reader === 'elsewhere' ? [] : hidden);
    expect(items[0]).toMatchObject({ position: 0, type: 'LedgerOpened' });
  }
  const { body } = await journey.service.anybody.get<DisclosuresAnswer>(`${DISCLOSURES}?from=${head + 5}`);
  expect(body).toEqual({ items: [], from: head + 5, until: head + 5 });
});

test.each<[string, number, RegExp]>([
  ['/999999', 404, /disclosure\.notDisclosed$/],
  [`/${Number.MAX_SAFE_INTEGER}`, 404, /disclosure\.notDisclosed$/],
  ['/9007199254740993', 404, /notFound$/],
  ['/01', 404, /notFound$/],
  ['/-1', 404, /notFound$/],
  ['/draft', 404, /notFound$/],
  ['?count=257', 400, /invalidRequest$/],
  ['?count=0', 400, /invalidRequest$/],
  ['?from=-1', 400, /invalidRequest$/],
  ['?from=1e3', 400, /invalidRequest$/],
  ['?until=5', 400, /invalidRequest$/],
])('what is asked wrongly at %s is answered with %d', async (address, status, type) => {
  const { body } = await journey.service.anybody.get<Problem>(`${DISCLOSURES}${address}`);
  expect([body.status, body.type]).toEqual([status, expect.stringMatching(type)]);
  expect(Object.keys(body.titles).sort()).toEqual(['en', 'th']);
});

test('what is hidden is answered as what is not there', async () => {
  const answers = await Promise.all(
    [at['figure'], 999_999].map((position) => journey.service.anybody.get<Problem>(`${DISCLOSURES}/${position}`)),
  );
  const [hidden, absent] = answers.map(({ body }) => ({ ...body, instance: '', traceId: '' }));
  expect(hidden).toEqual(absent);
  const forged = await journey.service.anybody.get(`${DISCLOSURES}/0`, { headers: { authorization: 'Bearer x' } });
  expect(forged.status).toBe(401);
});
