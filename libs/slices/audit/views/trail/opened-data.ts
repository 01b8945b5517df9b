import { isCommitment, type Json, type JsonObject } from '@khamrap/kernel';
import { digestOfPrivateValue, type PrivateValue } from '@khamrap/platform/transparency/proof';

/** The data of an event with private values in the places of their commitments, those that are opened. */
export function withOpened(data: JsonObject, opened: readonly PrivateValue[]): JsonObject {
  if (opened.length === 0) return data;
  const values = new Map(opened.map(({ disclosure }) => [digestOfPrivateValue(disclosure), valueIn(disclosure)]));
  return replaced(data, values) as JsonObject;
}

/** By their digests, not by their places: a newer version of the event may have them elsewhere. */
function replaced(value: Json, values: ReadonlyMap<string, Json>): Json {
  if (isCommitment(value)) return values.get(value.$private) ?? value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: Json) => replaced(item, values));
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, replaced(inner as Json, values)]));
}

/** RFC 9901 §4.2.1: the last of salt, name and value. */
function valueIn(disclosure: string): Json {
  const [, , value] = JSON.parse(Buffer.from(disclosure, 'base64url').toString('utf8')) as [string, string, Json];
  return value;
}
