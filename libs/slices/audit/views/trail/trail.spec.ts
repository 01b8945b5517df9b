import { randomUUID } from 'node:crypto';
import { NATIVE, streamName, type DomainEvent, type Provenance, type StreamName } from '@khamrap/kernel';
import { grant, sightOf, type Grant, type Requester } from '@khamrap/platform/access';
import {
  CommandSalts,
  EventCodec,
  ledgerEventDeclarations,
  type DecodedEvent,
  type RecordedEvent,
} from '@khamrap/platform/event-store';
import { RequestValidationPipe } from '@khamrap/platform/http';
import { actor, commandContext, SeededRandom } from '@khamrap/testing';
import { ProjectionBench, type ProjectionInstance } from '../../../../testing/projection';
import { agreementEventDeclarations } from '../../../agreements/domain/agreement.events';
import {
  actualReported,
  amendmentApproved,
  amendmentRequested,
  drafted,
  FIRST_HALF_KEY,
  indicatorAdded,
  indicatorRevised,
  MAKER,
  READY_DRAFT,
  targetSet,
  TRANSCRIBED,
  tookEffect,
} from '../../../agreements/domain/agreement.examples';
import { actualCertified, actualReturned } from '../../../agreements/domain/figures/actuals.examples';
import { agreementPublication } from '../../../agreements/publication';
import { inspectionStreamDeclarations } from '../../../inspections/domain/inspection.events';
import { EVERY_INSPECTION_EVENT, happened } from '../../../inspections/domain/inspection.examples';
import { inspectionRoundPublication } from '../../../inspections/publication';
import { officeEventDeclarations } from '../../../offices/domain/office.declarations';
import { delegated, registered, roleGranted } from '../../../offices/domain/office.examples';
import { officeNarrations } from '../../../offices/narration';
import { officePublication } from '../../../offices/publication';
import { questionOpened, WHOLE_QUESTION } from '../../../questions/domain/question.examples';
import { questionEventDeclarations } from '../../../questions/domain/question.events';
import { questionPublication } from '../../../questions/publication';
import { NarrationOfEvents } from '../../narration/narration-of-events';
import { ledgerPublication } from '../../publication/ledger.publication';
import { PublicationOfEvents } from '../../publication/publication';
import { publishedPositions } from '../../publication/publication.model';
import { Disclosures } from '../disclosures/disclosures';
import { DISCLOSURES, disclosuresProjection } from '../disclosures/disclosures.projection';
import { StreamSalts } from '../disclosures/stream-salts';
import { effectiveFromOf } from './concerns';
import { OfficialTexts } from './official-texts';
import { openingsOf, permissionsOf } from './openings';
import { comparable } from './text-tokens';
import { tellSights } from './told-sights';
import { Trail } from './trail';
import { TrailEvents } from './trail-events';
import type { TrailFilter } from './trail-statement';
import { TrailQuery } from './trail.query';
import { findTrail } from './trail.sql';

const RULES = {
  ...ledgerPublication,
  ...agreementPublication,
  ...inspectionRoundPublication,
  ...officePublication,
  ...questionPublication,
};
const DECLARATIONS = [
  ...ledgerEventDeclarations,
  ...agreementEventDeclarations,
  ...inspectionStreamDeclarations,
  ...officeEventDeclarations,
  ...questionEventDeclarations,
];
const codec = new EventCodec(DECLARATIONS);
const texts = new OfficialTexts(DECLARATIONS);
const publication = new PublicationOfEvents(RULES, codec);
const ACTOR = randomUUID();
const COMMAND = randomUUID();

const closed: DomainEvent = {
  type: 'EvaluationRoundClosed',
  data: {
    round: '6m',
    span: FIRST_HALF_KEY,
    revision: 1,
    closedOn: '2027-04-15',
    closedBy: 'person',
    indicators: [],
    scheme: { schemeId: 'example', ruleVersion: 1, calendarVersion: 1 },
    targetsMet: 0,
    targetsJudged: 0,
  },
};
const WORKING = { officeId: 'office-7', officeName: 'สำนักงานผ้าหม้อห้อม ๗' };
const HAPPENINGS: readonly DomainEvent[] = [
  drafted({ province: 'TH-54' }),
  drafted({ province: 'TH-55' }),
  indicatorAdded({ leadOffice: WORKING }),
  indicatorRevised(),
  targetSet(),
  tookEffect(READY_DRAFT),
  amendmentRequested(),
  amendmentApproved(),
  actualReported(),
  actualReported({ span: '2026-10-01..2026-12-31' }),
  actualCertified(),
  actualReturned(),
  closed,
];
const OF_OFFICES: readonly DomainEvent[] = [
  registered({ province: 'TH-54' }),
  roleGranted(),
  delegated(),
  delegated({ delegate: 'p' }),
];

const IN_NAN = { provinces: ['TH-55'], officeIds: ['office-8'] };
/** Findings and recommendations of several provinces, which are said to stand elsewhere later; rounds are cut anew. */
const OF_ROUNDS: readonly DomainEvent[] = [
  ...EVERY_INSPECTION_EVENT,
  happened('InspectionRoundRevised', { provinces: [{ province: 'TH-54', isInspected: true }] }),
  happened('FindingRecorded', { findingId: 'finding-2', provinces: ['TH-54'], officeIds: ['office-7'] }),
  happened('FindingCorrected', { findingId: 'finding-2', ...IN_NAN }),
  happened('FindingRecorded', { findingId: 'finding-3', provinces: [], officeIds: [] }),
  happened('FindingResponded', { findingId: 'finding-2' }),
  happened('FindingResponded', { findingId: 'finding-3' }),
  happened('RecommendationMade', { recommendationId: 'recommendation-2', findingId: undefined, officeId: 'office-8' }),
  happened('RecommendationMade', { recommendationId: 'recommendation-3', findingId: 'finding-2' }),
  happened('FindingResponded', { recommendationId: 'recommendation-2', findingId: undefined }),
  happened('ResponseJudged', { recommendationId: 'recommendation-3', findingId: 'finding-2' }),
];
const OF_QUESTIONS: readonly DomainEvent[] = [
  ...WHOLE_QUESTION,
  questionOpened({ province: 'TH-55', offices: ['office-7'], indicatorId: 'income' }),
  questionOpened({ province: undefined, offices: [], askedOffice: 'office-7' }),
];

let bench: ProjectionBench;
let instance: ProjectionInstance;
let trail: Trail;
let disclosures: Disclosures;
let log: readonly DecodedEvent[];
let grants: readonly Grant[] = [];
const revisions = new Map<StreamName, number>();
const random = new SeededRandom(34);

async function record(stream: StreamName, event: DomainEvent, provenance: Provenance = NATIVE): Promise<RecordedEvent> {
  const revision = (revisions.get(stream) ?? -1) + 1;
  revisions.set(stream, revision);
  const who = actor({
    office: random.pick(['office-7', 'office-8']),
    ...(random.integer(0, 3) === 0 && { id: ACTOR }),
  });
  const context = commandContext({ provenance, actor: who });
  const data = JSON.parse(JSON.stringify(event.data)) as DomainEvent['data'];
  const encoding = { event: { ...event, data }, index: 0, stream, revision, context, salts: new CommandSalts() };
  const outcome = await bench.store.append({
    stream,
    expectedRevision: revision - 1,
    events: [codec.encode(encoding).event],
  });
  if (outcome.kind !== 'appended') throw new Error(outcome.kind);
  return (await bench.store.readLog(outcome.firstPosition!, 1))[0]!;
}

beforeAll(async () => {
  bench = await ProjectionBench.open(codec);
  instance = await bench.instance([disclosuresProjection(RULES, DECLARATIONS)]);
  const grantReader = { grantsOf: () => grants };
  // Nobody here works on anything, so nothing private is asked for.
  disclosures = new Disclosures(
    bench.store,
    publication,
    instance.readModels,
    grantReader,
    undefined as never,
    new StreamSalts(bench.store),
  );
  trail = new Trail(
    bench.store,
    instance.readModels,
    grantReader,
    new TrailEvents(bench.store, codec, disclosures, new NarrationOfEvents(officeNarrations, codec)),
    publication,
  );
  for (let count = 0; count < 340; count += 1) {
    const [category, ids, happenings] = random.pick(KINDS);
    const provenance = random.integer(0, 4) === 0 ? TRANSCRIBED : NATIVE;
    await record(streamName(category, random.pick(ids)), random.pick(happenings), provenance);
  }
  await refresh();
}, 120_000);
afterAll(() => bench.close());

const AGREEMENTS = [randomUUID(), randomUUID(), randomUUID()];
const KINDS: readonly (readonly [category: string, ids: readonly string[], happenings: readonly DomainEvent[]])[] = [
  ...Array.from({ length: 5 }, () => ['agreement', AGREEMENTS, HAPPENINGS] as const),
  ['office', ['office-7', 'far'], OF_OFFICES],
  ['inspection', ['round-1'], OF_ROUNDS],
  ['inspection', ['round-2'], OF_ROUNDS],
  ['question', ['question-1', 'question-2'], OF_QUESTIONS],
];
const streamOf = (index: number): StreamName => streamName('agreement', AGREEMENTS[index]!);

async function refresh(): Promise<void> {
  log = (await bench.store.readLog(0, 2_000)).map((event) => bench.decode(event));
  expect(await instance.projections.waitFor(DISCLOSURES, await bench.head(), 30_000)).toBe(true);
}

const holding = (...held: readonly Grant[]): Requester | undefined => {
  grants = held;
  return held.length === 0
    ? undefined
    : { issuer: 'issuer', subject: 'subject', actor: { id: 'pseudonym', role: 'none' }, grants: held };
};
const READERS: readonly (readonly [who: string, grants: readonly Grant[]])[] = [
  ['anybody', []],
  ['who audits the nation', [grant('naccOfficer', { kind: 'nation' })]],
  ['a governor', [grant('governor', { kind: 'province', province: 'TH-54' })]],
  ['an inspector of a zone', [grant('inspector', { kind: 'zone', zone: '16', provinces: ['TH-54', 'TH-56'] })]],
  ['an office', [grant('officeHead', { kind: 'office', office: 'office-7', province: 'TH-55' })]],
  ['a party, by its code', [grant('officeHead', { kind: 'office', office: MAKER.officeId, province: 'TH-54' })]],
  ['who audits one indicator', [grant('officeHead', { kind: 'indicator', indicator: 'income' })]],
  [
    'who sees roles and audits elsewhere',
    [grant('governor', { kind: 'province', province: 'TH-55' }), grant('privacyOfficer', { kind: 'nation' })],
  ],
  [
    'governors of all that is inspected',
    [
      grant('governor', { kind: 'province', province: 'TH-54' }),
      grant('governor', { kind: 'province', province: 'TH-55' }),
    ],
  ],
  ['who may do nothing here', [grant('dashboard', { kind: 'nation' })]],
];

/** What the index finds, before anybody looks at it once more. */
async function found(requester: Requester | undefined, filter: TrailFilter = {}, isAscending = true) {
  const permissions = permissionsOf(openingsOf(RULES));
  const sights = new Map(permissions.map((permission) => [permission, sightOf(requester, permission)]));
  const { result } = await instance.readModels.read(DISCLOSURES, {}, async (manager, standpoint) => {
    await tellSights(manager, sights);
    return findTrail(manager, { standpoint, sights }, filter, { isAscending, countMax: 1_000 });
  });
  return result;
}

async function disclosed(requester: Requester | undefined) {
  const told = [];
  for await (const each of disclosures.ofRange(0, log.length, requester)) told.push(each);
  return told;
}

describe.each(READERS)('%s', (_who, held) => {
  test('finds exactly what is disclosed to them, with the event that published it, in both orders', async () => {
    const requester = holding(...held);
    const expected = (await disclosed(requester)).map(({ position, published }) => [
      position,
      published?.position ?? null,
    ]);
    const rows = (await found(requester)).map(({ position, publishedPosition }) => [position, publishedPosition]);
    expect(rows).toEqual(expected);
    expect((await found(requester, {}, false)).map(({ position }) => position)).toEqual(
      expected.map(([position]) => position).reverse(),
    );
  });

  test.each<[string, () => TrailFilter, (event: DecodedEvent) => boolean]>([
    ['an actor', () => ({ actor: ACTOR }), ({ actor: who }) => who.id === ACTOR],
    ['a type', () => ({ types: ['ActualReported'] }), ({ type }) => type === 'ActualReported'],
    [
      'several types',
      () => ({ types: ['ActualReported', 'RoleGranted', 'OfficeRegistered'] }),
      ({ type }) => ['ActualReported', 'RoleGranted', 'OfficeRegistered'].includes(type),
    ],
    ['a stream', () => ({ stream: streamOf(1) }), ({ stream }) => stream === streamOf(1)],
    ['an agreement', () => ({ concerns: [[`a ${AGREEMENTS[2]}`]] }), ({ stream }) => stream === streamOf(2)],
    ['an act', () => ({ commandId: log[90]!.commandId }), ({ commandId }) => commandId === log[90]!.commandId],
    ['no act', () => ({ commandId: COMMAND }), () => false],
    [
      'a document',
      () => ({ document: documentOf(TRANSCRIBED) }),
      ({ provenance }) => provenance.kind === 'transcribed',
    ],
    [
      'an indicator',
      () => ({ concerns: [['i income']] }),
      ({ data }) => JSON.stringify(data).includes('"indicatorId":"income"'),
    ],
    ['positions', () => ({ from: 20, until: 120 }), ({ position }) => position >= 20 && position <= 120],
    [
      'days from which it holds',
      () => ({ effectiveFrom: '2027-01-01', effectiveUntil: '2027-12-31' }),
      ({ data }) => (effectiveFromOf(data) ?? '') >= '2027-01-01' && (effectiveFromOf(data) ?? '9') <= '2027-12-31',
    ],
    ['a text', () => ({ text: comparable('ผ้าหม้อห้อม 7') }), contains('ผ้าหม้อห้อม 7')],
    ['a text of a type', () => ({ text: comparable('หม้อ'), types: ['IndicatorAdded'] }), contains('หม้อ')],
    [
      'a text of a stream',
      () => ({ text: comparable('หม้อ'), stream: streamOf(0) }),
      (event) => contains('หม้อ')(event) && event.stream === streamOf(0),
    ],
    ['a text that is nowhere', () => ({ text: 'qqqqqq' }), () => false],
  ])('finds by %s what a look at each event would', async (_what, filter, holds) => {
    const requester = holding(...held);
    const expected = (await disclosed(requester)).filter(({ position }) => holds(log[position]!));
    expect((await found(requester, filter())).map(({ position }) => position)).toEqual(
      expected.map(({ position }) => position),
    );
    const descending = (await found(requester, filter(), false)).map(({ position }) => position);
    expect(descending).toEqual(expected.map(({ position }) => position).reverse());
  });

  test('finds by publication what was published in that time', async () => {
    const requester = holding(...held);
    const [publishedFrom, publishedUntil] = [40, 150];
    const expected = (await disclosed(requester)).filter(
      ({ published }) => published && published.position >= publishedFrom && published.position <= publishedUntil,
    );
    expect(expected.length).toBeGreaterThan(10);
    expect((await found(requester, { publishedFrom, publishedUntil })).map(({ position }) => position)).toEqual(
      expected.map(({ position }) => position),
    );
  });

  test('pages without doubles or gaps, and no cursor tells of what they may not have', async () => {
    const requester = holding(...held);
    const expected = (await disclosed(requester)).map(({ position }) => position);
    for (const order of ['asc', 'desc'] as const) {
      const seen: number[] = [];
      for (let cursor: string | undefined, more = true; more;) {
        const page = await trail.page(await queryOf({ order, limit: '23', ...(cursor && { cursor }) }), requester);
        seen.push(...page.items.map(({ position }) => position));
        more = page.next !== undefined;
        if (page.next) expect(page.next).toEqual([page.items.at(-1)?.position]);
        if (page.next) cursor = Buffer.from(JSON.stringify(page.next)).toString('base64url');
      }
      expect(seen).toEqual(order === 'asc' ? expected : [...expected].reverse());
    }
  });
});

function documentOf(provenance: Provenance): string {
  return provenance.kind === 'transcribed' ? provenance.sourceDocument : '';
}

function contains(text: string): (event: DecodedEvent) => boolean {
  return ({ type, data }) => texts.of(type, data).some((each) => comparable(each).includes(comparable(text)));
}

async function queryOf(parameters: Readonly<Record<string, string | readonly string[]>>): Promise<TrailQuery> {
  const query: unknown = await new RequestValidationPipe().transform(parameters, {
    type: 'query',
    metatype: TrailQuery,
  });
  return query as TrailQuery;
}

test('as of any position, everybody is answered what they were answered there', async () => {
  for (const position of [0, 1, 37, 90, 151, log.length - 1]) {
    const prefix = publishedPositions(RULES, log.slice(0, position + 1));
    const expected = prefix.flatMap((by, index) => (by === undefined ? [] : [[index, by]]));
    const query = await queryOf({ asOfPosition: `${position}`, order: 'asc', limit: '1000' });
    const page = await trail.page(query, holding());
    expect(page.position).toBe(position);
    expect(page.items.map((item) => [item.position, item.published?.position])).toEqual(expected);
    const auditor = await trail.page(query, holding(grant('naccOfficer', { kind: 'nation' })));
    expect(auditor.items.map((item) => item.position)).toEqual(
      log.slice(0, position + 1).map((event) => event.position),
    );
    expect(auditor.items.map((item) => item.published?.position)).toEqual(prefix);
    const inProvince = await trail.page(query, holding(grant('governor', { kind: 'province', province: 'TH-54' })));
    for (const item of inProvince.items) expect(item.published?.position ?? position).toBeLessThanOrEqual(position);
  }
});

test('what audit places within a round is no more than the part of it that each reaches', async () => {
  const phrae = holding(grant('governor', { kind: 'province', province: 'TH-54' }));
  const stream = streamName('inspection', 'parts');
  await record(stream, happened('InspectionRoundOpened'));
  const here = await record(stream, happened('FindingRecorded', { findingId: 'here', provinces: ['TH-54'] }));
  const there = await record(stream, happened('FindingRecorded', { findingId: 'there', ...IN_NAN }));
  await record(stream, happened('FindingsCarried'));
  await refresh();
  const positions = async (filter: TrailFilter): Promise<readonly number[]> =>
    (await found(phrae, filter)).map(({ position }) => position);
  expect(await positions({ stream })).toEqual([here.position]);
  expect(await positions({ concerns: [['o office-8']], from: here.position })).toEqual([]);
  expect(await positions({ concerns: [['p TH-54']], from: here.position })).toEqual([here.position]);
  const zone = holding(grant('inspector', { kind: 'zone', zone: '16', provinces: ['TH-54', 'TH-55'] }));
  expect(
    (await found(zone, { concerns: [['o office-8']], from: here.position })).map(({ position }) => position),
  ).toEqual([there.position]);
  expect(await found(zone, { stream })).toHaveLength(4);
});

test('an office is told of what concerns it only by events that the reader may have', async () => {
  const stream = streamName('agreement', randomUUID());
  const secret = { officeId: 'office-of-secrets', officeName: 'สำนักงานลับ' };
  await record(stream, drafted({ province: 'TH-56' }), TRANSCRIBED);
  await record(stream, indicatorAdded({ indicatorId: 'hidden', leadOffice: secret }));
  const told = await record(stream, actualReported({ indicatorId: 'hidden' }), TRANSCRIBED);
  await refresh();
  const byOffice: TrailFilter = { concerns: [['o office-of-secrets']] };
  const auditor = await found(holding(grant('naccOfficer', { kind: 'nation' })), byOffice);
  expect(auditor.map(({ position }) => position)).toEqual([told.position - 1, told.position]);
  expect(auditor[1]?.publishedPosition).toBe(told.position);
  expect(await found(holding(), byOffice)).toEqual([]);
  expect((await found(holding(), { stream })).map(({ position }) => position)).toContain(told.position);
});

test('pages have no doubles and no gaps while events come in', async () => {
  const auditor = holding(grant('naccOfficer', { kind: 'nation' }));
  const before = log.length;
  for (const order of ['asc', 'desc'] as const) {
    const seen: number[] = [];
    let next: string | undefined = '';
    while (next !== undefined) {
      const page = await trail.page(await queryOf({ order, limit: '90', ...(next && { cursor: next }) }), auditor);
      seen.push(...page.items.map(({ position }) => position));
      next = page.next && Buffer.from(JSON.stringify(page.next)).toString('base64url');
      if (seen.length < 200) await record(streamOf(0), targetSet());
    }
    const expected = Array.from({ length: before }, (_, position) => position);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((position) => position < before)).toEqual(order === 'asc' ? expected : expected.reverse());
    expect(seen).toEqual([...seen].sort((one, other) => (order === 'asc' ? one - other : other - one)));
  }
  await refresh();
});

describe('a row', () => {
  test('tells who, when, on what ground, and where more is told', async () => {
    const event = log.find(({ stream, actor: { office } }) => stream === 'office-office-7' && office === 'office-7')!;
    const { items } = await trail.page(
      await queryOf({ positionFrom: `${event.position}`, positionUntil: `${event.position}` }),
      holding(grant('naccOfficer', { kind: 'nation' })),
    );
    expect(items).toMatchObject([
      {
        eventId: event.eventId,
        actor: { pseudonym: event.actor.id, role: 'officeHead', office: 'office-7' },
        act: { commandId: event.commandId, correlationId: event.correlationId },
        decidedAt: event.decidedAt,
        heading: officeNarrations.office.tells[event.type as 'OfficeRegistered'].act,
        sentence: { th: expect.stringMatching(/[ก-๛]/), en: expect.stringMatching(/\.$/) },
        data: event.data,
        links: { receipt: `/v1/audit/receipts/${event.eventId}`, history: '/v1/audit/offices/office-7/history' },
      },
    ]);
    const named = items[0]?.actor.officeName;
    const isNamed = log.some(
      ({ type, stream, position }) =>
        type === 'OfficeRegistered' && stream === event.stream && position <= event.position,
    );
    expect(named?.th).toBe(isNamed ? (registered().data as { nameTh: string }).nameTh : undefined);
  });
});

describe('words', () => {
  test.each<[string, Record<string, string | readonly string[]>]>([
    ['type:ActualReported office:office-7', { type: 'ActualReported', office: 'office-7' }],
    ['type:ActualReported,OfficeRegistered', { type: ['ActualReported', 'OfficeRegistered'] }],
    ['type:ActualReported type:OfficeRegistered', { type: 'ActualReported,OfficeRegistered' }],
    ['"ผ้าหม้อห้อม ๗" order:asc', { text: 'ผ้าหม้อห้อม 7', order: 'asc' }],
    ['text:"ผ้าหม้อห้อม" province:TH-54', { text: 'ผ้าหม้อห้อม', province: 'TH-54' }],
    ['zone:primeMinisterOffice-16', { zone: 'primeMinisterOffice-16' }],
    ['effectiveFrom:"1 มกราคม 2570"', { effectiveFrom: '2027-01-01' }],
  ])('%s says the same as the parameters', async (q, parameters) => {
    const auditor = holding(grant('naccOfficer', { kind: 'nation' }));
    const [byWords, byParameters] = [
      await trail.page(await queryOf({ q, limit: '1000' }), auditor),
      await trail.page(await queryOf({ ...parameters, limit: '1000' }), auditor),
    ];
    expect(byWords.items.length).toBeGreaterThan(0);
    expect(byWords.items.length).toBeLessThan(log.length);
    expect(byWords.items).toEqual(byParameters.items);
  });

  test.each([
    ['colour:red', 'unknownWord', 'q'],
    ['type:ActualReported "open', 'unreadableWord', 'q'],
    ['office:a office:b', 'givenTwice', 'q'],
    ['province:Phrae', 'matches', 'province'],
    ['ก', 'isSearchText', 'text'],
    ['positionFrom:x', 'isWholeNumberText', 'positionFrom'],
    ['publishedFrom:2027', 'isMomentText', 'publishedFrom'],
  ])('%s is refused by %s of %s', async (q, code, parameter) => {
    const asking = queryOf({ q }).then((query) => trail.page(query, undefined));
    await expect(asking).rejects.toMatchObject({ occurrence: { errors: [{ code, parameter }] } });
  });

  test('and parameters that say the same twice are refused', async () => {
    const query = await queryOf({ q: 'office:a', office: 'a' });
    await expect(trail.page(query, undefined)).rejects.toMatchObject({
      occurrence: { errors: [{ code: 'givenTwice' }] },
    });
  });
});
