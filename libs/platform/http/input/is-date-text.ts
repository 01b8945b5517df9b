import type { ValidationOptions } from 'class-validator';
import { parseDate, type DateRefusal } from '@khamrap/kernel';
import { accepted, refused, rule, type Reading } from './rule';

/** A day as people write it, of either era, in ASCII or Thai digits; read as `YYYY-MM-DD` of the Common Era. */
export function IsDateText(options?: ValidationOptions): PropertyDecorator {
  return rule('isDateText', read, options);
}

function read(value: unknown): Reading {
  if (typeof value !== 'string') return WHY.notADate;
  const parsed = parseDate(value);
  return parsed.ok ? accepted(parsed.date) : WHY[parsed.reason];
}

const WHY: Readonly<Record<DateRefusal, Reading>> = {
  notADate: refused(
    'ต้องเป็นวันที่ เช่น 2021-10-12 หรือ 12 ตุลาคม 2564',
    'must be a date, such as 2021-10-12 or 12 ตุลาคม 2564',
  ),
  yearTooShort: refused('ปีต้องมีสี่หลัก', 'the year must have four digits'),
  yearAmbiguous: refused(
    'ไม่ชัดเจนว่าเป็น พ.ศ. หรือ ค.ศ. โปรดระบุศักราช',
    'the year could be of either era: write พ.ศ. or ค.ศ. before it',
  ),
  yearOutOfRange: refused('ปีอยู่นอกช่วงที่รับได้', 'the year must lie between 1800 and 2099 (พ.ศ. 2343 to 2642)'),
  orderAmbiguous: refused(
    'ไม่ชัดเจนว่าวันหรือเดือนมาก่อน โปรดเขียนแบบ 2021-10-12',
    'day and month could be either way round: write it as 2021-10-12',
  ),
  notInCalendar: refused('ไม่มีวันนี้ในปฏิทิน', 'the calendar has no such day'),
};
