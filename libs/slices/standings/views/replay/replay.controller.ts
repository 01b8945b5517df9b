import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { GrantReader, Published, RequestedBy, sightNow, type Requester } from '@khamrap/platform/access';
import { UuidParameter } from '@khamrap/platform/http';
import { ReplayAnswer, ReplayQuery } from './replay.answer';
import { ReplayAgreement } from './replay.handler';

@ApiTags('audit')
@Controller('v1/audit/agreements')
export class ReplayController {
  constructor(
    private readonly queries: QueryBus,
    private readonly grantReader: GrantReader,
  ) {}

  @Get(':agreementId/replay')
  @ApiOperation({
    summary:
      'Every number that standings shows of an agreement, worked out anew from the events of the log: formula, inputs with the events that state them, steps, result, and whether it equals what is shown and was published',
  })
  @Published('standings.read')
  @ApiOkResponse({ type: ReplayAnswer })
  replay(
    @UuidParameter('agreementId') agreementId: string,
    @Query() query: ReplayQuery,
    @RequestedBy() requester: Requester | undefined,
  ): Promise<ReplayAnswer> {
    const sight = sightNow(this.grantReader, requester, 'standings.read');
    return this.queries.execute(new ReplayAgreement(agreementId, query, sight, requester));
  }
}
