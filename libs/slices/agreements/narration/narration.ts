import type { AnyNarrations, Narration } from '@khamrap/audit/events';
import type { AgreementEvent } from '../domain/agreement.events';
import { evolveTold } from './evolve-told';
import { agreementFacts, agreementParts } from './facts';
import { progressTells } from './tells.progress';
import { roundTells } from './tells.rounds';
import { termsTells } from './tells.terms';
import { NOTHING_TOLD, type ToldAgreement } from './told-agreement';

const agreement: Narration<ToldAgreement, AgreementEvent> = {
  begin: NOTHING_TOLD,
  evolve: evolveTold,
  facts: agreementFacts,
  parts: agreementParts,
  tells: { ...termsTells, ...progressTells, ...roundTells },
};

/** How agreements are told. */
export const agreementNarrations = { agreement } satisfies AnyNarrations;
