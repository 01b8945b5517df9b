import type { EventDeclaration, RejectionCatalogue } from '@khamrap/kernel';
import { evidenceEventDeclarations } from './domain/evidence.events';
import { evidenceRefusals } from './domain/evidence.refusals';
import { sourceDocumentEventDeclarations } from './domain/source-document.events';
import { sourceDocumentRefusals, transcriptionRefusals } from './domain/source-document.refusals';

export { RegisterSourceDocument } from './commands/register-source-document';
export { StoreEvidence } from './commands/store-evidence';
export { LedgerOfRegisteredSources } from './ledger-of-registered-sources';
export { sourceNarrations } from './narration';
export { sourcePublication } from './publication';
export { SourcesModule } from './sources.module';
export { sourcesProjection } from './views/sources/sources.projection';

/** Every event of this slice: of source documents, and of evidence. */
export const sourceEventDeclarations: readonly EventDeclaration[] = [
  ...sourceDocumentEventDeclarations,
  ...evidenceEventDeclarations,
];

/** Every refusal of this slice, with what it means to the one who asked. */
export const sourceRefusals: RejectionCatalogue = {
  ...sourceDocumentRefusals,
  ...transcriptionRefusals,
  ...evidenceRefusals,
};
