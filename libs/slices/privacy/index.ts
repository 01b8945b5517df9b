export { PrivacyModule } from './privacy.module';
export { personalDataEventDeclarations } from './domain/personal-data-request.events';
export { personalDataRefusals } from './domain/personal-data-request.refusals';
export { agreementsPastTerm, applyRetention, type AgreementPastTerm, type RetentionOrder } from './erasures/retention';
export { personalDataRequestsProjection } from './views/requests/requests.projection';
export { personalDataNarrations } from './narration';
export { personalDataPublication } from './publication';
