import { bundleRefusals } from './bundles/bundles.refusals';
import { disclosureRefusals } from './domain/disclosure.refusals';
import { receiptRefusals } from './receipts/receipts.refusals';

/** Every refusal of this slice. */
export const auditRefusals = { ...disclosureRefusals, ...receiptRefusals, ...bundleRefusals };
