import type { DelegationGranted, HolderAppointed, OfficeEvent, OfficeRegistered, RoleGranted } from './office.events';
import type { Delegation, OfficeState, RegisteredOffice, RoleGrant, Tenure } from './office.state';

/** The stream tells what its rules make impossible: it was damaged, or written by something else. */
export class ImpossibleHistory extends Error {
  override readonly name = 'ImpossibleHistory';
}

/**
 * Folds one event. It takes in what happened and judges nothing.
 * @throws ImpossibleHistory when there is nothing that the event could have happened to
 */
export function evolve(state: OfficeState, event: OfficeEvent): OfficeState {
  if (state.status === 'notRegistered') {
    if (event.type === 'OfficeRegistered') return afterRegistration(event.data);
    throw new ImpossibleHistory(`${event.type} before OfficeRegistered`);
  }
  switch (event.type) {
    case 'OfficeRegistered':
      throw new ImpossibleHistory('OfficeRegistered a second time');
    case 'OfficeRenamed':
      return { ...state, naming: event.data };
    case 'OfficeDissolved':
      return { ...state, status: 'dissolved', dissolvedOn: event.data.on };
    case 'HolderAppointed':
      return { ...state, tenures: [...state.tenures, tenureOf(event.data)] };
    case 'HolderEnded':
      return { ...state, tenures: ended(state.tenures, event.data.on) };
    case 'DelegationGranted':
      return {
        ...state,
        delegations: new Map(state.delegations).set(event.data.delegationId, delegationOf(event.data)),
      };
    case 'DelegationEnded':
      return { ...state, delegations: withEnded(state.delegations, event.data.delegationId) };
    case 'RoleGranted':
      return { ...state, grants: new Map(state.grants).set(event.data.grantId, roleGrantOf(event.data)) };
    case 'RoleEnded':
      return { ...state, grants: withEnded(state.grants, event.data.grantId) };
  }
}

function afterRegistration({ province, nameTh, nameEn }: OfficeRegistered['data']): RegisteredOffice {
  return {
    status: 'registered',
    naming: { nameTh, ...(nameEn !== undefined && { nameEn }) },
    ...(province !== undefined && { province }),
    tenures: [],
    delegations: new Map(),
    grants: new Map(),
  };
}

function tenureOf({ personName, from, until }: HolderAppointed['data']): Tenure {
  return { personName, from, ...(until !== undefined && { until }) };
}

function delegationOf({ from, to, delegate, coversBelow }: DelegationGranted['data']): Delegation {
  return {
    from,
    ...(to !== undefined && { to }),
    ...(delegate !== undefined && { delegate }),
    ...(coversBelow !== undefined && { coversBelow }),
    isEnded: false,
  };
}

function roleGrantOf({ grantee, role, scope, from, to }: RoleGranted['data']): RoleGrant {
  return { grantee, role, scope, from, ...(to !== undefined && { to }), isEnded: false };
}

function ended(tenures: readonly Tenure[], until: NonNullable<Tenure['until']>): readonly Tenure[] {
  if (!tenures.some((tenure) => tenure.until === undefined))
    throw new ImpossibleHistory('HolderEnded in a vacant post');
  return tenures.map((tenure) => (tenure.until === undefined ? { ...tenure, until } : tenure));
}

function withEnded<Open extends { readonly isEnded: boolean }>(
  all: ReadonlyMap<string, Open>,
  id: string,
): ReadonlyMap<string, Open> {
  const open = all.get(id);
  if (!open) throw new ImpossibleHistory(`${id} was never granted`);
  return new Map(all).set(id, { ...open, isEnded: true });
}
