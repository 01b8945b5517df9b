/** The door for other slices: what the events of offices and zones say. Types only, so nothing of this slice runs elsewhere. */
export type {
  DelegationEnded,
  DelegationGranted,
  DelegationKind,
  EndReason,
  HolderAppointed,
  HolderEnded,
  OfficeDissolved,
  OfficeEvent,
  OfficeKind,
  OfficeRegistered,
  OfficeRenamed,
  RoleEnded,
  RoleGranted,
  RoleScope,
  ScopeKind,
} from './domain/office.events';
export type { ZoneEvent, ZoneProvincesSet, ZoneRegistered, ZoneScheme } from './domain/zone.events';
