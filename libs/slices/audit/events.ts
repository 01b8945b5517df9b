/** The door for other slices: in which words they say what of their events is published, and how they are told. This slice writes no events. */
export type {
  Condition,
  Mark,
  MarkName,
  Publication,
  PublicationRule,
  PublicationRules,
  ToldEvent,
} from './publication/publication-rule';
export type {
  AnyNarration,
  AnyNarrations,
  Fact,
  NamedActor,
  NamedEvidence,
  Names,
  NarratedEvent,
  Narration,
  StatedReason,
  Telling,
} from './narration/narration-rule';
