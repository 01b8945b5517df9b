import type { AgreementDrafted, AgreementEvent, IndicatorAdded, TargetSet, Unit } from '@khamrap/agreements/events';
import { parseSpanKey, type IsoDate } from '@khamrap/kernel';

// What detection remembers of an agreement: as much as its rules need, and no text of anybody. Folded from the agreement's own
// stream, so that it can be forgotten and read again.

/** An event that a question rests on. */
export interface Link {
  readonly eventId: string;
  readonly position: number;
  readonly type: string;
  readonly stream: string;
  readonly revision: number;
  /** Where the event stands, if that is elsewhere than the question: who does not see there is not told of it. */
  readonly elsewhere?: { readonly province: string | null; readonly offices: readonly string[] };
}

/** An event as detection is told of it: of any stream, in the newest version. */
export interface ToldEvent<Event = { readonly type: string; readonly data: unknown }> {
  readonly event: Event;
  readonly link: Link;
  /** The day on which it was recorded, in Bangkok. */
  readonly day: IsoDate;
  readonly recordedAtMs: number;
  readonly isTranscribed: boolean;
}

/** Of many corrections the newest are enough to link. */
const LINKED_COUNT_MAX = 20;

/** The figure of an indicator for a span, by one keeper. */
export interface Cell {
  readonly indicatorId: string;
  readonly span: string;
  readonly officeId: string;
  kind: string;
  unit: Unit;
  value: string | undefined;
  evidence: readonly string[];
  /** Who stated what stands now. */
  by: string | undefined;
  readonly first: Link;
  readonly corrections: { readonly link: Link; readonly day: IsoDate; readonly isTranscribed: boolean }[];
  correctionCount: number;
  /** The newest certification by somebody else than its keeper. */
  certified: Link | undefined;
}

export interface RememberedTarget {
  readonly terms: Omit<TargetSet['data'], 'indicatorId'>;
  readonly link: Link;
}

export interface RememberedIndicator {
  terms: IndicatorAdded['data'];
  weight: string;
  readonly targets: Map<string, RememberedTarget>;
  /** By span and keeper. */
  readonly cells: Map<string, Cell>;
}

export interface RememberedRound {
  readonly round: string;
  readonly span: string;
  revision: number;
  closed: Link;
  total: string | undefined;
  /** The reopening that set the closing aside; absent while it stands. */
  reopened: Link | undefined;
}

export interface RememberedAmendment {
  readonly requestedBy: string;
  readonly links: Link[];
  /** How far weights were shifted so far, and from what to what. */
  readonly weights: { readonly indicatorId: string; readonly before: string; readonly after: string }[];
}

export interface AgreementMemory {
  readonly agreementId: string;
  readonly heading: AgreementDrafted['data'];
  tookEffect: Link | undefined;
  readonly indicators: Map<string, RememberedIndicator>;
  readonly rounds: Map<string, RememberedRound>;
  readonly amendments: Map<string, RememberedAmendment>;
  /** Signatures that bear a day long before that of their recording, and others. */
  signatures: { readonly link: Link; readonly daysBefore: number }[];
}

/** The events of an agreement that detection hears. */
export const REMEMBERED_EVENTS = [
  'AgreementDrafted',
  'IndicatorAdded',
  'IndicatorRevised',
  'IndicatorRemoved',
  'TargetSet',
  'AgreementSigned',
  'SignaturesVoided',
  'AgreementTookEffect',
  'AmendmentRequested',
  'AmendmentApproved',
  'TargetAmended',
  'WeightAmended',
  'ActualReported',
  'ActualCorrected',
  'ActualCertified',
  'EvaluationRoundClosed',
  'EvaluationRoundReopened',
] as const satisfies readonly AgreementEvent['type'][];
export type RememberedEvent = Extract<AgreementEvent, { type: (typeof REMEMBERED_EVENTS)[number] }>;

/** An agreement of which nothing but its heading is known. */
export function beginMemory(agreementId: string, heading: AgreementDrafted['data']): AgreementMemory {
  const nothing = { indicators: new Map(), rounds: new Map(), amendments: new Map(), signatures: [] };
  return { agreementId, heading, tookEffect: undefined, ...nothing };
}

/** The key of a cell within its indicator. */
export function cellKey(span: string, officeId = ''): string {
  return `${span} ${officeId}`;
}

export function keepCorrection(cell: Cell, link: Link, day: IsoDate, isTranscribed: boolean): void {
  cell.corrections.push({ link, day, isTranscribed });
  if (cell.corrections.length > LINKED_COUNT_MAX) cell.corrections.shift();
}

/** How many things are remembered, for what may be kept in memory. */
export function sizeOf({ indicators }: AgreementMemory): number {
  let size = 1;
  for (const { targets, cells } of indicators.values()) size += 1 + targets.size + cells.size;
  return size;
}

/** Every office that an indicator, or the agreement as a whole, concerns; the maker first. */
export function officesOf({ heading, indicators }: AgreementMemory, indicatorId?: string): readonly string[] {
  const makers = heading.parties.filter(({ side }) => side === 'maker');
  const others = heading.parties.filter(({ side }) => side !== 'maker');
  const { leadOffice, keepers = [], supervisor } = indicators.get(indicatorId ?? '')?.terms ?? {};
  const named = [...makers, ...others, leadOffice, ...keepers, supervisor];
  return [...new Set(named.flatMap((office) => office?.officeId ?? []))];
}

/** The first office that undertakes. */
export function makerOf({ heading: { parties } }: AgreementMemory): string | undefined {
  return parties.find(({ side }) => side === 'maker')?.officeId;
}

/** Whether a span lies within the days of another, both by their keys. */
export function liesIn(inner: string, outer: string): boolean {
  if (inner === outer) return true;
  const [within, around] = [parseSpanKey(inner), parseSpanKey(outer)];
  if (typeof within !== 'object' || typeof around !== 'object') return false;
  return within.from >= around.from && within.to <= around.to;
}

/** The smallest round with a closing, standing or set aside, in which a span lies. */
export function closedRoundOf({ rounds }: AgreementMemory, span: string): RememberedRound | undefined {
  const around = [...rounds.values()].filter((round) => liesIn(span, round.span));
  return (
    around.find((round) => round.span === span) ??
    around.find((round) => around.every((each) => liesIn(round.span, each.span)))
  );
}
