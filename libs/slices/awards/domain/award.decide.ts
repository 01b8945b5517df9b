import { NOT_STATED, Rejection } from '@khamrap/kernel';
import type { AwardCommand, CorrectAward, RevokeAward, StatementToRecord } from './award.commands';
import type { AwardCorrected, AwardEvent, AwardGranted, AwardRevoked, AwardsAnnounced } from './award.events';
import { refuse } from './award.refusals';
import { refusalOfStatement } from './award.statement';
import type { AwardState, RecordedAward } from './award.state';

/** Every command of the stream, and the one function that judges it. */
export function decide(command: AwardCommand, state: AwardState): readonly AwardEvent[] | Rejection {
  switch (command.type) {
    case 'GrantAward':
      return refusalOfRepeating(state) ?? refusalOfStatement(statementIn(command), command) ?? [granted(command.data)];
    case 'AnnounceAwards':
      return (
        refusalOfRepeating(state) ?? refusalOfStatement(statementIn(command), command) ?? [announced(command.data)]
      );
    case 'CorrectAward':
      return inForce(state, (award) => correctAward(command, award));
    case 'RevokeAward':
      return inForce(state, (award) => revokeAward(command, award));
  }
}

function statementIn(command: Extract<AwardCommand, { type: 'GrantAward' | 'AnnounceAwards' }>): StatementToRecord {
  switch (command.type) {
    case 'GrantAward':
      return { kind: 'granted', data: command.data };
    case 'AnnounceAwards':
      return { kind: 'announced', data: command.data };
  }
}

function granted(data: Extract<StatementToRecord, { kind: 'granted' }>['data']): AwardGranted {
  return { type: 'AwardGranted', data: { ...data, awardYear: String(data.awardYear) } };
}

function announced(data: Extract<StatementToRecord, { kind: 'announced' }>['data']): AwardsAnnounced {
  const { recipients = NOT_STATED, awardYear } = data;
  return { type: 'AwardsAnnounced', data: { ...data, recipients, awardYear: String(awardYear) } };
}

function refusalOfRepeating(state: AwardState): Rejection | undefined {
  if (state.status === 'notRecorded') return undefined;
  return refuse(state.statement.kind === 'granted' ? 'award.alreadyGranted' : 'award.alreadyAnnounced');
}

function inForce(
  state: AwardState,
  change: (award: RecordedAward) => readonly AwardEvent[] | Rejection,
): readonly AwardEvent[] | Rejection {
  if (state.status === 'notRecorded') return refuse('award.notRecorded');
  return state.status === 'revoked' ? refuse('award.alreadyRevoked') : change(state);
}

function correctAward(command: CorrectAward, award: RecordedAward): readonly AwardCorrected[] | Rejection {
  const { statement, reason, awardId } = command;
  if (statement.kind !== award.statement.kind)
    return refuse('award.kindDiffers', { recorded: award.statement.kind }, `/${statement.kind}`);
  if (statement.kind === 'granted' && statement.data.partOf === awardId)
    return refuse('award.partOfItself', {}, '/granted/partOf');
  const refusal = refusalOfStatement(statement, command);
  if (refusal) return within(statement.kind, refusal);
  const data = statement.kind === 'granted' ? granted(statement.data).data : announced(statement.data).data;
  if (isAlike(data, award.statement.data)) return refuse('award.nothingCorrected', {}, `/${statement.kind}`);
  return [{ type: 'AwardCorrected', data: { [statement.kind]: data, reason } }];
}

/** Whether two statements say the same. A field that is `undefined` is not there. */
function isAlike(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || one === null || typeof other !== 'object' || other === null) return one === other;
  const [fields, others] = [one, other].map((data) => new Map(Object.entries(data)));
  const names = new Set([...(fields?.keys() ?? []), ...(others?.keys() ?? [])]);
  return [...names].every((name) => isAlike(fields?.get(name), others?.get(name)));
}

/** The statement lies within the command, and so does what is wrong with it. */
function within(kind: StatementToRecord['kind'], { code, facts, pointer = '' }: Rejection): Rejection {
  return new Rejection(code, facts, `/${kind}${pointer}`);
}

function revokeAward(
  { data, decidedOn, provenance }: RevokeAward,
  { statement }: RecordedAward,
): readonly AwardRevoked[] | Rejection {
  const { revokedOn } = data;
  const { announcedOn } = statement.data;
  if (revokedOn === NOT_STATED) {
    if (provenance.kind === 'native') return refuse('award.sourceNeeded', {}, '/revokedOn');
  } else {
    if (revokedOn > decidedOn) return refuse('award.revokedInTheFuture', { revokedOn, decidedOn }, '/revokedOn');
    if (announcedOn !== undefined && revokedOn < announcedOn)
      return refuse('award.revokedBeforeAnnounced', { revokedOn, announcedOn }, '/revokedOn');
  }
  return [{ type: 'AwardRevoked', data }];
}
