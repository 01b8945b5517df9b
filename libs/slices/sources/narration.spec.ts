import { narrated, shownBy } from '../../testing/narrated';
import { evidenceErased } from './domain/evidence.examples';
import { SHA256, sourceDocumentDescribed, sourceDocumentRegistered } from './domain/source-document.examples';
import { sourceNarrations } from './narration';

const { 'source-document': sourceDocument, evidence } = sourceNarrations;

test.each([
  [
    sourceDocumentRegistered(),
    'ลงทะเบียนเอกสาร “พิธีลงนามคำรับรองตัวอย่าง” ของสำนักงานตัวอย่าง ลงวันที่ 12 ตุลาคม 2569',
    'The document “An example of a signing” by สำนักงานตัวอย่าง was registered, published on 12 October 2026.',
  ],
  [
    sourceDocumentRegistered({ publisher: 'notStated', publishedOn: 'notStated' }),
    'ลงทะเบียนเอกสาร “พิธีลงนามคำรับรองตัวอย่าง” ของผู้เผยแพร่ที่ไม่ระบุ ไม่ระบุวันที่',
    'The document “An example of a signing” by a publisher that is not stated was registered, its day not stated.',
  ],
  [
    sourceDocumentDescribed(),
    'แก้ไขคำอธิบายเอกสารเป็น “พิธีลงนามคำรับรองตัวอย่าง” ของสำนักงานตัวอย่าง',
    'What is told of the document was corrected: “An example of a signing” by สำนักงานตัวอย่าง.',
  ],
])('$type is told (%#)', (event, th, en) => {
  expect(narrated(sourceDocument, [event]).sentences).toEqual([{ th, en }]);
});

test('what stands of a document is as it was described last, and its bytes are what they are', () => {
  const { facts } = narrated(sourceDocument, [sourceDocumentRegistered(), sourceDocumentDescribed({ title: 'ชื่อใหม่' })]);
  expect(shownBy(facts)).toMatchObject({
    sha256: [SHA256, SHA256],
    title: ['ชื่อใหม่', 'An example of a signing'],
    tellsOf: ['12 ตุลาคม 2569, 13 ตุลาคม 2569', '12 October 2026, 13 October 2026'],
  });
});

test('that evidence was erased is told with its hash and the reason', () => {
  const event = evidenceErased();
  const { sentences, facts } = narrated(evidence, [event]);
  expect(sentences[0]?.en).toBe(
    `The bytes of the file of evidence with SHA-256 ${'e'.repeat(64)} were erased; its hash stays.`,
  );
  expect(shownBy(facts)).toEqual({
    erased: ['ลบเนื้อไฟล์แล้ว เหลือเพียงค่าแฮช', 'its bytes are erased, only the hash is left'],
  });
  expect(evidence.tells.EvidenceErased.why?.(event.data)).toEqual({ text: event.data.reason });
});
