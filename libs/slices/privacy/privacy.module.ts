import { Module } from '@nestjs/common';
import { FilePersonalDataRequestHandler } from './commands/file-request';
import { FulfilPersonalDataRequestHandler } from './commands/fulfil-request';
import { RefusePersonalDataRequestHandler } from './commands/refuse-request';
import { Erasures } from './erasures/erasures';
import { PrivacyController } from './privacy.controller';
import { ReadPersonalDataRequestHandler } from './views/request/request.query';
import { ListPersonalDataRequestsHandler } from './views/requests/requests.query';
import { EventsOfPerson } from './views/subject-export/events-of-person';
import { RecordsOfTheLedger } from './views/subject-export/records-of-the-ledger';
import { ExportDataOfRequestHandler, ExportOwnDataHandler } from './views/subject-export/subject-export.query';

@Module({
  controllers: [PrivacyController],
  providers: [
    RecordsOfTheLedger,
    EventsOfPerson,
    Erasures,
    FilePersonalDataRequestHandler,
    FulfilPersonalDataRequestHandler,
    RefusePersonalDataRequestHandler,
    ListPersonalDataRequestsHandler,
    ReadPersonalDataRequestHandler,
    ExportOwnDataHandler,
    ExportDataOfRequestHandler,
  ],
})
export class PrivacyModule {}
