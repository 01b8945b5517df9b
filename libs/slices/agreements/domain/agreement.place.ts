import type { DraftedAgreement, DraftIndicator, RunningIndicator } from './agreement.state';

/** Whether the public may know that there is the agreement. */
export function isPublished({ status }: DraftedAgreement): boolean {
  switch (status) {
    case 'inEffect':
    case 'closed':
    case 'announced':
    case 'monitored':
      return true;
    case 'draft':
    case 'withdrawn':
      return false;
  }
}

/** The offices that an agreement concerns: its parties, and those that work on its indicators (or on the one that is named). */
export function officesOf({ parties, indicators }: DraftedAgreement, indicatorId?: string): readonly string[] {
  const concerned = indicatorId === undefined ? [...indicators.values()] : [indicators.get(indicatorId)];
  return [...parties.map(({ officeId }) => officeId), ...concerned.flatMap(officesAt)];
}

/** Those that lead, keep and supervise it. */
function officesAt(indicator: DraftIndicator | RunningIndicator | undefined): readonly string[] {
  if (!indicator) return [];
  const { leadOffice, supervisor, keepers = [] } = indicator.terms;
  const named = [leadOffice?.officeId, supervisor?.officeId].filter((officeId) => officeId !== undefined);
  return [...named, ...keepers.map((keeper) => (typeof keeper === 'string' ? keeper : keeper.officeId))];
}
