import {
  compareDecimals,
  NOT_STATED,
  parseSpanKey,
  type IsoDate,
  type NotStated,
  type Provenance,
  type Rejection,
  type Span,
} from '@khamrap/kernel';
import type { ActualCorrected, ActualReported, FigureKind } from '../agreement.events';
import { refuse } from '../agreement.refusals';
import type { RunningTerms } from '../agreement.state';

/** A figure as somebody states it. */
export type StatedFigure = Omit<ActualReported['data'] | ActualCorrected['data'], 'span' | 'indicatorId' | 'officeId'>;

/** Who states it, when, and for which days. */
export interface Statement {
  readonly figure: StatedFigure;
  readonly span: Span | NotStated;
  readonly provenance: Provenance;
  readonly decidedOn: IsoDate;
}

const KIND_FIELDS = [
  'value',
  'numerator',
  'denominator',
  'comparisonSpan',
  'milestone',
  'date',
  'narrative',
  'notAvailableReason',
  'adoptedFrom',
  'statedGrowth',
] as const satisfies readonly (keyof StatedFigure)[];
type KindField = (typeof KIND_FIELDS)[number];

/** What each kind of figure is made of. The fields that are named nowhere here go with every kind. */
const FIELDS_OF_KIND: Readonly<
  Record<FigureKind, { readonly needed: readonly KindField[]; readonly allowed?: readonly KindField[] }>
> = {
  value: { needed: ['value'], allowed: ['statedGrowth'] },
  ratio: { needed: ['numerator', 'denominator'], allowed: ['statedGrowth'] },
  delta: { needed: ['value', 'comparisonSpan'] },
  milestone: { needed: ['milestone'] },
  date: { needed: ['date'] },
  narrative: { needed: ['narrative'] },
  notAvailable: { needed: ['notAvailableReason'] },
  adopted: { needed: ['value', 'adoptedFrom'], allowed: ['statedGrowth'] },
};
/** Figures that claim no quotient, so that none has to be shown. */
const WITHOUT_QUOTIENT: readonly FigureKind[] = ['narrative', 'notAvailable'];
/** Level 0 says that none was reached. */
const MILESTONE_MAX = 5;

/** Refuses a figure that is none of its kind, or that the indicator cannot take. */
export function refusalOfFigure(statement: Statement, terms: RunningTerms): Rejection | undefined {
  const { figure, provenance } = statement;
  return (
    refusalOfFields(figure) ??
    refusalOfNumbers(figure) ??
    refusalOfComparison(figure, provenance) ??
    refusalOfTerms(figure, terms) ??
    refusalOfFuture(statement)
  );
}

function refusalOfFields(figure: StatedFigure): Rejection | undefined {
  const { needed, allowed = [] } = FIELDS_OF_KIND[figure.kind];
  const missing = needed.filter((field) => figure[field] === undefined);
  const unexpected = KIND_FIELDS.filter(
    (field) => figure[field] !== undefined && !needed.includes(field) && !allowed.includes(field),
  );
  if (missing.length === 0 && unexpected.length === 0) return undefined;
  const [first] = [...missing, ...unexpected];
  return refuse('actual.fieldsUnfit', { kind: figure.kind, missing, unexpected }, `/${first}`);
}

function refusalOfNumbers({ denominator, milestone }: StatedFigure): Rejection | undefined {
  if (denominator !== undefined && compareDecimals(denominator, '0') <= 0) {
    return refuse('actual.denominatorNotPositive', { denominator }, '/denominator');
  }
  if (milestone !== undefined && (milestone < 0 || milestone > MILESTONE_MAX)) {
    return refuse('actual.milestoneOutOfRange', { milestone }, '/milestone');
  }
  return undefined;
}

/** A keeper knows what a change is against; a document may leave it open. */
function refusalOfComparison({ comparisonSpan }: StatedFigure, provenance: Provenance): Rejection | undefined {
  if (comparisonSpan === undefined) return undefined;
  const span = parseSpanKey(comparisonSpan);
  if (span === undefined) return refuse('span.reversed', { span: comparisonSpan }, '/comparisonSpan');
  const isLeftOpen = span === NOT_STATED && provenance.kind === 'native';
  return isLeftOpen ? refuse('span.sourceNeeded', {}, '/comparisonSpan') : undefined;
}

function refusalOfTerms({ kind, unit }: StatedFigure, terms: RunningTerms): Rejection | undefined {
  if (terms.unit !== NOT_STATED && unit !== terms.unit) {
    return refuse('actual.unitDiffers', { indicatorUnit: terms.unit }, '/unit');
  }
  const isRatioNeeded = terms.accumulation === 'ratio' && !WITHOUT_QUOTIENT.includes(kind) && kind !== 'ratio';
  return isRatioNeeded ? refuse('actual.ratioNeeded', { kind }, '/kind') : undefined;
}

/** A keeper cannot know the future. A document is transcribed as it is, even where it claims to. */
function refusalOfFuture({ figure, span, provenance, decidedOn }: Statement): Rejection | undefined {
  if (provenance.kind === 'transcribed') return undefined;
  const days = [
    ['/asOf', figure.asOf],
    ['/date', figure.date],
    ['/span', span === NOT_STATED ? undefined : span.from],
  ] as const;
  const ahead = days.find(([, day]) => day !== undefined && day > decidedOn);
  return ahead && refuse('actual.inTheFuture', { decidedOn }, ahead[0]);
}
