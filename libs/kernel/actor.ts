/** Who did something, as the record keeps it: never a name, never a number that the state issued to a person. */
export interface Actor {
  /** Random pseudonym of the person or machine; what it stands for is kept in the vault. */
  readonly id: string;
  /** The role in which the actor acted, as granted. */
  readonly role: string;
  /** Identifier of the office for which the actor acted; absent for those who act for none. */
  readonly office?: string;
  /** Pseudonym of the person on whose behalf the actor acted. */
  readonly onBehalfOf?: string;
}
