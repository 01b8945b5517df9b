import { narrated, shownBy } from '../../testing/narrated';
import { assignmentNarration } from './assignments.narration';
import { WHOLE_ASSIGNMENT } from './domain/assignments/assignment.examples';

test('an assignment is told in sentences, and by what stands', () => {
  const { sentences, facts } = narrated(assignmentNarration, WHOLE_ASSIGNMENT);
  expect(sentences).toEqual([
    {
      th: 'มอบหมายผู้ตรวจราชการของexample-department ให้ตรวจจังหวัดสุราษฎร์ธานี, จังหวัดชุมพร ในเขตตรวจราชการ primeMinisterOffice-5 ตั้งแต่วันที่ 31 มีนาคม 2570 ถึง 30 กันยายน 2570',
      en: 'An inspector of example-department was assigned to Surat Thani, Chumphon in inspection zone primeMinisterOffice-5, from 31 March 2027 to 30 September 2027.',
    },
    { th: 'การมอบหมายสิ้นสุดเมื่อวันที่ 31 มีนาคม 2570', en: 'The assignment ended on 31 March 2027.' },
  ]);
  expect(shownBy(facts)).toMatchObject({
    office: ['example-department', 'example-department'],
    to: ['30 กันยายน 2570', '30 September 2027'],
    endedOn: ['31 มีนาคม 2570', '31 March 2027'],
  });
});
