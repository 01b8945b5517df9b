import { Cluster } from './cluster';
import { EventStoreDbServer, type ServerOptions } from './server';
import { StoreState } from './state/store-state';

/** Several nodes that serve one store; the first one leads. Followers are never behind unless a test says so. */
export class EventStoreDbCluster {
  private constructor(
    readonly state: StoreState,
    readonly membership: Cluster,
    readonly nodes: readonly EventStoreDbServer[],
  ) {}

  /** @param options of every node, apart from the store, the port and the cluster */
  static async start(
    count: number,
    { state = new StoreState(), ...options }: Omit<ServerOptions, 'port' | 'cluster'> = {},
  ): Promise<EventStoreDbCluster> {
    const membership = new Cluster();
    const nodes: EventStoreDbServer[] = [];
    for (let index = 0; index < count; index++)
      nodes.push(await EventStoreDbServer.start({ ...options, state, cluster: membership }));
    return new EventStoreDbCluster(state, membership, nodes);
  }

  /** The connection string that names every node. */
  get url(): string {
    const hosts = this.nodes.map(({ host, port }) => `${host}:${port}`);
    return `esdb://${hosts.join(',')}?tls=${this.#tls}`;
  }

  /** The connection string that names one node, and leaves it to gossip to tell of the others. */
  discoverUrlOf(node: EventStoreDbServer): string {
    return `esdb+discover://${node.host}:${node.port}?tls=${this.#tls}`;
  }

  get leader(): EventStoreDbServer | undefined {
    return this.nodes.find((node) => node === this.membership.leader);
  }

  /** Another node leads from now on, or nobody; a new leader says so in the log, as epochs are written there. */
  changeLeader(node: EventStoreDbServer | undefined): void {
    this.membership.leader = node;
    if (node) this.state.writeSystemEvent('$epoch-information', '$epoch-information', { leader: node.instanceId });
  }

  /** The leader is gone, and the next node that is alive leads. @returns the one that is gone */
  async killLeader(): Promise<EventStoreDbServer> {
    const { leader } = this;
    if (!leader) throw new Error('Nobody leads.');
    await leader.kill();
    this.changeLeader(this.nodes.find(({ isAlive }) => isAlive));
    return leader;
  }

  async stop(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.stop()));
  }

  get #tls(): boolean {
    return this.nodes[0]?.isEncrypted ?? false;
  }
}
