import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Published, RequestedBy, type Requester } from '@khamrap/platform/access';
import { pathParameter } from '@khamrap/platform/http';
import { DisclosureAnswer, DisclosuresAnswer } from './views/disclosures/disclosures.answer';
import { DisclosuresQuery, ListDisclosures, ReadDisclosure } from './views/disclosures/disclosures.query';

/** Parameter of a handler: a position of the log in the path. */
const PositionParameter = pathParameter((text) =>
  /^(?:0|[1-9]\d{0,15})$/.test(text) && Number.isSafeInteger(Number(text)) ? text : undefined,
);

@ApiTags('audit')
@Controller('v1/audit/disclosures')
export class DisclosuresController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({ summary: 'What opens the leaves of a part of the log, as far as it is published or may be had' })
  @Published('audit.read')
  @ApiOkResponse({ type: DisclosuresAnswer })
  list(@Query() query: DisclosuresQuery, @RequestedBy() requester: Requester | undefined): Promise<DisclosuresAnswer> {
    return this.queries.execute(new ListDisclosures(query, requester));
  }

  @Get(':position')
  @ApiOperation({ summary: 'What opens one leaf of the log: the event as it was recorded, with its salt' })
  @Published('audit.read')
  @ApiParam({ name: 'position', schema: { type: 'integer', minimum: 0, example: 0 } })
  @ApiOkResponse({ type: DisclosureAnswer })
  read(
    @PositionParameter('position') position: string,
    @RequestedBy() requester: Requester | undefined,
  ): Promise<DisclosureAnswer> {
    return this.queries.execute(new ReadDisclosure(Number(position), requester));
  }
}
