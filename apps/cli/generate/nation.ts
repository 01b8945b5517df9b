import { PROVINCES, type FiscalYear, type Province } from '@khamrap/kernel';
import { derivedId } from '@khamrap/platform/event-store';
import { INDICATOR_KINDS, type IndicatorKind } from './indicator-kinds';
import { OFFICE_KINDS, type OfficeKind } from './office-kinds';

/** How large the generated nation is. */
export interface NationSize {
  readonly seed: number;
  /** 1 to 77. */
  readonly provinceCount: number;
  /** Provincial offices of each province, 1 to 28. */
  readonly officeCount: number;
  /** Indicators of each agreement, 1 to 10. */
  readonly indicatorCount: number;
  readonly firstFiscalYear: FiscalYear;
  readonly yearCount: number;
}

export interface GeneratedOffice {
  readonly officeId: string;
  readonly province: Province;
  readonly kind: OfficeKind;
  readonly nameTh: string;
  readonly nameEn: string;
}

/** An agreement of an office with its governor for one year. */
export interface GeneratedAgreement {
  readonly agreementId: string;
  readonly schemeId: string;
  readonly office: GeneratedOffice;
  readonly fiscalYear: FiscalYear;
  readonly indicators: readonly IndicatorKind[];
}

export const SIZE_MAX = {
  provinceCount: PROVINCES.length,
  officeCount: OFFICE_KINDS.length,
  indicatorCount: INDICATOR_KINDS.length,
} as const;

export function governorOfficeOf({ code, nameTh, nameEn }: Province) {
  return {
    officeId: `${code.toLowerCase()}-governor`,
    nameTh: `จังหวัด${nameTh}`,
    nameEn: `${nameEn} Province`,
  };
}

export function provincesOf({ provinceCount }: NationSize): readonly Province[] {
  return PROVINCES.slice(0, provinceCount);
}

export function officesOf(province: Province, { officeCount }: NationSize): readonly GeneratedOffice[] {
  return OFFICE_KINDS.slice(0, officeCount).map((kind) => ({
    officeId: `${province.code.toLowerCase()}-${kind.code}`,
    province,
    kind,
    nameTh: `${kind.nameTh}${province.nameTh}`,
    nameEn: `${province.nameEn} ${kind.nameEn}`,
  }));
}

export function schemeIdOf(fiscalYear: FiscalYear): string {
  return `generated-${fiscalYear}`;
}

/** Every office makes one agreement a year; its name in the ledger follows from that. */
export function agreementOf(
  office: GeneratedOffice,
  fiscalYear: FiscalYear,
  { indicatorCount }: NationSize,
): GeneratedAgreement {
  return {
    agreementId: derivedId('agreement', 'signed', 'provincialOffice', office.officeId, String(fiscalYear)),
    schemeId: schemeIdOf(fiscalYear),
    office,
    fiscalYear,
    indicators: INDICATOR_KINDS.slice(0, indicatorCount),
  };
}
