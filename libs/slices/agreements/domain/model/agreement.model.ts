import { NOT_STATED, parseSpanKey, type IsoDate, type Provenance } from '@khamrap/kernel';
import type { RequestAmendment } from '../agreement.commands';
import type { AgreementEvent, CertificationStep } from '../agreement.events';

// What the rules stand on, told once more, for specs: as plainly as it can be said, of an agreement with one maker and one
// receiver. agreement.verdicts.ts says of each command what is to become of it.

export type Status = 'none' | 'open' | 'proposed' | 'withdrawn' | 'announced' | 'monitored' | 'inEffect' | 'closed';

export interface Figure {
  readonly indicatorId: string;
  readonly span: string;
  readonly isNative: boolean;
  readonly authors: readonly string[];
  readonly steps: readonly { readonly step: CertificationStep; readonly by: string }[];
  readonly isReturned: boolean;
}

interface Amendment {
  readonly request: RequestAmendment;
  isOpen: boolean;
}

interface Told {
  status: Status;
  isAccepted: boolean;
  /** By side and office, who clicked for it. */
  readonly signed: Map<string, string>;
  /** The targets of each indicator: value by span. */
  readonly indicators: Map<string, Map<string, string>>;
  readonly figures: Map<string, Figure>;
  readonly amendments: Map<string, Amendment>;
  readonly appeals: Map<string, { readonly round: string; readonly by: string; isOpen: boolean }>;
  /** Spans of the closed rounds, by round. */
  readonly closed: Map<string, string>;
  readonly announced: Set<string>;
  readonly exempt: Set<string>;
  readonly cancelledFrom: Map<string, string>;
}

const nothing = (): Told => ({
  status: 'none',
  isAccepted: false,
  signed: new Map(),
  indicators: new Map(),
  figures: new Map(),
  amendments: new Map(),
  appeals: new Map(),
  closed: new Map(),
  announced: new Set(),
  exempt: new Set(),
  cancelledFrom: new Map(),
});

export interface ModelOptions {
  /** Rounds of the calendar, in their order. */
  readonly rounds: readonly {
    readonly round: string;
    readonly span: { readonly from: IsoDate; readonly to: IsoDate };
  }[];
  readonly period: { readonly from: IsoDate; readonly to: IsoDate };
  /** Indicators that several keepers report, with those keepers. */
  readonly keepers: ReadonlyMap<string, readonly string[]>;
}

/** The figure that is meant: `span` is a key. */
interface FigureName {
  readonly indicatorId: string;
  readonly span: string;
  readonly officeId?: string | undefined;
}

export class AgreementModel {
  told: Told = nothing();

  constructor(readonly options: ModelOptions) {}

  figureOf(name: FigureName): Figure | undefined {
    return this.told.figures.get(keyOf(name));
  }

  figuresOf(indicatorId: string): readonly Figure[] {
    return [...this.told.figures.values()].filter((figure) => figure.indicatorId === indicatorId);
  }

  placeOf(round: string): number {
    return this.options.rounds.findIndex((one) => one.round === round);
  }

  /** Whether a span lies in that of a closed round. */
  isLocked(key: string): boolean {
    return [...this.told.closed.values()].some((span) => lies(key, span));
  }

  /** Whether a figure that counts in a round still waits to be certified. */
  waits(place: number): boolean {
    const { told, options } = this;
    const round = options.rounds[place];
    if (!round) return false;
    return [...told.figures.values()].some(({ indicatorId, span, isNative, steps }) => {
      const cancelledFrom = told.cancelledFrom.get(indicatorId);
      const isOut =
        told.exempt.has(`${indicatorId} ${round.round}`) ||
        (cancelledFrom !== undefined && this.placeOf(cancelledFrom) <= place);
      const isDone = steps.length === 3 || !isNative;
      return !isOut && !isDone && lies(span, `${round.span.from}..${round.span.to}`);
    });
  }

  apply(event: AgreementEvent, provenance: Provenance, request?: RequestAmendment): void {
    const { told } = this;
    switch (event.type) {
      case 'AgreementDrafted': {
        const status = ({ signed: 'open', announced: 'announced', monitoringOnly: 'monitored' } as const)[
          event.data.basis
        ];
        this.told = { ...nothing(), status };
        return;
      }
      case 'IndicatorAdded':
        this.#reopen();
        return void told.indicators.set(event.data.indicatorId, new Map());
      case 'IndicatorRevised':
        return this.#reopen();
      case 'IndicatorRemoved':
        this.#reopen();
        return void told.indicators.delete(event.data.indicatorId);
      case 'TargetSet':
        this.#reopen();
        return void told.indicators.get(event.data.indicatorId)?.set(event.data.span, event.data.value ?? '');
      case 'TermsProposed':
        told.status = 'proposed';
        return;
      case 'TermsReturned':
        return this.#reopen();
      case 'TermsAccepted':
        told.isAccepted = true;
        return;
      case 'AgreementSigned':
        return void told.signed.set(`${event.data.side} ${event.data.officeId}`, event.data.signedBy ?? '');
      case 'SignaturesVoided':
        return told.signed.clear();
      case 'AgreementTookEffect':
        told.status = 'inEffect';
        return;
      case 'AgreementWithdrawn':
        told.status = 'withdrawn';
        return;
      case 'AmendmentRequested':
      case 'AmendmentApproved':
      case 'AmendmentRejected':
      case 'TargetAmended':
      case 'WeightAmended':
      case 'IndicatorCancelled':
        return this.#amend(event, request);
      case 'ActualReported':
      case 'ActualCorrected':
      case 'ActualCertified':
      case 'ActualReturned':
      case 'ActualExamined':
      case 'ExemptionGranted':
        return this.#report(event, provenance);
      case 'EvaluationRoundClosed':
      case 'EvaluationRoundReopened':
      case 'ScoreDetermined':
      case 'ResultAnnounced':
      case 'AppealFiled':
      case 'AppealDecided':
        return this.#judge(event);
      case 'AgreementClosed':
        told.status = 'closed';
        return;
    }
  }

  /** Whatever changes the terms of a draft takes its proposal back. */
  #reopen(): void {
    const { told } = this;
    if (told.status === 'proposed') told.status = 'open';
    told.isAccepted = false;
  }

  #judge(event: JudgementEvent): void {
    const { told } = this;
    switch (event.type) {
      case 'EvaluationRoundClosed':
        return void told.closed.set(event.data.round, event.data.span);
      case 'EvaluationRoundReopened':
        told.announced.delete(event.data.round);
        return void told.closed.delete(event.data.round);
      case 'ScoreDetermined':
        return;
      case 'ResultAnnounced':
        return void told.announced.add(event.data.round);
      case 'AppealFiled': {
        const { appealId, round, filedBy } = event.data;
        return void told.appeals.set(appealId, { round, by: filedBy, isOpen: true });
      }
      case 'AppealDecided': {
        const appeal = told.appeals.get(event.data.appealId);
        if (appeal) appeal.isOpen = false;
        return;
      }
    }
  }

  #amend(event: AmendmentEvent, request: RequestAmendment | undefined): void {
    const { told } = this;
    const amendment = told.amendments.get(event.data.amendmentId);
    switch (event.type) {
      case 'AmendmentRequested':
        if (request) told.amendments.set(event.data.amendmentId, { request, isOpen: true });
        return;
      case 'AmendmentApproved':
      case 'AmendmentRejected':
        if (amendment) amendment.isOpen = false;
        return;
      case 'TargetAmended':
        return void told.indicators.get(event.data.indicatorId)?.set(event.data.span, event.data.value ?? '');
      case 'WeightAmended':
        return;
      case 'IndicatorCancelled':
        return void told.cancelledFrom.set(event.data.indicatorId, event.data.fromRound);
    }
  }

  #report(event: FigureEvent, provenance: Provenance): void {
    const { told } = this;
    if (event.type === 'ExemptionGranted') {
      return void told.exempt.add(`${event.data.indicatorId} ${event.data.round}`);
    }
    const key = keyOf(event.data);
    const before = told.figures.get(key);
    const figure = figureAfter(event, before, provenance);
    if (figure) told.figures.set(key, figure);
  }
}

type AmendmentEvent = Extract<AgreementEvent, { data: { readonly amendmentId: string } }>;
type JudgementEvent = Extract<
  AgreementEvent,
  { type: `EvaluationRound${string}` | 'ScoreDetermined' | 'ResultAnnounced' | 'AppealFiled' | 'AppealDecided' }
>;
type FigureEvent = Extract<AgreementEvent, { type: `Actual${string}` | 'ExemptionGranted' }>;

function figureAfter(
  event: Exclude<FigureEvent, { type: 'ExemptionGranted' }>,
  before: Figure | undefined,
  provenance: Provenance,
): Figure | undefined {
  const { indicatorId, span } = event.data;
  switch (event.type) {
    case 'ActualReported':
    case 'ActualCorrected': {
      const by = event.type === 'ActualReported' ? event.data.reportedBy : event.data.correctedBy;
      const isNative = provenance.kind === 'native';
      const own = isNative && by !== undefined ? [by] : [];
      const steps = own.map((keeper) => ({ step: 'keeper', by: keeper }) as const);
      return { indicatorId, span, isNative, authors: [...(before?.authors ?? []), ...own], steps, isReturned: false };
    }
    case 'ActualCertified': {
      const { step, certifiedBy: by } = event.data;
      return before && { ...before, steps: [...before.steps, { step, by }], isReturned: false };
    }
    case 'ActualReturned':
      return before && { ...before, steps: [], isReturned: true };
    case 'ActualExamined':
      return before;
  }
}

function keyOf({ indicatorId, span, officeId = '' }: FigureName): string {
  return `${indicatorId} ${span} ${officeId}`;
}

/** Whether a span lies within another, both by their keys. */
function lies(key: string, within: string): boolean {
  const [inner, outer] = [parseSpanKey(key), parseSpanKey(within)];
  if (!inner || !outer || inner === NOT_STATED || outer === NOT_STATED) return false;
  return outer.from <= inner.from && inner.to <= outer.to;
}
