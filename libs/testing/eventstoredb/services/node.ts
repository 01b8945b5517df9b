import type { Access } from '../access';
import type { Faults } from '../faults/faults';
import type { StoredEvent } from '../state/stored-event';
import type { StoreState } from '../state/store-state';
import type { AnyCall } from '../wire/breakage';
import { CallIsGone } from '../wire/breakage';
import { ServiceFailure, failures, type Endpoint } from '../wire/service-error';

/** A member of a cluster as its gossip tells of it. */
export interface Member {
  readonly instanceId: string;
  readonly host: string;
  readonly port: number;
  readonly state: 'leader' | 'follower' | 'readOnlyReplica';
  readonly isAlive: boolean;
}

/** What the services know of the node on which they run. */
export interface Node {
  readonly state: StoreState;
  readonly faults: Faults;
  readonly access: Access;
  readonly version: string;
  readonly offersBatchAppend: boolean;
  readonly isReadOnly: boolean;
  /** Bytes; 1 MiB is the server's own default. */
  readonly maxAppendSize: number;
  /** The node itself where it leads; undefined while nobody does. */
  leader(): Endpoint | 'itself' | undefined;
  members(): readonly Member[];
  /** The last event that this node has: a follower may be behind. */
  lastEvent(): StoredEvent | undefined;
  has(event: StoredEvent): boolean;
  /** Calls back after every change of what the node has. @returns what ends it */
  onChange(listener: () => void): () => void;
}

/** Followers forward what they are asked, unless the client asks for the leader itself. */
export function assertLeads(node: Node, call: AnyCall, writes: boolean): void {
  const leader = node.leader();
  if (leader === 'itself') return;
  if (!writes && !isLeaderRequired(call)) return;
  if (!leader) throw writes ? failures.notReady() : failures.noLeaderInfo();
  if (node.isReadOnly || isLeaderRequired(call)) throw failures.notLeader(leader);
}

function isLeaderRequired(call: AnyCall): boolean {
  return call.metadata.get('requires-leader')[0] === 'true';
}

/** What an error of a handler is to the client; undefined where the client is not there any more. */
export function failureOf(error: unknown): ServiceFailure | undefined {
  if (error instanceof CallIsGone) return undefined;
  return error instanceof ServiceFailure
    ? error
    : failures.unknown(`Exception was thrown by handler. ${String(error)}`);
}
