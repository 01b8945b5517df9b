import { toAsciiDigits } from '@khamrap/kernel';

/** Numbers by which a person can be found, in a text that is going to be read by everybody. */
export type PersonalNumber = 'nationalId' | 'telephoneNumber';

const DIGIT = '[0-9๐-๙]';
/** What people write between digits: a blank, a dash of some kind, a full stop; of ordinary blanks and dashes also two. */
const BETWEEN = '[ \\u00a0.\\u2010-\\u2015/-]{0,2}';
const BEFORE = '(?<![A-Za-z0-9๐-๙])';
const AFTER = '(?![A-Za-z0-9๐-๙])';

const THIRTEEN_DIGITS = new RegExp(`${BEFORE}${DIGIT}(?:${BETWEEN}${DIGIT}){12}${AFTER}`, 'g');
/** A mobile number has nine digits after its 0 (06, 08, 09), that of a house or an office eight (02 to 07). */
const TELEPHONE = new RegExp(
  `${BEFORE}(?:(?:\\+|00)66${BETWEEN}(?:\\([0๐]\\))?|[0๐])${BETWEEN}` +
    `(?:[689๖๘๙](?:${BETWEEN}${DIGIT}){8}|[2-7๒-๗](?:${BETWEEN}${DIGIT}){7})${AFTER}`,
);

/**
 * Which personal numbers a text holds: a Thai national ID (13 digits whose last is the check digit of the others), a Thai
 * telephone number; in digits of either script, in one piece or in groups. A figure can look like one by chance, in one
 * case of eleven for a number of 13 digits: what is found is a reason to warn, not to refuse.
 */
export function personalNumbersIn(text: string): readonly PersonalNumber[] {
  if (!hasNineDigits(text)) return NONE;
  const found: PersonalNumber[] = [];
  for (const [digits] of text.matchAll(THIRTEEN_DIGITS)) {
    if (!isNationalId(toAsciiDigits(digits).replace(/[^0-9]/g, ''))) continue;
    found.push('nationalId');
    break;
  }
  if (TELEPHONE.test(text)) found.push('telephoneNumber');
  return found;
}

const NONE: readonly PersonalNumber[] = [];
const DIGITS_OF_SHORTEST = 9;
const GAP_MAX = 4;

/**
 * Whether nine digits stand together with little between them, and no letter: without these neither kind can be found. A loop
 * and no expression, because every text of every command goes through it, and nearly all of them end here.
 */
function hasNineDigits(text: string): boolean {
  let digitCount = 0;
  let gap = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if ((code >= 0x30 && code <= 0x39) || (code >= 0x0e50 && code <= 0x0e59)) {
      digitCount += 1;
      gap = 0;
      if (digitCount === DIGITS_OF_SHORTEST) return true;
    } else if (digitCount > 0) {
      gap += 1;
      if (gap > GAP_MAX || isLetter(code)) digitCount = 0;
    }
  }
  return false;
}

/** Of the Latin or the Thai script. */
function isLetter(code: number): boolean {
  return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || (code >= 0x0e01 && code <= 0x0e4f);
}
const DIGIT_COUNT = 13;

/**
 * Whether a number is a Thai national ID: the first digit says what kind of person (0 for those without nationality), the
 * last is the check digit: (11 − Σ digit × weight mod 11) mod 10, with the weights 13 to 2.
 * @param digits ASCII digits alone
 */
export function isNationalId(digits: string): boolean {
  if (!/^\d{13}$/.test(digits)) return false;
  let sum = 0;
  for (let index = 0; index < DIGIT_COUNT - 1; index++) sum += Number(digits[index]) * (DIGIT_COUNT - index);
  return (11 - (sum % 11)) % 10 === Number(digits[DIGIT_COUNT - 1]);
}
