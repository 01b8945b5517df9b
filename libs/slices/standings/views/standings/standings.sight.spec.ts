import { agreementEventDeclarations } from '@khamrap/agreements';
import type { AgreementEvent } from '@khamrap/agreements/events';
import { isoDate, type DomainEvent, type StreamName } from '@khamrap/kernel';
import { officeEventDeclarations } from '@khamrap/offices';
import { FULL_SIGHT, PUBLIC_SIGHT, type Sight } from '@khamrap/platform/access';
import { EventCodec, ledgerEventDeclarations } from '@khamrap/platform/event-store';
import { writeCsv, type CsvColumn } from '@khamrap/platform/http';
import type { Freshness } from '@khamrap/platform/projections';
import { schemeEventDeclarations } from '@khamrap/schemes';
import { byDepth, SeededRandom } from '@khamrap/testing';
import { freshStreamOf, ProjectionBench, type ProjectionInstance } from '../../../../testing/projection';
import * as example from '../../domain/standings.examples';
import { begun, HALF, HALF_KEY, KEEPERS, MAKER, ONE, RECEIVER, TWO, YEAR_KEY } from '../../domain/standings.examples';
import { ListDue, ListDueHandler } from '../due/due.handler';
import { LEAGUE_COLUMNS, type LeagueRow } from '../league/league.answer';
import { ListLeague, ListLeagueHandler } from '../league/league.handler';
import { ROLL_UP_COLUMNS, ROLL_UPS_BY, type RollUpRow } from '../roll-ups/roll-ups.answer';
import { ListRollUps, ListRollUpsHandler } from '../roll-ups/roll-ups.handler';
import { AGREEMENT_COLUMNS, STANDING_COLUMNS, type AgreementWithRounds, type StandingsQuery } from './standings.answer';
import { ListAgreements, ListAgreementsHandler, ListStandings, ListStandingsHandler } from './standings.handlers';
import { STANDINGS, standingsProjection } from './standings.projection';
import { findStandings } from './standings.query';
import type { StandingRow } from './standings.rows';
import { StandingsStream, type StandingsChanged } from './standings.stream';

const codec = new EventCodec([
  ...ledgerEventDeclarations,
  ...agreementEventDeclarations,
  ...schemeEventDeclarations,
  ...officeEventDeclarations,
]);
const QUARTER = '2026-10-01..2026-12-31';
const STEP_COUNT = 10;

let bench: ProjectionBench;
let instance: ProjectionInstance;

beforeAll(async () => {
  bench = await ProjectionBench.open(codec);
  instance = await bench.instance([standingsProjection(bench.store, codec)]);
  const scheme = [
    example.calendarPublished(),
    example.rulePublished(),
    example.statusRulesPublished(),
    example.bandsPublished(),
  ];
  await happens('scheme-example-2570' as StreamName, ...scheme);
}, 60_000);
afterAll(() => bench.close());

async function happens(stream: StreamName, ...events: readonly DomainEvent[]): Promise<number> {
  const recorded = await bench.record(events.map((event) => ({ stream, event })));
  const { position } = recorded.at(-1)!;
  expect(await instance.projections.waitFor(STANDINGS, position, 30_000)).toBe(true);
  return position;
}

const within = (some: Partial<Extract<Sight, { kind: 'within' }>>): Sight => ({
  kind: 'within',
  provinces: [],
  offices: [],
  indicators: [],
  ...some,
});

interface Answers {
  readonly standings: readonly StandingRow[];
  readonly agreements: readonly AgreementWithRounds[];
  readonly rollUps: readonly (readonly RollUpRow[])[];
  readonly league: readonly LeagueRow[];
}

async function listed(sight: Sight, query: Partial<StandingsQuery> = {}) {
  const asked = { limit: 1_000, ...query };
  const { readModels } = instance;
  const [standings, agreements] = await Promise.all([
    new ListStandingsHandler(readModels).execute(new ListStandings(asked, sight)),
    new ListAgreementsHandler(readModels).execute(new ListAgreements(asked, sight)),
  ]);
  return { standings: standings.items, agreements: agreements.items };
}

async function rollUps(sight: Sight, freshness: Freshness = {}): Promise<Answers['rollUps']> {
  const handler = new ListRollUpsHandler(instance.readModels);
  const queries = ROLL_UPS_BY.flatMap((by) =>
    [undefined, HALF].map((round) => ({
      by,
      fiscalYear: 2570,
      ...freshness,
      ...(round && { round }),
      ...(by === 'goal' && { province: 'TH-54' }),
    })),
  );
  return Promise.all(queries.map(async (query) => (await handler.execute(new ListRollUps(query, sight))).items));
}

/** What every route of standings answers to somebody. */
async function answersTo(sight: Sight): Promise<Answers> {
  const league = new ListLeague({ fiscalYear: 2570, round: HALF, scheme: 'example-2570', by: 'agreement', limit: 100 });
  const [lists, sums, ranked] = await Promise.all([
    listed(sight),
    rollUps(sight),
    new ListLeagueHandler(instance.readModels).execute(league),
  ]);
  return { ...lists, rollUps: sums, league: ranked.items };
}

/** All of it as it is sent, as JSON and as tables. */
function asSent({ standings, agreements, rollUps: sums, league }: Answers): string {
  const table = <Row>(rows: readonly Row[], columns: readonly CsvColumn<Row>[]): string => writeCsv(rows, columns);
  return [
    JSON.stringify([standings, agreements, sums, league]),
    table(standings, STANDING_COLUMNS),
    table(agreements, AGREEMENT_COLUMNS),
    table(sums.flat(), ROLL_UP_COLUMNS),
    table(league, LEAGUE_COLUMNS),
  ].join('\n');
}

/** An agreement in which things happen by chance: most of them inside, some in public. */
class ChanceAgreement {
  readonly stream = freshStreamOf('agreement');
  /** Figures that the public knows nothing of. */
  readonly hidden = new Set<string>();
  #reports = new Map<
    string,
    { readonly place: { indicatorId: string; span: string; officeId?: string }; isPublic: boolean }
  >();
  #isClosed = false;

  constructor(
    private readonly random: SeededRandom,
    private readonly isJoint: boolean,
    private readonly nextFigure: () => string,
  ) {}

  /** @returns what happens inside, or undefined where chance has chosen what cannot happen now */
  inside(): AgreementEvent | undefined {
    const { random } = this;
    const known = [...this.#reports.values()].filter(({ isPublic }) => !isPublic);
    switch (random.integer(0, 6)) {
      case 0:
      case 1:
      case 2: {
        const span = random.pick([HALF_KEY, HALF_KEY, YEAR_KEY, QUARTER, 'notStated']);
        const officeId = this.isJoint ? random.pick(KEEPERS).officeId : undefined;
        const indicatorId = this.isJoint ? ONE : random.pick([ONE, TWO]);
        const place = { indicatorId, span, ...(officeId !== undefined && { officeId }) };
        const key = JSON.stringify(place);
        const event = this.#reports.has(key)
          ? example.corrected(place, this.#figure())
          : example.reported(place, this.#figure());
        this.#reports.set(key, { place, isPublic: false });
        return event;
      }
      case 3:
        return known.length === 0
          ? undefined
          : example.certified(random.pick(known).place, random.pick(['supervisor', 'performanceUnit']));
      case 4:
        return known.length === 0 ? undefined : example.givenBack(random.pick(known).place);
      default:
        if (this.#isClosed) return undefined;
        return example.scoreDetermined({
          round: random.pick([HALF, 'unheard-of']),
          assessor: random.pick(['evaluator', 'selfAssessment']),
          score: `4.${this.#figure()}`,
          ...(random.chance(0.5) && { indicatorId: random.pick([ONE, TWO]) }),
        });
    }
  }

  inPublic(): AgreementEvent {
    const { random } = this;
    const choice = random.integer(0, 4);
    if (this.#isClosed || choice === 0) return this.#turnRound();
    if (choice === 1) return example.weightAmended(TWO, `${random.integer(10, 40)}`);
    if (choice === 2) return example.exempted(TWO, '12m');
    return example.targetAmended(ONE, `${random.integer(90, 110)}`);
  }

  /** The round is closed, and reopened. */
  #turnRound(): AgreementEvent {
    this.#isClosed = !this.#isClosed;
    if (!this.#isClosed) return example.reopened();
    // Everything that has been said by then may be public now.
    this.hidden.clear();
    for (const [key, { place }] of this.#reports)
      if (place.span === HALF_KEY || place.span === QUARTER) this.#reports.set(key, { place, isPublic: true });
    return example.closedWith('2.8000');
  }

  #figure(): string {
    const figure = this.nextFigure();
    this.hidden.add(figure);
    return figure;
  }
}

/** Codes of the parties, registered in another province. */
const CLAIMED = [MAKER, RECEIVER].map(({ officeId }) => ({ office: officeId, province: 'TH-57' }));
const OUTSIDERS: readonly (readonly [string, Sight])[] = [
  ['the public', PUBLIC_SIGHT],
  [
    'another province, office and indicator',
    within({ provinces: ['TH-50'], offices: [{ office: 'other-office' }], indicators: [HALF] }),
  ],
  ['who has claimed the codes of the parties elsewhere', within({ offices: CLAIMED })],
];
const INSIDERS: readonly (readonly [string, Sight])[] = [
  ['the province', within({ provinces: ['TH-54'] })],
  ['the maker', within({ offices: [{ office: MAKER.officeId, province: 'TH-54' }] })],
  ['the receiver', within({ offices: [{ office: RECEIVER.officeId }, { office: 'other-office' }] })],
];

describe.each(byDepth([1], [1, 2, 3, 4]))('whatever happens, by chance %i,', (seed) => {
  const random = new SeededRandom(seed);
  let figure = 77_700_000 + seed * 100_000;
  const nextFigure = () => String((figure += 1));
  const known = new Map<number, { readonly position: number; readonly told: Answers }>();
  let begins: number;
  let agreements: readonly ChanceAgreement[];

  beforeAll(async () => {
    begins = await bench.head();
    const terms = [{}, { keepers: KEEPERS, accumulation: 'sum', unit: 'baht' } as const, {}];
    agreements = terms.map((_, index) => new ChanceAgreement(random.branch(`${index}`), index === 1, nextFigure));
    for (const [index, { stream }] of agreements.entries()) {
      const announced = { basis: 'announced', announcedOn: isoDate('2026-10-01') } as const;
      await happens(stream, ...begun(index === 2 ? announced : {}, terms[index]));
    }
  });

  test('nobody outside learns anything before it is published, and nobody inside lacks anything', async () => {
    let told = await answersTo(PUBLIC_SIGHT);
    for (let step = 0; step < STEP_COUNT; step++) {
      const agreement = random.pick(agreements);
      const isPublic = random.chance(0.2);
      const event = isPublic ? agreement.inPublic() : agreement.inside();
      if (!event) continue;
      const position = await happens(agreement.stream, event);
      for (const [reader, sight] of OUTSIDERS) {
        const now = await answersTo(sight);
        const sent = asSent(now);
        for (const each of agreements.flatMap(({ hidden }) => [...hidden]))
          if (sent.includes(each)) throw new Error(`${reader} was told ${each} after ${JSON.stringify(event)}`);
        // Not even that something happened.
        if (!isPublic) expect({ event, now }).toEqual({ event, now: told });
        if (sight === PUBLIC_SIGHT) known.set(position, { position, told: now });
      }
      told = known.get(position)!.told;
      const all = await listed(FULL_SIGHT);
      for (const [reader, sight] of INSIDERS) {
        const seen = await listed(sight);
        expect([reader, seen.standings.filter(isOwn)]).toEqual([reader, all.standings.filter(isOwn)]);
        expect([reader, seen.agreements.filter(isOwn)]).toEqual([reader, all.agreements.filter(isOwn)]);
      }
    }
    expect(agreements.some(({ hidden }) => hidden.size > 0)).toBe(true);
  }, 300_000);

  test('the past is for each what it was when it was the present', async () => {
    for (const { position, told } of known.values()) {
      const asOf = { asOfPosition: position };
      const { standings, agreements: headings } = told;
      const [lists, sums, full, inside] = await Promise.all([
        listed(PUBLIC_SIGHT, asOf),
        rollUps(PUBLIC_SIGHT, asOf),
        listed(FULL_SIGHT, asOf),
        listed(INSIDERS[0]![1], asOf),
      ]);
      expect(lists).toEqual({ standings, agreements: headings });
      expect(sums).toEqual(told.rollUps);
      expect(inside).toEqual(full);
    }
    expect(known.size).toBeGreaterThan(STEP_COUNT / 2);
  }, 300_000);

  test('who follows the stream hears of what they see, and of nothing else', async () => {
    const last = await happens(agreements[0]!.stream, example.targetAmended(ONE, '123'));
    for (const sight of [PUBLIC_SIGHT, INSIDERS[0]![1], FULL_SIGHT]) {
      const leaving = new AbortController();
      const stream = new StandingsStream(instance.projections, instance.readModels);
      const picture = new Map<string, StandingRow>();
      const keyOf = ({ agreementId, indicatorId, period }: Omit<StandingsChanged['removed'][number], never>): string =>
        `${agreementId} ${indicatorId} ${period}`;
      const positions: number[] = [];
      for await (const { data } of stream.changes({}, begins, leaving.signal, () => Promise.resolve(sight))) {
        const { position, standings, removed } = data as unknown as StandingsChanged;
        positions.push(position);
        for (const row of standings) picture.set(keyOf(row), row);
        for (const key of removed) expect(picture.delete(keyOf(key))).toBe(true);
        if (sight === PUBLIC_SIGHT) {
          const then = (await listed(PUBLIC_SIGHT, { asOfPosition: position })).standings;
          expect(new Set([...picture.values()].map(told))).toEqual(new Set(then.filter(isOwn).map(told)));
        }
        if (position === last) break;
      }
      const now = (await listed(sight)).standings.filter(isOwn);
      expect(new Set([...picture.values()].map(told))).toEqual(new Set(now.map(told)));
      if (sight === PUBLIC_SIGHT) {
        const hidden = [...known.values()]
          .map(({ position }) => position)
          .filter((position) => !positions.includes(position));
        expect(hidden.length).toBeGreaterThan(STEP_COUNT / 3);
      }
    }
  }, 120_000);

  test('a query that forgets whose question it is, is answered by the database as to the public', async () => {
    const forgotten = await instance.readModels.read(STANDINGS, {}, (manager, standpoint) =>
      findStandings(manager, { standpoint, sight: FULL_SIGHT }, {}, undefined, 1_000),
    );
    const [all, told] = [await listed(FULL_SIGHT), await listed(PUBLIC_SIGHT)];
    expect(forgotten.result.length).toBeGreaterThan(0);
    expect(forgotten.result.length).toBeLessThan(all.standings.length);
    for (const { actual } of forgotten.result)
      if (actual !== null) expect(told.standings.map((row) => row.actual)).toContain(actual);
  });

  test('nobody outside is told what is still to be done', async () => {
    const due = async (sight: Sight) => {
      const asked = new ListDue({ limit: 1_000, onDate: isoDate('2027-04-10') }, isoDate('2027-04-10'), sight);
      return (await new ListDueHandler(instance.readModels, bench.store).execute(asked)).items;
    };
    const all = await due(FULL_SIGHT);
    expect(all.length).toBeGreaterThan(0);
    for (const [, sight] of OUTSIDERS) expect(await due(sight)).toEqual([]);
    for (const [, sight] of INSIDERS) expect(await due(sight)).toEqual(all);
  });

  const isOwn = ({ agreementId }: { readonly agreementId: string }): boolean =>
    agreements.some(({ stream }) => stream.endsWith(agreementId));
  // What heads a row in a list, such as its weight, may be newer than the change that told of it.
  const told = ({ agreementId, indicatorId, period, target, actual, status, score, changedAt }: StandingRow): string =>
    [agreementId, indicatorId, period, target, actual, status, score, changedAt].join(' ');
});
