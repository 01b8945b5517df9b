export { AgreementsModule } from './agreements.module';
export { AddIndicator } from './commands/add-indicator';
export { DraftAgreement } from './commands/draft-agreement';
export { ReportActual } from './commands/report-actual';
export { SetTarget } from './commands/set-target';
export { SignAgreement } from './commands/sign-agreement';
export type { AgreementCommand } from './domain/agreement.commands';
export { agreementEventDeclarations } from './domain/agreement.events';
export { agreementRefusals } from './domain/agreement.refusals';
