import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * One kept-alive connection of HTTP/1.1 with one request at a time, and no more work than that takes: on a machine of few
 * cores a load generator takes its time from what it measures. It understands answers with a Content-Length only.
 */
export class HttpConnection {
  #chunks: Buffer[] = [];
  #receivedBytes = 0;
  /** Known when the head of the answer has come. */
  #answer: { readonly status: number; readonly headBytes: number; readonly bytes: number } | undefined;
  #waiting: { resolve: (answer: HttpAnswer) => void; reject: (error: Error) => void } | undefined;

  private constructor(
    private readonly socket: Socket,
    private readonly host: string,
  ) {
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.#receive(chunk));
    socket.on('error', (error) => this.#waiting?.reject(error));
    socket.on('close', () => this.#waiting?.reject(new Error('the connection was closed before the answer')));
  }

  static async open(url: string): Promise<HttpConnection> {
    const { hostname, port, host } = new URL(url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    return new HttpConnection(socket, host);
  }

  send({ method, path, headers, body = '' }: HttpRequest): Promise<HttpAnswer> {
    let head = `${method} ${path} HTTP/1.1\r\nhost: ${this.host}\r\n`;
    for (const name in headers) head += `${name}: ${headers[name]}\r\n`;
    if (method === 'POST') head += `content-length: ${Buffer.byteLength(body)}\r\n`;
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.socket.write(`${head}\r\n${body}`);
    });
  }

  close(): void {
    this.#waiting = undefined;
    this.socket.destroy();
  }

  #receive(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#receivedBytes += chunk.length;
    this.#answer ??= this.#readHead();
    if (!this.#answer || this.#receivedBytes < this.#answer.bytes) return;
    const { status, headBytes, bytes } = this.#answer;
    const body = Buffer.concat(this.#chunks).toString('utf8', headBytes, bytes);
    const waiting = this.#waiting;
    this.#chunks = [];
    this.#receivedBytes = 0;
    this.#answer = undefined;
    this.#waiting = undefined;
    waiting?.resolve({ status, body });
  }

  #readHead() {
    const received = Buffer.concat(this.#chunks);
    const headEnd = received.indexOf('\r\n\r\n');
    if (headEnd < 0) return undefined;
    const head = received.toString('latin1', 0, headEnd);
    const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
    if (length === undefined) this.#waiting?.reject(new Error(`an answer without a length: ${head}`));
    const headBytes = headEnd + 4;
    return { status: Number(head.slice(9, 12)), headBytes, bytes: headBytes + Number(length ?? 0) };
  }
}
