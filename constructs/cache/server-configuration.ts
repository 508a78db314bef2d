import { bytesOf } from "../namespaces/quantity";
import { cachePort } from "./cache";
import { sentinelPort, type CacheServer } from "./cache-server";

/** How many clients a node serves at a time; Valkey's default, said so that it can be watched. */
export const maxClients = 10_000;

/** Part of a container's memory that keys may have. Buffers, and pages that change while the log is rewritten, need the rest. */
const memoryForKeys = 0.75;

/** How long a primary may be silent until another one is chosen, in milliseconds. */
const downAfter = 5000;

/** Where containers find the certificate, the users and what they are set up with, and where they write. */
export const folders = { certificate: "/tls", users: "/users", setup: "/setup", run: "/run/cache", data: "/data" } as const;

/** Certificate of who has signed the server's. */
export const authorityFile = `${folders.certificate}/ca.crt`;

/** What a node is started with. Passwords stand in other files. */
export function serverConfiguration({ intent, resources }: CacheServer): string {
  const { evictionPolicy, persistence, topology } = intent;
  return document(
    ...tls(cachePort),
    `aclfile ${folders.users}/users.acl`,
    `dir ${folders.data}`,
    `maxclients ${maxClients}`,
    `maxmemory ${Math.floor(bytesOf(resources.limits.memory) * memoryForKeys)}`,
    `maxmemory-policy ${evictionPolicy}`,
    'save ""', // the log of writes has everything
    `appendonly ${persistence ? "yes" : "no"}`,
    "appendfsync everysec",
    // A primary that was cut off stops taking what would be lost. With one replica alone it would stop whenever that restarts, too.
    ...(topology.kind === "replicated" && topology.replicas > 1 ? ["min-replicas-to-write 1", "min-replicas-max-lag 10"] : []),
    "repl-diskless-sync-delay 0", // a few replicas are not worth waiting for one another
    ...(topology.kind === "clustered" ? clusterSettings : []),
  );
}

const clusterSettings = [
  "cluster-enabled yes",
  "tls-cluster yes",
  "cluster-config-file nodes.conf",
  `cluster-node-timeout ${downAfter}`,
  "cluster-require-full-coverage no", // shards serve what they have while another one is gone, as in ElastiCache
  "cluster-preferred-endpoint-type hostname", // the certificate names no addresses
];

/** What a Sentinel is started with; who the primary is gets added then. */
export function sentinelConfiguration({ name }: CacheServer): string {
  return document(
    ...tls(sentinelPort),
    `dir ${folders.run}`,
    "sentinel resolve-hostnames yes",
    "sentinel announce-hostnames yes",
    `sentinel announce-port ${sentinelPort}`,
    `sentinel down-after-milliseconds ${name} ${downAfter}`,
    `sentinel failover-timeout ${name} 15000`,
    `sentinel parallel-syncs ${name} 1`,
  );
}

/** TLS and no other port. Clients sign in with a password; nodes of a cluster have to show each other certificates. */
function tls(port: number): readonly string[] {
  return [
    "port 0",
    `tls-port ${port}`,
    `tls-cert-file ${folders.certificate}/tls.crt`,
    `tls-key-file ${folders.certificate}/tls.key`,
    `tls-ca-cert-file ${authorityFile}`,
    "tls-auth-clients no",
    "tls-replication yes",
    "protected-mode no", // it is for servers without users
  ];
}

function document(...lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}
