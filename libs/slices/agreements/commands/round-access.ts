import { Rejection, type Provenance } from '@khamrap/kernel';
import type { Permission, Requester } from '@khamrap/platform/access';
import type { Assessor } from '../domain/agreement.events';
import type { AgreementState } from '../domain/agreement.state';
import { governorIn, isOfMaker, refusalOfAccess, refusalOfSaying } from './agreement-access';

/** What each assessor needs to be allowed: an office assesses itself by those who report for it. */
const PERMISSION_OF_ASSESSOR: Readonly<Record<Assessor, Permission>> = {
  selfAssessment: 'agreement.report',
  evaluator: 'agreement.closeRound',
};

/** Whether somebody may give a score; who transcribes for the nation has none of their own to give. */
export function refusalOfScoring(
  requester: Requester,
  { assessor, indicatorId }: { readonly assessor: Assessor; readonly indicatorId?: string },
  provenance: Provenance,
  state: AgreementState,
): Rejection | undefined {
  const refusalOf = (each: Requester): Rejection | undefined =>
    refusalOfAccess(each, PERMISSION_OF_ASSESSOR[assessor], state, indicatorId);
  return assessor === 'evaluator' ? refusalOf(requester) : refusalOfSaying(requester, provenance, refusalOf);
}

/** Whether somebody may decide an appeal: who closes rounds, except for the governor where the governor undertakes. */
export function refusalOfDecidingAppeal(requester: Requester, state: AgreementState): Rejection | undefined {
  const refusal = refusalOfAccess(requester, 'agreement.closeRound', state);
  if (refusal || state.status === 'notDrafted') return refusal;
  const isOwn =
    governorIn(state.level) === 'maker' &&
    requester.grants.every(
      ({ permissions, scope }) => !permissions.has('agreement.closeRound') || scope.kind !== 'nation',
    );
  return isOwn || isOfMaker(requester, state) ? new Rejection('appeal.own') : undefined;
}
