import type { Endpoint } from './wire/service-error';
import type { Member } from './services/node';

/** A node as the cluster knows it. */
export interface ClusterNode {
  readonly instanceId: string;
  readonly host: string;
  readonly port: number;
  readonly isReadOnly: boolean;
  readonly isAlive: boolean;
}

/** Nodes that serve one store, and which of them leads. Nobody is elected: a test says who leads. */
export class Cluster {
  readonly #nodes: ClusterNode[] = [];
  /** Undefined while nobody leads, as during an election. */
  leader: ClusterNode | undefined;

  add(node: ClusterNode): void {
    this.#nodes.push(node);
    if (!this.leader && !node.isReadOnly) this.leader = node;
  }

  /** What `node` is told when it asks for the leader. */
  leaderFor(node: ClusterNode): Endpoint | 'itself' | undefined {
    return this.leader === node ? 'itself' : this.leader;
  }

  /** What gossip tells; a node that is down is known, and said not to be alive. */
  members(): readonly Member[] {
    return this.#nodes.map((node) => ({
      instanceId: node.instanceId,
      host: node.host,
      port: node.port,
      state: node.isReadOnly ? 'readOnlyReplica' : node === this.leader ? 'leader' : 'follower',
      isAlive: node.isAlive,
    }));
  }
}
