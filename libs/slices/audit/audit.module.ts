import { Module } from '@nestjs/common';
import { AccessLogReviewModule } from './access-log/access-log.module';
import { Bundles } from './bundles/bundles';
import { BundlesController } from './bundles/bundles.controller';
import { Papers } from './bundles/files/papers';
import { StreamFiles } from './bundles/files/stream-files';
import { LogBundles } from './bundles/log-bundles';
import { OfficeYears } from './bundles/office-years';
import { StreamBundles } from './bundles/stream-bundles';
import { DisclosuresController } from './disclosures.controller';
import { EventsController } from './events.controller';
import { ReadAgreementDifferencesHandler, ReadDifferencesOfPlaceHandler } from './differences/differences.query';
import { DifferencesController } from './differences/differences.controller';
import { StreamsOfPlaces } from './differences/streams-of-places';
import { ReadTargetsHandler } from './differences/targets.query';
import { ToldDifferences } from './differences/told-differences';
import { HistoryController } from './history/history.controller';
import { ReadHistoryHandler } from './history/history.query';
import { KnownNames } from './narration/known-names';
import { Timelines } from './narration/timelines';
import { ToldStreams } from './narration/told-streams';
import { QueriesModule } from './queries/queries.module';
import { Receipts } from './receipts/receipts';
import { ReceiptsController } from './receipts/receipts.controller';
import { Disclosures } from './views/disclosures/disclosures';
import { ListDisclosuresHandler, ReadDisclosureHandler } from './views/disclosures/disclosures.query';
import { StreamSalts } from './views/disclosures/stream-salts';
import { Trail } from './views/trail/trail';
import { TrailEvents } from './views/trail/trail-events';

@Module({
  imports: [AccessLogReviewModule, QueriesModule],
  controllers: [
    DisclosuresController,
    EventsController,
    ReceiptsController,
    BundlesController,
    HistoryController,
    DifferencesController,
  ],
  providers: [
    StreamSalts,
    Disclosures,
    ReadDisclosureHandler,
    ListDisclosuresHandler,
    TrailEvents,
    Trail,
    Receipts,
    ToldStreams,
    Timelines,
    KnownNames,
    ReadHistoryHandler,
    StreamsOfPlaces,
    ToldDifferences,
    ReadAgreementDifferencesHandler,
    ReadDifferencesOfPlaceHandler,
    ReadTargetsHandler,
    Papers,
    StreamFiles,
    OfficeYears,
    StreamBundles,
    LogBundles,
    Bundles,
  ],
})
export class AuditModule {}
