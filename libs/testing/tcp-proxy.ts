import * as net from 'node:net';

const HOST = '127.0.0.1';

type Direction = 'request' | 'reply';

/**
 * Stands between a client and a server, and fails as networks do: at a moment that the test chooses, between a request and
 * its reply, for good, or without a word.
 */
export class TcpProxy {
  readonly #server: net.Server;
  readonly #pairs = new Set<() => void>();
  #refusing = false;
  #silent = false;
  #cut: { readonly before: Direction; readonly done: () => void } | undefined;

  private constructor(private readonly target: { readonly host: string; readonly port: number }) {
    this.#server = net.createServer((client) => this.#join(client));
  }

  /** @param url of the server, whose host and port are taken */
  static async open(url: string): Promise<TcpProxy> {
    const { hostname, port } = new URL(url);
    const proxy = new TcpProxy({ host: hostname, port: Number(port) });
    await new Promise<void>((resolve, reject) => {
      proxy.#server.once('error', reject);
      proxy.#server.listen(0, HOST, resolve);
    });
    return proxy;
  }

  /** The same address by way of this proxy. */
  through(url: string): string {
    const address = new URL(url);
    address.hostname = HOST;
    address.port = String((this.#server.address() as net.AddressInfo).port);
    return address.href;
  }

  /**
   * Breaks the connection on which the next request arrives, before or after the server has it: `request` loses what was asked,
   * `reply` loses the answer to what was done. Resolves when it has happened.
   */
  cutNext(before: Direction): Promise<void> {
    return new Promise((resolve) => {
      this.#cut = { before, done: resolve };
    });
  }

  /** From now on the server cannot be reached, and is no longer connected to anybody. */
  refuse(): void {
    this.#refusing = true;
    for (const breakPair of this.#pairs) breakPair();
  }

  /** From now on replies get lost and nobody is told: connections stay open. New connections get no word either. */
  fallSilent(): void {
    this.#silent = true;
  }

  /** Lets everything through again; connections on which something got lost are broken. */
  recover(): void {
    if (this.#silent) for (const breakPair of this.#pairs) breakPair();
    this.#refusing = false;
    this.#silent = false;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const breakPair of this.#pairs) breakPair();
    await closed;
  }

  #join(client: net.Socket): void {
    if (this.#refusing) {
      client.resetAndDestroy();
      return;
    }
    const server = net.connect({ ...this.target, noDelay: true });
    client.setNoDelay(true);
    const breakPair = (): void => {
      this.#pairs.delete(breakPair);
      client.destroy();
      server.destroy();
    };
    this.#pairs.add(breakPair);
    for (const socket of [client, server]) socket.on('error', breakPair).on('close', breakPair);
    client.on('data', (bytes) => {
      if (!this.#cutsAt('request', breakPair)) server.write(bytes);
    });
    server.on('data', (bytes) => {
      if (!this.#silent && !this.#cutsAt('reply', breakPair)) client.write(bytes);
    });
  }

  #cutsAt(direction: Direction, breakPair: () => void): boolean {
    if (this.#cut?.before !== direction) return false;
    breakPair();
    this.#cut.done();
    this.#cut = undefined;
    return true;
  }
}
