import type { DeadlineExtension, DecimalText } from '@khamrap/kernel';
import type { CalendarRound, ReferenceDataPublished } from './scheme.events';

/** A calendar as far as an extension is judged by it. */
export interface CalendarState {
  readonly calendarVersion: number;
  readonly rounds: readonly CalendarRound[];
  /** By the round that they extend, in the order in which they were granted. */
  readonly extensions: ReadonlyMap<string, readonly DeadlineExtension[]>;
}

/** A scheme that was published: how far its versions are counted, and the calendars in force. */
export interface PublishedScheme {
  readonly status: 'published';
  /** The last versions; 0 where there is none yet. */
  readonly ruleVersion: number;
  readonly bandsVersion: number;
  readonly statusRulesVersion: number;
  /** The floor of the scoring rule in force; absent where there is none yet. */
  readonly floor?: DecimalText;
  /** Where the lowest band begins; absent where there are none yet. */
  readonly lowestBound?: DecimalText;
  /** By fiscal year. */
  readonly calendars: ReadonlyMap<number, CalendarState>;
  /** The reference data that was last published, by name. */
  readonly referenceData: ReadonlyMap<string, Omit<ReferenceDataPublished['data'], 'name'>>;
}

/** What the rules need to know of a scheme. */
export type SchemeState = { readonly status: 'notPublished' } | PublishedScheme;
