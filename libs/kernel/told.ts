import type { BothLanguages } from './both-languages';
import { formatBuddhistDate, type IsoDate } from './calendar-date';
import { isCommitment, NOT_STATED, type NotStated, type PrivateText } from './event-schema';
import { parseSpanKey, spanKey, type Span } from './fiscal-year';
import { PROVINCES } from './reference/index';

// How values of events are told to people, in Thai and in English.

const MONTHS_IN_ENGLISH = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

export const UNDISCLOSED: BothLanguages = { th: '(ไม่เปิดเผย)', en: '(not disclosed)' };
export const UNSTATED: BothLanguages = { th: 'ไม่ระบุ', en: 'not stated' };

/** A text that has no other form in the other language, such as a code or a name. */
export function toldAlike(text: string): BothLanguages {
  return { th: text, en: text };
}

/** A name as it was given: in Thai where there is no English one. */
export function toldName({ nameTh, nameEn }: { readonly nameTh: string; readonly nameEn?: string }): BothLanguages {
  return { th: nameTh, en: nameEn ?? nameTh };
}

/** A private text where it may be told, otherwise that it is not disclosed. */
export function toldPrivate(text: PrivateText): BothLanguages {
  return isCommitment(text) ? UNDISCLOSED : toldAlike(text);
}

/** Such as `12 ตุลาคม 2564` and `12 October 2021`. */
export function toldDay(day: IsoDate | NotStated): BothLanguages {
  if (day === NOT_STATED) return UNSTATED;
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return { th: formatBuddhistDate(day), en: `${date} ${MONTHS_IN_ENGLISH[month - 1]} ${year}` };
}

/** From a day on: `ตั้งแต่วันที่ 12 ตุลาคม 2564` and `from 12 October 2021`. */
export function toldFrom(day: IsoDate | NotStated): BothLanguages {
  const told = toldDay(day);
  if (day === NOT_STATED) return { th: 'โดยไม่ระบุวันเริ่ม', en: 'from a day that is not stated' };
  return { th: `ตั้งแต่วันที่ ${told.th}`, en: `from ${told.en}` };
}

/** The days of a span, or of its key; a text that is no key is told as it is. */
export function toldSpan(span: Span | string): BothLanguages {
  const key = typeof span === 'string' ? span : spanKey(span);
  const days = parseSpanKey(key);
  if (days === undefined) return toldAlike(key);
  if (days === NOT_STATED) return { th: UNSTATED.th, en: 'an unstated period' };
  const [from, to] = [toldDay(days.from), toldDay(days.to)];
  return { th: `${from.th} ถึง ${to.th}`, en: `${from.en} to ${to.en}` };
}

/** `ปีงบประมาณ พ.ศ. 2565` and `fiscal year 2565 B.E.`. */
export function toldFiscalYear(fiscalYear: number): BothLanguages {
  return { th: `ปีงบประมาณ พ.ศ. ${fiscalYear}`, en: `fiscal year ${fiscalYear} B.E.` };
}

const BANGKOK = 'TH-10';

/** Such as `จังหวัดแพร่` and `Phrae`; Bangkok is no province. A code that names none is told as it is. */
export function toldProvince(code: string): BothLanguages {
  const province = PROVINCES.find((each) => each.code === code);
  if (!province) return toldAlike(code);
  return { th: code === BANGKOK ? province.nameTh : `จังหวัด${province.nameTh}`, en: province.nameEn };
}

/** Several values one behind the other. */
export function toldList(values: readonly BothLanguages[]): BothLanguages {
  return { th: values.map(({ th }) => th).join(', '), en: values.map(({ en }) => en).join(', ') };
}
