import { Module } from '@nestjs/common';
import { AssignmentsModule } from './assignments.module';
import { CloseInspectionRoundHandler } from './commands/close-round';
import { Conducting } from './commands/conducting';
import { CorrectFindingHandler } from './commands/correct-finding';
import { EscalateFindingHandler } from './commands/escalate-finding';
import { ExtendDueDateHandler } from './commands/extend-due-date';
import { FindingSources } from './commands/finding-sources';
import { InspectedOffices } from './commands/inspected-offices';
import { JudgeResponseHandler } from './commands/judge-response';
import { MakeRecommendationHandler } from './commands/make-recommendation';
import { OpenInspectionRoundHandler } from './commands/open-round';
import { RecordFindingHandler } from './commands/record-finding';
import { RecordVisitHandler } from './commands/record-visit';
import { ReopenFindingHandler } from './commands/reopen-finding';
import { ReopenInspectionRoundHandler } from './commands/reopen-round';
import { RespondHandler } from './commands/respond';
import { ReviseInspectionRoundHandler } from './commands/revise-round';
import { RoundTermsReader } from './commands/round-terms';
import { StateNoFindingsHandler } from './commands/state-no-findings';
import { WithdrawFindingHandler } from './commands/withdraw-finding';
import { ZoneSnapshots } from './commands/zone-snapshots';
import { FindingsController } from './findings.controller';
import { InspectionsController } from './inspections.controller';
import { ListFindingsHandler, ListOverdueHandler } from './views/follow-up/findings.query';
import { ListInspectionRoundsHandler } from './views/follow-up/rounds.query';
import { SummariseFindingsHandler } from './views/follow-up/summary.query';
import { ReadInspectionRoundHandler } from './views/round/round.query';

@Module({
  imports: [AssignmentsModule],
  controllers: [InspectionsController, FindingsController],
  providers: [
    CloseInspectionRoundHandler,
    Conducting,
    CorrectFindingHandler,
    EscalateFindingHandler,
    ExtendDueDateHandler,
    FindingSources,
    InspectedOffices,
    JudgeResponseHandler,
    MakeRecommendationHandler,
    OpenInspectionRoundHandler,
    RecordFindingHandler,
    RecordVisitHandler,
    ReopenFindingHandler,
    ReopenInspectionRoundHandler,
    RespondHandler,
    ReviseInspectionRoundHandler,
    RoundTermsReader,
    StateNoFindingsHandler,
    WithdrawFindingHandler,
    ZoneSnapshots,
    ListFindingsHandler,
    ListOverdueHandler,
    ListInspectionRoundsHandler,
    SummariseFindingsHandler,
    ReadInspectionRoundHandler,
  ],
})
export class InspectionsModule {}
