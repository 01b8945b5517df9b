import { Module } from '@nestjs/common';
import { ExplainQuestionHandler } from './commands/explain-question';
import {
  AcceptExplanationHandler,
  ReopenQuestionHandler,
  ReturnExplanationHandler,
} from './commands/judge-explanation';
import { OpenQuestionHandler } from './commands/open-question';
import { PublishQuestionRulesHandler } from './commands/publish-question-rules';
import { QuestionsController } from './questions.controller';
import { ReadQuestionRulesHandler } from './views/question-rules/question-rules.query';
import { ReadQuestionHandler } from './views/question/question.query';
import { ListQuestionsHandler } from './views/questions/questions.query';

@Module({
  controllers: [QuestionsController],
  providers: [
    OpenQuestionHandler,
    ExplainQuestionHandler,
    ReturnExplanationHandler,
    AcceptExplanationHandler,
    ReopenQuestionHandler,
    PublishQuestionRulesHandler,
    ListQuestionsHandler,
    ReadQuestionHandler,
    ReadQuestionRulesHandler,
  ],
})
export class QuestionsModule {}
