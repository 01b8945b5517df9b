import type { AgreementDrafted } from '@khamrap/agreements/events';
import { NOT_STATED, type StreamName } from '@khamrap/kernel';
import type { DecodedEvent } from '@khamrap/platform/event-store';
import { writeTogether, type ProjectionWriter, type RowChange } from '@khamrap/platform/projections';
import { judgingRulesOf, roundsOf, type SchemeFacts } from '../../domain/scheme-facts';
import { indicatorOf, takeIn, type Touch } from './agreement-fold';
import { ALL_ROUNDS, foldedAgreement, isSame, isVisible, type FoldedAgreement, type Row } from './folded-agreement';
import { indicatorRow } from './indicator-row';
import { calendarOf } from './round-calendar';
import { isNewsOfRound, isNewsOfStanding, publicStatusOf } from './published-rows';
import { roundRow, roundsOfAgreement } from './round-row';
import { periodsOf, standingRow, stands } from './standing-row';
import { agreementRoundTable, agreementTable, indicatorTable, standingTable } from './standings.tables';

/** Of what event a change is. */
type Moment = Pick<DecodedEvent, 'position' | 'recordedAtMs'>;

/** What events of agreements change, in their order. */
export class StandingsChanges {
  readonly #agreements: RowChange[] = [];
  readonly #indicators: RowChange[] = [];
  readonly #standings: RowChange[] = [];
  readonly #rounds: RowChange[] = [];

  constructor(
    private readonly folded: Map<string, FoldedAgreement>,
    private readonly schemeFacts: (schemeId: string | undefined) => SchemeFacts,
  ) {}

  take(event: DecodedEvent): void {
    const agreement = this.folded.get(agreementIdOf(event.stream));
    const isDrafted = event.type === ('AgreementDrafted' satisfies AgreementDrafted['type']);
    if (!agreement || isDrafted) {
      if (!isDrafted) throw new Error(`${event.stream} has events before it was drafted`);
      const drafted = foldedAgreement(agreementIdOf(event.stream), event.data as unknown as AgreementDrafted['data']);
      this.folded.set(drafted.agreementId, drafted);
      this.#pin(drafted);
      return this.#show(drafted, { kind: 'everything' }, event);
    }
    // What a scheme published meanwhile has passed a draft by.
    if (!isVisible(agreement)) this.#pin(agreement);
    this.#show(agreement, takeIn(agreement, event), event);
  }

  /** The scheme of an agreement has published something: whatever follows from it is as of now. */
  judgeAnew(agreement: FoldedAgreement, moment: Moment): void {
    this.#pin(agreement);
    this.#show(agreement, { kind: 'everything' }, moment);
  }

  async write(writer: ProjectionWriter): Promise<void> {
    await writeTogether(writer, [
      [agreementTable, this.#agreements],
      [indicatorTable, this.#indicators],
      [standingTable, this.#standings],
      [agreementRoundTable, this.#rounds],
    ]);
  }

  #pin(agreement: FoldedAgreement): void {
    const { scheme, fiscalYear } = agreement;
    const facts = this.schemeFacts(scheme?.schemeId);
    agreement.rules = judgingRulesOf(facts, scheme);
    agreement.calendar = calendarOf(roundsOf(facts, fiscalYear, scheme));
    agreement.bands = facts.bands;
  }

  #show(agreement: FoldedAgreement, touch: Touch, moment: Moment): void {
    if (!isVisible(agreement)) return;
    const rounds = new Set<string>();
    switch (touch.kind) {
      case 'everything':
        this.#head(agreement, moment);
        for (const indicatorId of agreement.indicators.keys()) this.#measure(agreement, indicatorId, rounds, moment);
        break;
      case 'heading':
        this.#head(agreement, moment);
        return;
      case 'removed':
        this.#remove(agreement, touch.indicatorId, rounds, moment);
        break;
      case 'indicator':
        this.#measure(agreement, touch.indicatorId, rounds, moment);
        break;
      case 'span':
        this.#place(agreement, touch.indicatorId, spansTouched(agreement, touch), rounds, moment);
        break;
      case 'round':
        rounds.add(touch.round);
        for (const indicatorId of agreement.indicators.keys())
          this.#place(agreement, indicatorId, spansOfRound(agreement, touch.round), rounds, moment);
        break;
    }
    // Weights of one indicator go into every total.
    const all = touch.kind === 'span' || touch.kind === 'round' ? rounds : roundsOfAgreement(agreement);
    this.#count(agreement, all, moment);
  }

  #head({ heading, shown }: FoldedAgreement, moment: Moment): void {
    if (shown.heading && isSame(shown.heading, heading)) return;
    shown.heading = { ...heading };
    this.#agreements.push(change(moment, shown.heading));
  }

  #measure(agreement: FoldedAgreement, indicatorId: string, rounds: Set<string>, moment: Moment): void {
    const { shown } = agreement;
    const indicator = indicatorOf(agreement, indicatorId);
    const row = indicatorRow(agreement, indicator);
    const known = shown.indicators.get(indicatorId);
    if (!known || !isSame(known, row)) {
      shown.indicators.set(indicatorId, row);
      this.#indicators.push(change(moment, row));
    }
    const periods = new Set([...periodsOf(agreement, indicator), ...(shown.standings.get(indicatorId)?.keys() ?? [])]);
    this.#place(agreement, indicatorId, periods, rounds, moment);
  }

  /** Shows each standing that is there and differs from what was shown, and takes back each that is there no longer. */
  #place(
    agreement: FoldedAgreement,
    indicatorId: string,
    periods: Iterable<string>,
    rounds: Set<string>,
    moment: Moment,
  ): void {
    const indicator = indicatorOf(agreement, indicatorId);
    const rows = entryOf(agreement.shown.standings, indicatorId, () => new Map<string, Row>());
    for (const period of periods) {
      const known = rows.get(period);
      const row = stands(agreement, indicator, period) ? standingRow(agreement, indicatorId, period) : undefined;
      if (row && known && isSame(known, row)) continue;
      if (row) {
        rows.set(period, row);
        this.#standings.push(change(moment, { ...row, public_changed: isNewsOfStanding(known, row) }));
      } else if (known) {
        rows.delete(period);
        this.#standings.push(ended(moment, known));
      }
      recount(agreement, known, row, rounds);
    }
  }

  #remove(agreement: FoldedAgreement, indicatorId: string, rounds: Set<string>, moment: Moment): void {
    const { shown } = agreement;
    for (const row of shown.standings.get(indicatorId)?.values() ?? []) {
      this.#standings.push(ended(moment, row));
      recount(agreement, row, undefined, rounds);
    }
    const row = shown.indicators.get(indicatorId);
    if (row) this.#indicators.push({ ...change(moment, row), present: false });
    shown.standings.delete(indicatorId);
    shown.indicators.delete(indicatorId);
  }

  #count(agreement: FoldedAgreement, rounds: Iterable<string>, moment: Moment): void {
    const known = roundsOfAgreement(agreement);
    for (const round of rounds) {
      // Of a round that no calendar names, an exemption alone says nothing.
      if (!known.has(round)) continue;
      const row = roundRow(agreement, round);
      const before = agreement.shown.rounds.get(round);
      if (before && isSame(before, row)) continue;
      agreement.shown.rounds.set(round, row);
      this.#rounds.push(change(moment, { ...row, public_changed: isNewsOfRound(before, row) }));
    }
  }
}

export function agreementIdOf(stream: StreamName): string {
  return stream.slice('agreement-'.length);
}

/** The span itself, what is made of it, and the row of what has no span. */
function spansTouched(
  { calendar, indicators }: FoldedAgreement,
  { indicatorId, span }: Extract<Touch, { kind: 'span' }>,
): readonly string[] {
  const accumulation = indicators.get(indicatorId)?.terms.accumulation;
  if (accumulation !== 'sum' && accumulation !== 'average') return [span, NOT_STATED];
  const made = [...calendar.incrementsOfSpan].filter(([, increments]) => increments.includes(span));
  return [...new Set([span, NOT_STATED, ...made.map(([whole]) => whole)])];
}

function spansOfRound({ calendar }: FoldedAgreement, round: string): readonly string[] {
  return [...calendar.roundOfSpan].filter(([, each]) => each === round).map(([span]) => span);
}

/** Keeps the counts of statuses, and notes which rounds may have changed. */
function recount(
  { shown }: FoldedAgreement,
  before: Row | undefined,
  after: Row | undefined,
  rounds: Set<string>,
): void {
  for (const [row, difference] of [
    [before, -1],
    [after, 1],
  ] as const) {
    if (!row) continue;
    for (const round of row['round'] === null ? [ALL_ROUNDS] : [ALL_ROUNDS, row['round'] as string]) {
      count(shown.counts, round, row['status'] as string, difference);
      count(shown.publicCounts, round, publicStatusOf(row), difference);
      rounds.add(round);
    }
  }
}

function count(
  counts: Map<string, Map<string, number>>,
  round: string,
  status: string | undefined,
  difference: number,
): void {
  if (status === undefined) return;
  const counted = entryOf(counts, round, () => new Map<string, number>());
  counted.set(status, (counted.get(status) ?? 0) + difference);
}

function entryOf<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function ended(moment: Moment, known: Row): RowChange {
  const row = { ...known, public_changed: isNewsOfStanding(known, undefined) };
  return { ...change(moment, row), present: false };
}

function change({ position, recordedAtMs }: Moment, row: Row): RowChange {
  return { row, present: true, position, recordedAtMs };
}
