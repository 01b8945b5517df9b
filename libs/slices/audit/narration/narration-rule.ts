import type { BothLanguages, IsoDate, Json } from '@khamrap/kernel';

/**
 * One thing that stands in a stream at a moment, such as the target of an indicator for a span. What an event changes, and what
 * differs between two moments, is told by the facts before and after; so each says what one event has stated, and nothing that
 * is worked out of several.
 */
export interface Fact {
  /** Names it within its stream, always by the same words: `['indicator', id, 'target', span]`. */
  readonly key: readonly string[];
  /** What people call it, such as "target of indicator 8.1, 1 October 2565 to 30 September 2566". */
  readonly label: BothLanguages;
  /** As data. Never a private value. */
  readonly value: Json;
  /** The value as people read it, with its unit. */
  readonly shown: BothLanguages;
}

/** What narrations ask for that is told elsewhere. */
export interface Names {
  /** An office, by its code; the code itself where nobody registered it. */
  office(officeId: string): BothLanguages;
}

/** An event as it is narrated: with private values in their places where who reads it may have them. */
export interface NarratedEvent<Data> {
  readonly data: Data;
  readonly isTranscribed: boolean;
}

/** Why something was done, as who did it has stated. */
export interface StatedReason {
  readonly text?: string;
  /** The paper that it rests on. */
  readonly document?: { readonly reference: string; readonly sha256?: string };
}

/** A file that an event names. */
export interface NamedEvidence {
  readonly sha256: string;
  readonly name?: string;
  readonly mediaType?: string;
}

/** The one who acted, where the event tells them by name; never of somebody else. */
export interface NamedActor {
  /** As in the envelope. */
  readonly pseudonym: string;
  readonly name: string;
  /** Their post, as they stated it. */
  readonly post?: string;
  /** In whose right they acted. */
  readonly capacity?: BothLanguages;
}

/** How one type of event is told to people. */
export interface Telling<State, Data> {
  /** The act as a heading, such as "ขอเปลี่ยนแปลงค่าเป้าหมาย" · "Amendment requested". */
  readonly act: BothLanguages;
  /** What happened, as one sentence. @param before what stood before the event */
  sentence(event: NarratedEvent<Data>, before: State, names: Names): BothLanguages;
  /** The indicators that it concerns; none where absent. @param before what stood before the event */
  indicators?(data: Data, before: State): readonly string[];
  /** From when on it holds, where it says so. */
  effectiveFrom?(data: Data): IsoDate | undefined;
  why?(data: Data): StatedReason | undefined;
  actor?(data: Data): NamedActor | undefined;
  evidence?(data: Data): readonly NamedEvidence[];
}

/**
 * How the streams of one category are told: to whoever asks for their history, and for what differs between two moments. Pure;
 * `evolve` is told the events of the stream that its reader may have, in the newest version, with commitments in place of private
 * values. What somebody may not have is left out, so nothing may be taken for granted: `evolve`, `facts` and `sentence` take every
 * event in every state, and say of what they were not told no more than its code.
 */
export interface Narration<State, Event extends { readonly type: string; readonly data: unknown }> {
  readonly begin: State;
  evolve(state: State, event: Event & { readonly isTranscribed: boolean }): State;
  /** What stands, in the order in which people read it. */
  facts(state: State, names: Names): readonly Fact[];
  /**
   * The same facts in parts, one behind the other. A part that nothing happened to is the same object as before, and is not
   * looked into: for streams of many events with many facts. The whole is one part where absent.
   */
  parts?(state: State, names: Names): readonly (readonly Fact[])[];
  /** One for each type: an event that nobody can tell of does not compile. */
  readonly tells: {
    readonly [Type in Event['type']]: Telling<State, Extract<Event, { readonly type: Type }>['data']>;
  };
}

/** A narration of whatever streams: what it is told has been made by itself, or read by the codec. */
export interface AnyNarration {
  readonly begin: unknown;
  evolve(state: never, event: never): unknown;
  facts(state: never, names: Names): readonly Fact[];
  parts?(state: never, names: Names): readonly (readonly Fact[])[];
  readonly tells: Readonly<Record<string, Telling<never, never>>>;
}

/** Narrations by the category of their streams, such as `goal-set`. */
export type AnyNarrations = Readonly<Record<string, AnyNarration>>;
