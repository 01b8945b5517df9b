import { Module } from '@nestjs/common';
import { ActualsController } from './actuals.controller';
import { AgreementsController } from './agreements.controller';
import { AmendmentsController } from './amendments.controller';
import { AcceptTermsHandler } from './commands/accept-terms';
import { AddIndicatorHandler } from './commands/add-indicator';
import { AnnounceResultHandler } from './commands/announce-result';
import { ApproveAmendmentHandler } from './commands/approve-amendment';
import { CertifyActualHandler } from './commands/certify-actual';
import { CloseAgreementHandler } from './commands/close-agreement';
import { CloseEvaluationRoundHandler } from './commands/close-evaluation-round';
import { CorrectActualHandler } from './commands/correct-actual';
import { DecideAppealHandler } from './commands/decide-appeal';
import { DetermineScoreHandler } from './commands/determine-score';
import { DraftAgreementHandler } from './commands/draft-agreement';
import { DraftSources } from './commands/draft-sources';
import { ExamineActualHandler } from './commands/examine-actual';
import { FigureSources } from './commands/figure-sources';
import { FileAppealHandler } from './commands/file-appeal';
import { GrantExemptionHandler } from './commands/grant-exemption';
import { ProposeTermsHandler } from './commands/propose-terms';
import { RejectAmendmentHandler } from './commands/reject-amendment';
import { RemoveIndicatorHandler } from './commands/remove-indicator';
import { ReopenEvaluationRoundHandler } from './commands/reopen-evaluation-round';
import { ReportActualHandler } from './commands/report-actual';
import { RequestAmendmentHandler } from './commands/request-amendment';
import { ReturnActualHandler } from './commands/return-actual';
import { ReturnTermsHandler } from './commands/return-terms';
import { ReviseIndicatorHandler } from './commands/revise-indicator';
import { InspectionFacts } from './commands/inspection-facts';
import { OfficeFacts } from './commands/office-facts';
import { SchemeFacts } from './commands/scheme-facts';
import { SetTargetHandler } from './commands/set-target';
import { SignAgreementHandler } from './commands/sign-agreement';
import { WithdrawAgreementHandler } from './commands/withdraw-agreement';
import { RoundsController } from './rounds.controller';
import { ReadAgreementHandler } from './views/agreement/agreement.query';

@Module({
  controllers: [AgreementsController, AmendmentsController, ActualsController, RoundsController],
  providers: [
    DraftAgreementHandler,
    AddIndicatorHandler,
    ReviseIndicatorHandler,
    RemoveIndicatorHandler,
    SetTargetHandler,
    ProposeTermsHandler,
    ReturnTermsHandler,
    AcceptTermsHandler,
    SignAgreementHandler,
    WithdrawAgreementHandler,
    DraftSources,
    RequestAmendmentHandler,
    ApproveAmendmentHandler,
    RejectAmendmentHandler,
    ReportActualHandler,
    CorrectActualHandler,
    CertifyActualHandler,
    ReturnActualHandler,
    ExamineActualHandler,
    GrantExemptionHandler,
    FigureSources,
    SchemeFacts,
    InspectionFacts,
    OfficeFacts,
    CloseEvaluationRoundHandler,
    ReopenEvaluationRoundHandler,
    DetermineScoreHandler,
    AnnounceResultHandler,
    FileAppealHandler,
    DecideAppealHandler,
    CloseAgreementHandler,
    ReadAgreementHandler,
  ],
})
export class AgreementsModule {}
