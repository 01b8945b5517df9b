import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { bangkokDateOf } from '@khamrap/kernel';
import { Allow, GrantReader, Public, RequestedBy, sightNow, type Requester } from '@khamrap/platform/access';
import type { CommandContext } from '@khamrap/platform/event-store';
import {
  Changes,
  Clock,
  entityTag,
  FreshnessQuery,
  FromRequest,
  Lists,
  type CommandOutcome,
  type Page,
} from '@khamrap/platform/http';
import { ExplainQuestion, ExplainQuestionBody } from './commands/explain-question';
import {
  AcceptExplanation,
  AcceptExplanationBody,
  AskAgainBody,
  ReopenQuestion,
  ReturnExplanation,
} from './commands/judge-explanation';
import { OpenQuestion, OpenQuestionBody } from './commands/open-question';
import { PublishQuestionRules, PublishQuestionRulesBody } from './commands/publish-question-rules';
import { QuestionTarget } from './commands/question-access';
import { QuestionRulesAnswer, ReadQuestionRules } from './views/question-rules/question-rules.query';
import { QuestionAnswer } from './views/question/question.answer';
import { ReadQuestion } from './views/question/question.query';
import { QUESTION_COLUMNS, type QuestionItem } from './views/questions/question.item';
import { ListQuestions, QuestionsQuery } from './views/questions/questions.query';

/** Who holds it sees questions, where they hold it. */
const PERMISSION = 'question.read';

@ApiTags('questions')
@Controller('v1/audit')
export class QuestionsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
    private readonly grantReader: GrantReader,
  ) {}

  @Get('questions')
  @ApiOperation({ summary: 'What looks odd and is asked about, the newest first; now, or as it was known' })
  @Allow('question.read')
  @Lists({ fileName: 'questions', columns: QUESTION_COLUMNS })
  list(@Query() query: QuestionsQuery, @RequestedBy() requester: Requester): Promise<Page<QuestionItem>> {
    const today = bangkokDateOf(this.clock.now().getTime());
    return this.queries.execute(new ListQuestions(query, sightNow(this.grantReader, requester, PERMISSION), today));
  }

  @Get('questions/:questionId')
  @ApiOperation({ summary: 'One question with all that was said in it, now or as it stood' })
  @Allow('question.read')
  @ApiOkResponse({ type: QuestionAnswer })
  async read(
    @Param() { questionId }: QuestionTarget,
    @Query() freshness: FreshnessQuery,
    @RequestedBy() requester: Requester,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<QuestionAnswer> {
    const sight = sightNow(this.grantReader, requester, PERMISSION);
    return tagged(reply, await this.queries.execute(new ReadQuestion(questionId, freshness, sight)));
  }

  @Post('questions/:questionId/opening')
  @ApiOperation({ summary: 'Takes a question up and asks an office that it concerns' })
  @Allow('question.ask')
  @Changes()
  open(
    @Param() target: QuestionTarget,
    @Body() body: OpenQuestionBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new OpenQuestion(target, body, requester, context));
  }

  @Post('questions/:questionId/explanations')
  @ApiOperation({ summary: 'Explains, for the office that was asked, with files that were handed in' })
  @Allow('question.explain')
  @Changes()
  explain(
    @Param() target: QuestionTarget,
    @Body() body: ExplainQuestionBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new ExplainQuestion(target, body, requester, context));
  }

  @Post('questions/:questionId/returns')
  @ApiOperation({ summary: 'Gives an explanation back that is not enough' })
  @Allow('question.ask')
  @Changes()
  return(
    @Param() target: QuestionTarget,
    @Body() body: AskAgainBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new ReturnExplanation(target, body, requester, context));
  }

  @Post('questions/:questionId/acceptance')
  @ApiOperation({ summary: 'Accepts an explanation; never one of your own' })
  @Allow('question.ask')
  @Changes()
  accept(
    @Param() target: QuestionTarget,
    @Body() body: AcceptExplanationBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new AcceptExplanation(target, body, requester, context));
  }

  @Post('questions/:questionId/reopening')
  @ApiOperation({ summary: 'Asks again what was accepted' })
  @Allow('question.ask')
  @Changes()
  reopen(
    @Param() target: QuestionTarget,
    @Body() body: AskAgainBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new ReopenQuestion(target, body, requester, context));
  }

  // Whoever may be asked may know by what.
  @Get('question-rules')
  @ApiOperation({ summary: 'By which rules and thresholds questions arise, with all that were published' })
  @Public()
  @ApiOkResponse({ type: QuestionRulesAnswer })
  async rules(
    @Query() freshness: FreshnessQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<QuestionRulesAnswer> {
    return tagged(reply, await this.queries.execute(new ReadQuestionRules(freshness)));
  }

  @Post('question-rules')
  @ApiOperation({ summary: 'Puts other rules in force, from the position of this event on' })
  @Allow('question.publishRules')
  @Changes()
  publishRules(
    @Body() body: PublishQuestionRulesBody,
    @RequestedBy() requester: Requester,
    @FromRequest() context: CommandContext,
  ): Promise<CommandOutcome> {
    return this.commands.execute(new PublishQuestionRules(undefined, body, requester, context));
  }
}

/** What has no stream yet has no revision that a command could insist on. */
function tagged<Answer extends { readonly revision: number | null; readonly asOfPosition: number }>(
  reply: FastifyReply,
  answer: Answer,
): Answer {
  if (answer.revision !== null) reply.header('etag', entityTag(answer.revision));
  reply.header('khamrap-position', String(answer.asOfPosition));
  return answer;
}
