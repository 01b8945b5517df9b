import { canonicalJson, sha256Hex, type JsonObject } from '@khamrap/kernel';
import type { Draft, DraftIndicator, IndicatorTerms, TargetTerms } from '../agreement.state';
import { compareDisplayNumbers } from './display-number';

type Terms = Pick<Draft, 'heading' | 'indicators'>;

/**
 * Version of the form below. Signatures name hashes of older forms for ever, so a changed form gets a new number. What
 * events have gained since form 1 was first signed is optional, and what is absent is left out: a text without it is byte
 * for byte what it was, so it is form 1 still.
 */
const FORM = 1;

/**
 * The text that a signature is about: RFC 8785 JSON of everything that the parties undertake, indicators in the order of
 * their display numbers, targets in the order of their span keys. Every field is named here: one that an event gains
 * later does not slip into a text that was signed without it. Identifiers that the ledger made up are left out, so
 * that whoever holds the agreement on paper can write the same text; only another agreement or a scheme has no other name.
 */
export function canonicalTerms({ heading, indicators }: Terms): string {
  const { title, level, fiscalYear, period, province, goalSet, preamble, parties, parents, scheme } = heading;
  return canonicalJson({
    form: FORM,
    title,
    level,
    fiscalYear,
    period,
    province,
    goalSet,
    preamble,
    parties,
    parents,
    scheme,
    indicators: [...indicators.values()].sort(byDisplayNumber).map((indicator) => indicatorText(indicator, indicators)),
  });
}

/** SHA-256 of the canonical terms, in hexadecimal. */
export function termsHashOf(terms: Terms): string {
  return sha256Hex(canonicalTerms(terms));
}

function indicatorText({ terms, targets }: DraftIndicator, indicators: Terms['indicators']): JsonObject {
  const { displayNumber, printedNumber, goalNumber, name, nameEn, unit, direction, weight, leadOffice, leadPerson } =
    terms;
  const parent = terms.parentIndicatorId === undefined ? undefined : indicators.get(terms.parentIndicatorId);
  return {
    displayNumber,
    printedNumber,
    parentNumber: parent?.terms.displayNumber,
    goalNumber,
    name,
    nameEn,
    unit,
    direction,
    weight,
    leadOffice,
    leadPerson,
    ...detailText(terms),
    targets: [...targets.values()].sort(bySpan).map(targetText),
  };
}

function detailText(terms: IndicatorTerms): JsonObject {
  const { definition, formula, unitPrinted, kind, sharedDefinition, accumulation, rounds } = terms;
  const { keepers, coOwners, supervisor, dataSource, baselines } = terms;
  return {
    definition,
    formula,
    unitPrinted,
    kind,
    sharedDefinition,
    accumulation,
    rounds,
    keepers,
    coOwners,
    supervisor,
    dataSource,
    baselines,
  };
}

function targetText(target: TargetTerms): JsonObject {
  const { span, criterion, value, unit, levels, milestones, dates, comparisonSpan, asPrinted } = target;
  return { span, criterion, value, unit, levels, milestones, dates, comparisonSpan, asPrinted };
}

function byDisplayNumber(one: DraftIndicator, other: DraftIndicator): number {
  return compareDisplayNumbers(one.terms.displayNumber, other.terms.displayNumber);
}

function bySpan(one: TargetTerms, other: TargetTerms): number {
  return one.span < other.span ? -1 : 1;
}
