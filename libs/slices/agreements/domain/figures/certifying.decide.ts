import { compareDecimals, Rejection } from '@khamrap/kernel';
import type { CertifyActual, ExamineActual, ReturnActual } from '../agreement.commands';
import {
  STEPS,
  type ActualCertified,
  type ActualExamined,
  type ActualReturned,
  type CertificationStep,
} from '../agreement.events';
import { officesOf } from '../agreement.place';
import { refuse } from '../agreement.refusals';
import type { DraftedAgreement, ReportedFigure } from '../agreement.state';
import { refusalOfClosedAgreement, refusalOfClosedRound } from '../rounds/round-lock.rules';
import { standingFigure, type FigureName } from './running.rules';

/** Reporting is the keeper's step, so that one is only left to do where a figure was returned and its keeper stands by it. */
export function certifyActual(
  { data }: CertifyActual,
  state: DraftedAgreement,
): readonly ActualCertified[] | Rejection {
  const figure = figureToCheck(data, state);
  if (figure instanceof Rejection) return figure;
  const { step, certifiedBy } = data;
  const refusal =
    refusalOfStep(step, figure) ?? (step === 'keeper' ? undefined : refusalOfOwnFigure(certifiedBy, figure));
  return refusal ?? [{ type: 'ActualCertified', data }];
}

/** The one whose turn it is gives a figure back, and so does whoever has certified it and sees better now. */
export function returnActual({ data }: ReturnActual, state: DraftedAgreement): readonly ActualReturned[] | Rejection {
  const figure = figureToCheck(data, state);
  if (figure instanceof Rejection) return figure;
  const { step, returnedBy } = data;
  const refusal = refusalOfReturn(step, figure) ?? refusalOfOwnFigure(returnedBy, figure, step);
  return refusal ?? [{ type: 'ActualReturned', data }];
}

/** An inspector may look at any figure while their round is open: what was found changes nothing but what is known. */
export function examineActual(
  { data, inspection }: ExamineActual,
  state: DraftedAgreement,
): readonly ActualExamined[] | Rejection {
  const found = standingFigure(state, data);
  if (found instanceof Rejection) return found;
  const refusal =
    refusalOfOwnFigure(data.examinedBy, found.figure) ??
    refusalOfObserved(data, found.figure) ??
    refusalOfInspection(data, inspection, state);
  return refusal ?? [{ type: 'ActualExamined', data }];
}

function figureToCheck(name: FigureName, state: DraftedAgreement): ReportedFigure | Rejection {
  const found = standingFigure(state, name);
  if (found instanceof Rejection) return found;
  const isTranscribed = found.figure.provenance === 'transcribed';
  const refusal =
    refusalOfClosedAgreement(state) ??
    refusalOfClosedRound(state, name.span) ??
    (isTranscribed ? refuse('actual.transcribedNotCertified') : undefined);
  return refusal ?? found.figure;
}

function refusalOfStep(step: CertificationStep, { certification }: ReportedFigure): Rejection | undefined {
  if (certification.some((done) => done.step === step)) return refuse('actual.stepDone', { step }, '/step');
  const next = STEPS[certification.length];
  return step === next ? undefined : refuse('actual.stepOutOfOrder', { step, next: next ?? step }, '/step');
}

function refusalOfReturn(step: CertificationStep, figure: ReportedFigure): Rejection | undefined {
  const { certification, returnedAt } = figure;
  if (returnedAt !== undefined) return refuse('actual.alreadyReturned', { returnedAt });
  // A keeper who sees better corrects the figure.
  const isReached = step !== 'keeper' && STEPS.indexOf(step) <= certification.length;
  return isReached
    ? undefined
    : refuse('actual.stepOutOfOrder', { step, next: STEPS[certification.length] ?? step }, '/step');
}

/** Four eyes: neither whose figure it is, nor who has done another step. */
function refusalOfOwnFigure(
  actorId: string,
  { authors, certification }: ReportedFigure,
  ownStep?: CertificationStep,
): Rejection | undefined {
  const others = certification.filter(({ step }) => step !== ownStep).map(({ by }) => by);
  return authors.includes(actorId) || others.includes(actorId) ? refuse('actual.ownFigure') : undefined;
}

/** An examination belongs to a round that is open, inspects the province or an office of the agreement, and is the inspector's own. */
function refusalOfInspection(
  { examinedBy, indicatorId }: ExamineActual['data'],
  inspection: ExamineActual['inspection'],
  state: DraftedAgreement,
): Rejection | undefined {
  if (!inspection) return refuse('examination.roundUnknown', {}, '/inspectionRound');
  if (!inspection.isOpen) return refuse('examination.roundClosed', {}, '/inspectionRound');
  const { provinces, officeIds, inspectors } = inspection;
  const isInside =
    (state.province !== undefined && provinces.includes(state.province)) ||
    officesOf(state, indicatorId).some((officeId) => officeIds.includes(officeId));
  if (!isInside) return refuse('examination.outsideRound', {}, '/inspectionRound');
  return inspectors.includes(examinedBy) ? undefined : refuse('examination.notInspector', {}, '/inspectionRound');
}

function refusalOfObserved({ verdict, observedValue }: ExamineActual['data'], { value }: ReportedFigure) {
  if (verdict !== 'differs') return undefined;
  const isSame = observedValue !== undefined && value !== undefined && compareDecimals(observedValue, value) === 0;
  const isFit = observedValue !== undefined && !isSame;
  return isFit ? undefined : refuse('actual.observedValueUnfit', { verdict }, '/observedValue');
}
