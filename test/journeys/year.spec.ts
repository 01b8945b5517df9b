import { bangkokDateOf } from '@khamrap/kernel';
import { commandIdOf, eventIdOf } from '@khamrap/platform/event-store';
import type { Answer, ApiClient, EventStream } from '../../libs/testing/service';
import type { AgreementAnswer, AwardList, CommandAnswer, List, Problem, StandingRow, StandingsEvent } from './answers';
import {
  actualBody,
  agreementBody,
  announcementBody,
  awardBody,
  CDD,
  indicatorBody,
  PROVINCE,
  registerSource,
  signatureBody,
  targetBody,
  type FrozenTerms,
} from './bodies';
import { beginJourney, headOf, type Journey } from './journey';

// One year of one agreement, told from the first draft to the last figure: each test goes on where the one before ended.

const NOTE = 'ตัวเลขจากบัญชีผู้พัก ยังไม่รวมอำเภอวังชิ้น';
const PREPARED_BY = 'นางสาวตัวอย่าง ผู้รวบรวม';
const SPAN = '2022-10-01..2023-06-30';

let journey: Journey;
let governor: ApiClient;
let head: ApiClient;
let keeper: ApiClient;
let inspector: ApiClient;
let recorder: ApiClient;
let dashboard: ApiClient;
let live: EventStream<StandingsEvent>;

/** What standings and awards were once the command of each position was through. */
const standingsKnown = new Map<number, { recordedAt: string; items: readonly StandingRow[] }>();
const awardsKnown = new Map<number, AwardList>();
let [effectPosition, agreementId] = ['', ''];
let [tourismId, otopId] = ['', ''];

beforeAll(async () => {
  journey = await beginJourney();
  [governor, head, keeper, inspector, recorder, dashboard] = (await Promise.all(
    ['governor-of-phrae', 'head-of-phrae-cdd', 'keeper-of-phrae-cdd', 'inspector-zone-16', 'recorder', 'dashboard'].map(
      (subject) => journey.service.as(subject),
    ),
  )) as [ApiClient, ApiClient, ApiClient, ApiClient, ApiClient, ApiClient];
  live = await journey.service.streamAs('dashboard', '/v1/standings/stream?province=TH-54&fiscalYear=2566');
}, 60_000);

afterAll(async () => {
  live?.close();
  await journey?.end();
});

/** Sends a command that has to be accepted, and remembers what was known once it was through. */
async function accept(client: ApiClient, path: string, body: unknown, status = 200): Promise<CommandAnswer> {
  const answer = await client.post<CommandAnswer>(path, body);
  expect({ status: answer.status, text: answer.text }).toEqual({ status, text: expect.any(String) as unknown });
  expect(answer.headers.etag).toBe(`"${answer.body.revision}"`);
  const { position, receipt } = answer.body;
  expect(receipt).toMatchObject({ position, status: 'sequenced' });
  const known = await standings(`minPosition=${position}`);
  expect(known.position).toBe(position);
  standingsKnown.set(position as number, { recordedAt: receipt?.recordedAt as string, items: known.items });
  return answer.body;
}

async function standings(query: string): Promise<List<StandingRow>> {
  const { status, body } = await dashboard.get<List<StandingRow>>(`/v1/standings?${query}`);
  expect(status).toBe(200);
  return body;
}

const streamFrom = (lastEventId: string): Promise<EventStream<StandingsEvent>> =>
  journey.service.streamAs('dashboard', '/v1/standings/stream', { 'last-event-id': lastEventId });

const agreement = (client: ApiClient, query = ''): Promise<Answer<AgreementAnswer>> =>
  client.get<AgreementAnswer>(`/v1/agreements/${agreementId}${query}`);

async function frozenTerms(): Promise<FrozenTerms> {
  const { termsHash, termsRevision } = (await agreement(head)).body;
  return { termsHash: termsHash as string, termsRevision: termsRevision as number };
}

/** The head proposes, the governor accepts: from then on it can be signed. */
async function agree(): Promise<FrozenTerms> {
  await accept(head, path('/proposal'), { officeId: CDD.officeId });
  return acceptTerms(await frozenTerms());
}

async function acceptTerms(terms: FrozenTerms): Promise<FrozenTerms> {
  await accept(governor, path('/acceptance'), { officeId: PROVINCE.officeId, termsHash: terms.termsHash });
  return terms;
}

const path = (rest: string): string => `/v1/agreements/${agreementId}${rest}`;

describe('terms', () => {
  test('the head drafts, with the governor as receiver', async () => {
    const answer = await head.post<CommandAnswer>('/v1/agreements', agreementBody());
    expect(answer.status).toBe(201);
    agreementId = answer.body.id;
    expect(answer.headers.location).toBe(`/v1/agreements/${agreementId}`);
    expect(answer.body).toMatchObject({
      revision: 0,
      position: await headOf(journey),
      receipt: { status: 'sequenced' },
    });
    const { status, body, headers } = await agreement(governor);
    expect(status).toBe(200);
    expect(headers.etag).toBe('"0"');
    expect(body).toMatchObject({
      agreementId,
      status: 'draft',
      basis: 'signed',
      period: { from: '2022-10-01', to: '2023-09-30' },
      parties: [
        { side: 'maker', ...CDD },
        { side: 'receiver', ...PROVINCE },
      ],
    });
  });

  test('an office has one agreement for a level and year', async () => {
    const { status, body } = await head.post<Problem>('/v1/agreements', agreementBody({ title: 'อีกฉบับ' }));
    expect([status, body.type]).toEqual([409, '/problems/agreement.alreadyDrafted']);
  });

  test('nobody begins the agreement of another office, not even as its witness', async () => {
    const parties = [
      { side: 'maker', officeId: 'phrae-land', officeName: 'สำนักงานที่ดินจังหวัดแพร่' },
      { side: 'receiver', ...PROVINCE },
      { side: 'witness', ...CDD },
    ];
    const { status, body } = await head.post<Problem>('/v1/agreements', agreementBody({ parties }));
    expect([status, body.type]).toEqual([403, '/problems/agreement.notYours']);
  });

  test('indicators and targets are added, in Thai digits and Buddhist years as well', async () => {
    ({ id: tourismId } = await accept(head, path('/indicators'), indicatorBody({ weight: '๖๐' })));
    ({ id: otopId } = await accept(
      head,
      path('/indicators'),
      indicatorBody({ displayNumber: '2', name: 'รายได้จากผลิตภัณฑ์ชุมชน', unit: 'baht', weight: '40', goalNumber: 8 }),
    ));
    await accept(
      head,
      path(`/indicators/${tourismId}/target`),
      targetBody({ span: { from: '1 ตุลาคม 2565', to: '๓๐ มิ.ย. ๒๕๖๖' }, value: '๑,๘๐๐', asPrinted: '๑,๘๐๐ ล้านบาท' }),
    );
    await accept(
      head,
      path(`/indicators/${otopId}/target`),
      targetBody({ span: { from: '2022-10-01', to: '30/09/2566' }, value: '1,700,000,000.00', unit: 'baht' }),
    );
    const { body } = await agreement(head);
    expect(
      body.indicators.map(({ terms, targets }) => [terms.weight, targets.map(({ span, value }) => [span, value])]),
    ).toEqual([
      ['60', [[SPAN, '1800']]],
      ['40', [['2022-10-01..2023-09-30', '1700000000.00']]],
    ]);
  });

  test('nobody outside sees the draft among standings', async () => {
    expect((await standings('')).items).toEqual([]);
    expect((await dashboard.get<List<unknown>>('/v1/agreements')).body.items).toEqual([]);
  });
});

describe('signatures', () => {
  test('nobody signs what was not proposed and accepted', async () => {
    const early = signatureBody({ termsHash: '0'.repeat(64), termsRevision: 0 });
    const unproposed = await head.post<Problem>(path('/signatures'), early);
    expect([unproposed.status, unproposed.body.type]).toEqual([409, '/problems/terms.notProposed']);
    await accept(head, path('/proposal'), { officeId: CDD.officeId });
    const { status, body } = await head.post<Problem>(path('/signatures'), signatureBody(await frozenTerms()));
    expect([status, body.type]).toEqual([409, '/problems/terms.notAccepted']);
    expect(body.facts).toEqual({ waitingFor: [PROVINCE.officeId] });
    await acceptTerms(await frozenTerms());
  });

  test('a changed target voids a signature that was given', async () => {
    const terms = await frozenTerms();
    await accept(head, path('/signatures'), signatureBody(terms));
    expect((await agreement(governor)).body.signatures).toHaveLength(1);
    const voided = await accept(
      head,
      path(`/indicators/${tourismId}/target`),
      targetBody({ value: '๑,๘๘๗', asPrinted: '1,887 ล้านบาท' }),
    );
    expect(voided.eventIds).toHaveLength(2);
    const { signatures, negotiation } = (await agreement(governor)).body;
    expect({ signatures, proposal: negotiation.proposal }).toEqual({ signatures: [], proposal: undefined });
    const { status, body } = await head.post<Problem>(path('/signatures'), signatureBody(terms));
    expect([status, body.type]).toEqual([409, '/problems/terms.notProposed']);
  });

  test('a signature on other terms is refused, with the current ones', async () => {
    const { termsHash: current, termsRevision } = await agree();
    const other = signatureBody({ termsHash: '0'.repeat(64), termsRevision });
    const { status, body } = await head.post<Problem>(path('/signatures'), other);
    expect(status).toBe(409);
    expect(body).toMatchObject({
      type: '/problems/agreement.termsHashDiffers',
      facts: { currentTermsHash: current },
      errors: [{ pointer: '/termsHash' }],
    });
  });

  test('nobody signs for another office', async () => {
    const terms = await frozenTerms();
    const asMaker = signatureBody(terms);
    const asReceiver = signatureBody(terms, { side: 'receiver', officeId: PROVINCE.officeId });
    const attempts: [ApiClient, unknown, number][] = [
      [head, asReceiver, 403],
      [governor, asMaker, 403],
      // Who records papers does not click for others.
      [recorder, asMaker, 403],
      [keeper, asMaker, 403],
      [inspector, asReceiver, 403],
    ];
    for (const [client, body, expected] of attempts) {
      expect((await client.post(path('/signatures'), body)).status).toBe(expected);
    }
    expect((await agreement(governor)).body.signatures).toEqual([]);
  });

  test('one signs by click, the other on paper: it takes effect', async () => {
    const terms = await frozenTerms();
    const before = bangkokDateOf(Date.now());
    const click = await accept(head, path('/signatures'), signatureBody(terms));
    expect(click.eventIds).toHaveLength(1);
    const paper = await accept(
      recorder,
      path('/signatures'),
      signatureBody(terms, {
        side: 'receiver',
        officeId: PROVINCE.officeId,
        signatoryName: 'ชุติเดช มีจันทร์',
        position: 'ผู้ว่าราชการจังหวัดแพร่',
        paper: { scanSha256: 'cd'.repeat(32), signedOn: '12 ตุลาคม ๒๕๖๕' },
      }),
    );
    expect(paper.eventIds).toHaveLength(2);
    effectPosition = String(paper.position);
    const { body } = await agreement(inspector);
    expect(body.status).toBe('inEffect');
    expect([before, bangkokDateOf(Date.now())]).toContain(body.effectiveOn);
    expect(body.signatures).toMatchObject([
      { side: 'maker', capture: 'click' },
      { side: 'receiver', capture: 'paper', scanSha256: 'cd'.repeat(32), signedOn: '2022-10-12' },
    ]);
  });

  test('its standings arrive live, and only then', async () => {
    const again = await streamFrom('0');
    for (const stream of [live, again]) {
      const { id, data } = await stream.next();
      expect(id).toBe(effectPosition);
      expect(data.standings).toEqual((await standings(`province=TH-54&asOfPosition=${id}`)).items);
      expect(data.standings.map(({ displayNumber, status }) => [displayNumber, status])).toEqual([
        ['1', 'notReported'],
        ['2', 'notReported'],
      ]);
    }
    again.close();
  });

  test('the terms are fixed from then on', async () => {
    const { status, body } = await head.post<Problem>(
      path(`/indicators/${tourismId}/target`),
      targetBody({ value: '1' }),
    );
    expect([status, body.type]).toEqual([409, '/problems/agreement.termsFixed']);
  });
});

describe('figures', () => {
  let reported: CommandAnswer;

  test('before any figure, every target waits for one', async () => {
    const { items } = await standings(`agreement=${agreementId}`);
    expect(items.map(({ displayNumber, status, target }) => [displayNumber, status, target])).toEqual([
      ['1', 'notReported', '1887'],
      ['2', 'notReported', '1700000000.00'],
    ]);
  });

  test('the keeper reports, and standings change where people look', async () => {
    reported = await accept(
      keeper,
      path(`/indicators/${tourismId}/actuals`),
      actualBody({
        span: { from: '1 ตุลาคม 2565', to: '30 มิถุนายน 2566' },
        value: '๒,๔๔๖.๘๘',
        asOf: '30 มิถุนายน 2566',
        note: NOTE,
        preparedBy: PREPARED_BY,
      }),
    );
    const { items } = await standings('province=TH-54&fiscalYear=2566&goal=8');
    expect(items).toHaveLength(1);
    const [tourism] = (await standings(`fiscalYear=${encodeURIComponent('๒๕๖๖')}`)).items;
    expect(tourism).toMatchObject({
      indicatorId: tourismId,
      period: SPAN,
      target: '1887',
      actual: '2446.88',
      status: 'achieved',
      attainmentPercent: '129.67',
      gap: '559.88',
      changedAtPosition: reported.position,
    });
  });

  test('the change arrives live, under its position', async () => {
    const { id, event, data } = await live.next();
    expect([id, event]).toEqual([String(reported.position), 'standings']);
    expect(data.standings).toEqual((await standings(`province=TH-54&asOfPosition=${id}&status=achieved`)).items);
  });

  test('a client that comes back hears what it has missed, and nothing twice', async () => {
    const returned = await streamFrom(effectPosition);
    expect((await returned.next()).id).toBe(String(reported.position));
    const otop = await accept(
      keeper,
      path(`/indicators/${otopId}/actuals`),
      actualBody({
        span: { from: '2022-10-01', to: '2023-09-30' },
        value: '1755091742',
        unit: 'baht',
        finality: 'final',
      }),
    );
    for (const stream of [returned, live]) expect((await stream.next()).id).toBe(String(otop.position));
    returned.close();
  });

  test('what is private is told to those who work on it, and is not in the log', async () => {
    const ofKeeper = (await agreement(keeper)).body.indicators[0]?.actuals[0];
    expect(ofKeeper).toMatchObject({ note: NOTE, preparedBy: PREPARED_BY });
    const commitment = { $private: expect.stringMatching(/^[\w-]{43}$/) as unknown };
    for (const client of [inspector, dashboard]) {
      const answer = await agreement(client);
      expect(answer.body.indicators[0]?.actuals[0]).toMatchObject({ note: commitment, preparedBy: commitment });
      expect(answer.text).not.toContain(NOTE);
    }
    const log = await journey.service.service.infrastructure.store.readLog(0, 1_000);
    const bodies = log.map(({ body }) => body).join('\n');
    expect(bodies).toContain('2446.88');
    expect(bodies).not.toContain(NOTE);
    expect(bodies).not.toContain(PREPARED_BY);
    // The same commitment that outsiders are shown.
    const note = (await agreement(inspector)).body.indicators[0]?.actuals[0]?.note as { $private: string } | undefined;
    expect(bodies).toContain(note?.$private);
  });

  test('agreements are counted', async () => {
    const { body } = await dashboard.get<List<unknown>>('/v1/agreements?office=phrae-cdd');
    expect(body.items).toMatchObject([
      {
        agreementId,
        status: 'inEffect',
        indicatorCount: 2,
        targetsJudged: 2,
        targetsMet: 2,
        byStatus: { achieved: 2 },
      },
    ]);
  });
});

describe('the past', () => {
  test('standings are at every earlier position what they were when it was the last', async () => {
    expect(standingsKnown.size).toBeGreaterThan(8);
    for (const [position, { items }] of standingsKnown) {
      expect(await standings(`province=TH-54&asOfPosition=${position}`)).toEqual({ items, position });
    }
  });

  test('and at every earlier moment', async () => {
    const known = [...standingsKnown].map(([position, { recordedAt, items }]) => ({ position, recordedAt, items }));
    for (const { recordedAt } of known) {
      // Of two in the same millisecond the later one counts.
      const last = known.findLast((each) => each.recordedAt === recordedAt);
      const asOf = encodeURIComponent(recordedAt.replace('Z', '+00:00'));
      expect(await standings(`province=TH-54&asOf=${asOf}`)).toEqual({ items: last?.items, position: last?.position });
    }
  });

  test('between a signature and its taking effect nothing shows yet', async () => {
    const inEffect = [...standingsKnown].find(([, { items }]) => items.length > 0)?.[0] as number;
    expect((await standings(`province=TH-54&asOfPosition=${inEffect - 1}`)).items).toEqual([]);
  });

  test('the agreement is told as it stood', async () => {
    const first = [...standingsKnown.keys()][0] as number;
    const { body } = await agreement(governor, `?asOfPosition=${first}`);
    expect(body).toMatchObject({ status: 'draft', revision: 1, signatures: [], asOfPosition: first });
    expect((await agreement(governor, '?asOfPosition=0')).status).toBe(404);
  });
});

describe('lists', () => {
  test('are tables for those who accept them', async () => {
    const { items } = await standings('');
    const { headers, text } = await dashboard.get('/v1/standings', { headers: { accept: 'text/csv' } });
    expect(headers['content-type']).toMatch(/^text\/csv; charset=utf-8/);
    expect(headers['content-disposition']).toBe('attachment; filename="standings.csv"');
    const [header = '', ...lines] = text
      .replace(/^\uFEFF/, '')
      .trimEnd()
      .split('\r\n');
    const columns = header.split(',');
    const rows = items as unknown as readonly Readonly<Record<string, string | number | boolean | null>>[];
    expect(lines).toEqual(rows.map((row) => columns.map((column) => String(row[column] ?? '')).join(',')));
    expect(columns).toEqual(
      expect.arrayContaining(['name', 'period', 'target', 'actual', 'status', 'attainmentPercent']),
    );
  });

  test('are walked through by their links, the same question on every page', async () => {
    const { items } = await standings('fiscalYear=2566');
    const walked: StandingRow[] = [];
    for (let next: string | undefined = '/v1/standings?fiscalYear=2566&limit=1'; next !== undefined;) {
      const { body, headers }: Answer<List<StandingRow>> = await dashboard.get(next);
      expect(body.items).toHaveLength(1);
      walked.push(...body.items);
      next = /^<([^>]+)>; rel="next"$/.exec(String(headers.link))?.[1];
    }
    expect(walked).toEqual(items);
  });
});

describe('care with commands', () => {
  test('a command that insists on a revision is refused once there is a later one', async () => {
    const { body, headers } = await agreement(keeper);
    const actual = actualBody({ span: { from: '2022-10-01', to: '2022-12-31' } });
    const to = path(`/indicators/${tourismId}/actuals`);
    const stale = await keeper.post<Problem>(to, actual, { headers: { 'if-match': `"${body.revision - 1}"` } });
    expect(stale.status).toBe(412);
    expect(stale.body).toMatchObject({ type: '/problems/revisionMismatch', currentRevision: body.revision });
    expect(stale.headers.etag).toBe(headers.etag);
    const fresh = await keeper.post<CommandAnswer>(to, actual, { headers: { 'if-match': String(headers.etag) } });
    expect([fresh.status, fresh.body.revision]).toEqual([200, body.revision + 1]);
  });

  test('the same key brings the same answer, for ever; with another body none', async () => {
    const to = path(`/indicators/${tourismId}/actuals`);
    const actual = actualBody({ span: { from: '2023-01-01', to: '2023-03-31' } });
    const first = await keeper.post<CommandAnswer>(to, actual, { key: 'second-quarter' });
    await keeper.post(to, actualBody({ span: { from: '2023-04-01', to: '2023-06-30' } }));
    const again = await keeper.post<CommandAnswer>(to, actual, { key: 'second-quarter' });
    expect([again.status, again.body]).toEqual([first.status, first.body]);
    expect([first.headers['idempotent-replayed'], again.headers['idempotent-replayed']]).toEqual([undefined, 'true']);
    const other = await keeper.post<Problem>(to, { ...actual, value: '1' }, { key: 'second-quarter' });
    expect([other.status, other.body.type]).toEqual([422, '/problems/idempotencyKeyReused']);
    // Somebody else's key of the same name is another key.
    const ofHead = await head.post<Problem>(to, actual, { key: 'second-quarter' });
    expect(ofHead.status).toBe(403);
  });

  test('who knows their pseudonym and the key can tell the event ids beforehand', async () => {
    await registerSource(recorder);
    const { body } = await recorder.post<CommandAnswer>('/v1/award-announcements', announcementBody(), { key: 'k' });
    const { pseudonym } = (await recorder.get<{ pseudonym: string }>('/session')).body;
    expect(body.eventIds).toEqual([eventIdOf(commandIdOf('urn:khamrap:embedded-issuer', pseudonym, 'k'), 0)]);
  });
});

describe('awards', () => {
  const awards = async (query = ''): Promise<AwardList> =>
    (await governor.get<AwardList>(`/v1/awards?province=TH-54&${query}`)).body;

  test('the governor grants one by name; a stated number is announced beside it', async () => {
    const before = await awards(`minPosition=${await headOf(journey)}`);
    expect(before.awardCount).toBe(14);
    awardsKnown.set(before.position, before);
    for (const [client, to, body] of [
      [governor, '/v1/awards', awardBody()],
      [recorder, '/v1/award-announcements', announcementBody({ category: 'moralProvince', statedCount: 51 })],
    ] as const) {
      const answer = await client.post<CommandAnswer>(to, body);
      expect(answer.status).toBe(201);
      const found = (await governor.get<AwardList>(`${answer.headers.location}&minPosition=${answer.body.position}`))
        .body;
      expect(found.items.map(({ awardId }) => awardId)).toEqual([answer.body.id]);
      awardsKnown.set(answer.body.position as number, await awards(`minPosition=${answer.body.position}`));
    }
    expect((await awards()).awardCount).toBe(14 + 1 + 51);
    expect((await awards('category=gecc')).awardCount).toBe(14 + 1);
  });

  test('tallies are at every earlier position what they were', async () => {
    for (const [position, known] of awardsKnown) expect(await awards(`asOfPosition=${position}`)).toEqual(known);
    expect((await awards('asOfPosition=0')).awardCount).toBe(0);
  });
});
