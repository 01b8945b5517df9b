import { narrated, shownBy } from '../../testing/narrated';
import { EVERY_INSPECTION_EVENT, happened } from './domain/inspection.examples';
import { inspectionNarration } from './narration';

test('a round is told in sentences, each of its events', () => {
  const { sentences } = narrated(inspectionNarration, EVERY_INSPECTION_EVENT);
  for (const { th, en } of sentences) {
    expect(th).toMatch(/[ก-๙]/);
    expect(en).toMatch(/^\S.+\.$/);
  }
  expect(sentences[0]).toEqual({
    th: 'เปิดรอบการตรวจราชการ 2/2570 จังหวัดที่รับตรวจ: จังหวัดแพร่, จังหวัดน่าน วันแรก: 31 มีนาคม 2570',
    en: 'Inspection round 2/2570 was opened; provinces: Phrae, Nan; first day: 31 March 2027.',
  });
  expect(sentences.map(({ en }) => en)).toContain(
    'The finding “การลดค่าเป้าหมาย” was brought to phrae-province: its answer was 5 days late.',
  );
});

test('and by what stands', () => {
  const history = [
    happened('InspectionRoundOpened'),
    happened('FindingRecorded'),
    happened('DueDateExtended'),
    happened('FindingResponded'),
    happened('FindingResponded', { recommendationId: 'recommendation-1' }),
  ];
  expect(shownBy(narrated(inspectionNarration, history).facts)).toMatchObject({
    number: ['2/2570', '2/2570'],
    status: ['เปิดอยู่', 'open'],
    'finding finding-1 severity': ['มาก', 'high'],
    'finding finding-1 dueOn': ['20 เมษายน 2570', '20 April 2027'],
    'finding finding-1 standing': ['ชี้แจงแล้ว รอพิจารณา', 'answered'],
  });
});
