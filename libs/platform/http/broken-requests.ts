import * as http from 'node:http';
import type { Socket } from 'node:net';
import { HTTP_PROBLEMS, type HttpProblemCode } from './http-problems';
import { PROBLEM_MEDIA_TYPE } from './problem-answer';
import { problemType } from './problem-catalogue';
import { SECURITY_HEADERS } from './security-headers';

const CODE_OF_ERROR: Readonly<Record<string, HttpProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'headersTooLarge',
  ERR_HTTP_REQUEST_TIMEOUT: 'requestTimeout',
};

/** Answers what could not be read as HTTP at all: there is no request yet, only a socket. */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const code = CODE_OF_ERROR[error.code ?? ''] ?? 'malformedRequest';
  const { status, title } = HTTP_PROBLEMS[code];
  const body = JSON.stringify({ type: problemType(code), title: title.th, titles: title, status });
  const headers = Object.entries(SECURITY_HEADERS).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(
    `HTTP/1.1 ${status} ${http.STATUS_CODES[status]}\r\nContent-Type: ${PROBLEM_MEDIA_TYPE}\r\n${headers.join('')}` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
