import { RequestRefused, RequestValidationPipe } from '@khamrap/platform/http';
import type { BothLanguages } from '@khamrap/kernel';
import { TrailFilterQuery, TrailQuery } from './trail.query';

/** The parameters that words can name. */
const NAMES: ReadonlySet<string> = new Set([
  'actor',
  'office',
  'province',
  'zone',
  'type',
  'stream',
  'agreement',
  'indicator',
  'recordedFrom',
  'recordedUntil',
  'effectiveFrom',
  'effectiveUntil',
  'publishedFrom',
  'publishedUntil',
  'positionFrom',
  'positionUntil',
  'act',
  'document',
  'text',
  'order',
] satisfies (keyof TrailFilterQuery)[]);

// A word, or several in quotation marks; before it the name of a parameter, perhaps.
const WORD = /(?:([A-Za-z]+):)?(?:"([^"]*)"|([^\s"]+))(?=\s|$)|(\S+)/gu;

const pipe = new RequestValidationPipe();

/**
 * The same query with what its words say in the parameters that they name, and judged as these are.
 * @throws RequestRefused where a word names no parameter, or one that is given already
 */
export async function withWords(query: TrailQuery): Promise<TrailQuery> {
  const { q, ...given } = query;
  if (q === undefined) return query;
  const named = new Map<string, string[]>();
  for (const { name, value } of wordsIn(q)) named.set(name, [...(named.get(name) ?? []), value]);
  const free = named.get(TEXT);
  // Free words are one text, as they stand there: Thai writes spaces within what belongs together.
  if (free) named.set(TEXT, [free.join(' ')]);
  for (const [name, values] of named) {
    const isGiven = (given as Record<string, unknown>)[name] !== undefined;
    if (isGiven || (values.length > 1 && name !== 'type')) throw refusal('givenTwice', GIVEN_TWICE(name));
  }
  const parameters = Object.fromEntries(
    [...named].map(([name, [first, ...more]]) => [name, more.length > 0 ? [first, ...more] : first]),
  );
  return (await pipe.transform(
    { ...definedIn(given), ...parameters },
    { type: 'query', metatype: TrailQuery },
  )) as TrailQuery;
}

const TEXT = 'text';

function* wordsIn(text: string): Generator<{ readonly name: string; readonly value: string }> {
  for (const [word, name, quoted, plain, broken] of text.matchAll(WORD)) {
    if (broken !== undefined) throw refusal('unreadableWord', UNREADABLE(broken));
    if (name !== undefined && !NAMES.has(name)) throw refusal('unknownWord', UNKNOWN(name));
    yield { name: name ?? TEXT, value: quoted ?? plain ?? word };
  }
}

function definedIn(given: object): object {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function refusal(code: string, messages: BothLanguages): RequestRefused {
  return new RequestRefused('invalidRequest', { errors: [{ code, parameter: 'q', messages }] });
}

const GIVEN_TWICE = (name: string): BothLanguages => ({
  th: `ระบุ ${name} ซ้ำ`,
  en: `${name} is given more than once`,
});
const UNKNOWN = (name: string): BothLanguages => ({
  th: `ไม่มีตัวกรองชื่อ ${name}; คำที่มีเครื่องหมายทวิภาคให้ใส่ในอัญประกาศ`,
  en: `there is no filter called ${name}; put words with a colon in quotation marks`,
});
const UNREADABLE = (word: string): BothLanguages => ({
  th: `อ่านคำนี้ไม่ได้: ${word}`,
  en: `this word cannot be read: ${word}`,
});
