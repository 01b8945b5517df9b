import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { PROVINCES } from '@khamrap/kernel';
import { Published, RequestedBy, type Requester } from '@khamrap/platform/access';
import { IdentifierParameter, KnownQuery, Lists, pathParameter, UuidParameter } from '@khamrap/platform/http';
import { AgreementDifferencesAnswer, DifferencesAnswer } from './differences.answer';
import { DIFFERENCE_COLUMNS, STREAM_DIFFERENCES_COLUMNS } from './differences.columns';
import {
  DifferencesQuery,
  ReadAgreementDifferences,
  ReadDifferencesOfPlace,
  type AgreementDifferencesPage,
  type DifferencesPage,
} from './differences.query';
import { TargetsAnswer } from './targets.answer';
import { ReadTargets } from './targets.query';

/** Parameter of a handler: a province in the path, by ISO 3166-2. */
const ProvinceParameter = pathParameter((text) => (PROVINCES.some(({ code }) => code === text) ? text : undefined));

@ApiTags('audit')
@Controller('v1/audit')
export class DifferencesController {
  constructor(private readonly queries: QueryBus) {}

  @Get('agreements/:agreementId/diff')
  @ApiOperation({ summary: 'What differs in an agreement between two moments, in words and as data' })
  @Published('audit.read')
  @Lists({ fileName: 'agreement-differences', columns: DIFFERENCE_COLUMNS })
  @ApiOkResponse({ type: AgreementDifferencesAnswer })
  agreement(
    @UuidParameter('agreementId') agreementId: string,
    @Query() query: DifferencesQuery,
    @RequestedBy() requester: Requester | undefined,
  ): Promise<AgreementDifferencesPage> {
    return this.queries.execute(new ReadAgreementDifferences(agreementId, query, requester));
  }

  @Get('offices/:officeId/diff')
  @ApiOperation({ summary: 'What differs in an office and the agreements that it makes between two moments' })
  @Published('audit.read')
  @Lists({ fileName: 'office-differences', columns: STREAM_DIFFERENCES_COLUMNS })
  @ApiOkResponse({ type: DifferencesAnswer })
  office(
    @IdentifierParameter('officeId') officeId: string,
    @Query() query: DifferencesQuery,
    @RequestedBy() requester: Requester | undefined,
  ): Promise<DifferencesPage> {
    return this.queries.execute(new ReadDifferencesOfPlace({ officeId }, query, requester));
  }

  @Get('provinces/:province/diff')
  @ApiOperation({ summary: 'What differs in the agreements and offices of a province between two moments' })
  @Published('audit.read')
  @ApiParam({ name: 'province', schema: { type: 'string', example: 'TH-54' } })
  @Lists({ fileName: 'province-differences', columns: STREAM_DIFFERENCES_COLUMNS })
  @ApiOkResponse({ type: DifferencesAnswer })
  province(
    @ProvinceParameter('province') province: string,
    @Query() query: DifferencesQuery,
    @RequestedBy() requester: Requester | undefined,
  ): Promise<DifferencesPage> {
    return this.queries.execute(new ReadDifferencesOfPlace({ province }, query, requester));
  }

  @Get('agreements/:agreementId/targets')
  @ApiOperation({ summary: 'Targets and weights of an agreement as promised, as amended and as scored' })
  @Published('audit.read')
  @ApiOkResponse({ type: TargetsAnswer })
  targets(
    @UuidParameter('agreementId') agreementId: string,
    @Query() query: KnownQuery,
    @RequestedBy() requester: Requester | undefined,
  ): Promise<TargetsAnswer> {
    return this.queries.execute(new ReadTargets(agreementId, query, requester));
  }
}
