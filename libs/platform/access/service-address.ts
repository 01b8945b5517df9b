import type { Server } from 'node:http';

const NAMES_OF_THIS_MACHINE = ['localhost', '127.0.0.1', '[::1]'];

/** Where people and their browsers find the service. By default that is known once it listens, since any port may be free. */
export class ServiceAddress {
  private known: string | undefined;

  constructor(
    private readonly server: () => Server,
    private readonly http: { readonly address?: string; readonly port: number },
  ) {
    this.known = http.address;
  }

  /** Scheme, host and port, such as `https://khamrap.phrae.go.th`. */
  get origin(): string {
    if (this.known !== undefined) return this.known;
    const port = this.listeningPort;
    const origin = new URL(`http://localhost:${port ?? this.http.port}`).origin;
    if (port !== undefined) this.known = origin;
    return origin;
  }

  /** Where the process reaches itself, whatever stands between it and browsers; undefined while it does not listen. */
  get ownOrigin(): string | undefined {
    const address = this.server().address();
    if (typeof address !== 'object' || address === null) return undefined;
    const isAnywhere = address.address === '0.0.0.0' || address.address === '::';
    const host = isAnywhere ? '127.0.0.1' : address.address;
    return `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
  }

  /**
   * Whether a `Host` header calls the service by a name of its own: its address, where it listens, or this machine with its
   * port. A page of somebody else whose name was led here (DNS rebinding) comes with that name.
   */
  isOwnHost(host: string | undefined): boolean {
    const port = this.listeningPort ?? this.http.port;
    const origins = [this.origin, this.ownOrigin, ...NAMES_OF_THIS_MACHINE.map((name) => `http://${name}:${port}`)];
    const called = host?.toLowerCase();
    return origins.some((origin) => origin !== undefined && new URL(origin).host === called);
  }

  private get listeningPort(): number | undefined {
    const address = this.server().address();
    return typeof address === 'object' && address !== null ? address.port : undefined;
  }
}
