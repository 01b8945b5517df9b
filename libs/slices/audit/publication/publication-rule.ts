import type { Span } from '@khamrap/kernel';
import type { Permission } from '@khamrap/platform/access';

/** What a rule is told of an event: what it says, in the newest version, and whether a document says it. */
export interface ToldEvent<Data> {
  readonly data: Data;
  readonly isTranscribed: boolean;
}

/** Names a mark within its stream, such as `['round', '6m']`. Two are the same where all words are. */
export type MarkName = readonly string[];

/** What an event leaves in its stream, by which others are published or held back. */
export interface Mark {
  readonly name: MarkName;
  /** The mark stands no more from here on, until another event sets it again. */
  readonly lifted?: true;
  /** It concerns what lies within these days, both included. */
  readonly days?: Span;
}

/** An event is published by a mark of its own stream. */
export interface Condition {
  readonly mark: MarkName;
  /**
   * `either`: at once where the mark stands already or the event itself sets it, otherwise with the first event behind that sets
   * it. `before`: at once where an earlier event has set it, otherwise never. `after`: with the first event behind that sets it,
   * whatever stands already.
   */
  readonly stands: 'either' | 'before' | 'after';
  /** Only a mark whose days hold these counts. */
  readonly days?: Span;
  /** Where one of these was set or lifted behind the event, and no later than it would be published, it never is. */
  readonly unless?: readonly MarkName[];
}

/** When everybody may have the body of an event: as it is recorded, never, or by a mark. */
export type Publication = 'atOnce' | 'never' | Condition;

/** Who may have what is not published. */
export interface Opening {
  /** All of these, where the stream or the part of it stands that the event is about; `audit.read` where absent. */
  readonly permissions?: readonly [Permission, ...Permission[]];
  /** What the event is about may lie elsewhere than its stream, so only a grant for the nation opens it. */
  readonly nationOnly?: true;
  /** It tells of all of its stream, so only who reaches each of the provinces where that stands may have it. */
  readonly wholeOnly?: true;
  /** Any of these opens private values too; nothing does where absent. */
  readonly privateValues?: readonly Permission[];
}

/**
 * How one type of event becomes public. A body is published whole or not at all, with its envelope, and never taken back: where a
 * part of it stays inside, or might, all of it does.
 */
export interface PublicationRule<Data> extends Opening {
  readonly publish: Publication | ((event: ToldEvent<Data>) => Publication);
  /** Why so, for whoever reads the rules. */
  readonly because: string;
  readonly marks?: (event: ToldEvent<Data>) => readonly Mark[];
  /** Only what a document states leaves marks: all others of the type need not be read. */
  readonly marksOfTranscribed?: true;
}

/** A rule for each of these events: what has none does not compile. */
export type PublicationRules<Event extends { readonly type: string; readonly data: unknown }> = {
  readonly [Type in Event['type']]: PublicationRule<Extract<Event, { readonly type: Type }>['data']>;
};
