import { narrated, shownBy } from '../../testing/narrated';
import { ERASED_HISTORY, REFUSED_HISTORY, requestFiled } from './domain/personal-data-request.examples';
import { retentionApplied } from './domain/retention.examples';
import { personalDataNarrations } from './narration';

const { 'personal-data-request': request, retention } = personalDataNarrations;

test('a request is told with its term, what came of it and what was erased', () => {
  const { sentences, facts } = narrated(request, ERASED_HISTORY);
  expect(sentences.map(({ en }) => en)).toEqual([
    'A request for erasure of personal data was received on 2 November 2026; it is due by 31 January 2027.',
    'What was asked for was done.',
    'Erased for good: private values of events, the identity of the person, files of evidence (1 values, 1 files).',
  ]);
  expect(shownBy(facts)).toEqual({
    kind: ['ขอให้ลบข้อมูลส่วนบุคคล', 'erasure of personal data'],
    receivedOn: ['2 พฤศจิกายน 2569', '2 November 2026'],
    dueOn: ['31 มกราคม 2570', '31 January 2027'],
    outcome: ['ดำเนินการแล้ว', 'fulfilled'],
    erased: [expect.stringContaining('ไฟล์หลักฐาน'), expect.stringContaining('files of evidence')],
  });
  expect(narrated(request, REFUSED_HISTORY).sentences[1]).toEqual({
    th: 'ปฏิเสธคำขอ ด้วยเหตุภารกิจเพื่อประโยชน์สาธารณะ',
    en: 'The request was refused on the ground of a task in the public interest.',
  });
});

test.each([
  ['ขอให้ลบหมายเลขโทรศัพท์', 'ขอให้ลบหมายเลขโทรศัพท์'],
  [{ $private: 'digest' }, '(ไม่เปิดเผย) · (not disclosed)'],
])('what explains a request is told where it may be: %j', (explanation, text) => {
  expect(request.tells.PersonalDataRequestFiled.why?.(requestFiled({ explanation }).data)).toEqual({ text });
});

test('that a term is over is told by what it was reckoned', () => {
  const { sentences } = narrated(retention, [retentionApplied(), retentionApplied()]);
  expect(sentences[0]).toEqual({
    th: 'ลบค่าที่ไม่เปิดเผย 1 ค่าของคำรับรองที่สิ้นสุดเมื่อวันที่ 30 กันยายน 2559 เพราะพ้นกำหนดเก็บ 10 ปีงบประมาณ',
    en: '1 private values of the agreement that was closed on 30 September 2016 were erased, because the term of 10 fiscal years is over.',
  });
});
