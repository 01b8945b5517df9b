export { AuditModule } from './audit.module';
export { auditRefusals } from './audit.refusals';
export { ledgerNarrations } from './narration/ledger.narration';
export { NarrationOfEvents } from './narration/narration-of-events';
export { ledgerPublication } from './publication/ledger.publication';
export { PublicationOfEvents, type AnyRules } from './publication/publication';
export { disclosuresProjection } from './views/disclosures/disclosures.projection';
export type { AnyNarrations } from './narration/narration-rule';
