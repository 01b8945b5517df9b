export { AuditModule } from './audit.module';
export { auditRefusals } from './audit.refusals';
export { ledgerPublication } from './publication/ledger.publication';
export { PublicationOfEvents, type AnyRules } from './publication/publication';
export { disclosuresProjection } from './views/disclosures/disclosures.projection';
