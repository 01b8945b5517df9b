import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Json } from '@khamrap/kernel';
import type { ProblemDescription } from './http-problems';
import { languageOf } from './language';
import type { ProblemOccurrence } from './problem';
import { problemType } from './problem-catalogue';

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** Answers a request with a problem (RFC 9457). */
export function answerWithProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  occurrence: ProblemOccurrence,
  description: ProblemDescription,
): void {
  const language = languageOf(request.headers['accept-language']);
  const { code, detail, errors, members, headers } = occurrence;
  const body: Record<string, Json | undefined> = {
    ...members,
    type: problemType(code),
    title: description.title[language],
    titles: { ...description.title },
    status: description.status,
    detail: detail?.[language],
    // The path only: what stands behind the question mark can be personal.
    instance: request.url.split('?', 1)[0],
    errors: errors as Json | undefined,
    traceId: request.id,
  };
  reply
    .code(description.status)
    .headers(headers ?? {})
    .header('content-type', PROBLEM_MEDIA_TYPE)
    .header('content-language', language)
    .header('cache-control', 'no-store')
    // Bytes, because to a text the framework would add a charset, which this media type does not have (RFC 9457 §6.1).
    .send(Buffer.from(JSON.stringify(body), 'utf8'));
}
