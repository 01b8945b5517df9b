import { Rejection, type JsonObject, type RejectionCatalogue } from '@khamrap/kernel';
import { actualsRefusals } from './figures/actuals.refusals';
import { amendmentsRefusals } from './amendments/amendments.refusals';
import { roundsRefusals } from './rounds/rounds.refusals';
import { signingRefusals } from './signing/signing.refusals';
import { draftSourceRefusals } from './terms/draft-source.refusals';
import { termsRefusals } from './terms/terms.refusals';

/** Refusals by the rules. */
const ruleRefusals = {
  ...termsRefusals,
  ...signingRefusals,
  ...amendmentsRefusals,
  ...actualsRefusals,
  ...roundsRefusals,
} as const satisfies RejectionCatalogue;

/** Refusals that come before the rules: of people who may not do this here. */
const accessRefusals = {
  'agreement.notYours': {
    kind: 'forbidden',
    title: {
      th: 'ท่านไม่มีสิทธิดำเนินการกับคำรับรองของส่วนราชการนี้',
      en: 'Your grants do not reach the offices of this agreement',
    },
  },
  'signature.notTheHolder': {
    kind: 'unprocessable',
    title: {
      th: 'ผู้ได้รับมอบอำนาจลงนามในฐานะผู้ดำรงตำแหน่งไม่ได้',
      en: 'Who acts under a delegation does not sign as the holder of the office',
    },
  },
} as const satisfies RejectionCatalogue;

/** Every refusal of this slice, with what it means to the one who asked. Codes are for ever: clients rely on them. */
export const agreementRefusals: RejectionCatalogue = { ...ruleRefusals, ...draftSourceRefusals, ...accessRefusals };

export type AgreementRefusal = keyof typeof ruleRefusals;

/** A refusal with the facts that explain it; `pointer` is a JSON Pointer into the data of the command. */
export function refuse(code: AgreementRefusal, facts?: JsonObject, pointer?: string): Rejection {
  return new Rejection(code, facts, pointer);
}
