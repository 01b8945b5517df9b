/**
 * One-dimensional arrays in PostgreSQL's binary form (array_recv in src/backend/utils/adt/arrayfuncs.c): five 32-bit words
 * (dimensions, null flag, element type, count, lower bound), then each element behind its length, −1 for a null. The text
 * form costs a scan and an escape of every element on both sides; a batch of events is mostly long texts.
 */
const HEADER_BYTES = 20;
const NULL_LENGTH = -1;
const UUID_BYTES = 16;
const UUID_LENGTH = 36;

const OID = { boolean: 16, bytea: 17, int8: 20, int4: 23, text: 25, uuid: 2950 } as const;

/** Texts in UTF-8. */
export function textArray(values: readonly (string | null)[]): Buffer {
  const lengths = values.map((value) => (value === null ? NULL_LENGTH : Buffer.byteLength(value, 'utf8')));
  const buffer = allocate(OID.text, lengths);
  let offset = HEADER_BYTES;
  values.forEach((value, index) => {
    offset = buffer.writeInt32BE(lengths[index] as number, offset);
    if (value !== null) offset += buffer.write(value, offset, 'utf8');
  });
  return buffer;
}

/** Byte strings. */
export function byteaArray(values: readonly (Buffer | null)[]): Buffer {
  const buffer = allocate(
    OID.bytea,
    values.map((value) => value?.length ?? NULL_LENGTH),
  );
  let offset = HEADER_BYTES;
  for (const value of values) {
    offset = buffer.writeInt32BE(value?.length ?? NULL_LENGTH, offset);
    if (value) offset += value.copy(buffer, offset);
  }
  return buffer;
}

/**
 * @param values UUIDs as text
 * @throws RangeError when one is not a UUID
 */
export function uuidArray(values: readonly (string | null)[]): Buffer {
  return fixedArray(OID.uuid, UUID_BYTES, values, (buffer, value, offset) => {
    // Whatever is not hexadecimal ends the writing, and would leave what the memory held before.
    const written = buffer.write(value.replaceAll('-', ''), offset, UUID_BYTES, 'hex');
    if (written !== UUID_BYTES || value.length !== UUID_LENGTH) throw new RangeError(`"${value}" is not a UUID`);
  });
}

/** Whole numbers of 32 bits. */
export function int4Array(values: readonly (number | null)[]): Buffer {
  return fixedArray(OID.int4, 4, values, (buffer, value, offset) => buffer.writeInt32BE(value, offset));
}

/** @param values whole numbers within ±(2^53 − 1) */
export function int8Array(values: readonly (number | null)[]): Buffer {
  return fixedArray(OID.int8, 8, values, (buffer, value, offset) => {
    // Two 32-bit halves: a BigInt for every position of a batch would cost more than the rest of the row.
    buffer.writeInt32BE(Math.floor(value / 0x1_0000_0000), offset);
    buffer.writeUInt32BE(value >>> 0, offset + 4);
  });
}

/** Truth values. */
export function booleanArray(values: readonly (boolean | null)[]): Buffer {
  return fixedArray(OID.boolean, 1, values, (buffer, value, offset) => buffer.writeUInt8(value ? 1 : 0, offset));
}

function fixedArray<Value>(
  elementType: number,
  elementBytes: number,
  values: readonly (Value | null)[],
  write: (buffer: Buffer, value: Value, offset: number) => void,
): Buffer {
  const buffer = allocate(
    elementType,
    values.map((value) => (value === null ? NULL_LENGTH : elementBytes)),
  );
  let offset = HEADER_BYTES;
  for (const value of values) {
    offset = buffer.writeInt32BE(value === null ? NULL_LENGTH : elementBytes, offset);
    if (value === null) continue;
    write(buffer, value, offset);
    offset += elementBytes;
  }
  return buffer;
}

function allocate(elementType: number, lengths: readonly number[]): Buffer {
  const buffer = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + 4 + Math.max(length, 0), HEADER_BYTES));
  buffer.writeInt32BE(1, 0);
  buffer.writeInt32BE(lengths.includes(NULL_LENGTH) ? 1 : 0, 4);
  buffer.writeInt32BE(elementType, 8);
  buffer.writeInt32BE(lengths.length, 12);
  buffer.writeInt32BE(1, 16);
  return buffer;
}
