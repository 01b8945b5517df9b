import { isProvince, NOT_STATED, type Rejection } from '@khamrap/kernel';
import { endDelegation, grantDelegation } from './delegations.decide';
import type { DissolveOffice, OfficeCommand, RegisterOffice, RenameOffice } from './office.commands';
import type {
  DelegationEnded,
  OfficeEvent,
  OfficeKind,
  OfficeRegistered,
  OfficeRenamed,
  RoleEnded,
} from './office.events';
import { appointHolder, endHolder, openTenureOf, refusalOfEnd, refusalOfHeldAfterwards } from './holders.decide';
import { refuse } from './office.refusals';
import type { Naming, OfficeState, RegisteredOffice } from './office.state';
import { endRole, grantRole, isOver } from './roles.decide';
import { refusalOfSilence } from './silence.rule';

/** Every command of the stream, and the one function that judges it. */
export function decide(command: OfficeCommand, state: OfficeState): readonly OfficeEvent[] | Rejection {
  if (command.type === 'RegisterOffice') return registerOffice(command, state);
  if (state.status === 'notRegistered') return refuse('office.notRegistered');
  switch (command.type) {
    case 'RenameOffice':
      return renameOffice(command, state);
    case 'DissolveOffice':
      return dissolveOffice(command, state);
    case 'AppointHolder':
      return appointHolder(command, state);
    case 'EndHolder':
      return endHolder(command, state);
    case 'GrantDelegation':
      return grantDelegation(command, state);
    case 'EndDelegation':
      return endDelegation(command, state);
    case 'GrantRole':
      return grantRole(command, state);
    case 'EndRole':
      return endRole(command, state);
  }
}

// These are of one province by what they are.
const KINDS_IN_A_PROVINCE: readonly OfficeKind[] = [
  'province',
  'governorOffice',
  'provincialOffice',
  'district',
  'provincialCommittee',
  'localAdministration',
];

function registerOffice(
  { officeId, data }: RegisterOffice,
  state: OfficeState,
): readonly OfficeRegistered[] | Rejection {
  if (state.status !== 'notRegistered') return refuse('office.alreadyRegistered');
  const { kind, province, parentOfficeId } = data;
  if (province === undefined && KINDS_IN_A_PROVINCE.includes(kind))
    return refuse('office.provinceMissing', { kind }, '/province');
  if (province !== undefined && !isProvince(province))
    return refuse('office.provinceUnknown', { province }, '/province');
  if (parentOfficeId === officeId) return refuse('office.ownParent', {}, '/parentOfficeId');
  return [{ type: 'OfficeRegistered', data }];
}

function renameOffice(
  { data, provenance }: RenameOffice,
  state: RegisteredOffice,
): readonly OfficeRenamed[] | Rejection {
  if (state.status === 'dissolved') return refuse('office.dissolved');
  const refusal = refusalOfSilence(provenance, data.from, '/from');
  if (refusal) return refusal;
  return isSameNaming(state.naming, data) ? [] : [{ type: 'OfficeRenamed', data }];
}

function isSameNaming(one: Naming, other: Naming): boolean {
  return (['nameTh', 'nameEn', 'from', 'basis'] as const).every((field) => one[field] === other[field]);
}

/** What is open in the office ends with it: nobody is left to hold, to act or to be allowed anything for it. */
function dissolveOffice(command: DissolveOffice, state: RegisteredOffice): readonly OfficeEvent[] | Rejection {
  const { officeId, data, provenance } = command;
  const { on } = data;
  if (state.status === 'dissolved') return refuse('office.dissolved');
  if (data.successorOfficeId === officeId) return refuse('office.ownSuccessor', {}, '/successorOfficeId');
  const silence = refusalOfSilence(provenance, on, '/on');
  if (silence) return silence;
  const holder = openTenureOf(state);
  const delegations = [...state.delegations].filter(
    ([, { isEnded, to }]) => !isEnded && (on === NOT_STATED || to === undefined || to > on),
  );
  const begins = [...(holder ? [holder.from] : []), ...delegations.map(([, { from }]) => from)];
  const later = on === NOT_STATED ? undefined : begins.find((from) => from !== NOT_STATED && from > on);
  if (later !== undefined) return refuse('office.dissolvedBeforeBegun', { from: later }, '/on');
  const refusal = (holder && refusalOfEnd(state, holder, on)) ?? refusalOfHeldAfterwards(state, on);
  if (refusal) return refusal;
  return [
    ...(holder ? [{ type: 'HolderEnded', data: { on, reason: 'officeDissolved' } } as const] : []),
    ...delegations.map(([delegationId]): DelegationEnded => ({ type: 'DelegationEnded', data: { delegationId, on } })),
    ...rolesEnded(command, state),
    { type: 'OfficeDissolved', data },
  ];
}

function rolesEnded({ data, actor, decidedOn }: DissolveOffice, { grants }: RegisteredOffice): readonly RoleEnded[] {
  return [...grants]
    .filter(([, grant]) => !isOver(grant, decidedOn))
    .map(([grantId]) => ({
      type: 'RoleEnded',
      data: { grantId, on: decidedOn, reason: data.basis, endedBy: actor },
    }));
}
