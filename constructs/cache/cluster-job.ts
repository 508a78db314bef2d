import type { Construct } from "constructs";
import { ScriptJob } from "../jobs/script-job";
import type { ITerraformDependable } from "cdktf";
import { cachePort } from "./cache";
import { cacheNames, nodeHosts, type CacheServer } from "./cache-server";
import { client } from "./server-scripts";
import { folders } from "./server-configuration";

export interface ClusterJobProps {
  readonly server: CacheServer;
  /** Secret of {@link CacheUsers}. */
  readonly usersName: string;
  /** Replicas of each shard. */
  readonly replicas: number;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** Makes a cluster of nodes, once: it leaves alone what is one already, and begins anew with what is half of one. */
export class ClusterJob extends ScriptJob {
  constructor(scope: Construct, id: string, { server, usersName, replicas, dependsOn }: ClusterJobProps) {
    super(scope, id, {
      name: cacheNames(server.name).clusterJob,
      namespace: server.namespace.namespaceName,
      image: server.image,
      script: clusterScript(server, replicas),
      files: { "client.sh": client(server) },
      variables: [{ name: "UPKEEP_PASSWORD", secret: usersName, key: "upkeep" }],
      volumes: [{ name: "certificate", mountPath: folders.certificate, from: { secret: cacheNames(server.name).certificate } }],
      dependsOn,
    });
  }
}

/** The client takes addresses only when it makes a cluster. */
function clusterScript(server: CacheServer, replicas: number): string {
  const { engine } = server.intent;
  return `set -eu
. ${folders.setup}/client.sh
addresses=
for node in ${nodeHosts(server).join(" ")}; do
  until [ "$(as upkeep -h "$node" PING)" = PONG ]; do sleep 1; done
  addresses="$addresses $(getent hosts "$node" | awk '{ print $1; exit }')"
done
for address in $addresses; do
  if as upkeep -h "$address" CLUSTER INFO | grep -q cluster_slots_assigned:16384; then
    echo "The cluster is there."
    exit 0
  fi
done
members=
for address in $addresses; do
  as upkeep -h "$address" CLUSTER RESET HARD
  members="$members $address:${cachePort}"
done
REDISCLI_AUTH=$UPKEEP_PASSWORD ${engine}-cli --tls --cacert ${folders.certificate}/ca.crt --user upkeep \\
  --cluster create $members --cluster-replicas ${replicas} --cluster-yes
`;
}
