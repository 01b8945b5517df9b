import type { Rejection } from '@khamrap/kernel';
import { knowsOf, permits, type Place, type Requester } from '@khamrap/platform/access';
import type { AssignmentState } from '../domain/assignments/assignment.decider';
import { refuse } from '../domain/assignments/assignment.refusals';
import type { OfficeFact } from './assigning-office';

/** An office as grants see it. */
export function placeOfOffice(office: string, { province }: Partial<OfficeFact> = {}): Place {
  return { office, ...(province !== undefined && { province }) };
}

/**
 * Whether somebody may assign inspectors of an office for all of these provinces: an assignment lets in, so nobody gives it for
 * more than their own grant reaches.
 */
export function refusalOfReach(
  requester: Requester,
  office: Place,
  provinces: readonly string[],
  pointer: string,
): Rejection | undefined {
  const places = [office, ...provinces.map((province) => ({ province }))];
  return places.every((place) => permits(requester, 'inspection.assign', place))
    ? undefined
    : refuse('assignment.beyondOwnReach', {}, pointer);
}

/**
 * Whether somebody may end an assignment: whoever could have given it. Who sees no roles in any of its provinces is told that
 * there is no such assignment.
 */
export function refusalOfEnding(requester: Requester, office: Place, state: AssignmentState): Rejection | undefined {
  // What does not exist is for the decider to refuse.
  if (state.status === 'notAssigned') return undefined;
  const refusal = refusalOfReach(requester, office, state.provinces, '');
  if (!refusal) return undefined;
  const places = state.provinces.map((province) => ({ province }));
  const isNear = places.some((place) => knowsOf(requester, 'role.read', place));
  return refuse(isNear ? 'assignment.notYours' : 'assignment.unknown');
}
