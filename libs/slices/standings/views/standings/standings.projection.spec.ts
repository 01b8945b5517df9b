import { agreementEventDeclarations } from '@khamrap/agreements';
import { NOT_STATED, Rejection, type NotStated, type Span } from '@khamrap/kernel';
import { EventCodec, ledgerEventDeclarations, type DecodedEvent } from '@khamrap/platform/event-store';
import type { VersionedTable } from '@khamrap/platform/projections';
import * as fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import {
  FoldingTables,
  freshStreamOf,
  ProjectionBench,
  rowsAt,
  type Happening,
  type TableRow,
  type TableRows,
} from '../../../../testing/projection';
import type { AgreementCommand } from '../../../agreements/domain/agreement.commands';
import { agreementDecider } from '../../../agreements/domain/agreement.decider';
import {
  BASES,
  type ActualReported,
  type AgreementDrafted,
  type AgreementEvent,
  type IndicatorAdded,
  type TargetSet,
} from '../../../agreements/domain/agreement.events';
import {
  addIndicator,
  draftAgreement,
  FIRST_HALF,
  reportActual,
  setTarget,
  sign,
  TRANSCRIBED,
  YEAR,
} from '../../../agreements/domain/agreement.examples';
import { standingsProjection } from './standings.projection';
import { agreementTable, indicatorTable, standingsTables, standingTable } from './standings.tables';

const codec = new EventCodec([...ledgerEventDeclarations, ...agreementEventDeclarations]);
let bench: ProjectionBench;
let tables: FoldingTables;

beforeAll(async () => {
  bench = await ProjectionBench.open(codec);
  // So few that agreements are forgotten between two of their events.
  tables = await FoldingTables.make(bench.pool, standingsProjection(bench.store, codec, 4));
});
afterAll(() => bench.close());

const INDICATORS = ['0a000000-0000-4000-8000-000000000001', '0b000000-0000-4000-8000-000000000002'] as const;
const SECOND_HALF: Span = { from: FIRST_HALF.to, to: YEAR.to };
const SPANS: readonly (Span | NotStated)[] = [FIRST_HALF, FIRST_HALF, SECOND_HALF, NOT_STATED, NOT_STATED];

type Step = AgreementCommand | 'signed by all';

const indicatorId = fc.constantFrom(INDICATORS[0], ...INDICATORS);
const figure = fc.record({
  indicatorId,
  span: fc.constantFrom(...SPANS),
  value: fc.constantFrom('0', '1', '-3.50', '2446.88', '1887', '0.3'),
  unit: fc.constantFrom('baht', 'baht', 'baht', 'count'),
});
const steps: fc.Arbitrary<readonly Step[]> = fc.oneof(
  { weight: 4, arbitrary: figure.map((changes): readonly Step[] => [setTarget(changes, TRANSCRIBED)]) },
  { weight: 4, arbitrary: figure.map((changes): readonly Step[] => [reportActual(changes, TRANSCRIBED)]) },
  // Chance alone seldom brings a target and an actual together that can be compared.
  {
    weight: 3,
    arbitrary: fc
      .tuple(figure, figure)
      .map(([stated, { value }]): readonly Step[] => [
        setTarget(stated, TRANSCRIBED),
        'signed by all',
        reportActual({ ...stated, value }, TRANSCRIBED),
      ]),
  },
  { weight: 1, arbitrary: fc.constant<readonly Step[]>(['signed by all']) },
  {
    weight: 1,
    arbitrary: fc.constant<readonly Step[]>([
      addIndicator({ indicatorId: INDICATORS[1], displayNumber: '1.10' }, TRANSCRIBED),
    ]),
  },
);
const beginning = fc
  .record({
    basis: fc.constantFrom(...BASES),
    unit: fc.constantFrom('baht' as const, NOT_STATED),
    direction: fc.constantFrom('higher' as const, 'higher' as const, NOT_STATED),
    weight: fc.constantFrom('40', NOT_STATED),
  })
  .map(({ basis, ...terms }): readonly Step[] => [
    draftAgreement({ basis, province: 'TH-54' }, TRANSCRIBED),
    addIndicator({ indicatorId: INDICATORS[0], ...terms }, TRANSCRIBED),
  ]);
const life = fc
  .tuple(beginning, fc.array(steps, { maxLength: 10, size: 'max' }))
  .map(([first, then]) => [...first, ...then.flat()]);
/** Lives of several agreements, and in which order their events come. */
const lives = fc.tuple(fc.array(life, { minLength: 1, maxLength: 4 }), fc.infiniteStream(fc.nat({ max: 3 })));

/** What the steps make true; what the rules refuse is left out. */
function lived(taken: readonly Step[]): readonly AgreementEvent[] {
  const past: AgreementEvent[] = [];
  let state = agreementDecider.initialState;
  const take = (command: AgreementCommand): void => {
    const decision = agreementDecider.decide(command, state);
    if (decision instanceof Rejection) return;
    past.push(...decision);
    state = decision.reduce((folded, event) => agreementDecider.evolve(folded, event), state);
  };
  for (const step of taken) {
    if (step === 'signed by all') for (const side of ['maker', 'receiver'] as const) take(sign(side, past));
    else take(step);
  }
  return past;
}

function interleaved(pasts: readonly (readonly AgreementEvent[])[], choices: Iterator<number>): readonly Happening[] {
  const waiting = pasts.map((past) => ({ stream: freshStreamOf('agreement'), events: [...past] }));
  const happenings: Happening[] = [];
  for (;;) {
    const left = waiting.filter(({ events }) => events.length > 0);
    const chosen = left[(choices.next().value as number) % left.length];
    if (!chosen) return happenings;
    happenings.push(...chosen.events.splice(0, 3).map((event) => ({ stream: chosen.stream, event })));
  }
}

function inOrder(rows: readonly TableRow[]): readonly TableRow[] {
  return rows.toSorted((first, second) => (JSON.stringify(first, KEYS) < JSON.stringify(second, KEYS) ? -1 : 1));
}
const KEYS = ['agreement_id', 'indicator_id', 'period'];

function expectEveryState(recorded: readonly DecodedEvent[], rows: TableRows) {
  const expected = new ExpectedStandings();
  for (const event of recorded) {
    expected.take(event);
    for (const table of standingsTables) {
      expect(inOrder(rowsAt(rows, table, event.position))).toEqual(inOrder(expected.rows(table)));
    }
  }
  for (const table of standingsTables) {
    const latest = rows[table.name] ?? [];
    const shown = latest.filter(({ present }) => present).map(({ first_position: _first, ...row }) => row);
    expect(inOrder(shown)).toEqual(inOrder(rowsAt(rows, table, Number.MAX_SAFE_INTEGER)));
    for (const row of latest) {
      const keys = Object.keys(table.options.key);
      const history = (rows[table.history] ?? []).filter((each) => keys.every((key) => each[key] === row[key]));
      expect(row.first_position).toBe(Math.min(...history.map(({ from_position }) => from_position as number)));
    }
  }
}

/**
 * What is to be seen after each event, told in the plainest way: keep what was said, and make all rows of the agreement anew.
 */
class ExpectedStandings {
  readonly #agreements = new Map<string, ExpectedAgreement>();

  take({ stream, position, recordedAtMs, eventId, ...event }: DecodedEvent): void {
    const agreementId = stream.slice('agreement-'.length);
    const stated = event as unknown as AgreementEvent;
    if (stated.type === 'AgreementDrafted')
      this.#agreements.set(agreementId, new ExpectedAgreement(agreementId, stated.data));
    const agreement = this.#agreements.get(agreementId) as ExpectedAgreement;
    agreement.take(stated, eventId);
    agreement.note(position, recordedAtMs, stated.type === 'AgreementTookEffect');
  }

  rows(table: VersionedTable): readonly TableRow[] {
    return [...this.#agreements.values()].flatMap((agreement) => [...(agreement.seen.get(table)?.values() ?? [])]);
  }
}

type Row = Record<string, string | number | boolean | null>;

interface ExpectedIndicator {
  readonly terms: IndicatorAdded['data'];
  readonly targets: Map<string, TargetSet['data'] & { eventId: string }>;
  readonly actuals: Map<string, ActualReported['data'] & { eventId: string }>;
}

class ExpectedAgreement {
  readonly seen = new Map<VersionedTable, Map<string, Row>>();
  readonly #indicators = new Map<string, ExpectedIndicator>();
  #effectiveOn: string | null = null;

  constructor(
    private readonly agreementId: string,
    private readonly heading: AgreementDrafted['data'],
  ) {}

  take(event: AgreementEvent, eventId: string): void {
    if (event.type === 'IndicatorAdded')
      this.#indicators.set(event.data.indicatorId, { terms: event.data, targets: new Map(), actuals: new Map() });
    if (event.type === 'TargetSet')
      this.#indicators.get(event.data.indicatorId)?.targets.set(event.data.span, { ...event.data, eventId });
    if (event.type === 'ActualReported')
      this.#indicators.get(event.data.indicatorId)?.actuals.set(event.data.span, { ...event.data, eventId });
    if (event.type === 'AgreementTookEffect') this.#effectiveOn = event.data.effectiveOn;
  }

  /** A row is of the position that changed it last; what becomes visible with the agreement is of that position. */
  note(position: number, recordedAtMs: number, tookEffect: boolean): void {
    const now: [VersionedTable, readonly Row[]][] = [
      [agreementTable, [this.#headingRow()]],
      [indicatorTable, [...this.#indicators.values()].map((indicator) => this.#indicatorRow(indicator))],
      [standingTable, [...this.#indicators.values()].flatMap((indicator) => this.#standingRows(indicator))],
    ];
    for (const [table, rows] of now) {
      const before = this.seen.get(table) ?? new Map<string, Row>();
      const after = new Map<string, Row>();
      for (const row of rows) {
        const key = Object.keys(table.options.key)
          .map((name) => row[name])
          .join();
        const { from_position, from_recorded_at_ms, present: _present, ...known } = before.get(key) ?? {};
        const isSame = isDeepStrictEqual(known, row) && !(tookEffect && table === standingTable);
        const from = isSame
          ? { from_position, from_recorded_at_ms }
          : { from_position: position, from_recorded_at_ms: recordedAtMs };
        after.set(key, { ...row, present: true, ...from } as Row);
      }
      this.seen.set(table, after);
    }
  }

  #headingRow(): Row {
    const { title, level, basis, fiscalYear, period, parties, province = null, announcedOn = null } = this.heading;
    const [maker] = parties.filter(({ side }) => side === 'maker');
    const unsigned = basis === 'announced' ? 'announced' : 'monitored';
    return {
      agreement_id: this.agreementId,
      title,
      level,
      basis,
      status: basis !== 'signed' ? unsigned : this.#effectiveOn === null ? 'draft' : 'inEffect',
      fiscal_year: fiscalYear,
      province,
      period_from: period.from,
      period_to: period.to,
      maker_office_id: maker?.officeId ?? null,
      maker_office_name: maker?.officeName ?? null,
      announced_on: announcedOn,
      effective_on: this.#effectiveOn,
    };
  }

  #indicatorRow({ terms }: ExpectedIndicator): Row {
    const { maker_office_id, maker_office_name } = this.#headingRow();
    return {
      agreement_id: this.agreementId,
      indicator_id: terms.indicatorId,
      display_order: terms.displayNumber.replace(/\d+/g, (digits) => digits.padStart(5, '0')),
      display_number: terms.displayNumber,
      printed_number: terms.printedNumber ?? null,
      parent_indicator_id: terms.parentIndicatorId ?? null,
      goal_number: terms.goalNumber ?? null,
      name: terms.name,
      name_en: terms.nameEn ?? null,
      unit: terms.unit,
      direction: terms.direction,
      weight: terms.weight === NOT_STATED ? null : terms.weight,
      office_id: terms.leadOffice?.officeId ?? (maker_office_id as string | null),
      office_name: terms.leadOffice?.officeName ?? (maker_office_name as string | null),
      lead_person: terms.leadPerson ?? null,
    };
  }

  /** A row for every span of which something is stated, and one for the open span if something would not be seen without. */
  #standingRows({ terms, targets, actuals }: ExpectedIndicator): readonly Row[] {
    const open = targets.get(NOT_STATED);
    const spans = new Set([...targets.keys(), ...actuals.keys()]);
    if (!actuals.has(NOT_STATED)) spans.delete(NOT_STATED);
    const rows = [...spans].map((span) => {
      const actual = actuals.get(span);
      return this.#standingRow(terms, span, targets.get(span) ?? (actual && open), actual);
    });
    const isOpenSeen = rows.some((row) => row.target_event_id === open?.eventId);
    if (rows.length === 0 || (open && !isOpenSeen)) rows.push(this.#standingRow(terms, NOT_STATED, open, undefined));
    return rows;
  }

  #standingRow(
    { indicatorId, direction }: IndicatorAdded['data'],
    period: string,
    target: (TargetSet['data'] & { eventId: string }) | undefined,
    actual: (ActualReported['data'] & { eventId: string }) | undefined,
  ): Row {
    return {
      agreement_id: this.agreementId,
      indicator_id: indicatorId,
      period,
      target: target?.value ?? null,
      target_unit: target?.unit ?? null,
      target_span: target?.span ?? null,
      target_as_printed: target?.asPrinted ?? null,
      target_event_id: target?.eventId ?? null,
      actual: actual?.value ?? null,
      actual_unit: actual?.unit ?? null,
      actual_as_printed: actual?.asPrinted ?? null,
      actual_event_id: actual?.eventId ?? null,
      finality: actual?.finality ?? null,
      as_of: actual?.asOf ?? null,
      evidence_count: actual?.evidence.length ?? null,
      ...expectedJudgement(direction, target, actual),
    };
  }
}

const NO_VERDICT = { attainment_percent: null, gap: null };

function expectedJudgement(
  direction: string,
  target: TargetSet['data'] | undefined,
  actual: ActualReported['data'] | undefined,
): Row {
  if (!target) return { status: 'noTarget', ...NO_VERDICT };
  if (target.span === NOT_STATED) return { status: 'targetSpanNotStated', ...NO_VERDICT };
  if (!actual) return { status: 'notReported', ...NO_VERDICT };
  if (actual.unit !== target.unit) return { status: 'noTarget', ...NO_VERDICT };
  const [is, ought] = [hundredthsOf(actual.value), hundredthsOf(target.value)];
  const gap = hundredths(is - ought).slice(0, fractionDigits(actual.value, target.value));
  if (direction !== 'higher') return { status: 'directionNotStated', attainment_percent: null, gap };
  // Half-up, away from zero, in whole hundredths of a per cent.
  const sign = is < 0n ? -1n : 1n;
  const percent = ought > 0n ? hundredths((sign * (sign * is * 20_000n + ought)) / (2n * ought)) : null;
  return { status: is >= ought ? 'achieved' : 'offTrack', attainment_percent: percent, gap };
}

/** The values above have two digits after the point at the most. */
function hundredthsOf(value: string): bigint {
  const [whole = '', fraction = ''] = value.split('.');
  return BigInt(whole + fraction.padEnd(2, '0'));
}

function hundredths(number: bigint): string {
  const digits = String(number < 0n ? -number : number).padStart(3, '0');
  return `${number < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Where to cut a number with two digits after the point, so that it has as many as the more precise of two values. */
function fractionDigits(...values: readonly string[]): number | undefined {
  const count = Math.max(...values.map((value) => value.split('.')[1]?.length ?? 0));
  return count === 2 ? undefined : count === 1 ? -1 : -3;
}

const COMPARED = new Set<unknown>(['achieved', 'offTrack', 'directionNotStated']);

test('the history at every position is a fold of the log up to it, whatever the batches were', async () => {
  const reached = new Set<unknown>();
  await fc.assert(
    fc.asyncProperty(lives, fc.integer(), async ([led, choices], seed) => {
      const recorded = await bench.record(interleaved(led.map(lived), choices));
      const rows = await tables.foldAlike(recorded, seed);
      expectEveryState(recorded, rows);
      for (const { status } of rows[standingTable.history] ?? []) reached.add(status);
    }),
    { numRuns: 25 },
  );
  // The lives come far enough to be compared.
  expect([...reached].filter((status) => COMPARED.has(status))).not.toEqual([]);
}, 60_000);
