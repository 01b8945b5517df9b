import { bytesOfHex, hexOf, utf8 } from '../bytes';
import {
  bodyHashOf,
  digestOfPrivateValue,
  privateValueOf,
  streamReference,
  streamSaltOf,
  type Disclosure,
  type PrivateValue,
} from '../disclosure';
import type { Leaf } from '../leaf';
import { Malformed } from '../malformed';
import { sha256, type Digest } from '../merkle';
import type { Finding } from './finding';
import { recordIn } from './trust';

const SALT_BYTES = 16;
const STREAM_SALT_BYTES = 32;

/** @throws Malformed unless it is a disclosure; nothing of it is verified yet */
export function parseDisclosure(bytes: Uint8Array): Disclosure {
  const { position, stream, salt, body, private: values } = recordIn(bytes);
  const { name, salt: streamSalt } = (stream ?? {}) as Record<string, unknown>;
  const isWhole =
    Number.isSafeInteger(position) &&
    [name, streamSalt, salt, body].every((text) => typeof text === 'string') &&
    (values === undefined || (Array.isArray(values) && values.every(isPrivateValue)));
  if (!isWhole) throw new Malformed('not a disclosure');
  bytesOfHex(salt as string, SALT_BYTES);
  bytesOfHex(streamSalt as string, STREAM_SALT_BYTES);
  return {
    position: position as number,
    stream: { name: name as string, salt: streamSalt as string },
    salt: salt as string,
    body: body as string,
    ...(values !== undefined && { private: values as PrivateValue[] }),
  };
}

function isPrivateValue(value: unknown): boolean {
  const { path, disclosure } = (value ?? {}) as Record<string, unknown>;
  return typeof path === 'string' && typeof disclosure === 'string';
}

/** One disclosure a line. @throws Malformed */
export function* disclosuresIn(bytes: Uint8Array): Generator<Disclosure> {
  const LINE_BREAK = 0x0a;
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(LINE_BREAK, start);
    const line = bytes.subarray(start, end < 0 ? bytes.length : end);
    if (line.length > 0) yield parseDisclosure(line);
    start += line.length + 1;
  }
}

/** What an event says of itself, as far as verifiers read it. */
export interface OpenedBody {
  readonly stream: string;
  readonly revision: number;
  readonly eventId: string;
  readonly type: string;
  readonly data: Record<string, unknown>;
}

/** What a disclosure opened: nothing when it is not what was recorded. */
export interface Opened {
  readonly body?: OpenedBody;
  /** How many private values were opened with it. */
  readonly privateCount: number;
  readonly findings: readonly Finding[];
}

/** Whether a disclosure is what was recorded in a leaf: its body, the name of its stream, the private values. */
export function openLeaf(leaf: Leaf, disclosure: Disclosure, digest: Digest = sha256): Opened {
  const { position } = leaf;
  const salt = bytesOfHex(disclosure.salt, SALT_BYTES);
  const refused = (code: Finding['code']): Opened => ({ privateCount: 0, findings: [{ code, position }] });
  if (!disclosure.body.isWellFormed() || bodyHashOf(salt, disclosure.body, digest) !== leaf.body)
    return refused('bodyDiffers');
  const { name, salt: streamSalt } = disclosure.stream;
  const isNamed =
    name.isWellFormed() && streamReference(name, bytesOfHex(streamSalt, STREAM_SALT_BYTES), digest) === leaf.stream;
  const isFirstSalt = leaf.revision !== 0 || streamSalt === hexOf(streamSaltOf(salt, digest));
  if (!isNamed || !isFirstSalt) return refused('streamDiffers');
  const body = bodyOf(disclosure.body);
  if (body?.stream !== name || body.revision !== leaf.revision) return refused('envelopeDiffers');
  const values = disclosure.private ?? [];
  const wrong = values.filter((value) => !isRecordedIn(body.data, value, digest));
  return {
    body,
    privateCount: values.length - wrong.length,
    findings: wrong.map(({ path }) => ({ code: 'privateValueDiffers', position, subject: path })),
  };
}

function bodyOf(text: string): OpenedBody | undefined {
  const { stream, revision, eventId, type, data } = eventIn(text);
  const isEvent =
    typeof stream === 'string' &&
    typeof revision === 'number' &&
    typeof eventId === 'string' &&
    typeof type === 'string' &&
    typeof data === 'object' &&
    data !== null;
  return isEvent ? { stream, revision, eventId, type, data: data as Record<string, unknown> } : undefined;
}

function eventIn(text: string): Record<string, unknown> {
  try {
    return recordIn(utf8(text));
  } catch (error) {
    if (error instanceof Malformed) return {};
    throw error;
  }
}

/** The digest stands in the data where the value would, and the value has the name of its field. */
function isRecordedIn(data: Record<string, unknown>, { path, disclosure }: PrivateValue, digest: Digest): boolean {
  const steps = path.split('/').slice(1);
  let place: unknown = data;
  for (const step of steps) {
    if (typeof place !== 'object' || place === null || !Object.hasOwn(place, step)) return false;
    place = (place as Record<string, unknown>)[step];
  }
  const { $private: recorded } = (place ?? {}) as Record<string, unknown>;
  try {
    return recorded === digestOfPrivateValue(disclosure, digest) && privateValueOf(disclosure).name === steps.at(-1);
  } catch (error) {
    if (error instanceof Malformed) return false;
    throw error;
  }
}
