import { NOT_STATED, type Rejection } from '@khamrap/kernel';
import { openTenureOf } from './holders.decide';
import type { EndDelegation, GrantDelegation } from './office.commands';
import type { DelegationEnded, DelegationGranted } from './office.events';
import { refuse } from './office.refusals';
import type { RegisteredOffice } from './office.state';
import { refusalOfSilence } from './silence.rule';

/**
 * Somebody acts for the holder, and does so in this ledger where it is known who that is. Delegated authority needs its written
 * order, which only a document can leave unnamed.
 */
export function grantDelegation(
  { data, provenance, actor }: GrantDelegation,
  state: RegisteredOffice,
): readonly DelegationGranted[] | Rejection {
  const { delegationId, toOfficeId, personName, kind, scope, orderReference, from, to, delegate } = data;
  if (state.status === 'dissolved') return refuse('office.dissolved');
  if (state.delegations.has(delegationId)) return refuse('delegation.alreadyGranted');
  if (toOfficeId === undefined && openTenureOf(state)?.personName === personName)
    return refuse('delegation.toHolder', { personName }, '/personName');
  if (delegate === actor) return refuse('delegation.toOneself', {}, '/delegate');
  // What a document leaves open can be recorded, but nobody is let in by it.
  if (delegate !== undefined && (from === NOT_STATED || scope.length === 0))
    return refuse('delegation.termsNeeded', {}, from === NOT_STATED ? '/from' : '/scope');
  if (delegate === undefined && data.coversBelow !== undefined)
    return refuse('delegation.delegateNeeded', {}, '/coversBelow');
  const silence = refusalOfSilence(provenance, from, '/from');
  if (silence) return silence;
  if (from !== NOT_STATED && to !== undefined && to < from) return refuse('delegation.spanReversed', {}, '/to');
  if (provenance.kind === 'native') {
    if (kind === 'delegated' && orderReference === undefined)
      return refuse('delegation.orderNeeded', {}, '/orderReference');
    if (scope.length === 0) return refuse('office.sourceNeeded', {}, '/scope');
  }
  return [{ type: 'DelegationGranted', data }];
}

/** Ends on a day of its own span. */
export function endDelegation(
  { data, provenance }: EndDelegation,
  state: RegisteredOffice,
): readonly DelegationEnded[] | Rejection {
  const { delegationId, on } = data;
  const delegation = state.delegations.get(delegationId);
  if (!delegation) return refuse('delegation.unknown');
  if (delegation.isEnded) return refuse('delegation.alreadyEnded');
  const silence = refusalOfSilence(provenance, on, '/on');
  if (silence) return silence;
  const { from, to } = delegation;
  const isBefore = on !== NOT_STATED && from !== NOT_STATED && on < from;
  const isAfter = on !== NOT_STATED && to !== undefined && on > to;
  if (isBefore || isAfter) return refuse('delegation.endOutsideSpan', { from, ...(to !== undefined && { to }) }, '/on');
  return [{ type: 'DelegationEnded', data }];
}
