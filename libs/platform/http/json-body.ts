import type { FastifyInstance, FastifyRequest } from 'fastify';
import { RequestRefused, type ProblemDetail } from './problem';

/** 1 MB. */
export const BODY_BYTES_MAX = 1_048_576;
const DEPTH_MAX = 20;
const VALUE_COUNT_MAX = 20_000;
/** Keys that reach for what every object is rather than what this one holds; later steps would drop them without a word. */
export const FORBIDDEN_KEYS: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  'prototype',
]);

// Exactly this and nothing near it: lenient content types have been the way past validation three times (CVE-2025-32442,
// CVE-2026-25223, CVE-2026-33806).
const JSON_MEDIA_TYPE = /^application\/json(?:; ?charset=utf-8)?$/i;

/**
 * Takes JSON objects and nothing else. What could harm later (deep nesting, keys that reach for prototypes, halves of
 * surrogate pairs) or could not be kept exactly (numbers that are not whole: decimals are written as text) is refused here,
 * with a pointer, for all routes alike.
 */
export function acceptOnlyJson(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    'application/json',
    { parseAs: 'string', bodyLimit: BODY_BYTES_MAX },
    (request, text, done) => {
      try {
        done(null, parse(request, text as string));
      } catch (error) {
        done(error as Error, undefined);
      }
    },
  );
}

function parse(request: FastifyRequest, text: string): unknown {
  if (!JSON_MEDIA_TYPE.test(request.headers['content-type'] ?? '')) throw new RequestRefused('unsupportedMediaType');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new RequestRefused('malformedJson');
  }
  // Every body lists fields by name. Validation by class would take a list or a text for an object without any.
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refused('isObject', '');
  new Inspection().visit(value);
  return value;
}

/** One walk over a parsed body, bounded in depth and in the number of values. */
class Inspection {
  private valueCount = 0;
  /** Keys from the body to the value that is looked at. Put together to a pointer only when there is something to say. */
  private readonly path: (string | number)[] = [];

  visit(value: unknown): void {
    this.valueCount += 1;
    if (this.valueCount > VALUE_COUNT_MAX) throw refused('tooManyValues', '');
    if (value === null) throw refused('nothing', this.pointer());
    if (typeof value === 'string') {
      if (!value.isWellFormed()) throw refused('brokenText', this.pointer());
    } else if (typeof value === 'number') {
      if (!Number.isSafeInteger(value)) throw refused('numberNotWhole', this.pointer());
    } else if (typeof value === 'object') {
      if (this.path.length >= DEPTH_MAX) throw refused('tooDeep', this.pointer());
      if (Array.isArray(value)) this.visitItems(value);
      else this.visitFields(value as Record<string, unknown>);
    }
  }

  private visitItems(items: readonly unknown[]): void {
    for (let index = 0; index < items.length; index++) {
      this.path.push(index);
      this.visit(items[index]);
      this.path.pop();
    }
  }

  private visitFields(fields: Record<string, unknown>): void {
    for (const key of Object.keys(fields)) {
      if (!key.isWellFormed()) throw refused('brokenText', this.pointer());
      this.path.push(key);
      if (FORBIDDEN_KEYS.has(key)) throw refused('forbiddenKey', this.pointer());
      this.visit(fields[key]);
      this.path.pop();
    }
  }

  private pointer(): string {
    return jsonPointer(this.path);
  }
}

/** The JSON Pointer (RFC 6901) of a path of keys. */
export function jsonPointer(path: readonly (string | number)[]): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

const MESSAGES = {
  nothing: {
    th: 'ค่า null ไม่มีความหมายที่นี่ หากไม่มีข้อมูลให้ละเขตข้อมูลนี้',
    en: 'null says nothing here: leave the field out',
  },
  isObject: { th: 'เนื้อหาต้องเป็นออบเจกต์ JSON', en: 'the body must be a JSON object' },
  tooDeep: { th: `ซ้อนกันได้ไม่เกิน ${DEPTH_MAX} ชั้น`, en: `nested deeper than ${DEPTH_MAX} levels` },
  tooManyValues: { th: `มีค่ามากกว่า ${VALUE_COUNT_MAX} ค่า`, en: `holds more than ${VALUE_COUNT_MAX} values` },
  forbiddenKey: { th: 'มีชื่อเขตข้อมูลที่ไม่อนุญาต', en: 'has a field whose name is not allowed' },
  brokenText: { th: 'ข้อความมีอักขระที่ไม่สมบูรณ์', en: 'holds half of a surrogate pair' },
  numberNotWhole: {
    th: 'ตัวเลขทศนิยมต้องเขียนเป็นข้อความ เช่น "12.50"',
    en: 'a number that is not whole is written as text, such as "12.50"',
  },
} as const;

function refused(code: keyof typeof MESSAGES, pointer: string): RequestRefused {
  const detail: ProblemDetail = { code, pointer, messages: MESSAGES[code] };
  return new RequestRefused('invalidRequest', { errors: [detail] });
}
