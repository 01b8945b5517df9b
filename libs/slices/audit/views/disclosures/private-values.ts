import { isCommitment, type Json } from '@khamrap/kernel';
import type { RecordedEvent } from '@khamrap/platform/event-store';
import type { PrivateValue } from '@khamrap/platform/transparency/proof';
import type { Vault } from '@khamrap/platform/vault';

/** How a canonical body says that there is a commitment in it; a text that contains it has its quotation marks escaped. */
const COMMITMENT = '"$private":"';

/** Whether an event may commit to private values. */
export function hasCommitments({ body }: Pick<RecordedEvent, 'body'>): boolean {
  return body.includes(COMMITMENT);
}

/**
 * What opens the private values of events, by their positions, for readers who are entitled to them. What was erased is
 * missing: its commitment stays in the event.
 */
export async function privateValuesOf(
  vault: Vault,
  events: readonly RecordedEvent[],
): Promise<ReadonlyMap<number, readonly PrivateValue[]>> {
  const found = new Map<number, readonly PrivateValue[]>();
  const committing = events.filter(hasCommitments);
  // The vault opens one stream at a time.
  for (const stream of new Set(committing.map((event) => event.stream))) {
    const ofStream = committing.filter((event) => event.stream === stream);
    // As the body has them: a newer version of the event may have them elsewhere.
    const commitments = ofStream.map(({ body }) => commitmentsIn((JSON.parse(body) as { data: Json }).data));
    const digests = commitments.flatMap((each) => each.map(({ digest }) => digest));
    const disclosures = await vault.disclosuresOf(stream, digests);
    ofStream.forEach(({ position }, index) => {
      const opened = (commitments[index] ?? []).flatMap(({ path, digest }) => {
        const disclosure = disclosures.get(digest);
        return disclosure === undefined ? [] : [{ path, disclosure }];
      });
      if (opened.length > 0) found.set(position, opened);
    });
  }
  return found;
}

interface CommitmentAt {
  /** JSON Pointer within the data of the event. */
  readonly path: string;
  readonly digest: string;
}

function commitmentsIn(value: Json, path = ''): readonly CommitmentAt[] {
  if (isCommitment(value)) return [{ path, digest: value.$private }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => commitmentsIn(inner as Json, `${path}/${pointed(name)}`));
}

/** RFC 6901 §3. */
function pointed(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
