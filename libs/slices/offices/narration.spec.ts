import { narrated, shownBy } from '../../testing/narrated';
import {
  appointed,
  delegated,
  EVERY_OFFICE_EVENT,
  EVERY_ZONE_EVENT,
  left,
  registered,
  roleEnded,
  roleGranted,
} from './domain/office.examples';
import { officeNarrations } from './narration';

const { office, zone } = officeNarrations;

test.each([
  [
    registered(),
    'ขึ้นทะเบียน “สำนักงานพัฒนาชุมชนจังหวัดตัวอย่าง” เป็นส่วนราชการประจำจังหวัด',
    '“สำนักงานพัฒนาชุมชนจังหวัดตัวอย่าง” was registered as a provincial office.',
  ],
  [
    appointed(),
    'สมมุติ ตัวอย่าง ดำรงตำแหน่งพัฒนาการจังหวัดตัวอย่าง ตั้งแต่วันที่ 1 ตุลาคม 2569',
    'สมมุติ ตัวอย่าง holds the post of พัฒนาการจังหวัดตัวอย่าง from 1 October 2026.',
  ],
  [
    left({ on: 'notStated' }),
    'ผู้ดำรงตำแหน่งพ้นจากตำแหน่ง โดยไม่ระบุวันสุดท้าย (ย้าย)',
    'The holder left the post, on a last day that is not stated (transferred).',
  ],
  [
    delegated(),
    'ให้รองสมมุติ ตัวอย่าง รองผู้ว่าราชการจังหวัดตัวอย่าง ปฏิบัติราชการแทน ตั้งแต่วันที่ 1 มกราคม 2570',
    'รองสมมุติ ตัวอย่าง, รองผู้ว่าราชการจังหวัดตัวอย่าง, acts under delegated authority from 1 January 2027.',
  ],
  [
    roleGranted(),
    'ให้บทบาทผู้จัดเก็บข้อมูล ในขอบเขตexample-cdd ตั้งแต่วันที่ 31 มีนาคม 2570',
    'The role of data keeper was granted for example-cdd, from 31 March 2027.',
  ],
  // Who may not have the granting is not told what was granted.
  [roleEnded(), 'บทบาท grant-1 สิ้นสุดเมื่อวันที่ 31 มีนาคม 2570', 'The role grant-1 ended on 31 March 2027.'],
])('$type is told', (event, th, en) => {
  expect(narrated(office, [event]).sentences).toEqual([{ th, en }]);
});

test('of an office all that can happen is told, and what stands in the end', () => {
  const { sentences, facts } = narrated(office, EVERY_OFFICE_EVENT);
  expect(sentences).toHaveLength(EVERY_OFFICE_EVENT.length);
  expect(shownBy(facts)).toEqual({
    name: ['สำนักงานชื่อใหม่ตัวอย่าง', 'Renamed example office'],
    kind: ['ส่วนราชการประจำจังหวัด', 'provincial office'],
    province: ['จังหวัดแพร่', 'Phrae'],
    parent: ['example-department', 'example-department'],
    area: ['ตำบลตัวอย่าง', 'ตำบลตัวอย่าง'],
    contact: ['0 5400 0000, office@example.go.th', '0 5400 0000, office@example.go.th'],
    dissolvedOn: ['31 มีนาคม 2570', '31 March 2027'],
    'pastHolder 2025-10-01 คนก่อน ตัวอย่าง': [
      'คนก่อน ตัวอย่าง พัฒนาการจังหวัดตัวอย่าง (1 ตุลาคม 2568 – 30 กันยายน 2569)',
      'คนก่อน ตัวอย่าง, พัฒนาการจังหวัดตัวอย่าง (1 October 2025 – 30 September 2026)',
    ],
  });
  const { sentences: ended } = narrated(office, [roleGranted(), roleEnded()]);
  expect(ended[1]?.en).toBe('The role of data keeper for example-cdd ended on 31 March 2027.');
});

test('of a zone its provinces are told, and since when', () => {
  const { sentences, facts } = narrated(zone, EVERY_ZONE_EVENT);
  expect(sentences[1]).toEqual({
    th: 'เขตตรวจราชการประกอบด้วย จังหวัดแพร่, จังหวัดน่าน ตั้งแต่วันที่ 1 มกราคม 2570',
    en: 'The zone holds Phrae, Nan from 1 January 2027.',
  });
  expect(Object.keys(shownBy(facts))).toEqual(['name', 'scheme', 'provinces 2027-01-01']);
});
