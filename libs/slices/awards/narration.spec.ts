import { narrated, shownBy } from '../../testing/narrated';
import {
  announcedCorrected,
  ANNOUNCED_IN_FULL,
  awardGranted,
  awardRevoked,
  awardsAnnounced,
  grantedCorrected,
  GRANTED_IN_FULL,
} from './domain/award.examples';
import { awardNarrations } from './narration';

const { award } = awardNarrations;

test.each([
  [
    awardGranted(),
    'สำนักงานผู้มอบตัวอย่าง มอบรางวัล “serviceQuality” ปี พ.ศ. 2570 แก่จังหวัดตัวอย่าง ตามที่เอกสารต้นทางระบุ',
    'สำนักงานผู้มอบตัวอย่าง granted the award “serviceQuality” of 2570 B.E. to จังหวัดตัวอย่าง, as a source document states.',
  ],
  [
    awardsAnnounced({ ...ANNOUNCED_IN_FULL, awardYear: 'notStated' }),
    'สำนักงานผู้มอบตัวอย่าง ประกาศรางวัล “GECC” (basic) ไม่ระบุปี จำนวน 14 รางวัล ตามที่เอกสารต้นทางระบุ',
    'สำนักงานผู้มอบตัวอย่าง announced 14 awards “GECC” (basic) of a year that is not stated, as a source document states.',
  ],
  [
    grantedCorrected(),
    'แก้ไขข้อมูลรางวัลทั้งฉบับเป็น “serviceQuality” ปี พ.ศ. 2570 แก่จังหวัดตัวอย่าง โดยสำนักงานผู้มอบตัวอย่าง',
    'What is stated of the award was corrected to “serviceQuality” of 2570 B.E. to จังหวัดตัวอย่าง by สำนักงานผู้มอบตัวอย่าง.',
  ],
  [awardRevoked(), 'เพิกถอนรางวัลเมื่อวันที่ 30 กันยายน 2570', 'The award was revoked on 30 September 2027.'],
])('$type is told', (event, th, en) => {
  expect(narrated(award, [event], { isTranscribed: true }).sentences).toEqual([{ th, en }]);
});

test('what stands of an award is what its last statement says', () => {
  const { facts } = narrated(award, [awardGranted(), grantedCorrected(GRANTED_IN_FULL), awardRevoked()]);
  expect(shownBy(facts)).toMatchObject({
    category: ['serviceQuality', 'serviceQuality'],
    grantors: ['สำนักงานผู้มอบตัวอย่าง, กระทรวงตัวอย่าง', 'สำนักงานผู้มอบตัวอย่าง, กระทรวงตัวอย่าง'],
    recipients: ['จังหวัดตัวอย่าง (จังหวัดแพร่)', 'จังหวัดตัวอย่าง (Phrae)'],
    rank: ['อันดับ 2 ใน ทุกจังหวัด', '2 among ทุกจังหวัด'],
    oneOf: ['1 ใน 4 ของ จังหวัดต้นแบบ', 'one of 4 among จังหวัดต้นแบบ'],
    score: ['99.15 คะแนน', '99.15'],
    forms: ['โล่, เกียรติบัตร', 'plaque, certificate'],
    validUntil: ['19 กันยายน 2573', '19 September 2030'],
    revokedOn: ['30 กันยายน 2570', '30 September 2027'],
  });
  const { facts: announced } = narrated(award, [awardsAnnounced(), announcedCorrected(ANNOUNCED_IN_FULL)]);
  expect(shownBy(announced)).toMatchObject({
    statedCount: ['14 รางวัล', '14 awards'],
    recipients: ['ระบุชื่อบางส่วน', 'named in part'],
    statedTotal: ['71 รางวัล', '71 awards'],
  });
});
