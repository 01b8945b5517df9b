import { isoDate } from './calendar-date';
import { toldDay, toldFrom, toldPrivate, toldProvince, toldSpan } from './told';

test.each([
  [toldDay(isoDate('2021-10-12')), '12 ตุลาคม 2564', '12 October 2021'],
  [toldDay('notStated'), 'ไม่ระบุ', 'not stated'],
  [toldFrom(isoDate('2021-10-12')), 'ตั้งแต่วันที่ 12 ตุลาคม 2564', 'from 12 October 2021'],
  [toldFrom('notStated'), 'โดยไม่ระบุวันเริ่ม', 'from a day that is not stated'],
  [toldSpan('2021-10-01..2022-03-31'), '1 ตุลาคม 2564 ถึง 31 มีนาคม 2565', '1 October 2021 to 31 March 2022'],
  [toldSpan('notStated'), 'ไม่ระบุ', 'an unstated period'],
  [toldSpan('every spring'), 'every spring', 'every spring'],
  [toldProvince('TH-54'), 'จังหวัดแพร่', 'Phrae'],
  [toldProvince('TH-10'), 'กรุงเทพมหานคร', 'Bangkok'],
  [toldProvince('TH-99'), 'TH-99', 'TH-99'],
  [toldPrivate('0 5400 0000'), '0 5400 0000', '0 5400 0000'],
  [toldPrivate({ $private: 'digest' }), '(ไม่เปิดเผย)', '(not disclosed)'],
])('%j', (told, th, en) => {
  expect(told).toEqual({ th, en });
});
