/** The door for other slices: in which words they say what of their events is published. This slice writes no events. */
export type {
  Condition,
  Mark,
  MarkName,
  Publication,
  PublicationRule,
  PublicationRules,
  ToldEvent,
} from './publication/publication-rule';
