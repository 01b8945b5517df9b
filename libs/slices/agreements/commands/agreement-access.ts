import { Rejection, type Provenance } from '@khamrap/kernel';
import { actorUnder, grantAt, knowsOf, type Permission, type Requester, type Scope } from '@khamrap/platform/access';
import type { CommandContext } from '@khamrap/platform/event-store';
import type { Level, Side } from '../domain/agreement.events';
import type { AgreementState, DraftedAgreement } from '../domain/agreement.state';
import { officesOf } from '../domain/agreement.place';
import { isGovernors, type OfficeFact } from './office-facts';

/**
 * Whether somebody may do something to an agreement: a grant must reach its province or one of its offices. Who has no grant
 * in the province at all, and none to read everywhere, is told that there is no such agreement, which is what they may know.
 */
export function refusalOfAccess(
  requester: Requester,
  permission: Permission,
  state: AgreementState,
  indicatorId?: string,
): Rejection | undefined {
  // What does not exist is for the decider to refuse.
  if (state.status === 'notDrafted') return undefined;
  return refusalAt(requester, permission, state.province, officesOf(state, indicatorId), indicatorId);
}

/** An act in the name of an office on one side of an agreement, as far as it matters who brings it. */
export interface ActForOffice {
  readonly permission: 'agreement.negotiate' | 'agreement.sign' | 'agreement.amend';
  readonly side: Side;
  readonly officeId: string;
  /** Where it stands; absent where nobody has registered it. */
  readonly office: OfficeFact | undefined;
  /** It was done elsewhere, as on paper, and is only brought in. */
  readonly isBroughtIn: boolean;
  /** The indicator that it is about, whose offices are concerned too; absent where it is about the whole. */
  readonly indicatorId?: string;
}

/**
 * Whether somebody may act for an office, or bring in its act. To be concerned by the agreement is not enough: an official
 * acts for their own office, a governor for those of the province on its side of the agreement. Who records documents for the
 * whole nation brings in what others have done, and never acts.
 */
export function refusalOfActing(requester: Requester, act: ActForOffice, state: AgreementState): Rejection | undefined {
  if (state.status === 'notDrafted') return undefined;
  const refusal = refusalOfAccess(requester, act.permission, state, act.indicatorId);
  if (refusal) return refusal;
  const mayAct = requester.grants
    .filter(({ permissions }) => permissions.has(act.permission))
    .some(({ scope }) => reaches(scope, act, state));
  return mayAct ? undefined : new Rejection('agreement.notYours');
}

/**
 * The context of an act for an office: whoever holds several grants acts under the one for that office, and without one
 * under that for the province.
 */
export function contextOfActing(
  context: CommandContext,
  requester: Requester,
  { permission, officeId }: Pick<ActForOffice, 'permission' | 'officeId'>,
): CommandContext {
  const allowing = requester.grants.filter(({ permissions }) => permissions.has(permission));
  const grant =
    allowing.find(({ scope }) => scope.kind === 'office' && scope.office === officeId) ??
    allowing.find(({ scope }) => scope.kind === 'province') ??
    allowing.find(({ scope }) => scope.kind === 'nation');
  return grant ? { ...context, actor: actorUnder(context.actor.id, grant) } : context;
}

/** Whether somebody has a role in an office that made the agreement, whatever the role in which they act on it. */
export function isOfMaker({ grants }: Requester, { parties }: DraftedAgreement): boolean {
  const makers = parties.filter(({ side }) => side === 'maker').map(({ officeId }) => officeId);
  return grants.some(({ scope }) => scope.kind === 'office' && makers.includes(scope.office));
}

/**
 * Whether a receiver grants something through somebody: one who may act for it, and who has no part in what made the
 * agreement, so that nobody grants anything to themselves in another role.
 * @param ofOwn code of the refusal to those who have
 */
export function refusalOfGranting(
  requester: Requester,
  receiver: Pick<ActForOffice, 'officeId' | 'office' | 'indicatorId'>,
  ofOwn: 'amendment.own' | 'exemption.ownIndicator',
  state: AgreementState,
): Rejection | undefined {
  const act = { permission: 'agreement.amend', side: 'receiver', ...receiver, isBroughtIn: false } as const;
  const refusal = refusalOfActing(requester, act, state);
  if (refusal || state.status === 'notDrafted') return refusal;
  return isOfMaker(requester, state) ? new Rejection(ofOwn) : undefined;
}

/**
 * Whether somebody may say something of their own, or as what a document says: by a grant for the whole nation documents are
 * transcribed, and nothing else is said.
 * @param refusalOf what refuses it to a requester with the grants that are given
 */
export function refusalOfSaying(
  requester: Requester,
  { kind }: Provenance,
  refusalOf: (requester: Requester) => Rejection | undefined,
): Rejection | undefined {
  const refusal = refusalOf(requester);
  if (refusal || kind === 'transcribed') return refusal;
  const ownGrants = requester.grants.filter(({ scope }) => scope.kind !== 'nation');
  return refusalOf({ ...requester, grants: ownGrants }) && new Rejection('agreement.notYours');
}

function reaches(
  scope: Scope,
  { side, officeId, office, isBroughtIn }: ActForOffice,
  state: DraftedAgreement,
): boolean {
  switch (scope.kind) {
    case 'nation':
      return isBroughtIn;
    case 'province':
      return (
        scope.province === state.province && side === governorIn(state.level) && isGovernors(office, scope.province)
      );
    case 'office':
      return scope.office === officeId;
    case 'zone':
    case 'indicator':
      return false;
  }
}

/** On which side the governor stands, by the level of the agreement. */
export function governorIn(level: Level): Side | undefined {
  switch (level) {
    case 'cluster':
    case 'province':
      return 'maker';
    case 'provincialOffice':
    case 'district':
      return 'receiver';
    case 'ministry':
    case 'department':
      return undefined;
  }
}

/** Whether a grant reaches the province or one of the offices, for an agreement that is only about to be drafted. */
export function refusalAt(
  requester: Requester,
  permission: Permission,
  province: string | undefined,
  officeIds: readonly string[],
  indicatorId?: string,
): Rejection | undefined {
  const inProvince = province === undefined ? {} : { province };
  const places = [
    { ...inProvince, ...(indicatorId !== undefined && { indicator: indicatorId }) },
    ...officeIds.map((office) => ({ office, ...inProvince })),
  ];
  if (places.some((place) => grantAt(requester, permission, place))) return undefined;
  const isKnown = places.some((place) => knowsOf(requester, 'agreement.read', place));
  return new Rejection(isKnown ? 'agreement.notYours' : 'agreement.notDrafted');
}
