/** An EventStoreDB in this process, for tests of what speaks to one. README.md says what it does, and what it does not prove. */
export { EventStoreDbServer, type ServerOptions } from './server';
export { EventStoreDbCluster } from './event-store-db-cluster';
export { Cluster, type ClusterNode } from './cluster';
export type { ServerUser } from './access';
export { Faults, OrderedFault, type FaultSource, type Often, type Where } from './faults/faults';
export { SeededChaos, type ChaosKind, type ChaosOptions } from './faults/seeded-chaos';
export { FAULT_POINTS, type Fault, type FaultKind, type FaultPoint } from './faults/fault';
export { StoreState, type WriteResult } from './state/store-state';
export type { StoreOptions } from './state/store-options';
export { jsonEvent, type ProposedEvent, type StoredEvent } from './state/stored-event';
export { comparePositions, type LogPosition } from './state/log-position';
export type { CutKind } from './wire/breakage';
export { failures, ServiceFailure } from './wire/service-error';
export { selfSignedCertificate } from './self-signed-certificate';
