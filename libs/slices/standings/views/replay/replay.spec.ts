import { agreementEventDeclarations } from '@khamrap/agreements';
import type { AgreementEvent, IndicatorAdded, TargetSet } from '@khamrap/agreements/events';
import { isoDate, type DomainEvent, type StreamName } from '@khamrap/kernel';
import { FULL_SIGHT, PUBLIC_SIGHT, type Sight } from '@khamrap/platform/access';
import { EventCodec, ledgerEventDeclarations } from '@khamrap/platform/event-store';
import { schemeEventDeclarations } from '@khamrap/schemes';
import { byDepth, SeededRandom } from '@khamrap/testing';
import { freshStreamOf, ProjectionBench, type ProjectionInstance } from '../../../../testing/projection';
import * as example from '../../domain/standings.examples';
import { HALF, HALF_KEY, KEEPERS, ONE, SECOND_HALF_KEY, TWO, YEAR_KEY } from '../../domain/standings.examples';
import {
  ListAgreements,
  ListAgreementsHandler,
  ListStandings,
  ListStandingsHandler,
} from '../standings/standings.handlers';
import { STANDINGS, standingsProjection } from '../standings/standings.projection';
import { ReplayAgreement, ReplayAgreementHandler } from './replay.handler';
import type { ReplayAnswer, ReplayQuery } from './replay.answer';
import { differs, type ReplayedNumber } from './replayed-number';

const codec = new EventCodec([...ledgerEventDeclarations, ...agreementEventDeclarations, ...schemeEventDeclarations]);
const SCHEME = 'scheme-example-2570' as StreamName;
const SPANS = [HALF_KEY, SECOND_HALF_KEY, YEAR_KEY] as const;

let bench: ProjectionBench;
let instance: ProjectionInstance;

beforeAll(async () => {
  bench = await ProjectionBench.open(codec);
  instance = await bench.instance([standingsProjection(bench.store, codec)]);
  await happens(
    SCHEME,
    example.calendarPublished(),
    example.rulePublished({ belowLowest: '0.5' }),
    example.statusRulesPublished(),
    example.bandsPublished(),
  );
}, 60_000);
afterAll(() => bench.close());

async function happens(stream: StreamName, ...events: readonly DomainEvent[]): Promise<number> {
  const recorded = await bench.record(events.map((event) => ({ stream, event })));
  const { position } = recorded.at(-1)!;
  expect(await instance.projections.waitFor(STANDINGS, position, 30_000)).toBe(true);
  return position;
}

const idOf = (stream: StreamName): string => stream.slice('agreement-'.length);

function replay(
  stream: StreamName,
  query: Partial<ReplayQuery> = {},
  sight: Sight = FULL_SIGHT,
): Promise<ReplayAnswer> {
  const handler = new ReplayAgreementHandler(instance.readModels, bench.store, codec);
  return handler.execute(new ReplayAgreement(idOf(stream), query, sight));
}

const found = ({ numbers }: ReplayAnswer, number: string, round: string | null = HALF): ReplayedNumber =>
  numbers.find((each) => each.number === number && each.of.round === round)!;

/** Every number that standings shows, as `indicator period name` and the value. */
async function shownIn(stream: StreamName, query: Partial<ReplayQuery>, sight: Sight): Promise<readonly string[]> {
  const asked = { limit: 1_000, agreement: idOf(stream), ...query };
  const { items } = await new ListStandingsHandler(instance.readModels).execute(new ListStandings(asked, sight));
  const agreements = await new ListAgreementsHandler(instance.readModels).execute(new ListAgreements(asked, sight));
  const ofRows = items.flatMap((row) =>
    (['target', 'actual', 'gap', 'attainmentPercent', 'status', 'score'] as const).flatMap((name) =>
      row[name] === null ? [] : [`${row.indicatorId} ${row.period} ${name} ${row[name]}`],
    ),
  );
  const ofRounds = (agreements.items[0]?.rounds ?? []).flatMap((row) =>
    (['total', 'weightCountedPercent', 'certifiedWeightPercent', 'band'] as const).flatMap((name) =>
      row[name] === null ? [] : [`${row.round} ${row.period} ${name} ${row[name]}`],
    ),
  );
  return [...ofRows, ...ofRounds].toSorted();
}

function shownBy({ numbers }: ReplayAnswer): readonly string[] {
  return numbers
    .filter(({ shown }) => shown.value !== null)
    .map(({ number, of, shown }) => `${of.indicatorId ?? of.round} ${of.period} ${number} ${shown.value}`)
    .toSorted();
}

/** What the last step comes to is the result, and every input but what was worked out has its event. */
function expectExplained(number: ReplayedNumber): void {
  const { steps, result, expression } = number;
  if (steps.length > 0) expect([number.number, steps.at(-1)?.result]).toEqual([number.number, result]);
  expect(expression).toBe(steps.at(-1)?.expression ?? null);
}

const WITH_TARGETS: readonly (readonly [Partial<IndicatorAdded['data']>, Partial<TargetSet['data']>])[] = [
  [{ direction: 'higher' }, { criterion: 'fiveLevels', levels: ['60', '70', '80', '90', '100'], value: '100' }],
  [{ direction: 'lower' }, { criterion: 'threeAnchors', levels: ['90', '60', '30'] }],
  [
    { direction: 'milestone', unit: 'level' },
    {
      criterion: 'milestones',
      unit: 'level',
      milestones: [1, 3, 5].map((level) => ({ level, description: `ขั้นที่ ${level}` })),
    },
  ],
  [
    { direction: 'date', unit: 'day' },
    { criterion: 'dates', unit: 'day', dates: [isoDate('2027-03-31'), isoDate('2027-02-28'), isoDate('2027-01-31')] },
  ],
  [{ direction: 'judged', unit: 'score' }, {}],
  [
    { direction: 'higher', keepers: KEEPERS, accumulation: 'ratio', unit: 'percent' },
    { unit: 'percent', value: '75' },
  ],
  [{ direction: 'higher', accumulation: 'sum', keepers: KEEPERS }, { value: '150' }],
  [
    { direction: 'higher', accumulation: 'average' },
    { criterion: 'threeAnchors', levels: ['20', '50', '80'], value: '80' },
  ],
];
const idAt = (index: number): string => `0c000000-0000-4000-8000-00000000000${index}`;

function begun(): readonly AgreementEvent[] {
  const [drafted, added, , set, , tookEffect] = example.begun() as readonly [
    AgreementEvent,
    IndicatorAdded,
    AgreementEvent,
    TargetSet,
    ...AgreementEvent[],
  ];
  const { value: _one, ...target } = set.data;
  return [
    drafted,
    ...WITH_TARGETS.map(([terms], index): AgreementEvent => {
      const weight = `${10 + index}`;
      return {
        ...added,
        data: { ...added.data, ...terms, indicatorId: idAt(index), displayNumber: `${index + 1}`, weight },
      };
    }),
    ...WITH_TARGETS.flatMap(([{ direction }, terms], index): AgreementEvent[] =>
      direction === 'judged'
        ? []
        : SPANS.map((span) => ({ ...set, data: { ...target, ...terms, span, indicatorId: idAt(index) } })),
    ),
    tookEffect!,
  ];
}

/** Things happen to an agreement by chance; everything of it stays inside. */
class ByChance {
  readonly stream = freshStreamOf('agreement');
  /** Texts of figures, of which the public knows nothing. */
  readonly hidden: string[] = [];
  readonly #reported = new Set<string>();

  constructor(private readonly random: SeededRandom) {}

  next(): AgreementEvent {
    const { random } = this;
    const index = random.integer(0, WITH_TARGETS.length - 1);
    const indicatorId = idAt(index);
    const [{ keepers, direction = 'higher' }] = WITH_TARGETS[index]!;
    const span = random.pick(SPANS);
    const officeId = keepers && random.pick(keepers).officeId;
    const place = { indicatorId, span, ...(officeId !== undefined && { officeId }) };
    const key = JSON.stringify(place);
    switch (random.integer(0, 9)) {
      case 0:
        return example.weightAmended(indicatorId, `${random.integer(1, 40)}.5`);
      case 1:
        return example.exempted(indicatorId, random.pick([HALF, example.WHOLE]));
      case 2:
        return example.scoreDetermined({
          assessor: random.pick(['evaluator', 'selfAssessment']),
          score: `${random.integer(1, 4)}.${this.#figure()}`,
          ...(random.chance(0.8) && { indicatorId: idAt(4) }),
        });
      case 3:
      case 4:
        if (this.#reported.has(key)) return example.certified(place, random.pick(['supervisor', 'performanceUnit']));
        break;
      case 5:
        if (this.#reported.has(key)) return example.givenBack(place);
        break;
    }
    const figure = this.#figureOf(index, direction);
    if (this.#reported.has(key)) return example.corrected(place, '1', figure);
    this.#reported.add(key);
    const first = example.reported(place, '1') as { readonly type: string; readonly data: object };
    return { ...first, data: { ...first.data, ...figure } } as AgreementEvent;
  }

  #figureOf(index: number, direction: string): object {
    const { random } = this;
    const [{ unit = 'baht', accumulation }] = WITH_TARGETS[index]!;
    const nothing = { value: undefined, unit };
    if (random.chance(0.1)) return { ...nothing, kind: 'notAvailable', notAvailableReason: 'ไม่มีข้อมูล' };
    if (direction === 'milestone') return { ...nothing, kind: 'milestone', milestone: random.integer(0, 5) };
    if (direction === 'date') return { ...nothing, kind: 'date', date: `2027-0${random.integer(1, 4)}-15` };
    const value = `${random.integer(10, 130)}.${this.#figure()}`;
    if (accumulation === 'ratio')
      return { ...nothing, kind: 'ratio', numerator: value, denominator: `${random.integer(90, 140)}` };
    return { kind: 'value', value, unit };
  }

  /** Five digits that stand nowhere else. */
  #figure(): string {
    const text = String(this.random.integer(10_000, 99_999));
    this.hidden.push(text);
    return text;
  }
}

describe.each(byDepth([1, 2], [1, 2, 3, 4, 5, 6, 7, 8]))('whatever happens, by chance %i,', (seed) => {
  test('every number that is shown comes out anew at every position, to everybody who sees it', async () => {
    const random = new SeededRandom(seed);
    const chance = new ByChance(random);
    const positions = [await happens(chance.stream, ...begun())];
    for (let count = 0; count < 4; count++) {
      const some = Array.from({ length: 15 }, () => chance.next());
      positions.push(await happens(chance.stream, ...some));
      if (count === 2)
        positions.push(
          await happens(
            SCHEME,
            example.bandsPublished('3.5'),
            example.statusRulesPublished([
              { status: 'achieved', measure: 'attainmentPercent', from: '99.5' },
              { status: 'atRisk', measure: 'score', from: '2' },
            ]),
          ),
        );
    }
    const sights: readonly Sight[] = [
      FULL_SIGHT,
      { kind: 'within', provinces: ['TH-54'], offices: [], indicators: [] },
      { kind: 'within', provinces: [], offices: [], indicators: [idAt(0), idAt(6)] },
      PUBLIC_SIGHT,
    ];
    for (const query of [{}, ...positions.map((asOfPosition) => ({ asOfPosition }))])
      for (const sight of sights) {
        const answer = await replay(chance.stream, query, sight);
        expect(answer.numbers.filter(({ shown }) => shown.equals !== true)).toEqual([]);
        expect(shownBy(answer)).toEqual(await shownIn(chance.stream, query, sight));
        answer.numbers.forEach(expectExplained);
      }
    // The lives come far enough to be compared.
    const { numbers } = await replay(chance.stream);
    expect(new Set(numbers.map(({ number }) => number)).size).toBeGreaterThanOrEqual(8);
    const publicly = JSON.stringify(await replay(chance.stream, {}, PUBLIC_SIGHT));
    expect(chance.hidden.filter((figure) => publicly.includes(figure))).toEqual([]);
  }, 120_000);
});

describe('of one agreement', () => {
  const stream = freshStreamOf('agreement');
  beforeAll(async () => {
    await happens(stream, ...example.begun({}, { accumulation: 'sum' }));
    await happens(stream, example.reported(example.AT, '90'), ...example.certifiedInFull(example.AT));
    await happens(stream, example.reported({ indicatorId: TWO, span: HALF_KEY }, '100'));
  }, 30_000);

  test('formula, inputs with their events, steps and result are told', async () => {
    const answer = await replay(stream, { indicator: ONE, round: HALF });
    expect(new Set(answer.numbers.map(({ of }) => `${of.indicatorId} ${of.round}`))).toEqual(
      new Set([`${ONE} ${HALF}`]),
    );
    expect(found(answer, 'attainmentPercent')).toMatchObject({
      expression: '90 × 100 ÷ 100',
      result: '90.00',
      inputs: [
        { name: 'target', value: '100', unit: 'baht', event: { type: 'TargetSet', stream } },
        { value: '90', event: { type: 'ActualReported', stream, position: expect.any(Number) } },
      ],
      shown: { value: '90.00', equals: true, differsBy: '0.00' },
    });
    expect(found(answer, 'score')).toMatchObject({
      basis: 'provisional',
      expression: '90 < 100: 1',
      result: '1.0000',
      rule: { kind: 'scoringRule', schemeId: 'example-2570', version: 1, event: { type: 'ScoringRulePublished' } },
    });
    const { expression, steps } = found(await replay(stream, { round: HALF }), 'total');
    expect(steps[0]).toMatchObject({ expression: '1.0000 × 60 + 5.0000 × 40', result: '260.0000' });
    expect(expression).toBe('260.0000 ÷ 100');
  });

  test('what is wrong in a snapshot, in what is announced and in what is printed is found, and by how much', async () => {
    const wrong = [
      { ...example.SNAPSHOT[0], score: '4.0000' },
      { ...example.SNAPSHOT[1], standing: 'scored', score: '5.0000' },
    ] as const;
    await happens(
      stream,
      example.roundClosed(wrong, { total: '4.4000', band: 'quality', weightCountedPercent: '100.0000' }),
    );
    await happens(stream, example.resultAnnounced({ score: '2.7', band: 'improve', asPrinted: 'คะแนนรวม ๒.๖๐ คะแนน' }));
    for (const sight of [FULL_SIGHT, PUBLIC_SIGHT]) {
      const answer = await replay(stream, {}, sight);
      expect(answer.differing).toBe(answer.numbers.filter(differs).length);
      const ofHalf = answer.numbers.filter((each) => differs(each) && each.of.round === HALF);
      expect(ofHalf.map(({ number, of }) => `${number} ${of.displayNumber}`)).toEqual([
        'score 1',
        'total null',
        'band null',
      ]);
      expect(ofHalf[0]).toMatchObject({
        result: '1.0000',
        shown: { value: '4.0000', equals: false, differsBy: '3.0000' },
        published: [
          {
            kind: 'snapshot',
            value: '4.0000',
            equals: false,
            differsBy: '3.0000',
            event: { type: 'EvaluationRoundClosed' },
          },
        ],
      });
      expect(ofHalf[1]?.published).toMatchObject([
        { kind: 'snapshot', value: '4.4000', equals: false, differsBy: '1.8000' },
        { kind: 'announced', value: '2.7', equals: false, differsBy: '0.1000', equalsRounded: false },
        { kind: 'printed', value: 'คะแนนรวม ๒.๖๐ คะแนน', equals: true, event: { type: 'ResultAnnounced' } },
      ]);
      // Of a closed round everybody has everything that it was made of.
      expect(answer.numbers.filter(({ of, withheld }) => of.round === HALF && withheld.length > 0)).toEqual([]);
    }
  });

  test('before it was closed, and where nothing is published, there is nothing to replay', async () => {
    const { numbers } = await replay(stream, { round: example.WHOLE }, PUBLIC_SIGHT);
    expect(numbers.map(({ number }) => number)).not.toContain('score');
    expect(numbers.filter(({ withheld }) => withheld.length > 0)).not.toEqual([]);
    await expect(replay(freshStreamOf('agreement'))).rejects.toThrow('replay.agreementUnknown');
    await expect(replay(stream, { asOfPosition: 0 })).rejects.toThrow('replay.agreementUnknown');
  });
});
