import type { ValidationOptions } from 'class-validator';
import { accepted, refused, rule, type Reading } from './rule';

// What a stream name can end in, with room for its category.
const IDENTIFIER = /^[A-Za-z0-9][A-Za-z0-9._-]{0,149}$/;

/** An identifier: 1 to 150 ASCII letters, digits, points, underscores and hyphens, a letter or digit first. */
export function IsIdentifier(options?: ValidationOptions): PropertyDecorator {
  return rule('isIdentifier', read, options);
}

function read(value: unknown): Reading {
  return typeof value === 'string' && IDENTIFIER.test(value) ? accepted(value) : NOT_AN_IDENTIFIER;
}

const NOT_AN_IDENTIFIER = refused(
  'ต้องเป็นรหัสที่ใช้ตัวอักษรอังกฤษ ตัวเลข จุด ขีดล่าง และขีดกลาง',
  'must be an identifier of ASCII letters, digits, points, underscores and hyphens',
);
