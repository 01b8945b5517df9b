import { Rejection, type Provenance } from '@khamrap/kernel';
import { knowsOf, permits, type Place, type Requester, type Scope } from '@khamrap/platform/access';
import type { StatementToRecord } from '../domain/award.commands';
import type { AwardState, AwardStatement } from '../domain/award.state';
import { isGovernors, type OfficesLookedUp } from './office-places';

type AnyStatement = StatementToRecord | AwardStatement;

/** What is asked of an award, as far as it matters who asks. */
export interface Asking {
  readonly provenance: Provenance;
  /** Where the offices stand that the statements name. */
  readonly offices: OfficesLookedUp;
}

/**
 * Whether somebody may state an award: the permission must reach the place of every recipient, and nobody grants to an office of
 * their own, be it by another of their grants. What no document says is granted in the name of offices for which they may speak.
 */
export function refusalOfStatement(
  requester: Requester,
  statement: AnyStatement,
  asking: Asking,
): Rejection | undefined {
  return refusalAt(requester, statement, asking, 'award.grantorIsRecipient') ?? refusalOfProvinces(statement, asking);
}

/** Whether somebody may change an award as it stands, as who could have granted it: what it is to become is judged apart. */
export function refusalOfChanging(requester: Requester, state: AwardState, asking: Asking): Rejection | undefined {
  // What does not exist is for the decider to refuse.
  if (state.status === 'notRecorded') return undefined;
  return (
    refusalOfElsewhere(requester, state, asking) ?? refusalAt(requester, state.statement, asking, 'award.ofOwnOffice')
  );
}

/** That there is such an award everybody can read; to change it from another province is answered as if there were none. */
export function refusalOfElsewhere(
  requester: Requester,
  state: AwardState,
  { offices }: Asking,
): Rejection | undefined {
  if (state.status === 'notRecorded') return undefined;
  const isNear = placesOf(state.statement, offices).some(
    (place) => place.province === undefined || knowsOf(requester, 'award.grant', place),
  );
  return isNear ? undefined : new Rejection('award.notRecorded');
}

/** The offices that a statement names. */
export function officesIn({ kind, data }: AnyStatement): readonly string[] {
  const recipients = kind === 'granted' ? data.recipients : [];
  return [...data.grantors, ...recipients].flatMap(({ officeId }) => officeId ?? []);
}

function refusalAt(
  requester: Requester,
  statement: AnyStatement,
  { provenance, offices }: Asking,
  ofOwnOffice: string,
): Rejection | undefined {
  const places = placesOf(statement, offices);
  if (!places.every((place) => permits(requester, 'award.grant', place))) return new Rejection('award.notYours');
  const isOwn = places.some(({ office }) => office !== undefined && ownOfficesOf(requester).includes(office));
  if (isOwn) return new Rejection(ofOwnOffice);
  if (provenance.kind === 'transcribed') return undefined;
  const foreign = statement.data.grantors.findIndex((grantor) => !speaksFor(requester, grantor, offices));
  return foreign < 0 ? undefined : new Rejection('award.notYours', {}, `/grantors/${foreign}`);
}

/** Somebody's own award is of the province in which its recipient is registered; a document may have it otherwise. */
function refusalOfProvinces({ kind, data }: AnyStatement, { provenance, offices }: Asking): Rejection | undefined {
  if (kind !== 'granted' || provenance.kind === 'transcribed') return undefined;
  const wrong = data.recipients.findIndex(({ officeId = '', province }) => {
    const stands = offices.get(officeId)?.province;
    return province !== undefined && stands !== undefined && stands !== province;
  });
  return wrong < 0 ? undefined : new Rejection('award.provinceDiffers', {}, `/recipients/${wrong}/province`);
}

/** Whether somebody may grant in the name of a body: who records documents for the whole nation grants nothing. */
function speaksFor(
  { grants }: Requester,
  { officeId }: { readonly officeId?: string | undefined },
  offices: OfficesLookedUp,
): boolean {
  if (officeId === undefined || !offices.has(officeId)) return false;
  return grants.some(({ permissions, scope }) => permissions.has('award.grant') && covers(scope, officeId, offices));
}

function covers(scope: Scope, officeId: string, offices: OfficesLookedUp): boolean {
  switch (scope.kind) {
    case 'province':
      return isGovernors(offices.get(officeId), scope.province);
    case 'office':
      return scope.office === officeId || scope.below?.has(officeId) === true;
    case 'nation':
    case 'zone':
    case 'indicator':
      return false;
  }
}

/** The offices of somebody: that for which they act now, and those of all their other grants. */
function ownOfficesOf({ actor, grants }: Requester): readonly (string | undefined)[] {
  return [actor.office, ...grants.map(({ scope }) => (scope.kind === 'office' ? scope.office : undefined))];
}

/** Where recipients stand: as their office was registered, and only of others as the statement has it. */
function placesOf({ kind, data }: AnyStatement, offices: OfficesLookedUp): readonly Place[] {
  if (kind === 'announced') return [placeOf(undefined, data.province)];
  return data.recipients.map(({ officeId, province }) => {
    const registered = officeId === undefined ? undefined : offices.get(officeId);
    return placeOf(officeId, registered ? registered.province : province);
  });
}

function placeOf(office: string | undefined, province: string | undefined): Place {
  return { ...(office !== undefined && { office }), ...(province !== undefined && { province }) };
}
