import { randomUUID } from 'node:crypto';
import type { ApiClient } from '../../../libs/testing/service';
import type { AgreementAnswer, CommandAnswer, Problem } from '../answers';
import {
  actualBody,
  agreementBody,
  awardBody,
  goalSetBody,
  indicatorBody,
  registerSource,
  signatureBody,
  sourceDocumentBody,
  targetBody,
} from '../bodies';
import { beginJourney, type Journey } from '../journey';

// Who may do what to which object: every command of agreements, awards, goals, schemes and sources, at the own office, at another
// one of the province and in another province. A command that comes past the question for leave may be refused by the rules.

const PERSONS = {
  governor: 'governor-of-phrae',
  head: 'head-of-phrae-cdd',
  keeper: 'keeper-of-phrae-cdd',
  supervisor: 'supervisor-of-phrae-cdd',
  unit: 'performance-unit-of-phrae',
  recorder: 'recorder',
  inspector: 'inspector-zone-16',
  dashboard: 'dashboard',
  administrator: 'administrator',
} as const;
type Person = keyof typeof PERSONS;
const ALL = Object.keys(PERSONS) as readonly Person[];

/** Seen from the community development office of Phrae; Chiang Rai lies in the inspector's zone. */
const PLACES = {
  own: { office: 'phrae-cdd', receiver: 'phrae-province', province: 'TH-54' },
  other: { office: 'phrae-land', receiver: 'phrae-province', province: 'TH-54' },
  abroad: { office: 'chiang-rai-cdd', receiver: 'chiang-rai-province', province: 'TH-57' },
} as const;
type PlaceName = keyof typeof PLACES;
const PLACE_NAMES = Object.keys(PLACES) as readonly PlaceName[];

const SOURCE = { document: 'ab'.repeat(32), passage: 'paragraph 2' };
const SHA256 = 'cd'.repeat(32);
const SPAN = '2022-10-01..2023-06-30';
const INDICATOR = randomUUID();
const CANARY = { note: 'บันทึกที่ไม่เผยแพร่', value: '987654.321' };

interface There {
  readonly office: string;
  readonly receiver: string;
  readonly province: string;
  readonly draft: string;
  readonly running: string;
  readonly awardId: string;
  readonly goalSetId: string;
}

let journey: Journey;
const clients = new Map<Person, ApiClient>();
const there = new Map<PlaceName, There>();

beforeAll(async () => {
  journey = await beginJourney();
  for (const person of ALL) clients.set(person, await journey.service.as(PERSONS[person]));
  await registerSource(as('recorder'));
  for (const place of PLACE_NAMES) there.set(place, await prepare(place));
}, 120_000);
afterAll(async () => {
  await journey?.end();
});

const as = (person: Person): ApiClient => clients.get(person) as ApiClient;

async function done(person: Person, path: string, body: object): Promise<CommandAnswer> {
  const answer = await as(person).post<CommandAnswer>(path, body);
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`);
  return answer.body;
}

/** Of each place a draft, an agreement that was signed on paper, an award and a goal set, all from documents. */
async function prepare(place: PlaceName): Promise<There> {
  const { office, receiver, province } = PLACES[place];
  const parties = [
    { side: 'maker', officeId: office, officeName: 'สำนักงาน' },
    { side: 'receiver', officeId: receiver, officeName: 'จังหวัด' },
  ];
  const begun = async (fiscalYear: number): Promise<readonly [string, string]> => {
    const { id } = await done(
      'recorder',
      '/v1/agreements',
      agreementBody({ fiscalYear, parties, province, source: SOURCE }),
    );
    const indicators = `/v1/agreements/${id}/indicators`;
    const { id: indicator } = await done('recorder', indicators, indicatorBody({ source: SOURCE }));
    return [id, `${indicators}/${indicator}`];
  };
  const [draft] = await begun(2567);
  const [running, indicator] = await begun(2566);
  const path = `/v1/agreements/${running}`;
  await done('recorder', `${indicator}/target`, targetBody({ source: SOURCE }));
  await done('recorder', `${path}/proposal`, { officeId: office });
  const { body } = await as('recorder').get<AgreementAnswer>(path);
  const terms = { termsHash: body.termsHash ?? '', termsRevision: body.termsRevision ?? 0 };
  await done('recorder', `${path}/acceptance`, { officeId: receiver, termsHash: terms.termsHash });
  const paper = { scanSha256: SHA256, signedOn: '2022-10-12' };
  for (const { side, officeId } of parties)
    await done('recorder', `${path}/signatures`, signatureBody(terms, { side, officeId, paper }));
  if (place === 'own') await done('keeper', `${indicator}/actuals`, actualBody({ ...CANARY }));
  const recipients = [{ name: 'สำนักงาน', officeId: office, province }];
  const { id: awardId } = await done('recorder', '/v1/awards', awardBody({ recipients, source: SOURCE }));
  const goalSetId = `goals-${place}`;
  await done('recorder', '/v1/goal-sets', goalSetBody({ goalSetId, province }));
  return { office, receiver, province, draft, running, awardId, goalSetId };
}

type Asked = readonly [path: string, body?: object];
/** What is asked, and who comes past the question for leave at the own office, at another one, and in another province. */
type Row = readonly [
  command: string,
  asked: (place: There) => Asked,
  own: readonly Person[],
  other: readonly Person[],
  abroad: readonly Person[],
];

const inDraft = (rest: string, body: (place: There) => object) => (place: There) =>
  [`/v1/agreements/${place.draft}${rest}`, body(place)] as const;
const inEffect = (rest: string, body?: (place: There) => object) => (place: There) =>
  [`/v1/agreements/${place.running}${rest}`, body?.(place)] as const;
const TERMS = { termsHash: SHA256, termsRevision: 1 };
const OF_INDICATOR = `/indicators/${INDICATOR}`;
const FIGURE = `${OF_INDICATOR}/actuals/${SPAN}`;
const CORRECTION = { kind: 'value', value: '1', unit: 'baht', finality: 'final', reason: 'นับซ้ำ' };
const { span: _span, ...UNDATED } = actualBody();
const GOALS = { nameTh: 'เป้าหมายร่วม', goals: [{ number: 1, nameTh: 'ก' }], reason: 'ตามมติ' };
const OFFICES_OWN = ['governor', 'head'] as const;

const ROWS: readonly Row[] = [
  [
    'adds an indicator',
    inDraft('/indicators', () => indicatorBody({ displayNumber: '7' })),
    ['governor', 'head', 'keeper'],
    ['governor'],
    [],
  ],
  [
    'revises an indicator',
    inDraft(`${OF_INDICATOR}/revision`, () => indicatorBody()),
    ['governor', 'head', 'keeper'],
    ['governor'],
    [],
  ],
  [
    'removes an indicator',
    inDraft(`${OF_INDICATOR}/removal`, () => ({})),
    ['governor', 'head', 'keeper'],
    ['governor'],
    [],
  ],
  ['sets a target', inDraft(`${OF_INDICATOR}/target`, () => targetBody()), OFFICES_OWN, ['governor'], []],
  [
    'proposes',
    inDraft('/proposal', ({ office }) => ({ officeId: office })),
    ['head', 'recorder'],
    ['recorder'],
    ['recorder'],
  ],
  [
    'returns terms',
    inDraft('/return', ({ receiver }) => ({ officeId: receiver, termsHash: SHA256, comments: [{ comment: 'ก' }] })),
    ['governor', 'recorder'],
    ['governor', 'recorder'],
    ['recorder'],
  ],
  [
    'accepts terms',
    inDraft('/acceptance', ({ receiver }) => ({ officeId: receiver, termsHash: SHA256 })),
    ['governor', 'recorder'],
    ['governor', 'recorder'],
    ['recorder'],
  ],
  [
    'signs for the maker',
    inDraft('/signatures', ({ office }) => signatureBody(TERMS, { officeId: office })),
    ['head'],
    [],
    [],
  ],
  [
    'signs for the receiver',
    inDraft('/signatures', ({ receiver }) => signatureBody(TERMS, { side: 'receiver', officeId: receiver })),
    ['governor'],
    ['governor'],
    [],
  ],
  [
    'brings a paper in',
    inDraft('/signatures', ({ office }) =>
      signatureBody(TERMS, { officeId: office, paper: { scanSha256: SHA256, signedOn: '2022-10-12' } }),
    ),
    ['head', 'recorder'],
    ['recorder'],
    ['recorder'],
  ],
  [
    'asks for an amendment',
    inEffect('/amendments', ({ office }) => ({
      officeId: office,
      reason: 'ก',
      effectiveFrom: '2023-01-01',
      changes: [{ change: 'weight', indicatorId: INDICATOR, weight: '1' }],
    })),
    ['head'],
    [],
    [],
  ],
  [
    'approves one',
    inEffect(`/amendments/${INDICATOR}/approval`, ({ receiver }) => ({ officeId: receiver })),
    ['governor'],
    ['governor'],
    [],
  ],
  [
    'rejects one',
    inEffect(`/amendments/${INDICATOR}/rejection`, ({ receiver }) => ({ officeId: receiver, reason: 'ก' })),
    ['governor'],
    ['governor'],
    [],
  ],
  [
    'grants an exemption',
    inEffect(`${OF_INDICATOR}/exemptions`, ({ receiver }) => ({ officeId: receiver, round: '6m', reason: 'ก' })),
    ['governor'],
    ['governor'],
    [],
  ],
  ['reports', inEffect(`${OF_INDICATOR}/actuals`, () => actualBody()), ['keeper'], [], []],
  [
    'transcribes a figure',
    inEffect(`${OF_INDICATOR}/actuals`, () => actualBody({ source: SOURCE })),
    ['recorder'],
    ['recorder'],
    ['recorder'],
  ],
  ['corrects', inEffect(`${FIGURE}/corrections`, () => ({ ...UNDATED, ...CORRECTION })), ['keeper'], [], []],
  [
    'certifies as supervisor',
    inEffect(`${FIGURE}/certifications`, () => ({ step: 'supervisor' })),
    ['supervisor'],
    [],
    [],
  ],
  [
    'certifies as unit',
    inEffect(`${FIGURE}/certifications`, () => ({ step: 'performanceUnit' })),
    ['unit'],
    ['unit'],
    [],
  ],
  ['gives back', inEffect(`${FIGURE}/returns`, () => ({ step: 'supervisor', comment: 'ก' })), ['supervisor'], [], []],
  [
    'examines',
    inEffect(`${FIGURE}/examinations`, () => ({ inspectionRound: randomUUID(), verdict: 'agrees', comment: 'ก' })),
    ['inspector'],
    ['inspector'],
    ['inspector'],
  ],
  ['closes a round', inEffect('/evaluation-rounds/6m/closure'), ['governor', 'unit'], ['governor', 'unit'], []],
  [
    'reopens it',
    inEffect('/evaluation-rounds/6m/reopening', () => ({ reason: 'ก' })),
    ['governor', 'unit'],
    ['governor', 'unit'],
    [],
  ],
  [
    'evaluates',
    inEffect('/evaluation-rounds/6m/scores', () => ({ assessor: 'evaluator', score: '4' })),
    ['governor', 'unit'],
    ['governor', 'unit'],
    [],
  ],
  [
    'assesses itself',
    inEffect('/evaluation-rounds/6m/scores', () => ({ assessor: 'selfAssessment', score: '4' })),
    ['keeper'],
    [],
    [],
  ],
  [
    'announces a result',
    inEffect('/evaluation-rounds/6m/result', () => ({ score: '4', announcedOn: '2023-05-01' })),
    ['governor', 'unit'],
    ['governor', 'unit'],
    [],
  ],
  [
    'appeals',
    inEffect('/appeals', ({ office }) => ({ officeId: office, round: '6m', grounds: 'ก' })),
    ['head'],
    [],
    [],
  ],
  [
    'decides an appeal',
    inEffect(`/appeals/${INDICATOR}/decision`, () => ({ outcome: 'dismissed', reason: 'ก' })),
    ['governor', 'unit'],
    ['governor', 'unit'],
    [],
  ],
  ['ends the year', inEffect('/closure'), ['governor', 'unit'], ['governor', 'unit'], []],
  [
    'drafts',
    ({ office, receiver, province }) => [
      '/v1/agreements',
      agreementBody({
        province,
        parties: [
          { side: 'maker', officeId: office, officeName: 'ก' },
          { side: 'receiver', officeId: receiver, officeName: 'ข' },
        ],
      }),
    ],
    ['governor', 'head', 'keeper'],
    ['governor'],
    [],
  ],
  [
    'grants an award',
    ({ office, receiver, province }) => [
      '/v1/awards',
      awardBody({
        grantors: [{ name: 'จังหวัด', officeId: receiver }],
        recipients: [{ name: 'ก', officeId: office, province }],
      }),
    ],
    ['governor'],
    ['governor'],
    [],
  ],
  [
    'revokes an award',
    ({ awardId }) => [`/v1/awards/${awardId}/revocation`, { reason: 'ก', revokedOn: '2022-10-01' }],
    ['governor'],
    ['governor'],
    [],
  ],
  [
    'revises goals',
    ({ goalSetId }) => [`/v1/goal-sets/${goalSetId}/revision`, GOALS],
    ['governor', 'recorder'],
    ['governor', 'recorder'],
    ['recorder'],
  ],
  [
    'publishes a scheme',
    () => ['/v1/schemes', { schemeId: 'object-level', nameTh: 'เกณฑ์' }],
    ['recorder'],
    ['recorder'],
    ['recorder'],
  ],
  [
    'registers a document',
    () => ['/v1/source-documents', sourceDocumentBody(SHA256)],
    ['recorder'],
    ['recorder'],
    ['recorder'],
  ],
  [
    'withdraws',
    inDraft('/withdrawal', ({ office }) => ({ officeId: office, reason: 'ก' })),
    ['head', 'recorder'],
    ['recorder'],
    ['recorder'],
  ],
];

/** Problems that say: not for you. Everything else comes from behind that question. */
const NOT_FOR_YOU = /^(?:notPermitted|\w+\.notYours|award\.ofOwnOffice)$/;
const AS_IF_THERE_WERE_NOTHING = /^(?:agreement\.notDrafted|award\.notRecorded|goalSet\.notPublished)$/;

test.each(ROWS)('%s', async (_command, asked, own, other, abroad) => {
  const letIn = { own, other, abroad };
  for (const place of PLACE_NAMES) {
    const [path, body] = asked(there.get(place) as There);
    const through: Person[] = [];
    for (const person of ALL) {
      const { status, body: problem, text } = await as(person).post<Problem>(path, body);
      const code = status < 300 ? '' : problem.type.replace('/problems/', '');
      expect([path, status === 400, text]).toEqual([path, false, text]);
      // Whoever may do it nowhere is told so; who has no business in the province is told that there is nothing.
      if (AS_IF_THERE_WERE_NOTHING.test(code)) expect([person, place, status]).toEqual([person, 'abroad', 404]);
      else if (NOT_FOR_YOU.test(code)) expect([person, place, status]).toEqual([person, place, 403]);
      else through.push(person);
    }
    expect([place, through.sort()]).toEqual([place, [...letIn[place]].sort()]);
  }
});

const readable = async (client: ApiClient, id: string) => (await client.get<Problem>(`/v1/agreements/${id}`)).status;

test('a draft is read by those within reach, forbidden in the province, and not there for all others', async () => {
  const statuses = async (place: PlaceName) => {
    const { draft } = there.get(place) as There;
    const read = await Promise.all(ALL.map(async (person) => [person, await readable(as(person), draft)] as const));
    return Object.fromEntries([...read, ['anybody', await readable(journey.service.anybody, draft)]]);
  };
  const everywhere = { recorder: 200, inspector: 200, dashboard: 200, administrator: 404, anybody: 404 };
  const own = { ...everywhere, governor: 200, head: 200, keeper: 200, supervisor: 200, unit: 200 };
  expect(await statuses('own')).toEqual(own);
  expect(await statuses('other')).toEqual({ ...own, head: 403, keeper: 403, supervisor: 403 });
  const nobody = { governor: 404, head: 404, keeper: 404, supervisor: 404, unit: 404 };
  expect(await statuses('abroad')).toEqual({ ...everywhere, ...nobody });
});

test('what is hidden looks like what is absent', async () => {
  const { draft } = there.get('abroad') as There;
  for (const client of [journey.service.anybody, as('head')]) {
    const [hidden, absent] = [draft, randomUUID()].map((id) => client.get<Problem>(`/v1/agreements/${id}`));
    const told = async (answer: typeof hidden) => {
      const { status, body, headers } = await answer!;
      return [status, { ...body, instance: '', traceId: '' }, headers.etag, headers['khamrap-position']];
    };
    expect(await told(hidden)).toEqual(await told(absent));
  }
});

test('an agreement in effect is everybody’s to read, and its unpublished figures and notes only theirs who work on it', async () => {
  const { running } = there.get('own') as There;
  const texts = async (client: ApiClient) => (await client.get(`/v1/agreements/${running}`)).text;
  for (const outsider of [journey.service.anybody, await journey.service.as('stranger')]) {
    const told = await texts(outsider);
    expect(told).toMatch(/"status":"(?:inEffect|closed)"/);
    for (const canary of Object.values(CANARY)) expect(told).not.toContain(canary);
    expect(told).not.toMatch(/"(?:reportedBy|certifiedBy|signedBy)"/);
  }
  for (const canary of Object.values(CANARY)) expect(await texts(as('keeper'))).toContain(canary);
  expect(await texts(as('inspector'))).toContain(CANARY.value);
  expect(await texts(as('inspector'))).not.toContain(CANARY.note);
});

test('awards and source documents are everybody’s', async () => {
  const { awardId } = there.get('own') as There;
  for (const path of ['/v1/awards', `/v1/awards/${awardId}`, '/v1/awards/tallies?by=category', '/v1/source-documents'])
    expect([path, (await journey.service.anybody.get(path)).status]).toEqual([path, 200]);
  const facts = await journey.service.anybody.get<{ items: { stream: string }[] }>(
    `/v1/source-documents/${SOURCE.document}/facts?limit=100`,
  );
  const streams = new Set(facts.body.items.map(({ stream }) => stream));
  for (const { draft, running } of there.values()) {
    expect([streams.has(`agreement-${draft}`), streams.has(`agreement-${running}`)]).toEqual([false, true]);
  }
});
