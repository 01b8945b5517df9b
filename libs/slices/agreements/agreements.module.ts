import { Module } from '@nestjs/common';
import { AgreementsController } from './agreements.controller';
import { AddIndicatorHandler } from './commands/add-indicator';
import { DraftAgreementHandler } from './commands/draft-agreement';
import { ReportActualHandler } from './commands/report-actual';
import { SetTargetHandler } from './commands/set-target';
import { SignAgreementHandler } from './commands/sign-agreement';
import { ReadAgreementHandler } from './views/agreement/agreement.query';

@Module({
  controllers: [AgreementsController],
  providers: [
    DraftAgreementHandler,
    AddIndicatorHandler,
    SetTargetHandler,
    SignAgreementHandler,
    ReportActualHandler,
    ReadAgreementHandler,
  ],
})
export class AgreementsModule {}
