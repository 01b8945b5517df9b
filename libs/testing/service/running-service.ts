import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { tokenByCode } from '@khamrap/platform/access';
import { readConfig, type Config } from '@khamrap/platform/config';
import { stopGracefully } from '@khamrap/platform/http';
import { ApiClient } from './api-client';
import { EventStream } from './event-stream';
import type { Variables } from './service-environment';
import { tokenOf } from './token-of';

/** What the program's own start gives back: its application, and where it listens. */
export interface StartedService {
  readonly app: NestFastifyApplication;
  readonly url: string;
}

/** A service that runs in this process as it would run in one of its own, and people who use it. */
export class RunningService<Service extends StartedService> {
  readonly #clients = new Map<string, Promise<ApiClient>>();
  /** Somebody without a token. */
  readonly anybody: ApiClient;

  private constructor(readonly service: Service) {
    this.anybody = new ApiClient(service.url);
  }

  /** @param start the program's own, such as `startService` of apps/api */
  static async start<Service extends StartedService>(
    start: (config: Config) => Promise<Service>,
    variables: Variables,
  ): Promise<RunningService<Service>> {
    return new RunningService(await start(readConfig(variables)));
  }

  get url(): string {
    return this.service.url;
  }

  /**
   * A person of the demonstration, with a token as the embedded issuer signs it. Signing in itself is what
   * test/journeys/sign-in is about; the provider would be loaded anew for every file of tests.
   */
  as(subject: string): Promise<ApiClient> {
    const known = this.#clients.get(subject) ?? this.#withToken(subject);
    this.#clients.set(subject, known);
    return known;
  }

  /** Opens a stream of server-sent events as a person. */
  async streamAs<Data>(
    subject: string,
    path: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<EventStream<Data>> {
    const { token } = await this.as(subject);
    return EventStream.open<Data>(`${this.url}${path}`, { authorization: `Bearer ${token}`, ...headers });
  }

  async #withToken(subject: string): Promise<ApiClient> {
    return new ApiClient(this.url, await tokenOf(this.service.app, subject));
  }

  /** Stops it as SIGTERM would. */
  async stop(): Promise<void> {
    await stopGracefully(this.service.app);
    this.anybody.close();
    for (const client of await Promise.all(this.#clients.values())) client.close();
  }
}

/** A client with a token that a person of the demonstration got as anybody would: by signing in. */
export async function signIn(url: string, subject: string): Promise<ApiClient> {
  return new ApiClient(url, await tokenByCode(url, subject));
}
