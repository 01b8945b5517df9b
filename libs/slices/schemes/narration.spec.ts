import { isoDate } from '@khamrap/kernel';
import { narrated, shownBy } from '../../testing/narrated';
import { deadlineExtended, WHOLE_SCHEME } from './domain/scheme.examples';
import { schemeNarrations } from './narration';

test('what a scheme publishes is told, and what stands of it', () => {
  const { sentences, facts } = narrated(schemeNarrations.scheme, WHOLE_SCHEME);
  expect(sentences.map(({ th }) => th)).toEqual([
    'ประกาศระบบการประเมิน “ระบบประเมินตัวอย่าง”',
    'ประกาศเกณฑ์การให้คะแนนฉบับที่ 1',
    'ประกาศระดับผลการประเมินฉบับที่ 1: ต้องปรับปรุง, คุณภาพ',
    'ประกาศเกณฑ์สถานะฉบับที่ 1',
    'ประกาศปฏิทินการรายงาน ปีงบประมาณ พ.ศ. 2565 ฉบับที่ 1: รอบ 6 เดือน, รอบ 12 เดือน ขอเปลี่ยนแปลงค่าเป้าหมายได้ถึงวันที่ 28 กุมภาพันธ์ 2565',
    'ขยายเวลารอบ 6m ปีงบประมาณ พ.ศ. 2565 ของphrae-cdd: รายงานภายในวันที่ 22 เมษายน 2565 ตรวจรับรองผลภายในวันที่ 7 พฤษภาคม 2565',
    `ประกาศข้อมูลอ้างอิง “provinces” จาก ทะเบียนจังหวัดตัวอย่าง (SHA-256 ${'a'.repeat(64)})`,
  ]);
  expect(shownBy(facts)).toMatchObject({
    'scoringRule 1': [
      expect.stringContaining('สามขั้น 1/3/5 คะแนน ระหว่างระดับคิดตามสัดส่วน'),
      expect.stringContaining('on the straight line'),
    ],
    'bands 1': ['ต้องปรับปรุง ตั้งแต่ 0 คะแนน, คุณภาพ ตั้งแต่ 3.0001 คะแนน', expect.any(String)],
    'statusRules 1': [expect.stringContaining('มีความเสี่ยง: ร้อยละของค่าเป้าหมาย ≥ 80'), expect.any(String)],
    'calendar 2565 1 round 6m': [
      '1 ตุลาคม 2564 ถึง 31 มีนาคม 2565 รายงานภายในวันที่ 15 เมษายน 2565 ตรวจรับรองผลภายในวันที่ 30 เมษายน 2565 ผ่อนผัน 3 วัน',
      '1 October 2021 to 31 March 2022; reports due on 15 April 2022, certification on 30 April 2022, 3 days of grace',
    ],
    'extension 2565 1 6m phrae-cdd': [expect.any(String), 'reports due on 22 April 2022, certification on 7 May 2022'],
  });
});

test('of two extensions for the same offices the later one stands', () => {
  const { facts } = narrated(schemeNarrations.scheme, [
    deadlineExtended(),
    deadlineExtended({ certifyDueOn: isoDate('2022-06-30') }),
  ]);
  expect(facts.map(({ shown }) => shown.en)).toEqual(['reports due on 22 April 2022, certification on 30 June 2022']);
});
