import { agreementEventDeclarations } from '@khamrap/agreements';
import { NOT_STATED, type DomainEvent, type StreamName } from '@khamrap/kernel';
import { officeEventDeclarations } from '@khamrap/offices';
import { derivedId, EventCodec, ledgerEventDeclarations, type DecodedEvent } from '@khamrap/platform/event-store';
import type { VersionedTable } from '@khamrap/platform/projections';
import { schemeEventDeclarations } from '@khamrap/schemes';
import * as fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import {
  FoldingTables,
  freshStreamOf,
  ProjectionBench,
  rowsAt,
  type Happening,
  type TableRow,
  type TableRows,
} from '../../../../testing/projection';
import type { AgreementEvent } from '../../../agreements/domain/agreement.events';
import {
  actualReported,
  drafted,
  indicatorAdded,
  indicatorRemoved,
  indicatorRevised,
  MAKER,
  RECEIVER,
  targetSet,
  tookEffect,
  withdrawn,
} from '../../../agreements/domain/agreement.examples';
import * as example from '../../domain/standings.examples';
import { HALF_KEY, SECOND_HALF_KEY, YEAR_KEY } from '../../domain/standings.examples';
import { standingsProjection } from './standings.projection';
import { agreementRoundTable, COUNT_COLUMNS, standingsTables, standingTable } from './standings.tables';

const codec = new EventCodec([
  ...ledgerEventDeclarations,
  ...agreementEventDeclarations,
  ...schemeEventDeclarations,
  ...officeEventDeclarations,
]);
let bench: ProjectionBench;
let tables: FoldingTables;

beforeAll(async () => {
  bench = await ProjectionBench.open(codec);
  // So few that agreements are forgotten between two of their events.
  tables = await FoldingTables.make(bench.pool, standingsProjection(bench.store, codec, 8));
}, 60_000);
afterAll(() => bench.close());

const [PLAIN, JOINT, SUMMED, JUDGED] = [1, 2, 3, 4].map((number) => derivedId(`indicator ${number}`)) as [
  string,
  string,
  string,
  string,
];
const KEEPERS = [MAKER, RECEIVER].map(({ officeId, officeName }) => ({ officeId, officeName }));
const SPANS = [HALF_KEY, HALF_KEY, YEAR_KEY, SECOND_HALF_KEY, NOT_STATED] as const;

/** What may happen next to an agreement; what cannot is left out when a life is lived. */
type Step =
  AgreementEvent | { readonly type: 'certified in full'; readonly data: { indicatorId: string; span: string } };

const indicatorId = fc.constantFrom(PLAIN, PLAIN, JOINT, SUMMED, JUDGED);
const span = fc.constantFrom(...SPANS);
const value = fc.constantFrom('0', '1', '-3.50', '2446.88', '1887', '0.3');
const officeId = fc.constantFrom(...KEEPERS.map((keeper) => keeper.officeId));
const round = fc.constantFrom(example.HALF, example.WHOLE);
const place = fc
  .record({ indicatorId, span, officeId })
  .map(({ officeId: office, ...key }) => (key.indicatorId === JOINT ? { ...key, officeId: office } : key));
const figure = fc.oneof(
  { weight: 4, arbitrary: value.map((stated) => ({ value: stated })) },
  { weight: 1, arbitrary: fc.constant({ kind: 'ratio', value: undefined, numerator: '2', denominator: '3' } as const) },
  { weight: 1, arbitrary: fc.constant({ kind: 'notAvailable', value: undefined, notAvailableReason: 'ไม่มี' } as const) },
  { weight: 1, arbitrary: fc.constant({ kind: 'narrative', value: undefined, narrative: 'ดำเนินการแล้ว' } as const) },
);
const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(indicatorId, span, value)
      .map(([id, key, stated]) => targetSet({ indicatorId: id, span: key, value: stated })),
  },
  { weight: 8, arbitrary: fc.tuple(place, figure).map(([key, stated]) => actualReported({ ...key, ...stated })) },
  { weight: 3, arbitrary: fc.tuple(place, value).map(([key, stated]) => example.corrected(key, stated)) },
  { weight: 3, arbitrary: place.map((data): Step => ({ type: 'certified in full', data })) },
  { weight: 1, arbitrary: place.map(example.givenBack) },
  { weight: 2, arbitrary: fc.tuple(indicatorId, value).map(([id, stated]) => example.targetAmended(id, stated)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(indicatorId, fc.constantFrom('10', NOT_STATED))
      .map(([id, weight]) => example.weightAmended(id, weight)),
  },
  { weight: 1, arbitrary: fc.tuple(indicatorId, round).map(([id, from]) => example.cancelled(id, from)) },
  { weight: 1, arbitrary: fc.tuple(indicatorId, round).map(([id, exempt]) => example.exempted(id, exempt)) },
  {
    weight: 2,
    arbitrary: fc.constant(
      example.roundClosed(
        [{ indicatorId: PLAIN, weight: '40', standing: 'scored', score: '4.2500', certified: 'yes' }],
        {
          total: '4.2500',
          weightCountedPercent: '100.0000',
        },
      ),
    ),
  },
  { weight: 1, arbitrary: fc.constant(example.reopened()) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(example.scoreDetermined(), example.scoreDetermined({ indicatorId: JUDGED })),
  },
  { weight: 1, arbitrary: fc.constantFrom(example.resultAnnounced(), example.AGREEMENT_CLOSED) },
  { weight: 1, arbitrary: fc.constant(indicatorRevised({ indicatorId: PLAIN, weight: '30', displayNumber: '1' })) },
  { weight: 1, arbitrary: fc.constant(indicatorRemoved({ indicatorId: SUMMED })) },
  { weight: 1, arbitrary: fc.constant(withdrawn()) },
  { weight: 3, arbitrary: fc.constant(tookEffect([])) },
);

function beginning(basis: 'signed' | 'announced', schemeId: string | undefined): readonly AgreementEvent[] {
  const scheme = schemeId === undefined ? {} : { scheme: { ...example.SCHEME, schemeId } };
  const terms = { unit: 'baht', weight: '40' } as const;
  return [
    drafted({ basis, province: 'TH-54', ...scheme }),
    indicatorAdded({ ...terms, indicatorId: PLAIN, displayNumber: '1' }),
    indicatorAdded({ ...terms, indicatorId: JOINT, displayNumber: '2', keepers: KEEPERS, accumulation: 'ratio' }),
    indicatorAdded({ ...terms, indicatorId: SUMMED, displayNumber: '3', accumulation: 'sum', weight: NOT_STATED }),
    indicatorAdded({ ...terms, indicatorId: JUDGED, displayNumber: '4', direction: 'judged', rounds: [example.HALF] }),
  ];
}

/** A life in which nothing happens to what is not there, by the plainest bookkeeping. */
function lived(first: readonly AgreementEvent[], taken: readonly Step[]): readonly AgreementEvent[] {
  const past: AgreementEvent[] = [...first];
  const isSigned = (first[0] as { data: { basis: string } }).data.basis === 'signed';
  const figures = new Set<string>();
  const there = new Set([PLAIN, JOINT, SUMMED, JUDGED]);
  let isRunning = !isSigned;
  const keyOf = (data: object): string =>
    JSON.stringify(['indicatorId', 'span', 'officeId'].map((name) => (data as never)[name]));
  for (const step of taken) {
    const { data } = step;
    if ('indicatorId' in data && data.indicatorId !== undefined && !there.has(data.indicatorId)) continue;
    if (step.type === 'AgreementTookEffect' && !isRunning) isRunning = past.push(step) > 0;
    else if (step.type === 'AgreementWithdrawn' && !isRunning) {
      past.push(step, ...first);
      for (const id of [PLAIN, JOINT, SUMMED, JUDGED]) there.add(id);
    } else if (step.type === 'IndicatorRevised' && !(isSigned && isRunning)) past.push(step);
    else if (step.type === 'IndicatorRemoved' && !(isSigned && isRunning) && there.delete(SUMMED)) past.push(step);
    else if (step.type === 'TargetSet') past.push(step);
    else if (step.type === 'ActualReported' && isRunning && !figures.has(keyOf(data))) {
      figures.add(keyOf(data));
      past.push(step);
    } else if (step.type === 'certified in full' && figures.has(keyOf(data))) {
      for (const by of ['keeper', 'supervisor', 'performanceUnit'] as const)
        past.push(example.certified(step.data, by));
    } else if ((step.type === 'ActualCorrected' || step.type === 'ActualReturned') && figures.has(keyOf(data)))
      past.push(step);
    else if (LATER.has(step.type) && isRunning && isSigned) past.push(step as AgreementEvent);
  }
  return past;
}
const LATER: ReadonlySet<string> = new Set([
  'TargetAmended',
  'WeightAmended',
  'IndicatorCancelled',
  'ExemptionGranted',
  'EvaluationRoundClosed',
  'EvaluationRoundReopened',
  'ScoreDetermined',
  'ResultAnnounced',
  'AgreementClosed',
]);

const life = fc.tuple(
  fc.constantFrom('signed', 'signed', 'announced'),
  fc.boolean(),
  fc.array(steps, { maxLength: 30, size: 'max' }),
);
/** Lives of several agreements and of their scheme, and in which order their events come. */
const lives = fc.tuple(fc.array(life, { minLength: 1, maxLength: 3 }), fc.infiniteStream(fc.nat({ max: 3 })));

const SCHEME_EVENTS = [
  example.calendarPublished(),
  example.rulePublished(),
  example.statusRulesPublished(),
  example.bandsPublished(),
  example.deadlineExtended(),
  example.statusRulesPublished([{ status: 'atRisk', measure: 'score', from: '2' }]),
];

function interleaved(
  pasts: readonly { readonly stream: StreamName; readonly events: readonly DomainEvent[] }[],
  choices: Iterator<number>,
): readonly Happening[] {
  const waiting = pasts.map(({ stream, events }) => ({ stream, events: [...events] }));
  const happenings: Happening[] = [];
  for (;;) {
    const left = waiting.filter(({ events }) => events.length > 0);
    const chosen = left[(choices.next().value as number) % left.length];
    if (!chosen) return happenings;
    happenings.push(...chosen.events.splice(0, 3).map((event) => ({ stream: chosen.stream, event })));
  }
}

const keyOf =
  (table: VersionedTable) =>
  (row: TableRow): string =>
    JSON.stringify(Object.keys(table.options.key).map((name) => row[name]));

/** Rows by their keys, without when they came about. */
function told(table: VersionedTable, rows: readonly TableRow[]): Record<string, unknown> {
  const entries = rows.map(({ from_position: _from, from_recorded_at_ms: _at, first_position: _first, ...row }) => [
    keyOf(table)(row),
    row,
  ]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}

/** The history tells at a position what a fold of the log up to there tells, and the latest state what the history does. */
async function expectHistory(recorded: readonly DecodedEvent[], rows: TableRows): Promise<void> {
  const cuts = [1, Math.ceil(recorded.length / 3), Math.ceil((recorded.length * 2) / 3), recorded.length];
  for (const count of cuts) {
    const upTo = await tables.fold([recorded.slice(0, count)]);
    const { position } = recorded[count - 1] as DecodedEvent;
    for (const table of standingsTables) {
      const latest = (upTo[table.name] ?? []).filter(({ present }) => present);
      expect(told(table, rowsAt(rows, table, position))).toEqual(told(table, latest));
    }
  }
}

/** What each round of an agreement counts is what its standings are. */
function expectCounts(rows: TableRows): void {
  const standings = rowsAt(rows, standingTable, Number.MAX_SAFE_INTEGER);
  for (const counted of rowsAt(rows, agreementRoundTable, Number.MAX_SAFE_INTEGER)) {
    const own = standings.filter(
      (row) => row.agreement_id === counted.agreement_id && (counted.round === '' || row.round === counted.round),
    );
    for (const [status, column] of COUNT_COLUMNS)
      expect([status, counted[column]]).toEqual([status, own.filter((row) => row.status === status).length]);
  }
}

test('the history at every position is a fold of the log up to it, whatever the batches were', async () => {
  const reached = new Set<unknown>();
  await fc.assert(
    fc.asyncProperty(lives, fc.integer(), async ([led, choices], seed) => {
      const schemeId = `scheme-of-${randomUUID()}`;
      const pasts = led.map(([basis, hasScheme, taken]) => ({
        stream: freshStreamOf('agreement'),
        events: lived(beginning(basis as 'signed', hasScheme ? schemeId : undefined), taken),
      }));
      const scheme = { stream: `scheme-${schemeId}` as StreamName, events: SCHEME_EVENTS };
      const recorded = await bench.record(interleaved([...pasts, scheme], choices));
      const rows = await tables.foldAlike(recorded, seed);
      await expectHistory(recorded, rows);
      expectCounts(rows);
      for (const { status } of rows[standingTable.history] ?? []) reached.add(status);
    }),
    { numRuns: 20 },
  );
  // The lives come far enough to be compared.
  expect(reached.size).toBeGreaterThan(4);
}, 180_000);
