import type { IsoDate } from '@khamrap/kernel';
import type { RulesInForce } from '../rules/rules-in-force';
import type { Link } from './memory';
import type { OfficeMemory } from './office-memory';
import type { SchemeMemory } from './scheme-memory';

/** Where a file was named first, for one span in one place. */
export interface EvidenceUse {
  readonly sha256: string;
  /** The province; where none is stated, the agreement. */
  readonly place: string;
  readonly span: string;
  readonly agreementId: string;
  readonly province: string | null;
  readonly offices: readonly string[];
  readonly link: Link;
}

/** An inspection round that is open, and whom it inspects. */
export interface OpenInspection {
  readonly roundId: string;
  /** As it is printed. */
  readonly number: string;
  readonly provinces: readonly string[];
  /** Empty where it inspects whoever there is in its provinces. */
  readonly offices: readonly string[];
  readonly link: Link;
  readonly day: IsoDate;
}

/** An award that rests on the closing of a round. */
export interface AwardOnRound {
  readonly awardId: string;
  readonly agreementId: string;
  readonly round: string;
  /** Which closing; the one that stood where it is not told. */
  readonly closureRevision: number | null;
  readonly revoked: boolean;
  readonly link: Link;
}

/** What other streams said before an event. */
export interface Around {
  readonly rules: RulesInForce;
  readonly scheme: SchemeMemory;
  office(officeId: string): OfficeMemory;
  uses(sha256: string): readonly EvidenceUse[];
  inspections(province: string | null): readonly OpenInspection[];
  awards(agreementId: string): readonly AwardOnRound[];
}
