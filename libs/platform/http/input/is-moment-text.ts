import type { ValidationOptions } from 'class-validator';
import { isIsoDate } from '@khamrap/kernel';
import { accepted, refused, rule, type Reading } from './rule';

// RFC 3339 date-time, with its offset: a local time of nowhere would be a guess.
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/** A moment by RFC 3339 with its offset; read as UTC with milliseconds, `2021-10-12T03:00:00.000Z`. */
export function IsMomentText(options?: ValidationOptions): PropertyDecorator {
  return rule('isMomentText', read, options);
}

function read(value: unknown): Reading {
  if (typeof value !== 'string' || !DATE_TIME.test(value)) return NOT_A_MOMENT;
  // The engine takes 30 February for 2 March.
  const milliseconds = isIsoDate(value.slice(0, 10)) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(milliseconds) ? NOT_A_MOMENT : accepted(new Date(milliseconds).toISOString());
}

const NOT_A_MOMENT = refused(
  'ต้องเป็นเวลาตาม RFC 3339 พร้อมเขตเวลา เช่น 2021-10-12T10:00:00+07:00',
  'must be a date-time by RFC 3339 with its offset, such as 2021-10-12T10:00:00+07:00',
);
