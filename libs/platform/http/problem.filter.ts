import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { HTTP_PROBLEMS } from './http-problems';
import type { ProblemOccurrence } from './problem';
import { answerWithProblem } from './problem-answer';
import type { ProblemCatalogue } from './problem-catalogue';
import type { ProblemTranslator } from './problem-translation';
import { SecurityLog } from './security-log';

/** Turns everything that is thrown into a problem. Unknown errors are logged under their trace, and tell clients nothing. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');
  private readonly refusals = new SecurityLog();

  constructor(
    private readonly translator: ProblemTranslator,
    private readonly catalogue: ProblemCatalogue,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const occurrence = this.translator.occurrenceOf(error) ?? INTERNAL_ERROR;
    const description = this.catalogue.find(occurrence.code);
    if (description === undefined) {
      this.logger.error(`the refusal "${occurrence.code}" has no description [${request.id}]`);
    } else if (description.status === 503) {
      // The service tells its clients to come back: nothing is broken in it, and what it says fits in a line.
      this.logger.warn(`${occurrence.code}: ${reasonOf(error)} [${request.id}]`);
    } else if (description.status >= 500) {
      this.logger.error(`${textOf(error)} [${request.id}]`);
    }
    if (description) this.refusals.tell(occurrence.code, description.status, request);
    if (reply.sent || reply.raw.headersSent) {
      // Too late for an answer: the client has to see that this one is not whole.
      reply.raw.destroy();
      return;
    }
    if (description === undefined) answerWithProblem(request, reply, INTERNAL_ERROR, HTTP_PROBLEMS.internalError);
    else answerWithProblem(request, reply, occurrence, description);
  }
}

const INTERNAL_ERROR: ProblemOccurrence = { code: 'internalError' };

const LOGGED_LENGTH_MAX = 4_000;

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return `thrown: ${typeof error}`;
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return `${error.message}${cause}`.slice(0, LOGGED_LENGTH_MAX);
}

// The stack and the cause, never the error's other fields: those of a database driver repeat rows.
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return `thrown: ${typeof error}`;
  const cause = error.cause instanceof Error ? ` caused by ${error.cause.stack ?? error.cause.message}` : '';
  return `${error.stack ?? error.message}${cause}`.slice(0, LOGGED_LENGTH_MAX);
}
