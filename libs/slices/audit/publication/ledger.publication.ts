import type { AnyRules } from './publication';

const ABOUT_THE_LOG =
  'It tells of the log itself, which everybody is to check: of keys, sizes and roots, never of a person.';

/** What the stream `ledger` tells. */
export const ledgerPublication: AnyRules = {
  LedgerOpened: { publish: 'atOnce', because: ABOUT_THE_LOG },
  LogKeyAdopted: { publish: 'atOnce', because: ABOUT_THE_LOG },
  LogKeyRetired: { publish: 'atOnce', because: ABOUT_THE_LOG },
  LogEpochOpened: {
    publish: 'atOnce',
    because: 'Why the log was signed anew is what whoever finds the old signatures has to be told.',
  },
  StreamHeadsRecorded: { publish: 'atOnce', because: ABOUT_THE_LOG },
  AccessLogSealed: { publish: 'atOnce', because: ABOUT_THE_LOG },
};
