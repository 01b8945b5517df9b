import { randomUUID } from 'node:crypto';
import net from 'node:net';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb';
import { Access, type ServerUser } from './access';
import { Cluster } from './cluster';
import { Faults } from './faults/faults';
import { appendHandler } from './services/append';
import { batchAppendHandler } from './services/batch-append';
import { deleteHandler, tombstoneHandler } from './services/delete';
import { gossipHandler } from './services/gossip';
import type { Member, Node } from './services/node';
import { readHandler } from './services/read';
import { serverFeaturesHandler } from './services/server-features';
import { comparePositions } from './state/log-position';
import { StoreState } from './state/store-state';
import type { StoredEvent } from './state/stored-event';
import type { Endpoint } from './wire/service-error';

const ADDRESS = '127.0.0.1';
const MEBIBYTE = 1_024 * 1_024;

/** How a node is started; everything has a default. */
export interface ServerOptions {
  /** What the node serves; an empty store of its own unless given. */
  readonly state?: StoreState;
  /** A free one unless given. */
  readonly port?: number;
  /** PEM texts. Without them the connection is not encrypted. */
  readonly tls?: { readonly key: string; readonly certificate: string };
  /** With users, every call needs the name and the password of one of them. */
  readonly users?: Readonly<Record<string, ServerUser>>;
  /** The cluster to which the node belongs; one of its own unless given. */
  readonly cluster?: Cluster;
  /** Takes no part in elections and forwards no writes: it names the leader instead. */
  readonly isReadOnly?: boolean;
  readonly version?: string;
  /** Whether the client is told that it may use BatchAppend. */
  readonly offersBatchAppend?: boolean;
  /** Bytes of the events of one append. */
  readonly maxAppendSize?: number;
}

/** One node of an EventStoreDB that lives in this process and speaks the real protocol. README.md says what it does not prove. */
export class EventStoreDbServer implements Node {
  readonly faults: Faults;
  readonly access: Access;
  readonly cluster: Cluster;
  readonly instanceId = randomUUID();
  /** A certificate cannot name an address to every client, so that a node with one has a name. */
  readonly host: string;
  readonly version: string;
  readonly offersBatchAppend: boolean;
  readonly maxAppendSize: number;
  readonly isReadOnly: boolean;
  /** How many of the newest events this node does not have yet. */
  behind = 0;
  #isAlive = true;
  #port = 0;
  readonly #sockets = new Map<string, net.Socket>();
  readonly #grpc = new Server({ 'grpc.max_receive_message_length': 32 * MEBIBYTE });
  readonly #listener: net.Server;

  private constructor(
    readonly state: StoreState,
    private readonly options: ServerOptions,
  ) {
    this.faults = new Faults(this.#sockets);
    this.access = new Access(state, options.users);
    this.cluster = options.cluster ?? new Cluster();
    this.host = options.tls ? 'localhost' : ADDRESS;
    this.version = options.version ?? '24.10.4';
    this.offersBatchAppend = options.offersBatchAppend ?? true;
    this.maxAppendSize = options.maxAppendSize ?? MEBIBYTE;
    this.isReadOnly = options.isReadOnly ?? false;
    this.#serve();
    const injector = this.#grpc.createConnectionInjector(credentialsOf(options));
    this.#listener = net.createServer({ noDelay: true }, (socket) => {
      this.#keep(socket);
      injector.injectConnection(socket);
    });
  }

  /** Starts a node and waits until it can be reached. */
  static async start(options: ServerOptions = {}): Promise<EventStoreDbServer> {
    const server = new EventStoreDbServer(options.state ?? new StoreState(), options);
    await new Promise<void>((resolve, reject) => {
      server.#listener.once('error', reject);
      server.#listener.listen(options.port ?? 0, ADDRESS, resolve);
    });
    server.#port = (server.#listener.address() as net.AddressInfo).port;
    server.cluster.add(server);
    return server;
  }

  get port(): number {
    return this.#port;
  }

  /** The connection string for the client, without credentials. */
  get url(): string {
    return `esdb://${this.host}:${this.port}?tls=${this.isEncrypted}`;
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  get isEncrypted(): boolean {
    return this.options.tls !== undefined;
  }

  /** How many connections are open. */
  get connectionCount(): number {
    return this.#sockets.size;
  }

  leader(): Endpoint | 'itself' | undefined {
    return this.cluster.leaderFor(this);
  }

  members(): readonly Member[] {
    return this.cluster.members();
  }

  lastEvent(): StoredEvent | undefined {
    return this.state.events.at(-1 - this.behind);
  }

  has(event: StoredEvent): boolean {
    if (this.behind === 0) return true;
    const last = this.lastEvent();
    return last !== undefined && comparePositions(event.position, last.position) <= 0;
  }

  onChange(listener: () => void): () => void {
    return this.state.onChange(listener);
  }

  /** Breaks every connection; clients may connect again at once. */
  cutAll(): void {
    for (const socket of this.#sockets.values()) socket.resetAndDestroy();
  }

  /** The process is gone: connections break and nobody listens. The store stays, for a node that is started at the same port. */
  async kill(): Promise<void> {
    this.#isAlive = false;
    const closed = new Promise((resolve) => this.#listener.close(resolve));
    this.cutAll();
    this.#grpc.forceShutdown();
    await closed;
  }

  /** Ends the node; it may have been killed before. */
  async stop(): Promise<void> {
    if (this.#isAlive) await this.kill();
  }

  #serve(): void {
    this.#grpc.addService(StreamsService, {
      append: appendHandler(this),
      batchAppend: batchAppendHandler(this),
      read: readHandler(this),
      delete: deleteHandler(this),
      tombstone: tombstoneHandler(this),
    });
    this.#grpc.addService(GossipService, { read: gossipHandler(this) });
    this.#grpc.addService(ServerFeaturesService, { getSupportedMethods: serverFeaturesHandler(this) });
  }

  #keep(socket: net.Socket): void {
    const address = `${socket.remoteAddress}:${socket.remotePort}`;
    this.#sockets.set(address, socket);
    socket.on('error', () => undefined);
    socket.once('close', () => this.#sockets.delete(address));
  }
}

function credentialsOf({ tls }: ServerOptions): ServerCredentials {
  if (!tls) return ServerCredentials.createInsecure();
  const pair = { private_key: Buffer.from(tls.key), cert_chain: Buffer.from(tls.certificate) };
  return ServerCredentials.createSsl(null, [pair]);
}
