import { NOT_STATED } from '@khamrap/kernel';
import { keepersOf, type FoldedAgreement, type FoldedIndicator, type Row } from './folded-agreement';

/** The row that tells what an indicator is. */
export function indicatorRow(agreement: FoldedAgreement, { terms, weights, cancelledFromRound }: FoldedIndicator): Row {
  const weight = weights.at(-1)?.weight ?? NOT_STATED;
  const keepers = keepersOf(agreement, terms).map(({ officeId, officeName }) => ({ officeId, officeName }));
  const lead = terms.leadOffice ?? agreement.maker;
  return {
    agreement_id: agreement.agreementId,
    indicator_id: terms.indicatorId,
    display_order: displayOrder(terms.displayNumber),
    display_number: terms.displayNumber,
    printed_number: terms.printedNumber ?? null,
    parent_indicator_id: terms.parentIndicatorId ?? null,
    goal_number: terms.goalNumber ?? null,
    name: terms.name,
    name_en: terms.nameEn ?? null,
    kind: terms.kind ?? null,
    unit: terms.unit,
    direction: terms.direction,
    accumulation: terms.accumulation ?? null,
    weight: weight === NOT_STATED ? null : weight,
    weights: weights.length > 1 ? JSON.stringify(weights) : null,
    office_id: lead?.officeId ?? null,
    office_name: lead?.officeName ?? null,
    lead_person: terms.leadPerson ?? null,
    keepers: keepers.length > 0 ? JSON.stringify(keepers) : null,
    supervisor_id: terms.supervisor?.officeId ?? null,
    supervisor_name: terms.supervisor?.officeName ?? null,
    cancelled_from_round: cancelledFromRound ?? null,
  };
}

/** `8.10` as `00008.00010`, so that text sorts as people count. */
function displayOrder(displayNumber: string): string {
  return displayNumber
    .split('.')
    .map((part) => part.padStart(5, '0'))
    .join('.');
}
