/** The door for other slices: what the events say. Types only, so nothing of this slice runs elsewhere. */
export type { EvidenceErased, EvidenceEvent } from './domain/evidence.events';
export type {
  SourceDocumentDescribed,
  SourceDocumentEvent,
  SourceDocumentRegistered,
} from './domain/source-document.events';
