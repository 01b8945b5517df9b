import type { Names } from '@khamrap/audit/events';
import type { BothLanguages } from '@khamrap/kernel';
import type { IndicatorTold, ToldAgreement } from './told-agreement';

/** The number of an indicator; its id where its terms were not told. */
export function toldIndicatorNumber({ terms, indicatorId }: IndicatorTold): string {
  return terms?.displayNumber ?? indicatorId;
}

/** An indicator as sentences name it: `ตัวชี้วัด 8.1 “…”`; by its id where its terms were not told. */
export function toldIndicator(told: ToldAgreement, indicatorId: string): BothLanguages {
  const terms = told.indicators.get(indicatorId)?.terms;
  return terms ? toldTerms(terms) : { th: `ตัวชี้วัด ${indicatorId}`, en: `indicator ${indicatorId}` };
}

/** An indicator by its terms. */
export function toldTerms({ displayNumber, name, nameEn = name }: NonNullable<IndicatorTold['terms']>): BothLanguages {
  return { th: `ตัวชี้วัด ${displayNumber} “${name}”`, en: `indicator ${displayNumber} “${nameEn}”` };
}

interface Headed {
  readonly heading?: ToldAgreement['heading'] | undefined;
}

/** An office that takes part, by the name that the agreement gives it; by the one that it has otherwise. */
export function toldParty({ heading }: Headed, officeId: string, names: Names): BothLanguages {
  const party = heading?.parties.find((each) => each.officeId === officeId);
  if (!party) return names.office(officeId);
  return { th: party.officeName, en: party.officeNameEn ?? party.officeName };
}

/** A phrase with the office that it is about. */
export function named(
  { th, en }: BothLanguages,
  officeId: string,
  heading: ToldAgreement['heading'],
  names: Names,
): BothLanguages {
  const office = toldParty({ heading }, officeId, names);
  return { th: `${th}${office.th}`, en: `${en} ${office.en}` };
}
