import type { BothLanguages } from '@khamrap/kernel';
import type { RuleCode } from '../rules/rule-vocabulary';
import type { Measures } from '../rules/rules-in-force';
import { makerOf, officesOf, type AgreementMemory, type Link } from './memory';

/** What a rule has found: the question that it puts where it is in force and the measures are enough. */
export interface Finding {
  readonly rule: RuleCode;
  /** With the rule it names the question, always by the same words. */
  readonly subject: readonly string[];
  readonly place: FindingPlace;
  /** Events that it rests on, the newest last. */
  readonly restsOn: readonly Link[];
  readonly measures: Measures;
  readonly seen: BothLanguages;
  /** What later events are looked for by: those that touch it change what the question rests on. */
  readonly watch: string | null;
}

/** Where a question stands, and what it is about. */
export interface FindingPlace {
  readonly agreementId: string | null;
  readonly schemeId: string | null;
  /** The office that made the agreement. */
  readonly officeId: string | null;
  readonly province: string | null;
  readonly offices: readonly string[];
  readonly indicatorId: string | null;
  readonly span: string | null;
  readonly round: string | null;
  readonly fiscalYear: number | null;
}

/** An event of its own kind has touched what some questions rest on. */
export interface Touch {
  readonly watch: string;
  /** For extensions that are meant for some offices only. */
  readonly offices?: readonly string[];
}

/** The place of a question about an agreement, or a part of it. */
export function placeIn(
  memory: AgreementMemory,
  about: { readonly indicatorId?: string; readonly span?: string; readonly round?: string | undefined } = {},
): FindingPlace {
  const { agreementId, heading } = memory;
  return {
    agreementId,
    schemeId: heading.scheme?.schemeId ?? null,
    officeId: makerOf(memory) ?? null,
    province: heading.province ?? null,
    offices: officesOf(memory, about.indicatorId),
    indicatorId: about.indicatorId ?? null,
    span: about.span ?? null,
    round: about.round ?? null,
    fiscalYear: heading.fiscalYear,
  };
}

/** An indicator as people call it. */
export function toldIndicator({ indicators }: AgreementMemory, indicatorId: string): BothLanguages {
  const terms = indicators.get(indicatorId)?.terms;
  if (!terms) return { th: 'ตัวชี้วัด', en: 'an indicator' };
  const { displayNumber, name, nameEn = name } = terms;
  return { th: `ตัวชี้วัดที่ ${displayNumber} “${name}”`, en: `indicator ${displayNumber} “${nameEn}”` };
}

export const watchOfCell = (agreementId: string, indicatorId: string, span: string, officeId = ''): string =>
  `cell ${agreementId} ${indicatorId} ${span} ${officeId}`;
export const watchOfTarget = (agreementId: string, indicatorId: string, span: string): string =>
  `target ${agreementId} ${indicatorId} ${span}`;
export const watchOfSignatures = (agreementId: string): string => `signatures ${agreementId}`;
export const watchOfOrder = (officeId: string, order: string): string => `order ${officeId} ${order}`;
export const watchOfAward = (awardId: string): string => `award ${awardId}`;
export const watchOfDeadline = (schemeId: string, fiscalYear: number, version: number, round: string): string =>
  `deadline ${schemeId} ${fiscalYear} ${version} ${round}`;
