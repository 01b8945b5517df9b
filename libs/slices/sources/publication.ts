import type { PublicationRules } from '@khamrap/audit/events';
import type { EvidenceEvent } from './domain/evidence.events';
import type { SourceDocumentEvent } from './domain/source-document.events';

/** Which events of source documents and evidence everybody may have as they were recorded. */
export const sourcePublication = {
  SourceDocumentRegistered: { publish: 'atOnce', because: 'What is told of a document, everybody reads.' },
  SourceDocumentDescribed: {
    publish: 'never',
    because: 'What is told of a document now, everybody reads; why it was told otherwise before stands in no answer.',
  },
  EvidenceErased: { publish: 'never', because: 'A file of evidence is never public, nor is why it was erased.' },
} as const satisfies PublicationRules<EvidenceEvent | SourceDocumentEvent>;
