import type { Provenance } from '@khamrap/kernel';
import { permits, type Requester } from '@khamrap/platform/access';
import { CommandRejected } from '@khamrap/platform/event-store';
import { provenanceOf, type SourceBody } from '@khamrap/platform/http';
import { refuse } from '../domain/office.refusals';

/**
 * The provenance of what somebody may state of a zone. Zones divide the country, so no grant for a part of it is enough.
 * @throws CommandRejected, NotPermitted
 */
export function provenanceOfZone(source: SourceBody | undefined, requester: Requester): Provenance {
  if (!permits(requester, 'office.register', {})) throw new CommandRejected(refuse('zone.notYours'));
  return provenanceOf(source, requester);
}
