import { bangkokDateOf, NOT_STATED, type IsoDate, type NotStated } from '@khamrap/kernel';
import { grant, ROLES, type Grant, type Permission, type RoleName, type Scope } from '@khamrap/platform/access';
import type { AssignmentEvent, InspectorAssigned } from '@khamrap/inspections/events';
import type { DecodedEvent } from '@khamrap/platform/event-store';
import type { DelegationGranted, OfficeEvent, RoleGranted, RoleScope } from '../domain/office.events';
import type { ZoneEvent } from '../domain/zone.events';
import { membershipOn, type ZoneSet } from '../domain/zone.membership';

/** A role that somebody was given: as a grant, by a delegation, or by being assigned to inspect. */
export interface RoleOnRecord {
  /** Pseudonym. */
  readonly grantee: string;
  readonly role: string;
  readonly scope: RoleScope;
  /** Those provinces of a zone for which it holds, however the zone is cut; absent where it holds for what the zone holds. */
  readonly provinces?: readonly string[];
  /** The office with which it ends; absent where it ends with none but the one that is its scope. */
  readonly ofOffice?: string;
  /** The permissions that it is limited to; absent where it allows all that the role does. */
  readonly only?: readonly string[];
  /** False for what holds at the office itself and at none below it. */
  readonly coversBelow: boolean;
  readonly from: IsoDate | NotStated;
  /** The last day; absent while there is no end. */
  readonly until?: string;
}

/** Where an office stands, as it was registered. */
export interface OfficeOnRecord {
  readonly province?: string;
  readonly parentOfficeId?: string;
}

/** The last day of what is over at once: before every day. */
const OVER = '';
const NONE: readonly Grant[] = [];

/** Whoever is assigned to inspect is an inspector. */
const INSPECTOR: RoleName = 'inspector';

type GrantingEvent =
  Exclude<OfficeEvent, { type: 'OfficeRenamed' | 'HolderAppointed' | 'HolderEnded' }> | ZoneEvent | AssignmentEvent;

/** What grants rest on: every other event passes by. */
export const GRANTING_EVENT_TYPES: readonly GrantingEvent['type'][] = [
  'OfficeRegistered',
  'OfficeDissolved',
  'DelegationGranted',
  'DelegationEnded',
  'RoleGranted',
  'RoleEnded',
  'ZoneRegistered',
  'ZoneProvincesSet',
  'InspectorAssigned',
  'InspectorAssignmentEnded',
];

/**
 * Who holds which role where, folded from events. What somebody holds on a day is worked out once, and again when an event has
 * changed it: until then the same objects are answered.
 */
export class GrantsOnRecord {
  readonly #roles = new Map<string, RoleOnRecord>();
  readonly #rolesOf = new Map<string, Set<string>>();
  readonly #offices = new Map<string, OfficeOnRecord>();
  readonly #below = new Map<string, Set<string>>();
  /** The last day of each office that was dissolved. */
  readonly #lastDays = new Map<string, string>();
  readonly #zones = new Map<string, ZoneSet[]>();
  readonly #worked = new Map<string, { readonly day: IsoDate; readonly grants: readonly Grant[] }>();

  /** The grants of somebody that hold on a day. */
  grantsOf(grantee: string, day: IsoDate): readonly Grant[] {
    const worked = this.#worked.get(grantee);
    if (worked?.day === day) return worked.grants;
    const ids = this.#rolesOf.get(grantee);
    if (!ids) return NONE;
    const grants = [...ids].flatMap((id) => this.#grantOf(this.#roles.get(id), day));
    this.#worked.set(grantee, { day, grants });
    return grants;
  }

  /**
   * Every office below another one, with its province where it has one. Which office stands above it, an office says itself, and
   * anybody may register that code elsewhere: so an office in a province has those of the same province below it and no others,
   * only one without a province has those of several, and one that is not registered has none.
   */
  officesBelow(officeId: string): ReadonlyMap<string, string | undefined> {
    const found = new Map<string, string | undefined>();
    const waiting = [officeId];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const above = this.#offices.get(id);
      if (!above) continue;
      for (const below of this.#below.get(id) ?? []) {
        // Nothing keeps two offices from naming each other as the one above.
        if (below === officeId || found.has(below)) continue;
        const province = this.#offices.get(below)?.province;
        if (above.province !== undefined && above.province !== province) continue;
        found.set(below, province);
        waiting.push(below);
      }
    }
    return found;
  }

  /** The grants and delegations by which a permission is held for the nation on a day. */
  heldForNation(permission: Permission, day: IsoDate): readonly string[] {
    return [...this.#roles].flatMap(([id, role]) =>
      this.#grantOf(role, day).some(({ permissions, scope }) => scope.kind === 'nation' && permissions.has(permission))
        ? [id]
        : [],
    );
  }

  /** Whether anybody holds a role for an office on a day or later, wherever the role is kept. */
  isScope(officeId: string, day: IsoDate): boolean {
    return [...this.#roles.values()].some(
      ({ scope: { kind, value }, until }) =>
        kind === 'office' && value === officeId && (until === undefined || until >= day),
    );
  }

  /** The provinces that anybody is assigned to inspect for an office, on a day or later. */
  inspectedFor(officeId: string, day: IsoDate): readonly string[] {
    const assigned = [...this.#roles.values()].filter(
      ({ ofOffice, until }) => ofOffice === officeId && (until === undefined || until >= day),
    );
    return [...new Set(assigned.flatMap(({ provinces = [] }) => provinces))];
  }

  /** Whether somebody holds a permission on a day, wherever and whoever it is. */
  isHeldByAnybody(permission: string, day: IsoDate): boolean {
    return [...this.#roles.values()].some((role) =>
      this.#grantOf(role, day).some(({ permissions }) => [...permissions].some((each) => each === permission)),
    );
  }

  /** Folds one event of `GRANTING_EVENT_TYPES`. */
  take(event: Pick<DecodedEvent, 'stream' | 'type' | 'data' | 'recordedAtMs'>): void {
    const fact = event as unknown as GrantingEvent;
    const id = event.stream.slice(event.stream.indexOf('-') + 1);
    switch (fact.type) {
      case 'OfficeRegistered':
        return this.register(id, fact.data);
      case 'OfficeDissolved':
        return this.dissolve(id, fact.data.on, event.recordedAtMs);
      case 'RoleGranted':
        return this.give(fact.data.grantId, roleOf(fact.data));
      case 'RoleEnded':
        return this.end(fact.data.grantId, NOT_STATED, event.recordedAtMs);
      case 'DelegationGranted': {
        const role = delegationOf(id, fact.data);
        return role && this.give(fact.data.delegationId, role);
      }
      case 'DelegationEnded':
        return this.end(fact.data.delegationId, fact.data.on, event.recordedAtMs);
      case 'ZoneRegistered':
        return;
      case 'ZoneProvincesSet':
        return this.cut(id, fact.data);
      case 'InspectorAssigned':
        return this.give(fact.data.assignmentId, assignmentOf(fact.data));
      case 'InspectorAssignmentEnded':
        return this.end(fact.data.assignmentId, fact.data.on, event.recordedAtMs);
    }
  }

  register(officeId: string, { province, parentOfficeId }: OfficeOnRecord): void {
    this.#offices.set(officeId, { ...(province !== undefined && { province }) });
    if (parentOfficeId !== undefined) {
      const below = this.#below.get(parentOfficeId) ?? new Set();
      this.#below.set(parentOfficeId, below.add(officeId));
    }
    this.#worked.clear();
  }

  /** Nobody acts for an office after its last day; who stands above it goes on reaching what it has left behind. */
  dissolve(officeId: string, on: IsoDate | NotStated, recordedAtMs: number): void {
    this.#lastDays.set(officeId, lastDayOf(on, recordedAtMs));
    this.#worked.clear();
  }

  give(id: string, role: RoleOnRecord): void {
    this.#roles.set(id, role);
    this.#rolesOf.set(role.grantee, (this.#rolesOf.get(role.grantee) ?? new Set()).add(id));
    this.#worked.delete(role.grantee);
  }

  /** @param on the last day as it was stated; what is not stated, or has come, is over at once */
  end(id: string, on: IsoDate | NotStated, recordedAtMs: number): void {
    const role = this.#roles.get(id);
    // A delegation of which the ledger does not know who acts gave no role.
    if (!role) return;
    const until = lastDayOf(on, recordedAtMs);
    this.#roles.set(id, { ...role, until: role.until !== undefined && role.until < until ? role.until : until });
    this.#worked.delete(role.grantee);
  }

  cut(zoneId: string, { effectiveFrom, provinces, basis }: ZoneSet): void {
    const others = (this.#zones.get(zoneId) ?? []).filter((set) => set.effectiveFrom !== effectiveFrom);
    this.#zones.set(zoneId, [...others, { effectiveFrom, provinces, basis }]);
    this.#worked.clear();
  }

  #grantOf(role: RoleOnRecord | undefined, day: IsoDate): readonly Grant[] {
    if (!role || role.from === NOT_STATED || role.from > day) return NONE;
    if (role.until !== undefined && role.until < day) return NONE;
    if (role.ofOffice !== undefined && this.#isNoMore(role.ofOffice, day)) return NONE;
    const scope = this.#scopeOf(role, day);
    return scope && isRoleName(role.role) ? [grant(role.role, scope, role.only)] : NONE;
  }

  #isNoMore(officeId: string, day: IsoDate): boolean {
    const lastDay = this.#lastDays.get(officeId);
    return lastDay !== undefined && lastDay < day;
  }

  #scopeOf({ scope, provinces, coversBelow }: RoleOnRecord, day: IsoDate): Scope | undefined {
    const { kind, value = '' } = scope;
    switch (kind) {
      case 'nation':
        return { kind };
      case 'province':
        return { kind, province: value };
      case 'zone':
        return { kind, zone: value, provinces: provinces ?? this.#provincesOn(value, day) };
      case 'office': {
        if (this.#isNoMore(value, day)) return undefined;
        const province = this.#offices.get(value)?.province;
        const below = coversBelow ? this.officesBelow(value) : undefined;
        return { kind, office: value, ...(province !== undefined && { province }), ...(below?.size && { below }) };
      }
      case 'indicator':
        return { kind, indicator: value };
    }
  }

  #provincesOn(zoneId: string, day: IsoDate): readonly string[] {
    return membershipOn(zoneId, this.#zones.get(zoneId) ?? [], day).provinces;
  }
}

/** An end in the future is awaited; every other one means now, whatever is left of the day on which it is recorded. */
function lastDayOf(on: IsoDate | NotStated, recordedAtMs: number): string {
  return on !== NOT_STATED && on > bangkokDateOf(recordedAtMs) ? on : OVER;
}

function roleOf({ grantee, role, scope, from, to }: RoleGranted['data']): RoleOnRecord {
  return { grantee, role, scope, coversBelow: true, from, ...(to !== undefined && { until: to }) };
}

/** The role that an assignment gives: for those provinces that were assigned, and as long as there is the office. */
export function assignmentOf({
  inspector,
  officeId,
  zone,
  provinces,
  from,
  to,
}: InspectorAssigned['data']): RoleOnRecord {
  return {
    grantee: inspector,
    role: INSPECTOR,
    scope: { kind: 'zone', value: zone.zoneId },
    provinces,
    ofOffice: officeId,
    coversBelow: true,
    from,
    ...(to !== undefined && { until: to }),
  };
}

/** The role that a delegation gives in the ledger; undefined where it does not say to whom. */
export function delegationOf(
  officeId: string,
  { delegate, scope: only, coversBelow = false, from, to }: DelegationGranted['data'],
): RoleOnRecord | undefined {
  if (delegate === undefined) return undefined;
  const scope = { kind: 'office', value: officeId } as const;
  return {
    grantee: delegate,
    role: 'delegate',
    scope,
    only,
    coversBelow,
    from,
    ...(to !== undefined && { until: to }),
  };
}

function isRoleName(role: string): role is RoleName {
  return Object.hasOwn(ROLES, role);
}
