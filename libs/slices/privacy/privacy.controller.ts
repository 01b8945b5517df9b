import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { bangkokDateOf } from '@khamrap/kernel';
import { Allow, RequestedBy, SignedIn, type Requester } from '@khamrap/platform/access';
import type { CommandContext } from '@khamrap/platform/event-store';
import {
  Changes,
  Clock,
  Creates,
  FreshnessQuery,
  FromRequest,
  Lists,
  TellsOne,
  type CommandOutcome,
  type Page,
} from '@khamrap/platform/http';
import { FilePersonalDataRequest, FilePersonalDataRequestBody } from './commands/file-request';
import { FulfilPersonalDataRequest, FulfilPersonalDataRequestBody } from './commands/fulfil-request';
import { RefusePersonalDataRequest, RefusePersonalDataRequestBody } from './commands/refuse-request';
import { PersonalDataRequestTarget } from './commands/request-target';
import { PersonalDataRequestAnswer } from './views/request/request.answer';
import { ReadPersonalDataRequest } from './views/request/request.query';
import {
  ListPersonalDataRequests,
  PERSONAL_DATA_REQUEST_COLUMNS,
  PersonalDataRequestsQuery,
  type PersonalDataRequestItem,
} from './views/requests/requests.query';
import { SubjectExportAnswer, SubjectExportQuery } from './views/subject-export/subject-export.answer';
import { ExportDataOfRequest, ExportOwnData } from './views/subject-export/subject-export.query';

@ApiTags('personal data')
@Controller('v1')
export class PrivacyController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  @Post('personal-data-requests')
  @ApiOperation({ summary: 'Asks to see, to erase or to correct the data that are kept about you' })
  @SignedIn()
  @Creates('/v1/personal-data-requests/:id')
  file(
    @Body() body: FilePersonalDataRequestBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new FilePersonalDataRequest(undefined, body, requester, context));
  }

  @Post('personal-data-requests/:requestId/fulfilment')
  @ApiOperation({ summary: 'Does what was asked for; where that is to erase, the data are gone for good' })
  @Allow('personalData.decide')
  @Changes()
  fulfil(
    @Param() target: PersonalDataRequestTarget,
    @Body() body: FulfilPersonalDataRequestBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new FulfilPersonalDataRequest(target, body, requester, context));
  }

  @Post('personal-data-requests/:requestId/refusal')
  @ApiOperation({ summary: 'Declines what was asked for, on a ground that the law gives' })
  @Allow('personalData.decide')
  @Changes()
  refuse(
    @Param() target: PersonalDataRequestTarget,
    @Body() body: RefusePersonalDataRequestBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new RefusePersonalDataRequest(target, body, requester, context));
  }

  @Get('personal-data-requests')
  @ApiOperation({ summary: 'Your requests, soonest due first; for the privacy officer, all there are' })
  @SignedIn()
  @Lists({ fileName: 'personal-data-requests', columns: PERSONAL_DATA_REQUEST_COLUMNS })
  list(
    @Query() query: PersonalDataRequestsQuery,
    @RequestedBy() requester: Requester,
  ): Promise<Page<PersonalDataRequestItem>> {
    const today = bangkokDateOf(this.clock.now().getTime());
    return this.queries.execute(new ListPersonalDataRequests(query, requester, today));
  }

  @Get('personal-data-requests/:requestId')
  @ApiOperation({ summary: 'A request of yours, now or as it stood; for the privacy officer, any' })
  @SignedIn()
  @TellsOne(PersonalDataRequestAnswer)
  read(
    @Param() { requestId }: PersonalDataRequestTarget,
    @Query() freshness: FreshnessQuery,
    @RequestedBy() requester: Requester,
  ): Promise<PersonalDataRequestAnswer> {
    return this.queries.execute(new ReadPersonalDataRequest(requestId, freshness, requester));
  }

  @Get('personal-data-requests/:requestId/export')
  @ApiOperation({ summary: 'Everything that is kept about the person of a request to see it' })
  @Allow('personalData.decide')
  @ApiOkResponse({ type: SubjectExportAnswer })
  exportOfRequest(
    @Param() { requestId }: PersonalDataRequestTarget,
    @Query() query: SubjectExportQuery,
    @RequestedBy() requester: Requester,
  ): Promise<SubjectExportAnswer> {
    return this.queries.execute(new ExportDataOfRequest(requestId, query, requester));
  }

  @Get('personal-data/mine')
  @ApiOperation({ summary: 'Everything that is kept about you' })
  @SignedIn()
  @ApiOkResponse({ type: SubjectExportAnswer })
  exportOwn(@Query() query: SubjectExportQuery, @RequestedBy() requester: Requester): Promise<SubjectExportAnswer> {
    return this.queries.execute(new ExportOwnData(query, requester));
  }
}
