/**
 * How an event came into the ledger: `native` by the one who did it, or `transcribed` from a source document, with the
 * passage (such as `paragraph 3`) that states it.
 */
export type Provenance =
  | { readonly kind: 'native' }
  | { readonly kind: 'transcribed'; readonly sourceDocument: string; readonly passage: string };

export const NATIVE: Provenance = { kind: 'native' };
