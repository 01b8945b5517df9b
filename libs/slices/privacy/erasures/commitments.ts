import { isCommitment, type Json, type JsonObject } from '@khamrap/kernel';
import type { RecordedEvent } from '@khamrap/platform/event-store';

/** A private value of an event: where it stands in the data, and what stands there in its place. */
export interface CommitmentAt {
  /** JSON Pointer. */
  readonly path: string;
  readonly digest: string;
}

/** All private values of an event, as it was stored. */
export function commitmentsOf({ body }: Pick<RecordedEvent, 'body'>): readonly CommitmentAt[] {
  return commitmentsIn((JSON.parse(body) as { data: JsonObject }).data, '');
}

function commitmentsIn(value: Json | undefined, path: string): readonly CommitmentAt[] {
  if (isCommitment(value)) return [{ path, digest: value.$private }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value as JsonObject).flatMap(([key, item]) => commitmentsIn(item, `${path}/${key}`));
}
