import { Rejection, type Provenance } from '@khamrap/kernel';
import { permits, type Requester } from '@khamrap/platform/access';
import { CommandRejected } from '@khamrap/platform/event-store';
import { provenanceOf, type SourceBody } from '@khamrap/platform/http';
import type { StatementToRecord } from '../domain/award.commands';
import type { AwardState, AwardStatement } from '../domain/award.state';

interface Place {
  readonly office: string | undefined;
  readonly province: string | undefined;
}

/**
 * The provenance of a statement that somebody may make: the permission must reach the place of every recipient, and nobody
 * grants to an office of their own, be it by another of their grants.
 * @throws CommandRejected, NotPermitted
 */
export function provenanceFor(
  source: SourceBody | undefined,
  requester: Requester,
  statement: StatementToRecord,
): Provenance {
  const provenance = provenanceOf(source, requester);
  const refusal = refusalAt(requester, placesOf(statement), 'award.grantorIsRecipient');
  if (refusal) throw new CommandRejected(refusal);
  return provenance;
}

/** Whether somebody may change an award as it stands: what it is to become is judged apart from that. */
export function refusalOfChanging(requester: Requester, state: AwardState): Rejection | undefined {
  // What does not exist is for the decider to refuse.
  if (state.status === 'notRecorded') return undefined;
  return refusalAt(requester, placesOf(state.statement), 'award.ofOwnOffice');
}

function refusalAt(requester: Requester, places: readonly Place[], ofOwnOffice: string): Rejection | undefined {
  const isOutOfReach = places.some(
    ({ office, province }) =>
      !permits(requester, 'award.grant', {
        ...(office !== undefined && { office }),
        ...(province !== undefined && { province }),
      }),
  );
  if (isOutOfReach) return new Rejection('award.notYours');
  const isOwn = places.some(({ office }) => office !== undefined && ownOfficesOf(requester).includes(office));
  return isOwn ? new Rejection(ofOwnOffice) : undefined;
}

/** The offices of somebody: that for which they act now, and those of all their other grants. */
function ownOfficesOf({ actor, grants }: Requester): readonly (string | undefined)[] {
  return [actor.office, ...grants.map(({ scope }) => (scope.kind === 'office' ? scope.office : undefined))];
}

function placesOf(statement: StatementToRecord | AwardStatement): readonly Place[] {
  switch (statement.kind) {
    case 'granted':
      return statement.data.recipients.map(({ officeId, province }) => ({ office: officeId, province }));
    case 'announced':
      return [{ office: undefined, province: statement.data.province }];
  }
}
