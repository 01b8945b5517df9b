import { Rejection, type Provenance } from '@khamrap/kernel';
import { grantAt, type Permission, type Requester, type RoleName } from '@khamrap/platform/access';
import type { CertificationStep } from '../domain/agreement.events';
import type { AgreementState } from '../domain/agreement.state';
import { refusalOfAccess, refusalOfSaying } from './agreement-access';

/** In which roles a step of certification is done. */
const ROLES_OF_STEP: Readonly<Record<CertificationStep, readonly RoleName[]>> = {
  keeper: ['keeper', 'officeHead', 'delegate'],
  supervisor: ['supervisor'],
  performanceUnit: ['performanceUnit'],
};

/** What somebody wants to do to a figure. */
export interface FigureAccess {
  readonly permission: Permission;
  readonly indicatorId: string;
  /** The keeper of a joint indicator whose part is meant: nobody speaks for the office of another. */
  readonly officeId: string | undefined;
}

/** Whether somebody may state a figure. */
export function refusalOfFigureAccess(
  requester: Requester,
  { permission, indicatorId, officeId }: FigureAccess,
  state: AgreementState,
): Rejection | undefined {
  const refusal = refusalOfAccess(requester, permission, state, indicatorId);
  if (refusal || officeId === undefined || state.status === 'notDrafted') return refusal;
  const { province } = state;
  const place = { office: officeId, ...(province !== undefined && { province }) };
  return grantAt(requester, permission, place) ? undefined : new Rejection('agreement.notYours');
}

/** Whether somebody may state a figure as their own, or as what a document says. */
export function refusalOfStating(
  requester: Requester,
  access: FigureAccess,
  provenance: Provenance,
  state: AgreementState,
): Rejection | undefined {
  return refusalOfSaying(requester, provenance, (each) => refusalOfFigureAccess(each, access, state));
}

/** Whether somebody may do a step of certification: the role of a grant that reaches the indicator has to be that of the step. */
export function refusalOfStepAccess(
  requester: Requester,
  step: CertificationStep,
  { indicatorId, officeId }: Omit<FigureAccess, 'permission'>,
  state: AgreementState,
): Rejection | undefined {
  const access = {
    permission: 'agreement.certify',
    indicatorId,
    officeId: step === 'keeper' ? officeId : undefined,
  } as const;
  const refusal = refusalOfAccess(requester, 'agreement.certify', state, indicatorId);
  if (refusal) return refusal;
  const inRole = { ...requester, grants: grantsFor(requester, step) };
  return refusalOfFigureAccess(inRole, access, state) && new Rejection('agreement.notYours');
}

function grantsFor({ grants }: Requester, step: CertificationStep): Requester['grants'] {
  return grants.filter(({ role }) => ROLES_OF_STEP[step].some((name) => name === role));
}
