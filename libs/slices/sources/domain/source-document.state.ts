import type { SourceDescription } from './source-document.events';

/** What the rules need to know of a document. */
export type SourceDocumentState =
  { readonly status: 'notRegistered' } | { readonly status: 'registered'; readonly description: SourceDescription };
