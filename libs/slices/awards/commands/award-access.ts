import { Rejection, type Provenance } from '@khamrap/kernel';
import { permits, type Requester } from '@khamrap/platform/access';
import { CommandRejected } from '@khamrap/platform/event-store';
import { provenanceOf, type SourceBody } from '@khamrap/platform/http';

export interface RecipientPlace {
  readonly office: string | undefined;
  readonly province: string | undefined;
}

/**
 * The provenance of an award that somebody may record: the permission must reach the place of every recipient, and nobody
 * grants to the office for which they act.
 */
export function provenanceFor(
  source: SourceBody | undefined,
  requester: Requester,
  places: readonly RecipientPlace[],
): Provenance {
  const provenance = provenanceOf(source, requester);
  const isOutOfReach = places.some(
    ({ office, province }) =>
      !permits(requester, 'award.grant', {
        ...(office !== undefined && { office }),
        ...(province !== undefined && { province }),
      }),
  );
  if (isOutOfReach) throw new CommandRejected(new Rejection('award.notYours'));
  const isOwn = places.some(({ office }) => office !== undefined && office === requester.actor.office);
  if (isOwn) throw new CommandRejected(new Rejection('award.grantorIsRecipient'));
  return provenance;
}
