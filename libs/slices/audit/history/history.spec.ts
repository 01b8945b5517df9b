import { NATIVE, streamName, type StreamName } from '@khamrap/kernel';
import { grant, type Grant, type Requester } from '@khamrap/platform/access';
import { CommandRejected, EventCodec, ledgerEventDeclarations, type DecodedEvent } from '@khamrap/platform/event-store';
import { byDepth, SeededRandom } from '@khamrap/testing';
import { NAMES_BY_CODE } from '../../../testing/narrated';
import { ProjectionBench, type ProjectionInstance } from '../../../testing/projection';
import { agreementEventDeclarations } from '../../agreements/domain/agreement.events';
import { agreementNarrations } from '../../agreements/narration/narration';
import { agreementPublication } from '../../agreements/publication';
import { ToldDifferences } from '../differences/told-differences';
import { NarrationOfEvents } from '../narration/narration-of-events';
import type { Fact } from '../narration/narration-rule';
import { randomLife } from '../narration/spec/random-lives';
import { Timelines } from '../narration/timelines';
import { ToldStreams } from '../narration/told-streams';
import { ledgerPublication } from '../publication/ledger.publication';
import { PublicationOfEvents } from '../publication/publication';
import { publishedPositions } from '../publication/publication.model';
import { Disclosures } from '../views/disclosures/disclosures';
import { disclosuresProjection } from '../views/disclosures/disclosures.projection';
import { StreamSalts } from '../views/disclosures/stream-salts';
import type { FactChangeAnswer } from './history.answer';
import { HistoryQuery, ReadHistory, ReadHistoryHandler, type HistoryPage } from './history.query';

// Answers as of every position, on a real database, against a fold of the log up to it.

const RULES = { ...ledgerPublication, ...agreementPublication };
const DECLARATIONS = [...ledgerEventDeclarations, ...agreementEventDeclarations];
const codec = new EventCodec(DECLARATIONS);
const publication = new PublicationOfEvents(RULES, codec);
const narrations = new NarrationOfEvents(agreementNarrations, codec);
const STREAMS = ['a', 'b', 'c'].map((id) => streamName('agreement', `lived-${id}`));
const narration = narrations.of(STREAMS[0]!)!;
const NAMES = { ...NAMES_BY_CODE, document: () => undefined };

// Whatever is kept of long streams is kept of these too.
class StreamsAllKept extends ToldStreams {
  protected override readonly keptCountMin = 1;
}
class FoldsAllKept extends Timelines {
  protected override readonly eventCountMin = 1;
}

let bench: ProjectionBench;
let instance: ProjectionInstance;
let log: readonly DecodedEvent[];
let handler: ReadHistoryHandler;
let differences: ToldDifferences;
const AUDITOR: readonly Grant[] = [grant('naccOfficer', { kind: 'nation' })];
const auditor: Requester = {
  issuer: 'issuer',
  subject: 'nacc',
  actor: { id: 'nacc', role: 'naccOfficer' },
  grants: AUDITOR,
};
const READERS: readonly (readonly [who: string, requester: Requester | undefined])[] = [
  ['everybody', undefined],
  ['who audits', auditor],
];

beforeAll(async () => {
  bench = await ProjectionBench.open(codec);
  instance = await bench.instance([disclosuresProjection(RULES, DECLARATIONS)]);
  const { store } = bench;
  // Lives run beside each other, so that positions of one stream are apart.
  const lives = [11, 12, 13].map((seed) => [...randomLife(seed, 120)]);
  const random = new SeededRandom(35);
  while (lives.some((acts) => acts.length > 0)) {
    const index = random.integer(0, lives.length - 1);
    const act = lives[index]!.shift();
    if (act)
      await bench.record(act.events.map((event) => ({ stream: STREAMS[index]!, event, provenance: act.provenance })));
  }
  log = (await store.readLog(0, 1_000)).map((event) => bench.decode(event));
  const disclosures = new Disclosures(
    store,
    publication,
    instance.readModels,
    { grantsOf: () => AUDITOR },
    undefined as never,
    new StreamSalts(store),
  );
  const streams = new StreamsAllKept(store, disclosures, narrations);
  // Names and files are looked up over HTTP in test/journeys/histories.spec.ts.
  const names = { telling: (_asOf: number, _events: unknown, make: (known: typeof NAMES) => unknown) => make(NAMES) };
  const timelines = new FoldsAllKept();
  handler = new ReadHistoryHandler(
    store,
    streams,
    narrations,
    timelines,
    names as never,
    { info: () => undefined } as never,
  );
  differences = new ToldDifferences(store, streams, narrations, timelines, names as never);
}, 60_000);
afterAll(() => bench.close());

async function historyOf(
  stream: StreamName,
  asOfPosition: number,
  requester?: Requester,
): Promise<HistoryPage | undefined> {
  const query = Object.assign(new HistoryQuery(), { order: 'oldest', limit: 1_000, asOfPosition });
  return handler.execute(new ReadHistory(stream, query, requester)).catch((error: unknown) => {
    expect(error).toBeInstanceOf(CommandRejected);
    return undefined;
  });
}

/** What a reader may have of a stream on a log that ends at a position, by the rules one event at a time. */
function disclosedAt(stream: StreamName, position: number, requester?: Requester): readonly DecodedEvent[] {
  const until = log.slice(0, position + 1);
  const published = publishedPositions(RULES, until);
  return until.filter(
    (event, index) => event.stream === stream && (requester !== undefined || published[index] !== undefined),
  );
}
function factsOf(events: readonly DecodedEvent[]): readonly Fact[] {
  const state = events.reduce(
    (before: unknown, event) =>
      narration.evolve(before, { ...event, isTranscribed: event.provenance.kind !== NATIVE.kind }),
    narration.begin,
  );
  return narration.facts(state, NAMES);
}
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;
const standing = (facts: readonly Fact[]) =>
  new Map(facts.map(({ key, value, shown }) => [JSON.stringify(key), plain([value, shown])]));
function applied(facts: readonly Fact[], changes: readonly FactChangeAnswer[]) {
  const result = standing(facts);
  for (const { key, after, shown } of changes) {
    if (shown.after) result.set(JSON.stringify(key), plain([after, shown.after]));
    else result.delete(JSON.stringify(key));
  }
  return result;
}
const UNIQUE = /[a-z]+-\d+-ข้อความ|\d+0000000\d+/g;
const uniqueIn = (value: unknown): readonly string[] => JSON.stringify(value).match(UNIQUE) ?? [];

test.each(READERS)(
  'to %s a history as of any position is the fold of the log up to it',
  async (_who, requester) => {
    const counts = { told: 0, untold: 0, withheld: 0 };
    for (const stream of STREAMS)
      for (let position = 0; position < log.length; position += byDepth(8, 1)) {
        const page = await historyOf(stream, position, requester);
        const expected = disclosedAt(stream, position, requester);
        counts[page ? 'told' : 'untold'] += 1;
        const events = page?.items.flatMap((act) => act.events) ?? [];
        expect(events.map((event) => event.eventId)).toEqual(expected.map(({ eventId }) => eventId));
        expect(
          applied(
            [],
            events.flatMap(({ changes }) => changes),
          ),
        ).toEqual(standing(factsOf(expected)));
        for (const { published } of events) expect(published?.position ?? 0).toBeLessThanOrEqual(position);
        for (const { setBy } of events.flatMap(({ changes }) => changes))
          if (setBy) expect(expected.map(({ eventId }) => eventId)).toContain(setBy.eventId);
        const said = new Set(uniqueIn(expected.map(({ data }) => data)));
        counts.withheld += uniqueIn(log.map(({ data }) => data)).length - said.size;
        expect(uniqueIn(page ?? []).filter((text) => !said.has(text))).toEqual([]);
      }
    expect(counts.told).toBeGreaterThan(10);
    expect(counts.withheld).toBeGreaterThan(50);
  },
  120_000,
);

test.each(READERS)(
  'to %s differences lead from what stood to what stands, by what could be had at the end',
  async (_who, requester) => {
    const random = new SeededRandom(36);
    let changed = 0;
    for (let attempt = 0; attempt < 25; attempt += 1) {
      const stream = random.pick(STREAMS);
      const from = random.integer(-1, log.length - 1);
      const to = random.integer(Math.max(from, 0), log.length - 1);
      const told = await differences.of(stream, { from, to }, requester, { first: 0, countMax: 100_000 });
      const atEnd = disclosedAt(stream, to, requester);
      expect(told === undefined).toBe(atEnd.length === 0);
      const atBeginning = atEnd.filter((event) => event.position <= from);
      expect(applied(factsOf(atBeginning), told?.changes ?? [])).toEqual(standing(factsOf(atEnd)));
      const ids = new Set(atEnd.filter((event) => event.position > from).map(({ eventId }) => eventId));
      for (const { madeBy } of told?.changes ?? []) {
        changed += 1;
        expect(madeBy.length > 0 && madeBy.every(({ eventId }) => ids.has(eventId))).toBe(true);
      }
      const said = new Set(uniqueIn(atEnd.map(({ data }) => data)));
      expect(uniqueIn(told ?? []).filter((text) => !said.has(text))).toEqual([]);
    }
    expect(changed).toBeGreaterThan(50);
  },
  120_000,
);
