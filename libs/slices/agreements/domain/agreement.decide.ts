import type { Rejection } from '@khamrap/kernel';
import type { AgreementCommand } from './agreement.commands';
import type { AgreementEvent } from './agreement.events';
import { refuse } from './agreement.refusals';
import type { AgreementState } from './agreement.state';
import { approveAmendment, rejectAmendment, requestAmendment } from './amendments/amendments.decide';
import { decideAppeal, fileAppeal } from './rounds/appeals.decide';
import { certifyActual, examineActual, returnActual } from './figures/certifying.decide';
import { draftAgreement } from './terms/drafting.decide';
import { grantExemption } from './figures/exempting.decide';
import { acceptTerms, proposeTerms, returnTerms, withdrawAgreement } from './signing/negotiating.decide';
import { correctActual, reportActual } from './figures/reporting.decide';
import { closeAgreement, closeEvaluationRound, reopenEvaluationRound } from './rounds/rounds.decide';
import { announceResult, determineScore } from './rounds/scores.decide';
import { signAgreement } from './signing/signing.decide';
import { addIndicator, removeIndicator, reviseIndicator, setTarget } from './terms/terms.decide';

/** Every command of the stream, and the one function that judges it. */
export function decide(command: AgreementCommand, state: AgreementState): readonly AgreementEvent[] | Rejection {
  if (command.type === 'DraftAgreement') return draftAgreement(command, state);
  if (state.status === 'notDrafted') return refuse('agreement.notDrafted');
  switch (command.type) {
    case 'AddIndicator':
      return addIndicator(command, state);
    case 'ReviseIndicator':
      return reviseIndicator(command, state);
    case 'RemoveIndicator':
      return removeIndicator(command, state);
    case 'SetTarget':
      return setTarget(command, state);
    case 'ProposeTerms':
      return proposeTerms(command, state);
    case 'ReturnTerms':
      return returnTerms(command, state);
    case 'AcceptTerms':
      return acceptTerms(command, state);
    case 'SignAgreement':
      return signAgreement(command, state);
    case 'WithdrawAgreement':
      return withdrawAgreement(command, state);
    case 'RequestAmendment':
      return requestAmendment(command, state);
    case 'ApproveAmendment':
      return approveAmendment(command, state);
    case 'RejectAmendment':
      return rejectAmendment(command, state);
    case 'ReportActual':
      return reportActual(command, state);
    case 'CorrectActual':
      return correctActual(command, state);
    case 'CertifyActual':
      return certifyActual(command, state);
    case 'ReturnActual':
      return returnActual(command, state);
    case 'ExamineActual':
      return examineActual(command, state);
    case 'GrantExemption':
      return grantExemption(command, state);
    case 'CloseEvaluationRound':
      return closeEvaluationRound(command, state);
    case 'ReopenEvaluationRound':
      return reopenEvaluationRound(command, state);
    case 'DetermineScore':
      return determineScore(command, state);
    case 'AnnounceResult':
      return announceResult(command, state);
    case 'FileAppeal':
      return fileAppeal(command, state);
    case 'DecideAppeal':
      return decideAppeal(command, state);
    case 'CloseAgreement':
      return closeAgreement(command, state);
  }
}
