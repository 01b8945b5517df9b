import type { Rejection } from '@khamrap/kernel';
import type { AgreementCommand } from './agreement.commands';
import type { AgreementEvent } from './agreement.events';
import { refuse } from './agreement.refusals';
import type { AgreementState } from './agreement.state';
import { draftAgreement } from './drafting.decide';
import { reportActual } from './reporting.decide';
import { signAgreement } from './signing.decide';
import { addIndicator, setTarget } from './terms.decide';

/** Every command of the stream, and the one function that judges it. */
export function decide(command: AgreementCommand, state: AgreementState): readonly AgreementEvent[] | Rejection {
  if (command.type === 'DraftAgreement') return draftAgreement(command, state);
  if (state.status === 'notDrafted') return refuse('agreement.notDrafted');
  switch (command.type) {
    case 'AddIndicator':
      return addIndicator(command, state);
    case 'SetTarget':
      return setTarget(command, state);
    case 'SignAgreement':
      return signAgreement(command, state);
    case 'ReportActual':
      return reportActual(command, state);
  }
}
