import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import { SupportedMethod, SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb';
import type { Empty } from '@eventstore/db-client/generated/shared_pb';
import { failureOf, type Node } from './node';

const STREAMS = 'event_store.client.streams.streams';

/** ServerFeatures.GetSupportedMethods: what this node can do, names in small letters as the server writes them. */
export function serverFeaturesHandler(node: Node) {
  return (call: ServerUnaryCall<Empty, SupportedMethods>, answer: sendUnaryData<SupportedMethods>): void => {
    node.faults.at('features.arrived', call).then(
      () => answer(null, supportedMethods(node)),
      (error: unknown) => {
        const failure = failureOf(error);
        if (failure) answer(failure.toStatus());
      },
    );
  };
}

function supportedMethods({ version, offersBatchAppend }: Node): SupportedMethods {
  const methods = [
    method(STREAMS, 'read', ['position', 'events']),
    ...['append', 'delete', 'tombstone'].map((name) => method(STREAMS, name)),
    ...(offersBatchAppend ? [method(STREAMS, 'batchappend', ['deadline_duration'])] : []),
    method('event_store.client.gossip.gossip', 'read'),
    method('event_store.client.server_features.serverfeatures', 'getsupportedmethods'),
  ];
  return new SupportedMethods().setEventStoreServerVersion(version).setMethodsList(methods);
}

function method(service: string, name: string, features: readonly string[] = []): SupportedMethod {
  return new SupportedMethod()
    .setServiceName(service)
    .setMethodName(name)
    .setFeaturesList([...features]);
}
