import type { Json, JsonObject } from './json';

/**
 * Every text in an event is one of these, and nothing else may be stored:
 * `code` an identifier, an enumeration, a date or a number written as text; `official` text meant for the public record;
 * `private` everything else, which the log keeps only as a salted commitment.
 */
export type FieldClass = 'code' | 'official' | 'private';

/** What stands in an event in place of a private text: the digest of its disclosure (RFC 9901). */
export type Commitment = { readonly $private: string };

/** A private text: the text itself while a command is decided, its commitment in everything that was stored. */
export type PrivateText = string | Commitment;

/** What a document does not say. Neither zero, nor "not applicable", nor "not reported". */
export const NOT_STATED = 'notStated';
export type NotStated = typeof NOT_STATED;

/**
 * One declared field. `Type` is what the field holds, wrapped so that an `undefined` in it survives inference; the schema is
 * data that the codec walks.
 */
export type Field<Type = unknown> = FieldShape & { readonly __type?: readonly [Type] };

type FieldShape =
  | {
      readonly kind: 'text';
      readonly fieldClass: FieldClass;
      readonly lengthMax: number;
      readonly oneOf?: readonly string[];
    }
  | { readonly kind: 'decimal'; readonly orNotStated: boolean }
  | { readonly kind: 'integer' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'list'; readonly of: Field; readonly countMax: number }
  | { readonly kind: 'object'; readonly fields: Fields }
  | { readonly kind: 'optional'; readonly of: Field };

export type Fields = Readonly<Record<string, Field>>;

type TypeOf<F> = F extends Field<infer Type> ? Type : never;
type OptionalKeys<F extends Fields> = { [K in keyof F]: undefined extends TypeOf<F[K]> ? K : never }[keyof F];
export type DataOf<F extends Fields> = { readonly [K in Exclude<keyof F, OptionalKeys<F>>]: TypeOf<F[K]> } & {
  readonly [K in OptionalKeys<F>]?: TypeOf<F[K]>;
};

const CODE_LENGTH_MAX = 300;
const TEXT_LENGTH_MAX = 20_000;
const LIST_COUNT_MAX = 1_000;

/** An identifier, an enumeration, a date: at most 300 characters. */
export const code = <const Value extends string = string>(oneOf?: readonly Value[]): Field<Value> => ({
  kind: 'text',
  fieldClass: 'code',
  lengthMax: CODE_LENGTH_MAX,
  ...(oneOf && { oneOf }),
});
/** Text meant for the public record: at most 20,000 characters. */
export const official = (): Field<string> => ({ kind: 'text', fieldClass: 'official', lengthMax: TEXT_LENGTH_MAX });
/** Text that is nobody else's business: at most 20,000 characters, stored as a commitment. */
export const privateText = (): Field<PrivateText> => ({
  kind: 'text',
  fieldClass: 'private',
  lengthMax: TEXT_LENGTH_MAX,
});
/** An exact decimal number, written as text. */
export const decimal = (): Field<string> => ({ kind: 'decimal', orNotStated: false });
/** An exact decimal number, or the statement that the source does not give it. */
export const decimalOrNotStated = (): Field<string> => ({ kind: 'decimal', orNotStated: true });
/** A whole number within ±(2^53 − 1). */
export const integer = (): Field<number> => ({ kind: 'integer' });
export const boolean = (): Field<boolean> => ({ kind: 'boolean' });
export const list = <Type>(of: Field<Type>): Field<readonly Type[]> => ({ kind: 'list', of, countMax: LIST_COUNT_MAX });
export const object = <F extends Fields>(fields: F): Field<DataOf<F>> => ({ kind: 'object', fields });
export const optional = <Type>(of: Field<Type>): Field<Type | undefined> => ({ kind: 'optional', of });

/** One version of one event type: its explicit name, and every field that it may hold. */
export interface EventSchema<Type extends string = string, F extends Fields = Fields> {
  readonly type: Type;
  readonly version: number;
  readonly fields: F;
}

/** Declares the first version of an event type. Names are for ever: they are written, never derived from a class. */
export function eventSchema<Type extends string, F extends Fields>(
  type: Type,
  version: number,
  fields: F,
): EventSchema<Type, F> {
  return { type, version, fields };
}

/** The event that a schema declares. */
export type EventOf<S> =
  S extends EventSchema<infer Type, infer F> ? { readonly type: Type; readonly data: DataOf<F> } : never;

/** Turns the data of an older version into the data of the next one. */
export type Upcaster = (data: JsonObject) => JsonObject;

/** All versions of one event type, oldest first: `upcasters[i]` leads from version i + 1 to version i + 2. */
export interface EventDeclaration {
  readonly versions: readonly EventSchema[];
  readonly upcasters: readonly Upcaster[];
}

/** Versions of which each only adds optional fields to the one before: data of an older one is data of the newest. */
export function eventVersions(...versions: readonly EventSchema[]): EventDeclaration {
  return { versions, upcasters: versions.slice(1).map(() => (data: JsonObject) => data) };
}

/** Whether a stored value is the commitment to a private text. */
export function isCommitment(value: Json | undefined): value is Commitment {
  return typeof value === 'object' && value !== null && typeof (value as JsonObject)['$private'] === 'string';
}
