import { Module } from '@nestjs/common';
import { Bundles } from './bundles/bundles';
import { BundlesController } from './bundles/bundles.controller';
import { Papers } from './bundles/files/papers';
import { StreamFiles } from './bundles/files/stream-files';
import { LogBundles } from './bundles/log-bundles';
import { OfficeYears } from './bundles/office-years';
import { StreamBundles } from './bundles/stream-bundles';
import { DisclosuresController } from './disclosures.controller';
import { Receipts } from './receipts/receipts';
import { ReceiptsController } from './receipts/receipts.controller';
import { Disclosures } from './views/disclosures/disclosures';
import { ListDisclosuresHandler, ReadDisclosureHandler } from './views/disclosures/disclosures.query';
import { StreamSalts } from './views/disclosures/stream-salts';

@Module({
  controllers: [DisclosuresController, ReceiptsController, BundlesController],
  providers: [
    StreamSalts,
    Disclosures,
    ReadDisclosureHandler,
    ListDisclosuresHandler,
    Receipts,
    Papers,
    StreamFiles,
    OfficeYears,
    StreamBundles,
    LogBundles,
    Bundles,
  ],
})
export class AuditModule {}
