import { createHash } from 'node:crypto';
import {
  isoDate,
  LEDGER_STREAM,
  NATIVE,
  streamName,
  type DomainEvent,
  type Provenance,
  type StreamName,
} from '@khamrap/kernel';
import { grant, PUBLIC_SIGHT, type Grant, type Requester } from '@khamrap/platform/access';
import {
  CommandSalts,
  EventCodec,
  ledgerEventDeclarations,
  type DecodedEvent,
  type RecordedEvent,
} from '@khamrap/platform/event-store';
import { streamReference, TILE_WIDTH } from '@khamrap/platform/transparency/proof';
import { commandContext, SeededRandom } from '@khamrap/testing';
import { FoldingTables, ProjectionBench, type ProjectionInstance } from '../../../../testing/projection';
import { agreementEventDeclarations } from '../../../agreements/domain/agreement.events';
import {
  actualReported,
  amendmentApproved,
  amendmentRejected,
  amendmentRequested,
  drafted,
  FIRST_HALF_KEY,
  indicatorAdded,
  indicatorRemoved,
  indicatorRevised,
  MAKER,
  RECEIVER,
  signed,
  READY_DRAFT,
  targetSet,
  tookEffect,
  TRANSCRIBED,
  voided,
  withdrawn,
} from '../../../agreements/domain/agreement.examples';
import { actualCertified, actualCorrected, actualReturned } from '../../../agreements/domain/figures/actuals.examples';
import { agreementPublication } from '../../../agreements/publication';
import { inspectionStreamDeclarations } from '../../../inspections/domain/inspection.events';
import { happened } from '../../../inspections/domain/inspection.examples';
import { inspectionRoundPublication } from '../../../inspections/publication';
import { officeEventDeclarations } from '../../../offices/domain/office.declarations';
import { delegated, registered, roleGranted } from '../../../offices/domain/office.examples';
import { officePublication } from '../../../offices/publication';
import { questionExplained, questionOpened } from '../../../questions/domain/question.examples';
import { questionEventDeclarations } from '../../../questions/domain/question.events';
import { questionPublication } from '../../../questions/publication';
import { ledgerPublication } from '../../publication/ledger.publication';
import { PublicationOfEvents } from '../../publication/publication';
import { publishedPositions } from '../../publication/publication.model';
import { Disclosures, type ToldDisclosure } from './disclosures';
import { DISCLOSURES, disclosuresProjection } from './disclosures.projection';
import { publishedBy, type ConditionalEvent } from './disclosures.sql';
import { StreamSalts } from './stream-salts';

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
const publication = new PublicationOfEvents(RULES, codec);
const projection = disclosuresProjection(RULES, DECLARATIONS);

type Told = DomainEvent | { readonly event: DomainEvent; readonly provenance: Provenance };
const stated = (event: DomainEvent): Told => ({ event, provenance: TRANSCRIBED });
const closed = (span: string, round = '6m'): DomainEvent => ({
  type: 'EvaluationRoundClosed',
  data: {
    round,
    span,
    revision: 1,
    closedOn: '2027-04-15',
    closedBy: 'person',
    indicators: [],
    scheme: { schemeId: 'example', ruleVersion: 1, calendarVersion: 1 },
    targetsMet: 0,
    targetsJudged: 0,
  },
});
const reopened: DomainEvent = {
  type: 'EvaluationRoundReopened',
  data: { round: '6m', revision: 1, reason: 'เหตุผล', reopenedBy: 'person' },
};
const score: DomainEvent = {
  type: 'ScoreDetermined',
  data: { round: '6m', assessor: 'evaluator', score: '4', determinedBy: 'person' },
};
const cancelled: DomainEvent = {
  type: 'IndicatorCancelled',
  data: { amendmentId: 'amendment-1', indicatorId: 'income', effectiveFrom: isoDate('2027-03-31'), fromRound: '12m' },
};
/** Whatever can happen, in any order: rules do not ask whether it could. */
const HAPPENINGS: readonly Told[] = [
  drafted(),
  drafted({ basis: 'announced' }),
  indicatorAdded(),
  indicatorRevised(),
  indicatorRemoved(),
  targetSet(),
  signed('maker', READY_DRAFT),
  stated({ ...signed('maker', READY_DRAFT, { signedBy: undefined }) }),
  voided(MAKER),
  tookEffect(READY_DRAFT),
  withdrawn(),
  amendmentRequested(),
  amendmentApproved(),
  amendmentRejected(),
  cancelled,
  actualReported(),
  actualReported({ span: '2026-10-01..2026-12-31' }),
  actualReported({ span: '2027-04-01..2027-09-30' }),
  stated(actualReported()),
  actualCorrected(),
  stated(actualCorrected()),
  actualCertified(),
  actualReturned(),
  closed(FIRST_HALF_KEY),
  closed('2026-10-01..2027-09-30', '12m'),
  reopened,
  score,
];

/** Findings and recommendations that are said to stand elsewhere later, or stand where the round does, which is cut anew. */
const OF_ROUNDS: readonly DomainEvent[] = [
  happened('InspectionRoundOpened'),
  happened('InspectionRoundRevised', { provinces: [{ province: 'TH-54', isInspected: true }] }),
  happened('FindingRecorded'),
  happened('FindingRecorded', { findingId: 'finding-2', provinces: [], officeIds: ['office-8'] }),
  happened('FindingRecorded', { findingId: 'finding-3', provinces: ['TH-54'], officeIds: [] }),
  happened('FindingCorrected', { findingId: 'finding-3', provinces: ['TH-55'] }),
  happened('RecommendationMade'),
  happened('RecommendationMade', {
    recommendationId: 'recommendation-2',
    findingId: 'finding-2',
    officeId: 'office-7',
  }),
  happened('FindingResponded'),
  happened('FindingWithdrawn'),
];

let bench: ProjectionBench;
let instance: ProjectionInstance;
let grants: readonly Grant[] = [];
const revisions = new Map<StreamName, number>();

beforeAll(async () => {
  bench = await ProjectionBench.open(codec);
  instance = await bench.instance([projection]);
});
afterAll(() => bench.close());

async function record(stream: StreamName, ...happenings: readonly Told[]): Promise<readonly RecordedEvent[]> {
  const recorded: RecordedEvent[] = [];
  for (const told of happenings) {
    const { event, provenance } = 'event' in told ? told : { event: told, provenance: NATIVE };
    const revision = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    const context = commandContext({ provenance });
    const data = JSON.parse(JSON.stringify(event.data)) as DomainEvent['data'];
    const encoding = { event: { ...event, data }, index: 0, stream, revision, context, salts: new CommandSalts() };
    const events = [codec.encode(encoding).event];
    const outcome = await bench.store.append({ stream, expectedRevision: revision - 1, events });
    if (outcome.kind !== 'appended') throw new Error(outcome.kind);
    recorded.push(...(await bench.store.readLog(outcome.firstPosition!, 1)));
  }
  return recorded;
}

const decoded = (event: RecordedEvent): DecodedEvent => bench.decode(event);
const disclosures = (): Disclosures =>
  new Disclosures(
    bench.store,
    publication,
    instance.readModels,
    { grantsOf: () => grants },
    // Nobody here works on anything, so nothing private is asked for.
    undefined as never,
    new StreamSalts(bench.store),
  );
const anybodyWith = (...held: readonly Grant[]): Requester => {
  grants = held;
  return { issuer: 'issuer', subject: 'subject', actor: { id: 'pseudonym', role: 'none' }, grants: held };
};
async function all(told: AsyncIterable<ToldDisclosure>): Promise<readonly ToldDisclosure[]> {
  const items: ToldDisclosure[] = [];
  for await (const each of told) items.push(each);
  return items;
}

test('the database finds by which event each is published as the rules say it, whatever happens in what order', async () => {
  const random = new SeededRandom(27);
  const streams = ['a', 'b', 'c'].map((id) => streamName('agreement', `random-${id}`));
  for (let count = 0; count < 260; count += 1)
    await record(
      streams[random.integer(0, 2)] as StreamName,
      HAPPENINGS[random.integer(0, HAPPENINGS.length - 1)] as Told,
    );
  const log = await bench.store.readLog(1, 1_000);
  const expected = publishedPositions(RULES, log.map(decoded));
  const conditional: ConditionalEvent[] = log.flatMap((event) => {
    const { stream, position, recordedAt } = event;
    const condition = publication.of(event);
    return typeof condition === 'string' ? [] : [{ stream, position, recordedAt, condition }];
  });
  const { result } = await instance.readModels.read(
    DISCLOSURES,
    { minPosition: await bench.head() },
    (manager) => publishedBy(manager, conditional),
    PUBLIC_SIGHT,
  );
  const found = new Map(conditional.map(({ position }, index) => [position, result[index]]));
  const all = log.map((event) => {
    const condition = publication.of(event);
    if (condition === 'never') return undefined;
    return condition === 'atOnce' ? event.position : found.get(event.position)?.position;
  });
  expect(all).toEqual(expected);
  for (const { position, recordedAt } of result.flatMap((by) => by ?? []))
    expect(recordedAt).toBe(log.find((event) => event.position === position)?.recordedAt);
  // All ways are gone: at once, by a later event, never.
  const ways = expected.map((by, index) =>
    by === undefined ? 'never' : by === log[index]!.position ? 'own' : 'later',
  );
  for (const way of ['never', 'own', 'later']) expect(ways.filter((each) => each === way).length).toBeGreaterThan(20);
});

test('rows do not depend on the batches that events come in', async () => {
  const tables = await FoldingTables.make(bench.pool, projection);
  const random = new SeededRandom(39);
  const round = streamName('inspection', 'random');
  await record(round, ...Array.from({ length: 60 }, () => random.pick(OF_ROUNDS)));
  const log = (await bench.store.readLog(0, 1_000)).map(decoded);
  const rows = await tables.foldAlike(log, 27);
  const parts = ['', 'finding-1', 'finding-2', 'finding-3', 'recommendation-1', 'recommendation-2'];
  const places = rows['disclosure_place'] as readonly { readonly stream: string; readonly part: string }[];
  expect(places.filter(({ stream }) => stream !== round)).toHaveLength(3);
  expect(places.flatMap(({ stream, part }) => (stream === round ? [part] : [])).sort()).toEqual(parts);
  expect(rows['disclosure_mark']!.length).toBeGreaterThan(100);
  expect(JSON.stringify(rows['disclosure_mark'])).not.toContain('random-a');
});

describe('an unpublished agreement', () => {
  const stream = streamName('agreement', 'placed');
  const office = (id: string, province?: string, below?: ReadonlyMap<string, string | undefined>): Grant =>
    grant('officeHead', {
      kind: 'office',
      office: id,
      ...(province !== undefined && { province }),
      ...(below && { below }),
    });
  const province = (code: string): Grant => grant('governor', { kind: 'province', province: code });
  let events: readonly RecordedEvent[];

  beforeAll(async () => {
    const leadOffice = { officeId: 'office-7', officeName: 'สำนักงานตัวอย่าง' };
    events = await record(
      stream,
      drafted({ province: 'TH-54' }),
      indicatorAdded({ leadOffice }),
      indicatorAdded({ indicatorId: 'gone', displayNumber: '2', leadOffice: { ...leadOffice, officeId: 'office-8' } }),
      indicatorRemoved({ indicatorId: 'gone' }),
    );
  });

  test.each<[string, readonly Grant[], boolean]>([
    ['nobody', [], false],
    ['who audits the nation', [grant('naccOfficer', { kind: 'nation' })], true],
    ['who reads agreements in the nation, and audits nothing', [grant('dashboard', { kind: 'nation' })], false],
    ['its province', [province('TH-54')], true],
    ['another province', [province('TH-55')], false],
    ['a zone with its province', [grant('inspector', { kind: 'zone', zone: '16', provinces: ['TH-54'] })], true],
    ['a party', [office(MAKER.officeId, 'TH-54')], true],
    ['an office above a party', [office('above', 'TH-54', new Map([[RECEIVER.officeId, 'TH-54']]))], true],
    ['the office that leads an indicator', [office('office-7', 'TH-54')], true],
    ['the office that led one that is gone', [office('office-8', 'TH-54')], false],
    ['an office of the same code elsewhere', [office(MAKER.officeId, 'TH-55')], false],
    ['the office for which somebody acted, who is no party', [office('office-of-the-test', 'TH-54')], false],
  ])('is opened to %s', async (_who, held, isTold) => {
    const requester = held.length === 0 ? undefined : anybodyWith(...held);
    const told = await all(disclosures().ofStream(stream, requester));
    expect(told.map(({ position, published }) => [position, published])).toEqual(
      isTold ? events.map(({ position }) => [position, null]) : [],
    );
  });

  test('is opened to who audits one indicator as far as that goes', async () => {
    const requester = anybodyWith(grant('officeHead', { kind: 'indicator', indicator: 'income' }));
    expect(await all(disclosures().ofStream(stream, requester))).toMatchObject([{ type: 'IndicatorAdded' }]);
  });

  test('is no more open to whoever had a grant when they came, and has none when they are answered', async () => {
    const requester = anybodyWith(province('TH-54'));
    grants = [];
    expect(await disclosures().of(events, requester)).toEqual([]);
  });
});

test('who may do what is opened to those who see roles and audit, everywhere', async () => {
  const stream = streamName('office', 'example');
  const office = registered({ province: 'TH-54' });
  const events = await record(stream, office, roleGranted(), delegated({ delegate: 'pseudonym-4' }), delegated());
  const typesFor = async (...held: readonly Grant[]): Promise<readonly string[]> =>
    (await disclosures().of(events, anybodyWith(...held))).map(({ type }) => type);
  const PUBLISHED = ['OfficeRegistered', 'DelegationGranted'];
  expect(await typesFor()).toEqual(PUBLISHED);
  // A governor audits and sees roles in the province, where a delegation holds; a role that is kept there may hold elsewhere.
  const governor = grant('governor', { kind: 'province', province: 'TH-54' });
  expect(await typesFor(governor)).toEqual([PUBLISHED[0], 'DelegationGranted', 'DelegationGranted']);
  expect(await typesFor(grant('governor', { kind: 'province', province: 'TH-55' }))).toEqual(PUBLISHED);
  // Who audits one office does not see its roles.
  expect(await typesFor(grant('officeHead', { kind: 'office', office: 'example', province: 'TH-54' }))).toEqual(
    PUBLISHED,
  );
  expect(await typesFor(grant('naccOfficer', { kind: 'nation' }))).toHaveLength(4);
});

const at = {
  nation: grant('naccOfficer', { kind: 'nation' }),
  phrae: grant('governor', { kind: 'province', province: 'TH-54' }),
  nan: grant('governor', { kind: 'province', province: 'TH-55' }),
  zone: grant('inspector', { kind: 'zone', zone: '16', provinces: ['TH-54', 'TH-55', 'TH-56', 'TH-57'] }),
  zoneElsewhere: grant('inspector', { kind: 'zone', zone: '5', provinces: ['TH-80', 'TH-90'] }),
  office: grant('officeHead', { kind: 'office', office: 'phrae-cdd', province: 'TH-54' }),
  officeAsked: grant('officeHead', { kind: 'office', office: 'phrae-province', province: 'TH-54' }),
  indicator: grant('keeper', { kind: 'indicator', indicator: 'asked-about' }),
} as const satisfies Readonly<Record<string, Grant>>;

describe('what an inspection finds', () => {
  /** Of two provinces; what is recorded, by where it stands. */
  const STANDING = {
    round: ['NoFindingsStated', 'NoFindingsVoided', 'FindingsCarried'],
    phrae: ['FindingRecorded', 'FindingResponded', 'ResponseJudged', 'FindingEscalated'],
    recommended: ['RecommendationMade', 'DueDateExtended'],
    moved: ['FindingRecorded', 'FindingCorrected', 'FindingWithdrawn'],
    both: ['FindingRecorded'],
    general: ['RecommendationMade'],
  } as const;
  type Place = keyof typeof STANDING;
  const placeOf = new Map<number, Place>();
  let events: readonly RecordedEvent[];

  beforeAll(async () => {
    const stream = streamName('inspection', 'placed');
    const of = (findingId: string, provinces: readonly string[], officeIds: readonly string[] = []) => ({
      findingId,
      provinces: [...provinces],
      officeIds: [...officeIds],
    });
    const inspectors = [{ name: 'ผู้ตรวจ ตัวอย่าง' }];
    const happenings: readonly (readonly [Place | undefined, DomainEvent])[] = [
      [undefined, happened('InspectionRoundOpened', { inspectors })],
      ['round', happened('NoFindingsStated')],
      ['round', happened('NoFindingsVoided', { findingId: 'f1' })],
      ['phrae', happened('FindingRecorded', of('f1', ['TH-54'], ['phrae-cdd']))],
      ['phrae', happened('FindingResponded', { findingId: 'f1' })],
      ['phrae', happened('ResponseJudged', { findingId: 'f1', outcome: 'insufficient' })],
      ['phrae', happened('FindingEscalated', { findingId: 'f1' })],
      // A recommendation of it, to another office: that one may know of it too.
      [
        'recommended',
        happened('RecommendationMade', { recommendationId: 'r1', findingId: 'f1', officeId: 'phrae-province' }),
      ],
      ['recommended', happened('DueDateExtended', { recommendationId: 'r1', findingId: 'f1' })],
      ['moved', happened('FindingRecorded', of('f2', ['TH-54'], ['phrae-cdd']))],
      ['moved', happened('FindingCorrected', of('f2', ['TH-55']))],
      ['moved', happened('FindingWithdrawn', { findingId: 'f2' })],
      ['both', happened('FindingRecorded', of('f3', []))],
      [
        'general',
        happened('RecommendationMade', {
          recommendationId: 'r2',
          findingId: undefined,
          officeId: 'example-department',
        }),
      ],
      [undefined, happened('InspectionRoundClosed', { resolved: [], fulfilled: [] })],
      ['round', happened('FindingsCarried')],
    ];
    events = await record(stream, ...happenings.map(([, event]) => event));
    happenings.forEach(([place], index) => place && placeOf.set(events[index]!.position, place));
    // What waits for a mark is judged by what is projected.
    expect(await instance.projections.waitFor(DISCLOSURES, await bench.head(), 30_000)).toBe(true);
  });

  // Once the round is closed, that nothing had been found is published with it.
  test.each<[string, readonly Grant[], readonly Place[]]>([
    ['nobody', [], []],
    ['who looks into the whole nation', [at.nation], ['round', 'phrae', 'recommended', 'moved', 'both', 'general']],
    ['who inspects all of its provinces', [at.zone], ['round', 'phrae', 'recommended', 'moved', 'both', 'general']],
    ['the governor of one province', [at.phrae], ['phrae', 'recommended', 'both', 'general']],
    ['the governor of another one', [at.nan], ['moved', 'both', 'general']],
    ['both governors in one', [at.phrae, at.nan], ['round', 'phrae', 'recommended', 'moved', 'both', 'general']],
    ['who inspects elsewhere', [at.zoneElsewhere], []],
    [
      'the governor of a province of the zone that is not inspected',
      [grant('governor', { kind: 'province', province: 'TH-57' })],
      [],
    ],
    ['the office of a finding', [at.office], ['phrae', 'recommended']],
    ['an office to which something is recommended', [at.officeAsked], ['recommended']],
    ['who audits and does not inspect', [grant('dashboard', { kind: 'nation' })], []],
  ])('is opened to %s as far as they reach', async (_who, held, expected) => {
    const requester = held.length === 0 ? undefined : anybodyWith(...held);
    const told = await disclosures().of(events, requester);
    const inside = told.filter(({ published }) => published === null).map(({ position }) => placeOf.get(position)!);
    const wanted = events
      .map(({ position }) => placeOf.get(position))
      .filter((place, index) => place && events[index]!.type !== 'NoFindingsStated' && expected.includes(place));
    expect(inside).toEqual(wanted);
    const published = told.filter((each) => each.published !== null).map(({ type }) => type);
    expect(published).toEqual(['InspectionRoundOpened', 'NoFindingsStated', 'InspectionRoundClosed']);
  });
});

test('a question is opened where it stands, to those who see questions', async () => {
  const opened = questionOpened({
    province: 'TH-54',
    offices: ['phrae-cdd'],
    askedOffice: 'phrae-province',
    indicatorId: 'asked-about',
  });
  const events = await record(streamName('question', 'placed'), opened, questionExplained());
  const countFor = async (...held: readonly Grant[]): Promise<number> =>
    (await disclosures().of(events, held.length === 0 ? undefined : anybodyWith(...held))).length;
  const counts: Record<string, number> = {};
  // One after the other: what the reader of grants answers is that of whoever asked last.
  for (const [name, held] of Object.entries(at)) counts[name] = await countFor(held);
  expect(counts).toEqual({
    nation: 2,
    phrae: 2,
    nan: 0,
    zone: 2,
    zoneElsewhere: 0,
    office: 2,
    officeAsked: 2,
    indicator: 2,
  });
  expect(await countFor()).toBe(0);
});

describe('a disclosure', () => {
  test('opens the leaf: body and salt give its hash, name and salt of the stream its reference', async () => {
    const head = await bench.head();
    const everything = await all(
      disclosures().ofRange(0, head + 1, anybodyWith(grant('naccOfficer', { kind: 'nation' }))),
    );
    expect(everything.map(({ position }) => position)).toEqual(Array.from({ length: head + 1 }, (_, index) => index));
    const firstSalts = new Map<string, Buffer>();
    for (let from = 0; from <= head; from += TILE_WIDTH)
      for (const { position, stream, revision, salt, bodyHash } of await bench.store.readLog(from, TILE_WIDTH)) {
        if (revision === 0) firstSalts.set(stream, salt);
        const told = everything[position]!;
        const bytes = Buffer.concat([Buffer.from(told.salt, 'hex'), Buffer.from(told.body, 'utf8')]);
        expect(createHash('sha256').update(bytes).digest()).toEqual(bodyHash);
        // Computed as it is written down, not as the program does it.
        const digest = (...parts: readonly (string | Buffer)[]) =>
          parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
        const streamSalt = digest('khamrap stream salt v1\n', firstSalts.get(stream) as Buffer);
        expect(told.stream).toEqual({ name: stream, salt: streamSalt.toString('hex') });
        expect(streamReference(stream, streamSalt)).toBe(
          digest('khamrap stream v1\n', streamSalt, stream).toString('hex'),
        );
      }
  });

  test('is given for positions in the order in which they are asked for', async () => {
    const head = await bench.head();
    const auditor = anybodyWith(grant('naccOfficer', { kind: 'nation' }));
    const asked = [5, 6, 7, 3, head, 0, head + 1, head + 9];
    const told = await all(disclosures().ofPositions(asked, auditor));
    expect(told.map(({ position }) => position)).toEqual([5, 6, 7, 3, head, 0]);
    expect(await all(disclosures().ofPositions([], auditor))).toEqual([]);
  });

  test('is given of a stream up to a revision', async () => {
    const told = await all(disclosures().ofStream(LEDGER_STREAM, undefined, 0));
    expect(told).toMatchObject([{ position: 0, type: 'LedgerOpened', published: { position: 0 } }]);
  });
});
