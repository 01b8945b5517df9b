import type { Json, JsonObject } from './json';

/** A value that has no canonical text: a float, a lone surrogate, something that JSON cannot carry. */
export class NotCanonical extends Error {
  override readonly name = 'NotCanonical';
}

/**
 * The canonical text of a JSON value by RFC 8785 (JCS), narrowed to what an event may hold: whole numbers within
 * ±(2^53 − 1), no lone surrogates, text as it is (Thai is never normalised). Fields that are `undefined` are absent.
 * @throws NotCanonical naming the value that has no place in a ledger
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'string') return canonicalText(value);
  if (typeof value === 'number') return canonicalNumber(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `[${value.map((item: Json) => canonicalJson(item)).join(',')}]`;
  if (isPlainObject(value)) return canonicalObject(value);
  throw new NotCanonical(`a ${typeof value} has no canonical text`);
}

// Sorting by UTF-16 code units is what RFC 8785 §3.2.3 asks for and what Array.prototype.sort does by default.
function canonicalObject(value: JsonObject): string {
  let text = '';
  for (const key of Object.keys(value).sort()) {
    const field = value[key];
    if (field === undefined) continue;
    text += `${text === '' ? '' : ','}${canonicalText(key)}:${canonicalJson(field)}`;
  }
  return `{${text}}`;
}

// JSON.stringify escapes exactly the characters that RFC 8785 §3.2.2.2 escapes, for well-formed strings.
function canonicalText(text: string): string {
  if (!text.isWellFormed()) throw new NotCanonical('a text holds half of a surrogate pair');
  return JSON.stringify(text);
}

function canonicalNumber(value: number): string {
  if (!Number.isSafeInteger(value)) throw new NotCanonical(`${value} is not a whole number within ±(2^53 − 1)`);
  return Object.is(value, -0) ? '0' : String(value);
}

function isPlainObject(value: unknown): value is JsonObject {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
