import type { IsoDate, Provenance } from '@khamrap/kernel';
import type {
  DueDateExtended,
  FindingCorrected,
  FindingEscalated,
  FindingReopened,
  FindingResponded,
  FindingWithdrawn,
  RecommendationMade,
  ResponseJudged,
} from './finding.events';
import type { Finding, InspectionRound } from './inspection.events';
import type {
  InspectionRoundClosed,
  InspectionRoundReopened,
  InspectionVisitRecorded,
  NoFindingsStated,
} from './round.events';

/** Who decides, when, and from which source: with every command, because the rules ask for nothing themselves. */
interface Told {
  /** Pseudonym. */
  readonly actor: string;
  /** The day in Bangkok on which the command is decided. */
  readonly decidedOn: IsoDate;
  /** What a document leaves open stays open; whoever speaks for themselves is asked to say it. */
  readonly provenance: Provenance;
}

export interface OpenRound extends Told {
  readonly type: 'OpenRound';
  readonly data: InspectionRound;
}
export interface ReviseRound extends Told {
  readonly type: 'ReviseRound';
  readonly data: InspectionRound & { readonly reason: string };
}
export interface RecordVisit extends Told {
  readonly type: 'RecordVisit';
  readonly data: Omit<InspectionVisitRecorded['data'], 'recordedBy'>;
}
export interface RecordFinding extends Told {
  readonly type: 'RecordFinding';
  readonly data: Finding;
}
export interface CorrectFinding extends Told {
  readonly type: 'CorrectFinding';
  readonly data: Omit<FindingCorrected['data'], 'correctedBy'>;
}
export interface WithdrawFinding extends Told {
  readonly type: 'WithdrawFinding';
  readonly data: Omit<FindingWithdrawn['data'], 'withdrawnBy'>;
}
export interface MakeRecommendation extends Told {
  readonly type: 'MakeRecommendation';
  readonly data: Omit<RecommendationMade['data'], 'madeBy'>;
}
/** Answers a finding, or a recommendation. */
export interface Respond extends Told {
  readonly type: 'Respond';
  readonly data: Omit<FindingResponded['data'], 'respondedBy'>;
}
export interface JudgeResponse extends Told {
  readonly type: 'JudgeResponse';
  readonly data: Pick<ResponseJudged['data'], 'responseId' | 'outcome' | 'reason'>;
}
export interface ReopenFinding extends Told {
  readonly type: 'ReopenFinding';
  readonly data: Omit<FindingReopened['data'], 'reopenedBy'>;
}
/** Brings what is overdue to somebody above. */
export interface EscalateFinding extends Told {
  readonly type: 'EscalateFinding';
  readonly data: Pick<FindingEscalated['data'], 'findingId' | 'toLevel' | 'toOfficeId' | 'reason'>;
}
/** Of a recommendation where one is named, else of a finding. */
export interface ExtendDueDate extends Told {
  readonly type: 'ExtendDueDate';
  readonly data: Pick<DueDateExtended['data'], 'findingId' | 'recommendationId' | 'dueOn' | 'reason'>;
}
export interface StateNoFindings extends Told {
  readonly type: 'StateNoFindings';
  readonly data: Pick<NoFindingsStated['data'], 'statement'>;
}
export interface CloseRound extends Told {
  readonly type: 'CloseRound';
  readonly data: Pick<InspectionRoundClosed['data'], 'summary'>;
}
export interface ReopenRound extends Told {
  readonly type: 'ReopenRound';
  readonly data: Pick<InspectionRoundReopened['data'], 'reason'>;
}

/** Everything that can be asked of a round that there is. */
export type CommandOnRound =
  | ReviseRound
  | RecordVisit
  | RecordFinding
  | CorrectFinding
  | WithdrawFinding
  | MakeRecommendation
  | Respond
  | JudgeResponse
  | ReopenFinding
  | EscalateFinding
  | ExtendDueDate
  | StateNoFindings
  | CloseRound
  | ReopenRound;

export type InspectionCommand = OpenRound | CommandOnRound;
