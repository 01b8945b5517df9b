import { Inject, Injectable } from '@nestjs/common';
import { streamName, type IsoDate, type Rejection } from '@khamrap/kernel';
import type { Permission, Place, Requester } from '@khamrap/platform/access';
import { Ledger } from '@khamrap/platform/event-store';
import { officeDecider } from '../domain/office.decider';
import type { RoleScope } from '../domain/office.events';
import { refuse } from '../domain/office.refusals';
import type { OfficeState, RegisteredOffice } from '../domain/office.state';
import { GrantBook } from '../grants/grant-book';
import { placeOf, refusalOfReach } from './office-access';
import { ScopeFacts } from './scope-facts';

/** What is not to be lost to everybody. */
const GRANTING: Permission = 'office.grantRole';

/** A role that a command would end: of a grant, or of a delegation that says who acts. */
export interface EndedRole {
  readonly id: string;
  readonly scope: RoleScope;
  readonly coversBelow: boolean;
}

/** A command that ends roles, before it is decided. */
export interface Ending {
  readonly requester: Requester;
  readonly officeId: string;
  readonly decidedOn: IsoDate;
  /** The roles that it would end, as the office stands. */
  readonly rolesIn: (state: RegisteredOffice) => readonly EndedRole[];
}

/** Judges who may end what lets somebody in: those who may grant it, and never so that nobody could grant anything any more. */
@Injectable()
export class Endings {
  constructor(
    private readonly ledger: Ledger,
    private readonly scopes: ScopeFacts,
    @Inject(GrantBook) private readonly book: Pick<GrantBook, 'heldForNation' | 'inspectedFor' | 'isScope'>,
  ) {}

  /** Reads what roles cover, and answers with what refuses to end them where the office stands as it then does. */
  async refusalOf({
    requester,
    officeId,
    decidedOn,
    rolesIn,
  }: Ending): Promise<(state: OfficeState) => Rejection | undefined> {
    const { state } = await this.ledger.stateOf(officeDecider, streamName('office', officeId));
    const covered = new Map<string, readonly Place[] | undefined>();
    for (const role of state.status === 'notRegistered' ? [] : rolesIn(state))
      covered.set(role.id, await this.#placesOf(role, officeId, decidedOn));
    const granting = await this.book.heldForNation(GRANTING, decidedOn);
    return (current) => {
      if (current.status === 'notRegistered') return undefined;
      // What was granted after the look is not known to be within reach, unless everything is.
      const ended = rolesIn(current).map(({ id }) => id);
      for (const id of ended) {
        const refusal = refusalOfReach(requester, covered.get(id), '');
        if (refusal) return refusal;
      }
      const isLost = granting.length > 0 && granting.every((id) => ended.includes(id));
      return isLost ? refuse('roleGrant.lastAdministrator') : undefined;
    };
  }

  /** With an office those roles end too that hold for it and are kept at another, and those of whoever inspects for it. */
  async refusalOfScope(
    requester: Requester,
    officeId: string,
    day: IsoDate,
  ): Promise<(state: OfficeState) => Rejection | undefined> {
    const isScope = await this.book.isScope(officeId, day);
    const inspected = await this.book.inspectedFor(officeId, day);
    return (state) => {
      if (state.status === 'notRegistered' || (!isScope && inspected.length === 0)) return undefined;
      const places = [placeOf(officeId, state.province), ...inspected.map((province) => ({ province }))];
      return refusalOfReach(requester, places, '');
    };
  }

  async #placesOf({ scope, coversBelow }: EndedRole, keptAt: string, day: IsoDate) {
    const { places } = await this.scopes.of(scope, keptAt, day);
    return coversBelow ? places : places?.slice(0, 1);
  }
}

/** The role that a delegation gives; none where it does not say who acts. */
export function roleOfDelegation(officeId: string, id: string, state: RegisteredOffice): readonly EndedRole[] {
  const delegation = state.delegations.get(id);
  if (delegation?.delegate === undefined) return [];
  const { coversBelow = false } = delegation;
  return [{ id, scope: { kind: 'office', value: officeId }, coversBelow }];
}
