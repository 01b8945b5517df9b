import type { DraftedAgreement } from './agreement.state';

/** The offices that an agreement concerns: its parties, and those that lead its indicators (or the one that is named). */
export function officesOf({ parties, indicators }: DraftedAgreement, indicatorId?: string): readonly string[] {
  const concerned = indicatorId === undefined ? [...indicators.values()] : [indicators.get(indicatorId)];
  const leading = concerned.map((indicator) => indicator?.terms.leadOffice?.officeId);
  return [...parties.map(({ officeId }) => officeId), ...leading.filter((officeId) => officeId !== undefined)];
}
