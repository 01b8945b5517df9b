import { code, eventSchema, integer, list, object, official, type EventOf, type IsoDate } from '@khamrap/kernel';

/**
 * The term has run out for which the private values of an agreement are kept, and they are erased. It states by what the term was
 * reckoned, so that anybody can reckon it again.
 */
export const retentionApplied = eventSchema('RetentionApplied', 1, {
  /** The agreement's id. */
  agreement: code(),
  closedOn: code<IsoDate>(),
  /** How many whole fiscal years after that of the closing the values were to be kept. */
  years: integer(),
  /** On whose order, with nothing in it that tells of a person. */
  reason: official(),
  /** What the vault erases: it reads this event and nothing else (`Vault.carryOutErasure`). */
  fromVault: object({ commitments: list(code()) }),
});

/** Everything that can have happened in a stream `retention-{agreementId}`. */
export type RetentionApplied = EventOf<typeof retentionApplied>;
