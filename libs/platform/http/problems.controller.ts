import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { BothLanguagesAnswer } from './both-languages-answer';
import { Public } from '@khamrap/platform/access';
import type { ProblemDescription } from './http-problems';
import { RequestRefused } from './problem';
import { ProblemCatalogue, problemType } from './problem-catalogue';

class ProblemTypeAnswer {
  @ApiProperty({ description: 'Stable name of the problem', example: 'revisionMismatch' }) readonly code: string;
  @ApiProperty({ description: 'The `type` of its occurrences', example: '/problems/revisionMismatch' })
  readonly type: string;
  @ApiProperty({ example: 412 }) readonly status: number;
  @ApiProperty({ type: BothLanguagesAnswer }) readonly titles: BothLanguagesAnswer;
}

/** What every kind of problem means: where the `type` of a problem leads. */
@ApiTags('problems')
@Controller('problems')
export class ProblemsController {
  constructor(private readonly catalogue: ProblemCatalogue) {}

  @Get()
  @ApiOperation({ summary: 'Every kind of problem that the service answers with' })
  @Public()
  @Header('cache-control', 'public, max-age=300')
  @ApiOkResponse({ type: [ProblemTypeAnswer] })
  all(): ProblemTypeAnswer[] {
    return this.catalogue.all().map(([code, description]) => answer(code, description));
  }

  @Get(':code')
  @ApiOperation({ summary: 'What one kind of problem means' })
  @Public()
  @Header('cache-control', 'public, max-age=300')
  @ApiOkResponse({ type: ProblemTypeAnswer })
  one(@Param('code') code: string): ProblemTypeAnswer {
    const description = this.catalogue.find(code);
    if (description === undefined) throw new RequestRefused('notFound');
    return answer(code, description);
  }
}

function answer(code: string, { status, title }: ProblemDescription): ProblemTypeAnswer {
  return { code, type: problemType(code), status, titles: title };
}
