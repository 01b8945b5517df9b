import type { IsoDate } from '@khamrap/kernel';
import type { SourceDescription, SourceDocumentDescribed, SourceDocumentRegistered } from './source-document.events';

export type SourceDocumentCommand = RegisterSourceDocument | DescribeSourceDocument;

/** Registers a document, before anything is transcribed from it. */
export interface RegisterSourceDocument {
  readonly type: 'RegisterSourceDocument';
  readonly data: SourceDocumentRegistered['data'];
  /** The day in Bangkok on which the command is decided. */
  readonly decidedOn: IsoDate;
}

/** Corrects what is told of a document: states all of it anew, and why. */
export interface DescribeSourceDocument {
  readonly type: 'DescribeSourceDocument';
  readonly data: SourceDescription & Pick<SourceDocumentDescribed['data'], 'reason'>;
  /** The day in Bangkok on which the command is decided. */
  readonly decidedOn: IsoDate;
}
