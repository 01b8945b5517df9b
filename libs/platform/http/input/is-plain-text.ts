import type { ValidationOptions } from 'class-validator';
import { accepted, refused, rule, type Reading } from './rule';

export interface PlainTextOptions {
  /** Bytes in UTF-8: a Thai letter has three. Characters are not counted, because what counts as one can be made long. */
  readonly bytesMax: number;
  /** Whether the text may have several lines. */
  readonly lines?: boolean;
}

// Control characters, line and paragraph separators, and the characters that turn the direction of what follows: what is
// read on the screen must be what is recorded. Zero-width spaces stay: Thai breaks its lines with them.
const FORBIDDEN = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

// White space, and characters that have no form of their own.
const NOTHING_TO_SEE = /^[\s\p{Cf}]*$/u;

/** Text as people write it, not blank, not altered: no control characters, no halves of characters, bounded in bytes. */
export function IsPlainText(
  { bytesMax, lines = false }: PlainTextOptions,
  options?: ValidationOptions,
): PropertyDecorator {
  const tooLong = refused(`ต้องยาวไม่เกิน ${bytesMax} ไบต์`, `must not be longer than ${bytesMax} bytes in UTF-8`);
  const read = (value: unknown): Reading => {
    if (typeof value !== 'string') return NOT_TEXT;
    if (value.length > bytesMax || Buffer.byteLength(value, 'utf8') > bytesMax) return tooLong;
    const withoutBreaks = lines ? value.replaceAll('\n', '') : value;
    if (!value.isWellFormed() || FORBIDDEN.test(withoutBreaks)) return NOT_PLAIN;
    return NOTHING_TO_SEE.test(value) ? BLANK : accepted(value);
  };
  return rule('isPlainText', read, options);
}

const NOT_TEXT = refused('ต้องเป็นข้อความ', 'must be a text');
const BLANK = refused('ต้องไม่ว่าง', 'must not be blank');
const NOT_PLAIN = refused('มีอักขระควบคุมหรืออักขระที่ไม่สมบูรณ์', 'holds control characters or halves of characters');
