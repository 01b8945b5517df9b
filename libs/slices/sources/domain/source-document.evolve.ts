import type { SourceDocumentEvent } from './source-document.events';
import type { SourceDocumentState } from './source-document.state';

/** Folds one event. It takes in what happened and judges nothing. */
export function evolve(_state: SourceDocumentState, event: SourceDocumentEvent): SourceDocumentState {
  switch (event.type) {
    case 'SourceDocumentRegistered': {
      const { sha256: _sha256, ...description } = event.data;
      return { status: 'registered', description };
    }
    case 'SourceDocumentDescribed': {
      const { reason: _reason, ...description } = event.data;
      return { status: 'registered', description };
    }
  }
}
