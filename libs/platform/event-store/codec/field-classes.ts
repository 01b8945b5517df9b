import {
  NOT_STATED,
  isCommitment,
  parseDecimal,
  type EventSchema,
  type Field,
  type Fields,
  type Json,
  type JsonObject,
  type StreamName,
} from '@khamrap/kernel';
import { createHash } from 'node:crypto';

/** A value that no version of the schema allows, or a field that nobody declared. */
export class UndeclaredField extends Error {
  override readonly name = 'UndeclaredField';
}

/**
 * What opens one commitment: RFC 9901 §4.2.1, base64url of the JSON array [salt, name, value]. Its digest, base64url of
 * SHA-256 of that text, stands in the event.
 */
export interface Disclosure {
  readonly eventId: string;
  /** The stream that the event is meant for. */
  readonly stream: StreamName;
  /** JSON Pointer of the field within the event's data. */
  readonly path: string;
  readonly digest: string;
  readonly disclosure: string;
}

type SaltFor = (path: string) => Buffer;
type Found = Omit<Disclosure, 'eventId' | 'stream'>;

/**
 * Checks the data of an event against its schema and replaces every private text by its commitment.
 * @throws UndeclaredField naming the field
 */
export function checkedData(
  schema: EventSchema,
  data: JsonObject,
  saltFor: SaltFor,
): { data: JsonObject; disclosures: Found[] } {
  const walk = new Walk(schema.type, saltFor);
  return { data: walk.object(schema.fields, data, ''), disclosures: walk.disclosures };
}

class Walk {
  readonly disclosures: Found[] = [];

  constructor(
    private readonly type: string,
    private readonly saltFor: SaltFor,
  ) {}

  object(fields: Fields, data: Json | undefined, path: string): JsonObject {
    if (typeof data !== 'object' || data === null || Array.isArray(data))
      throw this.#refusal(path, 'must be an object');
    const source = data as JsonObject;
    for (const key in source) {
      if (!Object.hasOwn(fields, key)) throw this.#refusal(`${path}/${key}`, 'is not declared');
    }
    const checked: Record<string, Json> = {};
    for (const key in fields) {
      const value = Object.hasOwn(source, key) ? source[key] : undefined;
      const field = this.#field(fields[key] as Field, value, `${path}/${key}`);
      if (field !== undefined) checked[key] = field;
    }
    return checked;
  }

  #field(field: Field, value: Json | undefined, path: string): Json | undefined {
    switch (field.kind) {
      case 'optional':
        return value === undefined ? undefined : this.#field(field.of, value, path);
      case 'text':
        return this.#text(field, value, path);
      case 'decimal':
        if (field.orNotStated && value === NOT_STATED) return value;
        if (typeof value === 'string' && parseDecimal(value) !== undefined) return value;
        throw this.#refusal(path, 'must be a decimal number written as text');
      case 'integer':
        if (Number.isSafeInteger(value)) return value;
        throw this.#refusal(path, 'must be a whole number within ±(2^53 − 1)');
      case 'boolean':
        if (typeof value === 'boolean') return value;
        throw this.#refusal(path, 'must be true or false');
      case 'list':
        if (!Array.isArray(value) || value.length > field.countMax)
          throw this.#refusal(path, `must be a list of at most ${field.countMax}`);
        // Not `map`, which passes over holes.
        return Array.from(value, (item: Json, index) => this.#field(field.of, item, `${path}/${index}`) as Json);
      case 'object':
        return this.object(field.fields, value, path);
    }
  }

  #text(field: Extract<Field, { kind: 'text' }>, value: Json | undefined, path: string): Json {
    if (field.fieldClass === 'private' && isCommitment(value)) throw this.#refusal(path, 'is a commitment already');
    if (typeof value !== 'string' || value.length > field.lengthMax) {
      throw this.#refusal(path, `must be a text of at most ${field.lengthMax} characters`);
    }
    // A text column of a read model cannot hold it: an event with it would stop every projection.
    if (value.includes('\u0000')) throw this.#refusal(path, 'holds the character U+0000');
    if (field.oneOf && !field.oneOf.includes(value))
      throw this.#refusal(path, `must be one of ${field.oneOf.join(', ')}`);
    return field.fieldClass === 'private' ? this.#commit(value, path) : value;
  }

  #commit(value: string, path: string): JsonObject {
    if (!value.isWellFormed()) throw this.#refusal(path, 'holds half of a surrogate pair');
    const name = path.slice(path.lastIndexOf('/') + 1);
    const salt = this.saltFor(path).toString('base64url');
    const disclosure = Buffer.from(JSON.stringify([salt, name, value]), 'utf8').toString('base64url');
    const digest = createHash('sha256').update(disclosure, 'ascii').digest('base64url');
    this.disclosures.push({ path, digest, disclosure });
    return { $private: digest };
  }

  #refusal(path: string, what: string): UndeclaredField {
    return new UndeclaredField(`${this.type}${path} ${what}`);
  }
}
