import { agreementEventDeclarations } from '@khamrap/agreements';
import { NATIVE, NOT_STATED, spanKey, type Span, type StreamName } from '@khamrap/kernel';
import {
  derivedId,
  EventCodec,
  ledgerEventDeclarations,
  type DecodedEvent,
  type EventStore,
} from '@khamrap/platform/event-store';
import { FoldingTables, freshStreamOf, ProjectionBench, rowsAt, type TableRows } from '../../../../testing/projection';
import type { AgreementEvent } from '../../../agreements/domain/agreement.events';
import {
  actualReported,
  drafted,
  FIRST_HALF,
  IN_EFFECT,
  indicatorAdded,
  targetSet,
  TRANSCRIBED,
  YEAR,
} from '../../../agreements/domain/agreement.examples';
import { corrected } from '../../domain/standings.examples';
import { standingsProjection } from './standings.projection';
import { agreementTable, standingTable } from './standings.tables';

const codec = new EventCodec([...ledgerEventDeclarations, ...agreementEventDeclarations]);
let bench: ProjectionBench;
let tables: FoldingTables;

beforeAll(async () => {
  bench = await ProjectionBench.open(codec);
  tables = await FoldingTables.make(bench.pool, standingsProjection(bench.store, codec));
}, 60_000);
afterAll(() => bench.close());

const ID = derivedId('income');
const SECOND_HALF: Span = { from: FIRST_HALF.to, to: YEAR.to };

describe('what is seen', () => {
  const FIRST = spanKey(FIRST_HALF);
  const SECOND = spanKey(SECOND_HALF);

  /** Records events of one agreement, folds them in every way, and answers with all rows. */
  async function foldedFrom(events: readonly AgreementEvent[]): Promise<{ rows: TableRows; positions: number[] }> {
    const on = freshStreamOf('agreement');
    const recorded = await bench.record(events.map((event) => ({ stream: on, event })));
    const rows = await tables.foldAlike(recorded, 1);
    return { rows, positions: recorded.map(({ position }) => position) };
  }

  /** Span, value of the target, value of the actual and status of each row at the end. */
  async function standingsAfter(...events: readonly AgreementEvent[]) {
    const { rows } = await foldedFrom([
      drafted({ basis: 'announced', parties: [] }),
      indicatorAdded({ indicatorId: ID }),
      ...events,
    ]);
    return rowsAt(rows, standingTable, Number.MAX_SAFE_INTEGER)
      .toSorted((first, second) => (String(first.period) < String(second.period) ? -1 : 1))
      .map(({ period, target, actual, status }) => [period, target, actual, status]);
  }

  const target = (span: string, value: string) => targetSet({ indicatorId: ID, span, value });
  const actual = (span: string, value: string) => actualReported({ indicatorId: ID, span, value });

  test('an indicator of which nothing is stated yet', async () => {
    expect(await standingsAfter()).toEqual([[NOT_STATED, null, null, 'noTarget']]);
  });

  test('a target gives the open row its place', async () => {
    expect(await standingsAfter(target(FIRST, '5'))).toEqual([[FIRST, '5', null, 'notReported']]);
  });

  test('a target without a span stands by itself, then beside the actual', async () => {
    const open = target(NOT_STATED, '1887');
    expect(await standingsAfter(open)).toEqual([[NOT_STATED, '1887', null, 'targetSpanNotStated']]);
    expect(await standingsAfter(open, actual(FIRST, '2446.88'))).toEqual([
      [FIRST, '1887', '2446.88', 'targetSpanNotStated'],
    ]);
    expect(await standingsAfter(actual(FIRST, '2446.88'), open)).toEqual([
      [FIRST, '1887', '2446.88', 'targetSpanNotStated'],
    ]);
  });

  test('a target without a span is never lost behind targets that have one', async () => {
    const expected = [
      [FIRST, '5', '6', 'achieved'],
      [NOT_STATED, '9', null, 'targetSpanNotStated'],
    ];
    const [stated, open, reported] = [target(FIRST, '5'), target(NOT_STATED, '9'), actual(FIRST, '6')];
    expect(await standingsAfter(stated, open, reported)).toEqual(expected);
    expect(await standingsAfter(open, reported, stated)).toEqual(expected);
    expect(await standingsAfter(reported, stated, open)).toEqual(expected);
    expect(await standingsAfter(stated, open, reported, actual(SECOND, '7'))).toEqual([
      [FIRST, '5', '6', 'achieved'],
      [SECOND, '9', '7', 'targetSpanNotStated'],
    ]);
  });

  test('an actual without a span is judged by no target that has one', async () => {
    expect(await standingsAfter(actual(NOT_STATED, '1755091742'), target(FIRST, '5'))).toEqual([
      [FIRST, '5', null, 'notReported'],
      [NOT_STATED, null, '1755091742', 'noTarget'],
    ]);
  });

  test('a draft is not there until it takes effect, also where all of it came in one batch', async () => {
    const { rows, positions } = await foldedFrom(IN_EFFECT.map(withIdentifiers));
    const statuses = positions.map((position) => rowsAt(rows, agreementTable, position)[0]?.status);
    const before = statuses.slice(0, -1);
    expect(before.every((status) => status === undefined)).toBe(true);
    expect(before.length).toBeGreaterThan(3);
    expect(statuses.at(-1)).toBe('inEffect');
    expect(rowsAt(rows, standingTable, positions.at(-1) as number)).toMatchObject([
      { status: 'notReported', from_position: positions.at(-1) },
    ]);
  });

  test('no other target replaces what a source document states: the figures of Phrae', async () => {
    const [tourism, otop] = [derivedId('tourism'), derivedId('otop')];
    const { rows } = await foldedFrom([
      drafted({ basis: 'announced', parties: [], fiscalYear: 2566, province: 'TH-54' }),
      indicatorAdded({ indicatorId: tourism, unit: 'millionBaht', weight: NOT_STATED }),
      indicatorAdded({ indicatorId: otop, displayNumber: '2', weight: NOT_STATED, direction: NOT_STATED }),
      targetSet({ indicatorId: tourism, span: NOT_STATED, value: '1887', unit: 'millionBaht' }),
      actualReported({
        indicatorId: tourism,
        span: '2022-10-01..2023-06-30',
        value: '2446.88',
        unit: 'millionBaht',
        asPrinted: '2446.88 ล้านบาท',
      }),
      actualReported({
        indicatorId: otop,
        span: NOT_STATED,
        value: '1755091742',
        statedGrowth: { percent: '9.54', comparedWith: NOT_STATED },
      }),
    ]);
    const seen = rowsAt(rows, standingTable, Number.MAX_SAFE_INTEGER);
    expect(seen).toHaveLength(2);
    expect(seen.find(({ target: stated }) => stated === '1887')).toMatchObject({
      period: '2022-10-01..2023-06-30',
      target_span: NOT_STATED,
      actual: '2446.88',
      actual_as_printed: '2446.88 ล้านบาท',
      status: 'targetSpanNotStated',
      attainment_percent: null,
      gap: null,
    });
    expect(seen.find(({ actual: reported }) => reported === '1755091742')).toMatchObject({
      period: NOT_STATED,
      status: 'noTarget',
      actual_details: '{"statedGrowth":{"comparedWith":"notStated","percent":"9.54"}}',
    });
  });

  test('the public knows what was transcribed from a document', async () => {
    const stream = freshStreamOf('agreement');
    const past = [
      drafted({ basis: 'announced', parties: [] }),
      indicatorAdded({ indicatorId: ID }),
      target(FIRST, '5'),
    ];
    const recorded = await bench.record([...past, actual(FIRST, '6')].map((event) => ({ stream, event })));
    const publishedAs = async (provenance: DecodedEvent['provenance']) => {
      const rows = await tables.fold([recorded.map((event) => ({ ...event, provenance }))]);
      return rowsAt(rows, standingTable, Number.MAX_SAFE_INTEGER).map(({ published }) => published);
    };
    expect(await publishedAs(TRANSCRIBED)).toEqual([null]);
    expect(await publishedAs(NATIVE)).toEqual(['{"status":"notPublished"}']);
  });

  test.each<[string, DecodedEvent['provenance'], readonly string[]]>([
    ['by its keeper is certified by the keeper', NATIVE, ['keeper']],
    ['that a document states is certified by nobody', TRANSCRIBED, []],
  ])('a correction %s', async (_what, provenance, steps) => {
    const stream = freshStreamOf('agreement');
    const happened = [
      drafted({ basis: 'announced' }),
      indicatorAdded({ indicatorId: ID }),
      actual(FIRST, '6'),
      corrected({ indicatorId: ID, span: FIRST }, '7'),
    ];
    const recorded = await bench.record(happened.map((event) => ({ stream, event })));
    const rows = await tables.fold([recorded.map((event) => ({ ...event, provenance }))]);
    const [row] = rowsAt(rows, standingTable, Number.MAX_SAFE_INTEGER);
    expect(Object.values(JSON.parse(row?.reports as string))).toEqual([{ steps }]);
  });
});

/** Examples and documents name indicators in words, the ledger by identifiers. */
function withIdentifiers(event: AgreementEvent): AgreementEvent {
  if (!('indicatorId' in event.data) || event.data.indicatorId === undefined) return event;
  return { ...event, data: { ...event.data, indicatorId: derivedId(event.data.indicatorId) } } as AgreementEvent;
}

describe('what the fold remembers', () => {
  test('a long stream is folded again from its pages', async () => {
    const stream = freshStreamOf('agreement');
    const restated = Array.from({ length: 1_050 }, (_, number) =>
      targetSet({ indicatorId: ID, value: String(number) }),
    );
    const past = [drafted({ basis: 'announced', parties: [] }), indicatorAdded({ indicatorId: ID }), ...restated];
    const recorded = await bench.record(past.map((event) => ({ stream, event })));
    const rows = await tables.fold([recorded.slice(0, -1), recorded.slice(-1)], true);
    expect(rows).toEqual(await tables.fold([recorded]));
    expect(rowsAt(rows, standingTable, Number.MAX_SAFE_INTEGER)).toMatchObject([{ target: '1049' }]);
  });

  test('is bounded by the number of rows, also where agreements grow after they came', async () => {
    const reread: string[] = [];
    const store = Object.assign(Object.create(bench.store) as EventStore, {
      readRecorded: (...args: Parameters<EventStore['readRecorded']>) => {
        reread.push(args[0]);
        return bench.store.readRecorded(...args);
      },
    });
    const agreements = [1, 2, 3].map(() => freshStreamOf('agreement'));
    const indicators = [1, 2, 3, 4].map((number) =>
      indicatorAdded({ indicatorId: derivedId(`${number}`), displayNumber: `${number}` }),
    );
    const batches: (readonly DecodedEvent[])[] = [];
    for (const stream of agreements) {
      batches.push(await bench.record([{ stream, event: drafted({ basis: 'announced', parties: [] }) }]));
      batches.push(await bench.record(indicators.map((event) => ({ stream, event }))));
    }
    // Room for two agreements with four indicators each, and a row for each of these.
    const bounded = await FoldingTables.make(bench.pool, standingsProjection(store, codec, 19));
    const [first, , third] = agreements;
    for (const stream of [third, first]) {
      const event = targetSet({ indicatorId: derivedId('1') });
      batches.push(await bench.record([{ stream: stream as StreamName, event }]));
    }
    await bounded.fold(batches);
    expect(reread).toEqual([first]);
  });
});
