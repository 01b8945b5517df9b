import { narrated, shownBy } from '../../testing/narrated';
import { goalSetRevised, WHOLE_GOAL_SET } from './domain/goal-set.examples';
import { goalSetNarrations } from './narration';

const { 'goal-set': narration } = goalSetNarrations;

test('a goal set is told as it was published and as it was revised', () => {
  const { sentences, facts } = narrated(narration, WHOLE_GOAL_SET);
  expect(sentences).toEqual([
    {
      th: 'ประกาศเป้าหมายร่วมของจังหวัดแพร่ ปีงบประมาณ พ.ศ. 2565 ชื่อ “เป้าหมายร่วมจังหวัดตัวอย่าง” จำนวน 2 เป้าหมาย',
      en: 'The joint goals of Phrae for fiscal year 2565 B.E. were published as “Joint goals of the example province”, 2 in number.',
    },
    {
      th: 'ปรับปรุงเป้าหมายร่วมของจังหวัดแพร่ ปีงบประมาณ พ.ศ. 2565 เป็นฉบับที่ 2 มี 3 เป้าหมาย',
      en: 'The joint goals of Phrae for fiscal year 2565 B.E. were revised: version 2 has 3 of them.',
    },
  ]);
  expect(shownBy(facts)).toMatchObject({
    province: ['จังหวัดแพร่', 'Phrae'],
    'goal 8': ['เศรษฐกิจสร้างสรรค์', 'A creative economy'],
  });
  expect(narration.tells.GoalSetRevised.why?.(goalSetRevised().data)).toEqual({
    text: 'เพิ่มเป้าหมายตามมติคณะกรมการจังหวัด',
  });
});
