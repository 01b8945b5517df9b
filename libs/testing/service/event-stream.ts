import * as http from 'node:http';
import { within } from '../eventually';

/** One server-sent event. */
export interface StreamedEvent<Data> {
  readonly id: string;
  readonly event: string;
  readonly data: Data;
}

const EVENT_MS_MAX = 10_000;

/** A client of a stream of server-sent events (`text/event-stream`, HTML Living Standard §9.2), as browsers have one. */
export class EventStream<Data> {
  readonly #lines: AsyncIterator<string>;

  private constructor(
    private readonly request: http.ClientRequest,
    readonly response: http.IncomingMessage,
  ) {
    this.#lines = linesOf(response);
  }

  /** Opens the stream at an address. @throws Error when the answer is anything but a stream */
  static async open<Data>(url: string, headers: Readonly<Record<string, string>> = {}): Promise<EventStream<Data>> {
    const request = http.get(url, { headers: { accept: 'text/event-stream', ...headers }, agent: false });
    const response = await within(
      EVENT_MS_MAX,
      'the head of the stream',
      new Promise<http.IncomingMessage>((resolve, reject) => request.on('response', resolve).on('error', reject)),
    );
    if (response.statusCode !== 200) {
      request.destroy();
      throw new Error(`the stream was refused with ${response.statusCode}`);
    }
    return new EventStream<Data>(request, response);
  }

  /** The next event. @throws NotInTime, or Error when the stream has ended */
  next(): Promise<StreamedEvent<Data>> {
    return within(EVENT_MS_MAX, 'the next event of the stream', this.#next());
  }

  /** Resolves when the server has ended the stream. */
  async ended(): Promise<void> {
    const drain = async (): Promise<void> => {
      while (!(await this.#lines.next()).done);
    };
    await within(EVENT_MS_MAX, 'the end of the stream', drain());
  }

  close(): void {
    this.request.destroy();
  }

  async #next(): Promise<StreamedEvent<Data>> {
    const fields = new Map<string, string>();
    for (;;) {
      const { done, value: line } = await this.#lines.next();
      if (done) throw new Error('the stream has ended');
      if (line === '' && fields.has('data')) return eventOf(fields);
      const colon = line.indexOf(':');
      // A line that begins with a colon is a heartbeat.
      if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 1).replace(/^ /, ''));
    }
  }
}

function eventOf<Data>(fields: ReadonlyMap<string, string>): StreamedEvent<Data> {
  const [id = '', event = ''] = [fields.get('id'), fields.get('event')];
  return { id, event, data: JSON.parse(fields.get('data') ?? 'null') as Data };
}

async function* linesOf(response: http.IncomingMessage): AsyncGenerator<string> {
  response.setEncoding('utf8');
  let rest = '';
  for await (const chunk of response) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}
