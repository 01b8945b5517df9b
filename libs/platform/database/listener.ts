import { Client } from 'pg';

const RECONNECT_MS = 1_000;

/** Hears what is notified on channels, all of them over one connection, which is opened again whenever it is lost. */
export class Listener {
  readonly #heard = new Map<string, (payload: string | undefined) => void>();
  #client: Client | undefined;
  #reconnect: NodeJS.Timeout | undefined;
  #opening: Promise<void> | undefined;
  #closed = false;

  constructor(private readonly url: string) {}

  /**
   * Before `listen`.
   * @param channel its name, `a-z` and `_`
   */
  hear(channel: string, heard: (payload: string | undefined) => void): void {
    this.#heard.set(channel, heard);
  }

  listen(): Promise<void> {
    return (this.#opening = this.#open());
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#reconnect);
    // One that is just being opened would stay.
    await this.#opening;
    await this.#client?.end().catch(() => undefined);
  }

  async #open(): Promise<void> {
    const client = new Client({ connectionString: this.url, application_name: 'khamrap watch', keepAlive: true });
    const lost = (): void => {
      if (this.#closed || this.#reconnect) return;
      client.end().catch(() => undefined);
      this.#reconnect = setTimeout(() => {
        this.#reconnect = undefined;
        void this.listen();
      }, RECONNECT_MS);
      this.#reconnect.unref();
    };
    client.on('error', lost);
    client.on('end', lost);
    client.on('notification', ({ channel, payload }) => this.#heard.get(channel)?.(payload));
    try {
      await client.connect();
      await client.query([...this.#heard.keys()].map((channel) => `LISTEN ${channel}`).join(';'));
      this.#client = client;
    } catch {
      lost();
    }
  }
}
