import * as net from 'node:net';

const HOST = '127.0.0.1';

/** An address that stays the same while the server behind it comes back on another port. */
export class TcpRelay {
  readonly #server: net.Server;
  readonly #sockets = new Set<net.Socket>();
  /** Where the server listens now. */
  targetPort = 0;

  private constructor() {
    this.#server = net.createServer((client) => this.#relay(client));
  }

  static async open(): Promise<TcpRelay> {
    const relay = new TcpRelay();
    await new Promise<void>((resolve, reject) => {
      relay.#server.once('error', reject);
      relay.#server.listen(0, HOST, resolve);
    });
    return relay;
  }

  get port(): number {
    return (this.#server.address() as net.AddressInfo).port;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  /** An end of either side is an end of both, at once and hard: nothing is held back for later. */
  #relay(client: net.Socket): void {
    const target = net.connect({ host: HOST, port: this.targetPort, noDelay: true });
    client.setNoDelay(true);
    for (const [socket, other] of [
      [client, target],
      [target, client],
    ] as const) {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  }
}
