import type { Provenance } from '@khamrap/kernel';
import { permits, type Requester } from '@khamrap/platform/access';
import { CommandRejected } from '@khamrap/platform/event-store';
import { provenanceOf, type SourceBody } from '@khamrap/platform/http';
import { refuse } from '../domain/office.refusals';

/** What somebody states of a zone: that there is one, or which provinces it holds. */
export type StatedOfZone = 'zone' | 'provinces';

/**
 * The provenance of what somebody may state of a zone. Zones divide the country, so no grant for a part of it is enough. Roles
 * are granted for zones: whoever says which provinces one holds says where these roles hold, which is to grant and to end them.
 * @throws CommandRejected, NotPermitted
 */
export function provenanceOfZone(
  source: SourceBody | undefined,
  requester: Requester,
  stated: StatedOfZone,
): Provenance {
  const isTheirs =
    permits(requester, 'office.register', {}) && (stated === 'zone' || permits(requester, 'office.grantRole', {}));
  if (!isTheirs) throw new CommandRejected(refuse('zone.notYours'));
  return provenanceOf(source, requester);
}
