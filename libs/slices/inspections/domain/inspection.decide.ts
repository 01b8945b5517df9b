import type { Rejection } from '@khamrap/kernel';
import { correctFinding, recordFinding, reopenFinding, withdrawFinding } from './finding.decide';
import { escalateFinding, extendDueDate } from './due.decide';
import type { CommandOnRound, InspectionCommand } from './inspection.commands';
import type { InspectionEvent } from './inspection.events';
import { refuse } from './inspection.refusals';
import type { InspectionState, OpenedRound } from './inspection.state';
import { judgeResponse, makeRecommendation, respond } from './response.decide';
import { closeRound, openRound, recordVisit, reopenRound, reviseRound, stateNoFindings } from './round.decide';

type Decision = readonly InspectionEvent[] | Rejection;

/** What a command makes true, or why it is refused. */
export function decide(command: InspectionCommand, state: InspectionState): Decision {
  if (command.type === 'OpenRound')
    return state.status === 'notOpened' ? openRound(command) : refuse('inspection.alreadyOpened');
  return state.status === 'notOpened' ? refuse('inspection.notOpened') : decideOnRound(command, state);
}

/**
 * What is found and recommended, the round is open for; what follows from it goes on when it is closed. Who inspects here
 * speaks for themselves, so nobody copies it out of a document.
 */
function decideOnRound(command: CommandOnRound, state: OpenedRound): Decision {
  if (command.provenance.kind === 'transcribed' && !state.isTranscribed) return refuse('inspection.conductedHere');
  switch (command.type) {
    case 'Respond':
      return respond(command, state);
    case 'JudgeResponse':
      return judgeResponse(command, state);
    case 'ReopenFinding':
      return reopenFinding(command, state);
    case 'EscalateFinding':
      return escalateFinding(command, state);
    case 'ExtendDueDate':
      return extendDueDate(command, state);
    case 'ReopenRound':
      return reopenRound(command, state);
    case 'ReviseRound':
    case 'RecordVisit':
    case 'RecordFinding':
    case 'CorrectFinding':
    case 'WithdrawFinding':
    case 'MakeRecommendation':
    case 'StateNoFindings':
    case 'CloseRound':
      return state.status === 'closed' ? refuse('inspection.closed') : decideWhileOpen(command, state);
  }
}

type CommandWhileOpen = Exclude<
  CommandOnRound,
  { type: 'Respond' | 'JudgeResponse' | 'ReopenFinding' | 'EscalateFinding' | 'ExtendDueDate' | 'ReopenRound' }
>;

function decideWhileOpen(command: CommandWhileOpen, state: OpenedRound): Decision {
  switch (command.type) {
    case 'ReviseRound':
      return reviseRound(command, state);
    case 'RecordVisit':
      return recordVisit(command);
    case 'RecordFinding':
      return recordFinding(command, state);
    case 'CorrectFinding':
      return correctFinding(command, state);
    case 'WithdrawFinding':
      return withdrawFinding(command, state);
    case 'MakeRecommendation':
      return makeRecommendation(command, state);
    case 'StateNoFindings':
      return stateNoFindings(command, state);
    case 'CloseRound':
      return closeRound(command, state);
  }
}
