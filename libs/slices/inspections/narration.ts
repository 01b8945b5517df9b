import type { Narration } from '@khamrap/audit/events';
import type { InspectionEvent } from './domain/inspection.events';
import { factsOfInspection, NOTHING_TOLD, toldAfter, type ToldInspection } from './narration.facts';
import { TOLD_FINDINGS } from './narration.findings';
import { TOLD_ROUNDS } from './narration.rounds';

/** How streams `inspection-{roundId}` are told. */
export const inspectionNarration: Narration<ToldInspection, InspectionEvent> = {
  begin: NOTHING_TOLD,
  evolve: toldAfter,
  facts: factsOfInspection,
  tells: { ...TOLD_ROUNDS, ...TOLD_FINDINGS },
};
