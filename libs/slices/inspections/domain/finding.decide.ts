import { canonicalJson, NOT_STATED, Rejection } from '@khamrap/kernel';
import type {
  FindingCorrected,
  FindingRecorded,
  FindingReopened,
  FindingResolved,
  FindingWithdrawn,
} from './finding.events';
import type { CorrectFinding, RecordFinding, ReopenFinding, WithdrawFinding } from './inspection.commands';
import type { Finding } from './inspection.events';
import { refuse } from './inspection.refusals';
import { isSettled, type KnownFinding, type OpenedRound } from './inspection.state';
import { inspectedProvinces } from './round.decide';
import type { NoFindingsVoided } from './round.events';

type Told = Pick<RecordFinding, 'provenance' | 'decidedOn'>;

export function recordFinding(
  { data, actor, ...told }: RecordFinding,
  state: OpenedRound,
): readonly (NoFindingsVoided | FindingRecorded)[] | Rejection {
  const { findingId } = data;
  const refusal = refusalOfFinding(data, told, state);
  if (refusal) return refusal;
  return [
    ...(state.isStatedWithoutFindings ? [{ type: 'NoFindingsVoided', data: { findingId } } as const] : []),
    { type: 'FindingRecorded', data: { ...data, recordedBy: actor } },
  ];
}

/** Where those who have not answered are no longer asked, the finding is resolved by what the others answered. */
export function correctFinding(
  { data: { reason, ...finding }, actor, ...told }: CorrectFinding,
  state: OpenedRound,
): readonly (FindingCorrected | FindingResolved)[] | Rejection {
  const known = unsettledFinding(finding.findingId, state);
  if (known instanceof Rejection) return known;
  const { dueOn } = known.finding;
  if (finding.dueOn !== dueOn) return refuse('finding.dueDayByExtension', {}, '/dueOn');
  const refusal = refusalOfFinding(finding, { ...told, decidedOn: dueOn ?? told.decidedOn }, state);
  if (refusal) return refusal;
  if (canonicalJson(finding) === canonicalJson(known.finding)) return [];
  return [
    { type: 'FindingCorrected', data: { ...finding, reason, correctedBy: actor } },
    ...resolutionOf({ ...known, finding }, state, actor),
  ];
}

/** What was resolved has been answered, and may be public: it is not unsaid any more. */
export function withdrawFinding(
  { data, actor }: WithdrawFinding,
  state: OpenedRound,
): readonly FindingWithdrawn[] | Rejection {
  const known = unsettledFinding(data.findingId, state);
  if (known instanceof Rejection) return known;
  if (known.wasResolved) return refuse('finding.resolvedBefore');
  return [{ type: 'FindingWithdrawn', data: { ...data, withdrawnBy: actor } }];
}

export function reopenFinding(
  { data, actor, decidedOn, provenance }: ReopenFinding,
  state: OpenedRound,
): readonly FindingReopened[] | Rejection {
  const known = state.findings.get(data.findingId);
  if (!known) return refuse('finding.notRecorded');
  if (known.status !== 'resolved') return refuse('finding.notResolved', { status: known.status });
  if (provenance.kind === 'native' && data.dueOn !== undefined && data.dueOn < decidedOn)
    return refuse('finding.dueInThePast', { decidedOn }, '/dueOn');
  return [{ type: 'FindingReopened', data: { ...data, reopenedBy: actor } }];
}

/** A finding that is neither resolved nor withdrawn. */
export function unsettledFinding(findingId: string | undefined, { findings }: OpenedRound): KnownFinding | Rejection {
  const known = findingId === undefined ? undefined : findings.get(findingId);
  if (!known) return refuse('finding.notRecorded');
  return isSettled(known.status) ? refuse('finding.settled', { status: known.status }) : known;
}

/** The resolution of a finding to which every office that is to answer has an accepted response; none where one is missing. */
export function resolutionOf(
  { finding: { findingId, officeIds }, accepted }: KnownFinding,
  { status }: OpenedRound,
  actor: string,
): readonly FindingResolved[] {
  const responseId = [...accepted.values()].at(-1);
  if (responseId === undefined || officeIds.some((officeId) => !accepted.has(officeId))) return [];
  return [
    {
      type: 'FindingResolved',
      data: { findingId, responseId, isRoundClosed: status === 'closed', resolvedBy: actor },
    },
  ];
}

function refusalOfFinding(
  { officeIds, provinces, severity, dueOn }: Finding,
  { provenance, decidedOn }: Told,
  { round }: OpenedRound,
): Rejection | undefined {
  const repeated = officeIds.findIndex((officeId, index) => officeIds.indexOf(officeId) < index);
  if (repeated >= 0) return refuse('finding.officeRepeated', {}, `/officeIds/${repeated}`);
  const inspected = inspectedProvinces(round);
  const elsewhere = provinces.findIndex((province) => !inspected.includes(province));
  if (elsewhere >= 0) return refuse('finding.provinceNotInspected', {}, `/provinces/${elsewhere}`);
  if (provenance.kind === 'transcribed') return undefined;
  if (officeIds.length === 0) return refuse('finding.officeMissing', {}, '/officeIds');
  if (severity === NOT_STATED) return refuse('inspection.notStated', {}, '/severity');
  return dueOn !== undefined && dueOn < decidedOn ? refuse('finding.dueInThePast', { decidedOn }, '/dueOn') : undefined;
}
