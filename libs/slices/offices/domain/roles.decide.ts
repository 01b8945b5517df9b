import { isProvince, type IsoDate, type Rejection } from '@khamrap/kernel';
import type { EndRole, GrantRole } from './office.commands';
import type { RoleEnded, RoleGranted, RoleScope } from './office.events';
import { refuse } from './office.refusals';
import type { RegisteredOffice, RoleGrant } from './office.state';

/** The role that follows from a delegation, and covers no more than that. */
const DELEGATE = 'delegate';
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Four eyes: nobody grants a role to themselves. What somebody was allowed on a past day is not changed afterwards. */
export function grantRole(
  { data, actor, decidedOn, isScopeKnown }: GrantRole,
  state: RegisteredOffice,
): readonly RoleGranted[] | Rejection {
  const { grantId, grantee, role, scope, from = decidedOn, to } = data;
  if (state.status === 'dissolved') return refuse('office.dissolved');
  if (grantee === actor) return refuse('roleGrant.toOneself', {}, '/grantee');
  if (role === DELEGATE) return refuse('roleGrant.onlyByDelegation', {}, '/role');
  const refusal = refusalOfScope(scope, isScopeKnown);
  if (refusal) return refusal;
  if (from < decidedOn) return refuse('roleGrant.fromInThePast', { decidedOn }, '/from');
  if (to !== undefined && to < from) return refuse('roleGrant.spanReversed', {}, '/to');
  const same = [...state.grants].find(
    ([id, grant]) =>
      id === grantId || isSameMeanwhile(grant, { grantee, role, scope, from, ...(to !== undefined && { to }) }),
  );
  if (same) return refuse('roleGrant.alreadyGranted', { grantId: same[0] });
  return [{ type: 'RoleGranted', data: { ...data, from, grantedBy: actor } }];
}

/** A role ends at once, and whoever may end roles may end their own too. */
export function endRole(
  { data, actor, decidedOn }: EndRole,
  state: RegisteredOffice,
): readonly RoleEnded[] | Rejection {
  const grant = state.grants.get(data.grantId);
  if (!grant) return refuse('roleGrant.unknown');
  if (isOver(grant, decidedOn)) return refuse('roleGrant.alreadyEnded');
  return [{ type: 'RoleEnded', data: { ...data, on: decidedOn, endedBy: actor } }];
}

/** Whether the role can never hold again. */
export function isOver({ isEnded, to }: RoleGrant, day: IsoDate): boolean {
  return isEnded || (to !== undefined && to < day);
}

function refusalOfScope({ kind, value }: RoleScope, isKnown: boolean): Rejection | undefined {
  if ((kind === 'nation') !== (value === undefined)) return refuse('roleGrant.scopeContradicted', { kind }, '/scope');
  if (value === undefined) return undefined;
  if (kind === 'province' && !isProvince(value)) return refuse('office.provinceUnknown', {}, '/scope/value');
  const isPossible = kind !== 'indicator' || UUID.test(value);
  return isPossible && isKnown ? undefined : refuse('roleGrant.scopeUnknown', { kind }, '/scope/value');
}

function isSameMeanwhile(one: RoleGrant, other: Omit<RoleGrant, 'isEnded'>): boolean {
  const isSame =
    one.grantee === other.grantee &&
    one.role === other.role &&
    one.scope.kind === other.scope.kind &&
    one.scope.value === other.scope.value;
  const isMeanwhile = (one.to ?? other.from) >= other.from && (other.to ?? one.from) >= one.from;
  return isSame && !one.isEnded && isMeanwhile;
}
