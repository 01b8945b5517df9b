import type { BothLanguages, Field, Json, JsonObject, StreamName } from '@khamrap/kernel';
import { EventCodec } from '@khamrap/platform/event-store';
import { SeededRandom } from '@khamrap/testing';
import { narrations } from '../../apps/composition/slices';
import { NAMES_BY_CODE } from '../../libs/testing/narrated';
import { recordedHistories } from '../../libs/testing/recorded-events/recorded-history';
import { NarrationOfEvents, type UsableNarration } from '../../libs/slices/audit/narration/narration-of-events';
import { categoryOf, DECLARATIONS } from './histories';

// Whatever was recorded once is told to people for ever: in sentences of both languages, without a word of the program in them.

const codec = new EventCodec(DECLARATIONS);
const told = new NarrationOfEvents(narrations(), codec);
const histories = recordedHistories(__dirname).map(({ name, events }) => ({
  name,
  events: events.map(({ body }) => {
    const event = codec.decode({ body });
    return { ...event, isTranscribed: event.provenance.kind === 'transcribed' };
  }),
}));
type Recorded = (typeof histories)[number]['events'][number];
const narrationOf = (stream: StreamName): UsableNarration => {
  const narration = told.of(stream);
  if (!narration) throw new Error(`nobody can tell of ${stream}`);
  return narration;
};

/** Words of the program: what codes can be, and names of types. */
const CODES = new Set(DECLARATIONS.flatMap(({ versions }) => versions.flatMap(({ fields }) => codesIn({ kind: 'object', fields }))));
const CODE = new RegExp(`(?<![A-Za-z0-9-])(?:${[...CODES].join('|')})(?![A-Za-z0-9-])`);
const CAMEL_CASE = /\b[a-z]+[A-Z][A-Za-z]*\b/;
const NOT_TOLD = /undefined|null|NaN|\[object|\$private/;
const HAS_THAI = /[ก-๛]/;

function codesIn(field: Field): readonly string[] {
  switch (field.kind) {
    case 'object':
      return Object.values(field.fields).flatMap(codesIn);
    case 'list':
    case 'optional':
      return codesIn(field.of);
    case 'text':
      return field.oneOf ?? [];
    default:
      return [];
  }
}

/** Every text of an event that is no code of the program: ids, names, what people wrote. */
function textsIn(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return CODES.has(value) ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value as JsonObject).flatMap(textsIn);
}

/** A text without what events say themselves. */
function withoutQuoted(text: string, quoted: readonly string[]): string {
  return quoted.reduce((rest, each) => (each === '' ? rest : rest.replaceAll(each, '·')), text);
}

function expectTold(what: string, { th, en }: BothLanguages, quoted: readonly string[], isSentence: boolean): void {
  expect([what, th, en].filter((text) => text.trim() === '' || NOT_TOLD.test(text))).toEqual([]);
  const [ownThai, ownEnglish] = [withoutQuoted(th, quoted), withoutQuoted(en, quoted)];
  expect([what, th, CODE.exec(ownThai)?.[0]]).toEqual([what, th, undefined]);
  expect([what, en, CAMEL_CASE.exec(ownEnglish)?.[0]]).toEqual([what, en, undefined]);
  if (!isSentence) return;
  expect([what, th, HAS_THAI.test(ownThai)]).toEqual([what, th, true]);
  expect([what, en, HAS_THAI.test(ownEnglish), /[a-z]/.test(ownEnglish)]).toEqual([what, en, false, true]);
}

test('every event that the program declares is told by the narration of its streams', () => {
  const untold = histories.flatMap(({ events }) =>
    events.filter(({ stream, type }) => narrationOf(stream).telling(type) === undefined).map(({ type }) => type),
  );
  expect(untold).toEqual([]);
  const tellable = Object.values(narrations()).flatMap(({ tells }) => Object.keys(tells));
  expect(codec.types.filter((type) => !tellable.includes(type))).toEqual([]);
});

test.each(histories)('$name is told in both languages, without words of the program', ({ name, events }) => {
  const { stream } = events[0] as Recorded;
  const narration = narrationOf(stream);
  expect(categoryOf(stream)).toBe(narration.category);
  const quoted = [...new Set(events.flatMap(({ data, stream: of }) => [...textsIn(data), of]))].sort(
    (one, other) => other.length - one.length,
  );
  const checked = new Set<string>();
  let state = narration.begin;
  events.forEach((event, index) => {
    const what = `${name} ${index} ${event.type}`;
    const { act, sentence, why, evidence, indicators, effectiveFrom } = narration.telling(event.type)!;
    expectTold(what, act, [], true);
    expectTold(what, sentence({ data: event.data, isTranscribed: event.isTranscribed }, state, NAMES_BY_CODE), quoted, true);
    expect(JSON.stringify([why?.(event.data), evidence?.(event.data)])).not.toContain('$private');
    for (const id of indicators?.(event.data, state) ?? []) expect(typeof id).toBe('string');
    expect(effectiveFrom?.(event.data) ?? '2000-01-01').toMatch(/^\d{4}-\d{2}-\d{2}$/);
    state = narration.evolve(state, event);
    const facts = narration.facts(state, NAMES_BY_CODE);
    const keys = facts.map(({ key }) => JSON.stringify(key));
    expect(new Set(keys).size).toBe(keys.length);
    expect(JSON.stringify(facts)).not.toContain('$private');
    for (const { key, label, shown } of facts) {
      const text = JSON.stringify([label, shown]);
      if (checked.has(text)) continue;
      checked.add(text);
      expectTold(`${what}: ${key.join(' ')}`, label, quoted, false);
      expectTold(`${what}: ${key.join(' ')}`, shown, quoted, false);
    }
  });
});

test.each(histories)('$name is told to whoever may have some of it only, whatever that is', ({ events }) => {
  const narration = narrationOf((events[0] as Recorded).stream);
  const random = new SeededRandom(35);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    let state = narration.begin;
    for (const event of random.shuffled(events).filter(() => random.integer(0, 2) > 0)) {
      const { sentence, indicators } = narration.telling(event.type)!;
      const { th, en } = sentence({ data: event.data, isTranscribed: event.isTranscribed }, state, NAMES_BY_CODE);
      expect(`${th}${en}`).not.toMatch(NOT_TOLD);
      indicators?.(event.data, state);
      state = narration.evolve(state, event);
      const told = narration.facts(state, NAMES_BY_CODE).map(({ label, shown }) => [label, shown]);
      expect(JSON.stringify(told)).not.toMatch(NOT_TOLD);
    }
  }
});
