import { code, eventSchema, eventVersions, official, type EventDeclaration, type EventOf } from '@khamrap/kernel';

/** The bytes of a file of evidence were to be erased. The hash stays wherever it was named. */
const evidenceErased = eventSchema('EvidenceErased', 1, { sha256: code(), reason: official() });

export type EvidenceErased = EventOf<typeof evidenceErased>;

/** Everything that can have happened in a stream `evidence-{sha256}`. Uploading is no event: it says nothing yet. */
export type EvidenceEvent = EvidenceErased;

/** What the codec knows about these events: every version that was ever written, and the way from each to the next. */
export const evidenceEventDeclarations: readonly EventDeclaration[] = [eventVersions(evidenceErased)];
