import { cachePort } from "./cache";
import { cacheNames, hostOf, nodeHosts, sentinelHosts, sentinelPort, type CacheServer } from "./cache-server";
import { authorityFile, folders, sentinelConfiguration, serverConfiguration } from "./server-configuration";

/** Everything that the pods of a cache read beside their secrets, by the names of the files. */
export function serverFiles(server: CacheServer): Readonly<Record<string, string>> {
  const files = { "server.conf": serverConfiguration(server), "client.sh": client(server), "upkeep.sh": upkeep(server) };
  switch (server.intent.topology.kind) {
    case "single":
      return { ...files, "start.sh": `exec ${server.intent.engine}-server ${folders.setup}/server.conf\n` };
    case "replicated":
      return {
        ...files,
        "primary.sh": primary(server),
        "start.sh": startReplicated(server),
        "stop.sh": stopReplicated,
        "sentinel.conf": sentinelConfiguration(server),
        "sentinel.sh": startSentinel(server),
      };
    case "clustered":
      return { ...files, "start.sh": startClustered(server) };
  }
}

/** `as <user> ...`: the client, for the users that scripts sign in as. Passwords are never arguments. */
export function client({ intent: { engine } }: CacheServer): string {
  return `as() {
  user=$1; shift
  case $user in health) password=$HEALTH_PASSWORD ;; upkeep) password=$UPKEEP_PASSWORD ;; esac
  REDISCLI_AUTH=$password timeout 3 ${engine}-cli --tls --cacert ${authorityFile} --user "$user" "$@" 2>/dev/null
}
`;
}

/** `primary` says who it is: the Sentinels know, else whoever takes itself for it, else the first node begins. */
function primary(server: CacheServer): string {
  const { name } = server;
  const [first = ""] = nodeHosts(server);
  return `. ${folders.setup}/client.sh
sentinels="${sentinelHosts(server).join(" ")}"
nodes="${nodeHosts(server).join(" ")}"
primary() {
  for sentinel in $sentinels; do
    found=$(as health -h "$sentinel" -p ${sentinelPort} SENTINEL GET-MASTER-ADDR-BY-NAME ${name} | head -n 1)
    case $found in ${name}-*) echo "$found"; return ;; esac
  done
  for node in $nodes; do
    if [ "$(as health -h "$node" -p ${cachePort} ROLE | head -n 1)" = master ]; then echo "$node"; return; fi
  done
  echo ${first}
}
hand_over() {
  for sentinel in $sentinels; do
    [ "$(as upkeep -h "$sentinel" -p ${sentinelPort} SENTINEL FAILOVER ${name})" = OK ] || continue
    for attempt in $(seq 1 25); do
      [ "$(primary)" = "$self" ] || return 0
      sleep 0.2
    done
  done
}
`;
}

/** A primary that comes back without its data would empty its replicas: it becomes one of them, if there is any. */
function startReplicated(server: CacheServer): string {
  const { engine } = server.intent;
  return `set -eu
self=$HOSTNAME.${hostOf(server, cacheNames(server.name).nodesService)}
. ${folders.setup}/primary.sh
primary=$(primary)
if [ ! -e ${folders.data}/appendonlydir ] && [ "$primary" = "$self" ]; then
  hand_over
  primary=$(primary)
fi
{
  cat ${folders.setup}/server.conf ${folders.users}/replication.conf
  echo "replica-announce-ip $self"
  [ "$primary" = "$self" ] || echo "replicaof $primary ${cachePort}"
} > ${folders.run}/server.conf
echo "$self" > ${folders.run}/self
exec ${engine}-server ${folders.run}/server.conf
`;
}

/** Before a primary goes another node takes over: clients wait for a second, not for Sentinels to miss it. What it would still take would be lost. */
const stopReplicated = `self=$(cat ${folders.run}/self)
. ${folders.setup}/primary.sh
if [ "$(primary)" = "$self" ]; then
  as upkeep -h 127.0.0.1 CLIENT PAUSE 10000 WRITE
  hand_over
fi
`;

/** A Sentinel reads its certificate once: its liveness probe compares it with the copy. */
function startSentinel(server: CacheServer): string {
  const { name, intent } = server;
  return `set -eu
self=$HOSTNAME.${hostOf(server, cacheNames(name).sentinelsService)}
. ${folders.setup}/primary.sh
primary=$(primary)
until getent hosts "$primary" > /dev/null; do sleep 1; done
cp ${folders.certificate}/tls.crt ${folders.run}/tls.crt
{
  echo "sentinel announce-ip $self"
  echo "sentinel monitor ${name} $primary ${cachePort} 2"
  cat ${folders.setup}/sentinel.conf ${folders.users}/sentinel.conf
} > ${folders.run}/sentinel.conf
exec ${intent.engine}-server ${folders.run}/sentinel.conf --sentinel
`;
}

/** A node keeps its identity when its address changes. Clients get its name, which stays. */
function startClustered(server: CacheServer): string {
  return `set -eu
{
  cat ${folders.setup}/server.conf ${folders.users}/replication.conf
  echo "cluster-announce-hostname $HOSTNAME.${hostOf(server, cacheNames(server.name).nodesService)}"
} > ${folders.run}/server.conf
exec ${server.intent.engine}-server ${folders.run}/server.conf
`;
}

/** Beside every node: it hands renewed certificates to the server, and has nodes of a cluster find each other whose addresses all changed. */
function upkeep(server: CacheServer): string {
  const { certificate } = folders;
  const clustered = server.intent.topology.kind === "clustered";
  return `. ${folders.setup}/client.sh
trap exit TERM
given=
while true; do
  current=$(md5sum ${certificate}/tls.crt)
  if [ "$current" != "$given" ]; then
    answer=$(as upkeep -h 127.0.0.1 CONFIG SET tls-cert-file ${certificate}/tls.crt tls-key-file ${certificate}/tls.key tls-ca-cert-file ${authorityFile})
    [ "$answer" = OK ] && given=$current
  fi
${clustered ? meetAgain(server) : ""}  sleep 10 & wait $!
done
`;
}

/** Only nodes that have been a cluster before: `cluster-job.ts` forms it. */
function meetAgain(server: CacheServer): string {
  return `  state=$(as upkeep -h 127.0.0.1 CLUSTER INFO | tr -d '\\r')
  case $state in *cluster_known_nodes:1[!0-9]*) ;; *cluster_state:fail*)
    for node in ${nodeHosts(server).join(" ")}; do
      address=$(getent hosts "$node" | awk '{ print $1; exit }')
      [ -z "$address" ] || as upkeep -h 127.0.0.1 CLUSTER MEET "$address" ${cachePort} > /dev/null
    done
  esac
`;
}
