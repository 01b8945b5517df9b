import { randomUUID } from 'node:crypto';
import * as http from 'node:http';

/** What came back. `body` is the JSON that was sent, as its kind was named by the caller; undefined for anything else. */
export interface Answer<Body> {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  readonly body: Body;
}

/** A body of which nothing is known but that it is JSON with names in it. */
export type AnyBody = Readonly<Record<string, unknown>>;

export interface RequestOptions {
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** The Idempotency-Key; a new one unless given, none when null. */
  readonly key?: string | null;
}

export interface RawRequest {
  readonly method: string;
  /** Sent as it is: nothing is normalised or encoded. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer;
}

const ANSWER_MS_MAX = 30_000;

/** Somebody who uses the service over HTTP, with the token that was given, over connections that are kept. */
export class ApiClient {
  readonly #agent = new http.Agent({ keepAlive: true });

  constructor(
    readonly url: string,
    readonly token?: string,
  ) {}

  get<Body = AnyBody>(path: string, { headers = {} }: Pick<RequestOptions, 'headers'> = {}): Promise<Answer<Body>> {
    return this.send({ method: 'GET', path, headers });
  }

  /** Sends a command, without a body where that is undefined; every call is one of its own unless a key is given. */
  post<Body = AnyBody>(path: string, body: unknown, { headers = {}, key }: RequestOptions = {}): Promise<Answer<Body>> {
    const idempotency: Record<string, string> = key === null ? {} : { 'idempotency-key': key ?? randomUUID() };
    return this.send({
      method: 'POST',
      path,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...idempotency, ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  /** Sends exactly this, with the token unless another Authorization is named. @throws when no whole answer comes */
  send<Body = AnyBody>({ method, path, headers = {}, body }: RawRequest): Promise<Answer<Body>> {
    return new Promise((resolve, reject) => {
      const request = http.request(this.url, {
        agent: this.#agent,
        method,
        path,
        headers: {
          ...(this.token !== undefined && { authorization: `Bearer ${this.token}` }),
          ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
          ...headers,
        },
        signal: AbortSignal.timeout(ANSWER_MS_MAX),
      });
      request.on('error', reject);
      request.on('response', (response) => {
        readAnswer<Body>(response).then(resolve, reject);
      });
      request.end(body);
    });
  }

  /** The client gives up its connections; open answers end. */
  close(): void {
    this.#agent.destroy();
  }
}

async function readAnswer<Body>(response: http.IncomingMessage): Promise<Answer<Body>> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const isJson = /^application\/(?:problem\+)?json\b/.test(response.headers['content-type'] ?? '');
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text,
    body: (isJson && text !== '' ? JSON.parse(text) : undefined) as Body,
  };
}
