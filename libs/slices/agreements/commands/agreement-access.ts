import { Rejection, type Provenance } from '@khamrap/kernel';
import { grantAt, knowsOf, type Permission, type Requester, type Scope } from '@khamrap/platform/access';
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
  const refusal = refusalAt(requester, permission, state.province, officesOf(state, indicatorId), indicatorId);
  const isUnknown = refusal?.code === 'agreement.notDrafted' && indicatorsOfOwn(requester, state).size === 0;
  return refusal && (isUnknown ? refusal : new Rejection('agreement.notYours'));
}

/**
 * The indicators of an agreement for which alone somebody has a grant: who has one knows of the agreement in which it stands.
 * @param permission what the grant must allow; any where it is absent
 */
export function indicatorsOfOwn(
  { grants }: Requester,
  { indicators }: DraftedAgreement,
  permission?: Permission,
): ReadonlySet<string> {
  const own = grants.flatMap(({ scope, permissions }) =>
    scope.kind === 'indicator' && (permission === undefined || permissions.has(permission)) ? [scope.indicator] : [],
  );
  return new Set(own.filter((indicatorId) => indicators.has(indicatorId)));
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
 * Whether somebody has a role in an office that made the agreement, whatever the role in which they act on it. A role in an
 * office above it is none: the one above is who receives.
 */
export function isOfMaker({ grants }: Requester, { parties }: DraftedAgreement): boolean {
  const makers = parties.filter(({ side }) => side === 'maker').map(({ officeId }) => officeId);
  return grants.some(({ scope }) => scope.kind === 'office' && makers.includes(scope.office));
}

/** What a receiver decides on what makers ask of it. */
export function actOfReceiver(receiver: Pick<ActForOffice, 'officeId' | 'office' | 'indicatorId'>): ActForOffice {
  return { permission: 'agreement.amend', side: 'receiver', ...receiver, isBroughtIn: false };
}

/**
 * Whether a receiver grants something through somebody: one who may act for it, and who has no part in what made the
 * agreement, so that nobody grants anything to themselves in another role.
 * @param ofOwn code of the refusal to those who have
 */
export function refusalOfGranting(
  requester: Requester,
  act: ActForOffice,
  ofOwn: 'amendment.own' | 'exemption.ownIndicator',
  state: AgreementState,
): Rejection | undefined {
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

/**
 * Whether somebody may change terms. Those of a draft are what its parties say: who transcribes for the nation states none
 * without the document. What is only followed is nobody's word.
 */
export function refusalOfTerms(
  requester: Requester,
  permission: 'agreement.draft' | 'agreement.setTarget',
  provenance: Provenance,
  state: AgreementState,
  indicatorId?: string,
): Rejection | undefined {
  const refusalOf = (of: Requester): Rejection | undefined => refusalOfAccess(of, permission, state, indicatorId);
  return state.status === 'draft' ? refusalOfSaying(requester, provenance, refusalOf) : refusalOf(requester);
}

/** Whether a scope that is an office covers another one: itself, and every one below it. */
export function covers({ office, below }: Extract<Scope, { kind: 'office' }>, officeId: string): boolean {
  return office === officeId || below?.has(officeId) === true;
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
      return covers(scope, officeId);
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
