import type { AnyNarration, Fact, Names } from '@khamrap/audit/events';
import type { BothLanguages } from '@khamrap/kernel';

/** An event as narrations are told it. */
interface ToldEvent {
  readonly type: string;
  readonly data: unknown;
}

/** Every office is called by its code. */
export const NAMES_BY_CODE: Names = { office: (officeId) => ({ th: officeId, en: officeId }) };

const UNTOLD = /undefined|null|NaN|\[object|\{|\$private/;

/** What a narration tells of events, one behind the other. */
export function narrated(
  narration: AnyNarration,
  events: readonly ToldEvent[],
  { isTranscribed = false } = {},
): { readonly sentences: readonly BothLanguages[]; readonly facts: readonly Fact[] } {
  let state = narration.begin;
  const sentences: BothLanguages[] = [];
  for (const event of events) {
    const told = { ...event, isTranscribed } as never;
    // Its reader may not have what came before.
    sentenceOf(narration, event.type, told, narration.begin);
    sentences.push(sentenceOf(narration, event.type, told, state));
    state = narration.evolve(state as never, told);
  }
  return { sentences, facts: checked(narration.facts(state as never, NAMES_BY_CODE)) };
}

function sentenceOf({ tells }: AnyNarration, type: string, told: never, before: unknown): BothLanguages {
  const telling = tells[type];
  if (!telling) throw new Error(`nobody can tell of ${type}`);
  const sentence = telling.sentence(told, before as never, NAMES_BY_CODE);
  for (const text of [sentence.th, sentence.en, telling.act.th, telling.act.en])
    if (text.trim() === '' || UNTOLD.test(text)) throw new Error(`${type} is told as "${text}"`);
  return sentence;
}

function checked(facts: readonly Fact[]): readonly Fact[] {
  const keys = facts.map(({ key }) => key.join(' '));
  if (new Set(keys).size < keys.length) throw new Error(`two facts have one key: ${keys.join(', ')}`);
  for (const { key, label, shown } of facts)
    for (const text of [label.th, label.en, shown.th, shown.en])
      if (text === '' || UNTOLD.test(text)) throw new Error(`the fact ${key.join(' ')} is told as "${text}"`);
  return facts;
}

/** What stands, by the words of its key. */
export function shownBy(facts: readonly Fact[]): Readonly<Record<string, readonly [th: string, en: string]>> {
  return Object.fromEntries(facts.map(({ key, shown }) => [key.join(' '), [shown.th, shown.en]]));
}
