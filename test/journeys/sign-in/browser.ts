import * as http from 'node:http';

/** What came back to a browser that follows nothing by itself. */
export interface Page {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly location: string | undefined;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: object;
}

/** As much of a browser as signing in takes: it keeps the cookies of a service and sends them along, and does nothing else. */
export class Browser {
  readonly cookies = new Map<string, string>();
  /** Every `Set-Cookie` header that came. */
  readonly seen: string[] = [];

  constructor(readonly url: string) {}

  /** Asks for an address of the service, by whatever name of this machine it is called. */
  async ask(address: string, { method, headers = {}, form, json }: Asking = {}): Promise<Page> {
    const { pathname, search } = new URL(address, this.url);
    const body = form ? new URLSearchParams(form).toString() : json && JSON.stringify(json);
    const request = http.request(this.url, {
      agent: false,
      path: `${pathname}${search}`,
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        // By the name that the service has for itself, as it stands in the address bar.
        host: new URL(this.url).host.replace('127.0.0.1', 'localhost'),
        ...(this.cookies.size > 0 && { cookie: [...this.cookies].map((pair) => pair.join('=')).join('; ') }),
        ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
        ...(json && { 'content-type': 'application/json' }),
        ...headers,
      },
    });
    request.end(body);
    const response = await new Promise<http.IncomingMessage>((resolve, reject) =>
      request.on('response', resolve).on('error', reject),
    );
    let text = '';
    for await (const chunk of response.setEncoding('utf8')) text += chunk;
    for (const cookie of response.headers['set-cookie'] ?? []) this.keep(cookie);
    const isJson = /json/.test(response.headers['content-type'] ?? '');
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      location: response.headers.location,
      text,
      body: isJson ? JSON.parse(text) : {},
    };
  }

  /** Goes through the sign-in up to where the issuer leads back to the service; answers with that address. */
  async towardsCallback(subject: string, returnTo = '/'): Promise<string> {
    const begun = await this.ask(`/session/login?${new URLSearchParams({ returnTo }).toString()}`);
    const choice = await this.ask(begun.location ?? '');
    const chosen = await this.ask(choice.location ?? '', { form: { subject } });
    return (await this.ask(chosen.location ?? '')).location ?? '';
  }

  /** Signs in; answers with what the service says of the session. */
  async signIn(subject: string): Promise<Page['body']> {
    await this.ask(await this.towardsCallback(subject));
    return (await this.ask('/session')).body;
  }

  private keep(cookie: string): void {
    this.seen.push(cookie);
    const [, name = '', value = ''] = /^([^=;]+)=([^;]*)/.exec(cookie) ?? [];
    if (value === '') this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
