import type { Decider } from '@khamrap/kernel';
import type { SourceDocumentCommand } from './source-document.commands';
import { decide } from './source-document.decide';
import type { SourceDocumentEvent } from './source-document.events';
import { evolve } from './source-document.evolve';
import type { SourceDocumentState } from './source-document.state';

/** The rules of a stream `source-document-{sha256}`. */
export const sourceDocumentDecider: Decider<SourceDocumentState, SourceDocumentCommand, SourceDocumentEvent> = {
  initialState: { status: 'notRegistered' },
  decide,
  evolve,
};
