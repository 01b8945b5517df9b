import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import { ClusterInfo, EndPoint, MemberInfo } from '@eventstore/db-client/generated/gossip_pb';
import { UUID, type Empty } from '@eventstore/db-client/generated/shared_pb';
import { failureOf, type Member, type Node } from './node';

const STATES = {
  leader: MemberInfo.VNodeState.LEADER,
  follower: MemberInfo.VNodeState.FOLLOWER,
  readOnlyReplica: MemberInfo.VNodeState.READONLYREPLICA,
};

/** Gossip.Read: who belongs to the cluster, and who leads it. */
export function gossipHandler(node: Node) {
  return (call: ServerUnaryCall<Empty, ClusterInfo>, answer: sendUnaryData<ClusterInfo>): void => {
    node.faults.at('gossip.arrived', call).then(
      () => answer(null, new ClusterInfo().setMembersList(node.members().map(memberInfo))),
      (error: unknown) => {
        const failure = failureOf(error);
        if (failure) answer(failure.toStatus());
      },
    );
  };
}

function memberInfo({ instanceId, host, port, state, isAlive }: Member): MemberInfo {
  return new MemberInfo()
    .setInstanceId(new UUID().setString(instanceId))
    .setTimeStamp(String(Date.now()))
    .setState(STATES[state])
    .setIsAlive(isAlive)
    .setHttpEndPoint(new EndPoint().setAddress(host).setPort(port));
}
