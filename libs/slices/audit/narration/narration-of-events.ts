import type { Json, JsonObject, Position, StreamName } from '@khamrap/kernel';
import type { Envelope, EventCodec } from '@khamrap/platform/event-store';
import type { PrivateValue } from '@khamrap/platform/transparency/proof';
import type { ToldDisclosure } from '../views/disclosures/disclosures';
import type { PublishedBy } from '../views/disclosures/disclosures.sql';
import type { AnyNarration, AnyNarrations, Fact, Names, Telling } from './narration-rule';

/** A narration of which it does not matter what its state is: it is handed back what it made. */
export interface UsableNarration {
  readonly category: string;
  readonly begin: unknown;
  evolve(state: unknown, event: NarratableEvent): unknown;
  facts(state: unknown, names: Names): readonly Fact[];
  parts(state: unknown, names: Names): readonly (readonly Fact[])[];
  telling(type: string): Telling<unknown, JsonObject> | undefined;
}

/** What `evolve` is told. */
interface NarratableEvent {
  readonly type: string;
  readonly data: JsonObject;
  readonly isTranscribed: boolean;
}

/** An event that its reader may have, in the newest version. */
export interface ToldEvent extends Envelope {
  readonly position: Position;
  /** Milliseconds since 1970. */
  readonly recordedAt: number;
  /** By which event everybody may have it; null where it is told to those who are entitled to it. */
  readonly published: PublishedBy | null;
  readonly isTranscribed: boolean;
  /** `data` with the private values in their places that its reader may have. */
  readonly opened: JsonObject;
}

/** How the streams of every category are told, and events as narrations take them. */
export class NarrationOfEvents {
  /** The longest first: `goal-set` before what could be called `goal`. */
  readonly #usable: readonly UsableNarration[];

  constructor(
    narrations: AnyNarrations,
    private readonly codec: EventCodec,
  ) {
    this.#usable = Object.entries(narrations)
      .map(([category, narration]) => usable(category, narration))
      .sort((first, second) => second.category.length - first.category.length);
  }

  /** The names of all events. */
  get types(): readonly string[] {
    return this.codec.types;
  }

  /** How a stream is told; undefined where no stream is called so. */
  of(stream: StreamName): UsableNarration | undefined {
    return this.#usable.find(({ category }) => stream === category || stream.startsWith(`${category}-`));
  }

  /**
   * An event as it was disclosed.
   * @param known what events say, by their positions; what is read here is added
   */
  told(
    { body, private: opening, position, recordedAt, published }: ToldDisclosure,
    known: Map<Position, Envelope> = new Map(),
  ): ToldEvent {
    const envelope = known.get(position) ?? this.codec.decode({ body });
    known.set(position, envelope);
    const opened = opening ? this.codec.decode({ body: opensIn(body, opening) }).data : envelope.data;
    const isTranscribed = envelope.provenance.kind === 'transcribed';
    return { ...envelope, position, recordedAt, published, isTranscribed, opened };
  }
}

function usable(category: string, narration: AnyNarration): UsableNarration {
  const { begin, tells } = narration;
  return {
    category,
    begin,
    evolve: (state, event) => narration.evolve(state as never, event as never),
    facts: (state, names) => narration.facts(state as never, names),
    parts: (state, names) => narration.parts?.(state as never, names) ?? [narration.facts(state as never, names)],
    telling: (type) => (Object.hasOwn(tells, type) ? tells[type] : undefined),
  };
}

/** The text of an event with private values in place of their commitments. */
function opensIn(body: string, opening: readonly PrivateValue[]): string {
  const envelope = JSON.parse(body) as { readonly data: Record<string, unknown> };
  for (const { path, disclosure } of opening) {
    const names = path
      .split('/')
      .slice(1)
      .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
    const last = names.pop();
    let place: Record<string, unknown> | undefined = envelope.data;
    for (const name of names) place = place?.[name] as Record<string, unknown> | undefined;
    if (place && last !== undefined) place[last] = valueIn(disclosure);
  }
  return JSON.stringify(envelope);
}

/** RFC 9901 §4.2.1. */
function valueIn(disclosure: string): Json {
  const [, , value] = JSON.parse(Buffer.from(disclosure, 'base64url').toString('utf8')) as [string, string, Json];
  return value;
}
