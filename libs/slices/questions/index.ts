export { QuestionsModule } from './questions.module';
export { questionEventDeclarations } from './domain/question.events';
export { questionRefusals } from './domain/question.refusals';
export { questionNarrations } from './narration';
export { questionPublication } from './publication';
export { QUESTIONS, questionsProjection } from './views/questions/questions.projection';
