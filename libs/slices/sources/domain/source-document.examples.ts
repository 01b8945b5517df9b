import { isoDate } from '@khamrap/kernel';
import type { DescribeSourceDocument, RegisterSourceDocument } from './source-document.commands';
import type { SourceDescription, SourceDocumentDescribed, SourceDocumentRegistered } from './source-document.events';

// Documents for specs; each can be changed in the one respect that a specification is about.

export const SHA256 = 'd'.repeat(64);
export const TODAY = isoDate('2027-03-31');

const DESCRIPTION: SourceDescription = {
  title: 'พิธีลงนามคำรับรองตัวอย่าง',
  titleEn: 'An example of a signing',
  publisher: 'สำนักงานตัวอย่าง',
  publishedOn: isoDate('2026-10-12'),
  tellsOf: [isoDate('2026-10-12'), isoDate('2026-10-13')],
  addresses: ['https://example.test/news/1', 'https://example.test/ข่าว/๑'],
  language: 'th',
  mediaType: 'text/plain',
  description: 'ข่าวการลงนามของสำนักงานตัวอย่าง',
  descriptionEn: 'News of a signing by an example office',
};
const REASON = 'ชื่อผู้เผยแพร่ผิด';

export function sourceDocumentRegistered(
  changes: Partial<SourceDocumentRegistered['data']> = {},
): SourceDocumentRegistered {
  return { type: 'SourceDocumentRegistered', data: { sha256: SHA256, ...DESCRIPTION, ...changes } };
}
export function sourceDocumentDescribed(
  changes: Partial<SourceDocumentDescribed['data']> = {},
): SourceDocumentDescribed {
  return { type: 'SourceDocumentDescribed', data: { ...DESCRIPTION, reason: REASON, ...changes } };
}

export function registerSourceDocument(changes: Partial<RegisterSourceDocument['data']> = {}): RegisterSourceDocument {
  return { type: 'RegisterSourceDocument', data: sourceDocumentRegistered(changes).data, decidedOn: TODAY };
}
export function describeSourceDocument(changes: Partial<DescribeSourceDocument['data']> = {}): DescribeSourceDocument {
  return { type: 'DescribeSourceDocument', data: sourceDocumentDescribed(changes).data, decidedOn: TODAY };
}
