import { isPublished } from '../../domain/agreement.place';
import type { AgreementAnswer } from './agreement.answer';
import type { AgreementView } from './agreement.view';
import type { JudgedAmendmentView } from './amendments.view';
import type { FigureView } from './figures.view';
import type { IndicatorView } from './indicators.view';
import type { AppealView, ClosedRoundView, RoundView } from './rounds.view';
import type { Stated } from '@khamrap/platform/http';

/** What is told of an agreement: `asOfPosition` is where the last event stands that its reader may know of. */
export type ToldAgreement = Pick<AgreementAnswer, keyof AgreementAnswer>;

type Told<Part extends keyof AgreementAnswer> = NonNullable<AgreementAnswer[Part]>;
type Each<List> = List extends readonly (infer Item)[] ? Item : never;

const OF_SIGNATURE = [
  'side',
  'officeId',
  'signatoryName',
  'position',
  'capacity',
  'authority',
  'capture',
  'scanSha256',
  'certificate',
  'signedOn',
  'termsHash',
  'termsRevision',
  'stated',
] as const;
const OF_AMENDMENT = [
  'amendmentId',
  'status',
  'officeId',
  'requestedOn',
  'changes',
  'reason',
  'basisDocument',
  'effectiveFrom',
  'stated',
] as const;
const OF_FIGURE = [
  'span',
  'officeId',
  'kind',
  'unit',
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
  'finality',
  'asOf',
  'asPrinted',
  'stated',
] as const;
const OF_CLOSED_ROUND = [
  'span',
  'revision',
  'closedOn',
  'officeId',
  'scheme',
  'indicators',
  'total',
  'noTotalReason',
  'band',
  'weightCountedPercent',
  'targetsMet',
  'targetsJudged',
  'stated',
] as const;
const OF_APPEAL = ['appealId', 'round', 'indicatorId', 'officeId', 'grounds', 'stated'] as const;

/**
 * An agreement as the public may know it: what stands in each list below and nothing else, so that what is added to an event
 * stays inside until somebody says otherwise. Terms are told whole: they are what was undertaken in public. Nobody is told by a
 * pseudonym, which beside a name that was signed with would tell whose all the others are.
 *
 * Its revision is that of the last event which the answer names: that of the stream would tell that something happened inside.
 * Who sees through an indicator works on it, and is told the revision that commands have to name.
 * @param own indicators that the one who asks may see through, by their ids
 * @returns undefined where the agreement is not published
 */
export function publicAgreement(view: AgreementView, own: ReadonlySet<string> = new Set()): ToldAgreement | undefined {
  const told = publishedOf(view, own);
  if (!told) return undefined;
  const { revision, lastPosition, revisions } = view;
  if (own.size > 0) return { ...told, revision, asOfPosition: lastPosition };
  const asOfPosition = lastPositionIn(told);
  return { ...told, revision: revisions.get(asOfPosition) ?? 0, asOfPosition };
}

function publishedOf(
  view: AgreementView,
  own: ReadonlySet<string>,
): Omit<ToldAgreement, 'revision' | 'asOfPosition'> | undefined {
  const { state, agreementId, termsHash, termsRevision, effectiveOn, heading, stated, closed } = view;
  if (!isPublished(state)) return undefined;
  const isSigned = state.status === 'inEffect' || state.status === 'closed';
  return {
    agreementId,
    status: state.status,
    ...heading,
    stated,
    ...(termsHash !== undefined && { termsHash }),
    ...(termsRevision !== undefined && { termsRevision }),
    ...(effectiveOn !== undefined && { effectiveOn }),
    negotiation: { acceptances: [], returns: [] },
    withdrawals: [],
    signatures: view.signatures.map((signature) => pick(signature, OF_SIGNATURE)),
    indicators: view.indicators.map((indicator) => indicatorOf(indicator, isSigned, own)),
    // Before anybody signed, terms came and went inside; what a document corrects was public already.
    removedIndicators: isSigned ? [] : view.removedIndicators,
    amendments: view.amendments.filter(({ status }) => status !== 'requested').map(amendmentOf),
    rounds: view.rounds.map(roundOf).filter(({ revisions, results }) => revisions.length + results.length > 0),
    appeals: view.appeals.flatMap(appealOf),
    ...(closed && { closed: pick(closed, ['closedOn', 'stated']) }),
  };
}

/** An agreement as those within reach of it see it. */
export function wholeAgreement(view: AgreementView): ToldAgreement {
  const { state, heading, lastPosition: asOfPosition, revisions: _revisions, indicators, ...told } = view;
  return { ...told, asOfPosition, indicators: indicators.map(wholeIndicator), status: state.status, ...heading };
}

function wholeIndicator({ published: _published, ...indicator }: IndicatorView): Each<Told<'indicators'>> {
  return indicator;
}

function indicatorOf(
  { published, ...indicator }: IndicatorView,
  isSigned: boolean,
  own: ReadonlySet<string>,
): Each<Told<'indicators'>> {
  if (own.has(indicator.terms.indicatorId)) return indicator;
  return {
    ...pick(indicator, ['terms', 'stated', 'targets', 'amendedTargets', 'amendedWeights', 'cancellation']),
    earlierTerms: isSigned ? [] : indicator.earlierTerms,
    exemptions: indicator.exemptions.map((exemption) =>
      pick(exemption, ['round', 'officeId', 'reason', 'basisDocument', 'stated']),
    ),
    actuals: published.flatMap(actualOf),
  };
}

/** The figure that stands for the public, behind those that stood for it before. */
function actualOf(figures: readonly FigureView[]): readonly Each<Each<Told<'indicators'>>['actuals']>[] {
  const told = figures.map(figureOf);
  const standing = told.at(-1);
  return standing ? [{ ...standing, earlier: told.slice(0, -1), examinations: [] }] : [];
}

function figureOf(figure: FigureView, index: number) {
  const { reason, evidence, certification } = figure;
  return {
    ...pick(figure, OF_FIGURE),
    // Why a figure took the place of one that was never public tells of that one.
    ...(index > 0 && reason !== undefined && { reason }),
    evidence: evidence.map((file) => pick(file, ['sha256', 'mediaType'])),
    certification: certification.map((step) => pick(step, ['step', 'stated'])),
    returns: [],
  };
}

function amendmentOf(amendment: JudgedAmendmentView): Each<Told<'amendments'>> {
  const { approvals, rejection } = amendment;
  return {
    ...pick(amendment, OF_AMENDMENT),
    approvals: approvals.map((approval) => pick(approval, ['officeId', 'stated'])),
    ...(rejection && { rejection: pick(rejection, ['officeId', 'reason', 'stated']) }),
  };
}

function roundOf(told: RoundView): Each<Told<'rounds'>> {
  const { round, isClosed, revisions, scores, results } = told;
  const evaluated = scores.filter(({ assessor }) => isClosed && assessor === 'evaluator');
  return {
    round,
    isClosed,
    revisions: revisions.map(closedRoundOf),
    scores: evaluated.map((score) => pick(score, ['indicatorId', 'assessor', 'score', 'asPrinted', 'stated'])),
    results: results.map((result) => pick(result, ['score', 'band', 'announcedOn', 'asPrinted', 'stated'])),
  };
}

function closedRoundOf(closed: ClosedRoundView): Each<Each<Told<'rounds'>>['revisions']> {
  const { reopened } = closed;
  return {
    ...pick(closed, OF_CLOSED_ROUND),
    ...(reopened && { reopened: pick(reopened, ['reason', 'resultAnnounced', 'stated']) }),
  };
}

function appealOf(appeal: AppealView): readonly Each<Told<'appeals'>>[] {
  const { decision } = appeal;
  if (!decision) return [];
  return [{ ...pick(appeal, OF_APPEAL), decision: pick(decision, ['outcome', 'reason', 'score', 'stated']) }];
}

/** The position of the last event that an answer names as what states something in it. */
function lastPositionIn(told: unknown): number {
  if (typeof told !== 'object' || told === null) return -1;
  const { stated } = told as Partial<Stated>;
  return Math.max(stated?.position ?? -1, ...Object.values(told).map(lastPositionIn));
}

/** These fields, where they are there. */
function pick<Whole extends object, Name extends keyof Whole>(whole: Whole, names: readonly Name[]): Pick<Whole, Name> {
  const told = names.filter((name) => whole[name] !== undefined).map((name) => [name, whole[name]]);
  return Object.fromEntries(told) as Pick<Whole, Name>;
}
