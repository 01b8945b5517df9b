import {
  code,
  eventSchema,
  eventVersions,
  integer,
  list,
  object,
  official,
  optional,
  type EventDeclaration,
  type EventOf,
} from '@khamrap/kernel';

const content = {
  nameTh: official(),
  nameEn: optional(official()),
  /** ISO 3166-2, such as `TH-54`. */
  province: code(),
  /** Number of the later year in the Buddhist Era. */
  fiscalYear: integer(),
  /** In the order of their numbers, which agreements refer to. */
  goals: list(object({ number: integer(), nameTh: official(), nameEn: optional(official()) })),
};

/** The joint goals of a province for a fiscal year, as they are first published. */
const goalSetPublished = eventSchema('GoalSetPublished', 1, content);

/** The whole set anew; province and year stay as they were. */
const goalSetRevised = eventSchema('GoalSetRevised', 1, {
  ...content,
  /** The set that was published is the first. */
  goalSetVersion: integer(),
  reason: official(),
});

export type GoalSetPublished = EventOf<typeof goalSetPublished>;
export type GoalSetRevised = EventOf<typeof goalSetRevised>;

/** Everything that can have happened in a stream `goal-set-{id}`. */
export type GoalSetEvent = GoalSetPublished | GoalSetRevised;

/** One joint goal of a set. */
export type Goal = GoalSetPublished['data']['goals'][number];

/** What the codec knows about these events: every version that was ever written, and the way from each to the next. */
export const goalSetEventDeclarations: readonly EventDeclaration[] = [
  eventVersions(goalSetPublished),
  eventVersions(goalSetRevised),
];
