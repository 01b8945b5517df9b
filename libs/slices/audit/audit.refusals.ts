import { accessLogRefusals } from './access-log/access-log.refusals';
import { bundleRefusals } from './bundles/bundles.refusals';
import { disclosureRefusals } from './domain/disclosure.refusals';
import { historyRefusals } from './history/history.refusals';
import { queryRefusals } from './queries/queries.refusals';
import { receiptRefusals } from './receipts/receipts.refusals';

/** Every refusal of this slice. */
export const auditRefusals = {
  ...disclosureRefusals,
  ...receiptRefusals,
  ...bundleRefusals,
  ...accessLogRefusals,
  ...queryRefusals,
  ...historyRefusals,
};
