import { defineCapability, type Proof } from "../capability";
import { is, matches, must, mustBeAtLeast, refersTo } from "../finding";
import type { Parts } from "../parts";
import { alarmsFor, alarmsTellTopic, inDataSubnets, onlyClusterAdmitted } from "../proofs/aws";
import { prometheusRuns, rulesFor, volumeKeysRotated, volumesEncrypted } from "../proofs/cluster";
import { line, mustSay } from "../proofs/lines";
import { denied, peersNamed } from "../proofs/namespaces";
import { destroyRefused, rotatedKey } from "../proofs/required";
import { variable } from "../workload-variables";

/** Replication groups of ElastiCache, whatever their topology. */
const groups = (own: Parts) => own.all("aws_elasticache_replication_group");
const isSingle = (own: Parts) =>
  groups(own).every((group) => Number(group.at("num_cache_clusters").value) === 1 || group.at("replicas_per_node_group").value === 0);

/** Pods that keep data: those with a configuration. */
const nodes = (own: Parts) =>
  own
    .all("kubernetes_stateful_set_v1")
    .filter((set) => set.at("spec", "volume_claim_template").value !== undefined || own.all("kubernetes_stateful_set_v1").length === 1);
const configurations = (own: Parts) =>
  own.all("kubernetes_config_map_v1").filter((map) => map.at("data", "server.conf").value !== undefined);
const users = (own: Parts) =>
  own
    .manifests("ExternalSecret")
    .map((copy) => copy.at("spec", "target", "template", "data", "users.acl"))
    .filter(({ value }) => value !== undefined);
const storageClasses = (own: Parts) => nodes(own).map((set) => set.at("spec", "volume_claim_template", 0, "spec", "storage_class_name"));

const clientsAskForTls: Proof = (_, environment) => [must(variable(environment, "REDIS_URL"), matches(/^rediss:\/\//))];
const passwordFromStore: Proof = (_, environment) => [
  must(environment.output("cache_secret"), matches(/./)),
  must(variable(environment, "REDIS_URL"), matches(/^rediss:\/\/app:\{\{ \.\w+ \}\}@/)),
];

/** What speaks the protocol of Redis. */
export const cache = defineCapability({
  name: "cache",
  constructs: ["data/Cache", "data/CacheNamespace"],
  outputs: { cache_host: "string", cache_port: "number", cache_user: "string", cache_secret: "string" },
  claims: {
    tlsInTransit: {
      plainTextRefused: { summary: "the server takes no connections in plain text" },
      clientsAskForTls: { summary: "workloads are given an address that asks for TLS" },
    },
    encryptionAtRest: {
      volumeEncrypted: { summary: "what is written to disk is encrypted" },
      keyRotated: { summary: "it is under a key of the environment's own that changes by itself" },
    },
    authentication: {
      anonymousRefused: { summary: "the default user is off" },
      applicationUser: { summary: "workloads sign in as a user that is no administrator" },
      passwordFromStore: { summary: "its password comes from the environment's secret store" },
    },
    highAvailability: { failover: { summary: "another node takes over when one is lost", unit: "nodes" } },
    backup: { kept: { summary: "snapshots are made every day and kept", unit: "days" } },
    isolation: {
      denied: { summary: "pods of its namespace talk to nobody by default" },
      peersNamed: { summary: "whatever lets them talk says with whom" },
      onlyCluster: { summary: "it is reached from the cluster only" },
    },
    monitoring: {
      watched: { summary: "everything in constructs/monitoring/watches.ts is watched" },
      told: { summary: "somebody is told" },
      slowCommandsLogged: { summary: "slow commands can be looked up" },
    },
    protection: {
      destroyRefused: { summary: "it is not destroyed by a slip" },
      lastSnapshot: { summary: "a last snapshot outlives it" },
    },
  },
  exempt: { pointInTime: "neither ElastiCache nor Valkey goes back to a point in time: what counts is kept in the database" },
  variants: [
    {
      name: "ElastiCache",
      main: groups,
      proofs: {
        tlsInTransit: {
          plainTextRefused: (own) =>
            groups(own).flatMap((group) => [
              must(group.at("transit_encryption_enabled"), is(true)),
              must(group.at("transit_encryption_mode"), is("required")),
            ]),
          clientsAskForTls,
        },
        encryptionAtRest: {
          volumeEncrypted: (own) => groups(own).map((group) => must(group.at("at_rest_encryption_enabled"), is("true"))),
          keyRotated: (own, environment) =>
            groups(own).flatMap((group) => [
              must(group.at("kms_key_id"), refersTo("aws_kms_key")),
              ...rotatedKey(group.at("kms_key_id"), environment),
            ]),
        },
        authentication: {
          anonymousRefused: (own) => [
            ...groups(own).map((group) => must(group.at("user_group_ids", 0), refersTo("aws_elasticache_user_group"))),
            ...own
              .all("aws_elasticache_user")
              .filter((user) => user.at("user_name").value === "default")
              .map((user) => must(user.at("access_string"), matches(/^off /))),
            ...own.all("aws_elasticache_user_group").flatMap((group) =>
              group
                .at("user_ids")
                .items()
                .map((user) => must(user, refersTo("aws_elasticache_user"))),
            ),
          ],
          applicationUser: (own, environment) => [
            must(environment.output("cache_user"), is("app")),
            ...own
              .all("aws_elasticache_user")
              .filter((user) => user.at("user_name").value === "app")
              .flatMap((user) => [
                must(user.at("access_string"), matches(/ -@dangerous( |$)/)),
                must(user.at("authentication_mode", "type"), is("password")),
              ]),
          ],
          passwordFromStore,
        },
        highAvailability: {
          failover: (own) =>
            groups(own).flatMap((group) => {
              const shards = group.at("num_node_groups");
              const count =
                shards.value === undefined
                  ? mustBeAtLeast(2, group.at("num_cache_clusters"))
                  : { place: shards, met: true, degree: Number(shards.value) * (1 + Number(group.at("replicas_per_node_group").value)) };
              return [must(group.at("automatic_failover_enabled"), is(true)), must(group.at("multi_az_enabled"), is(true)), count];
            }),
        },
        backup: { kept: (own) => groups(own).map((group) => mustBeAtLeast(1, group.at("snapshot_retention_limit"))) },
        isolation: {
          denied,
          peersNamed,
          onlyCluster: (own, environment) => [
            ...groups(own).map((group) => must(group.at("security_group_ids", 0), refersTo("aws_security_group"))),
            ...groups(own).map((group) => must(group.at("subnet_group_name"), refersTo("aws_elasticache_subnet_group"))),
            ...inDataSubnets(own.all("aws_elasticache_subnet_group"), environment),
            ...onlyClusterAdmitted(own, environment),
          ],
        },
        monitoring: {
          watched: (own) => alarmsFor("cache", own, isSingle(own) ? ["replicationLag"] : []),
          told: alarmsTellTopic,
          slowCommandsLogged: (own) =>
            groups(own).flatMap((group) => {
              const log = group.at("log_delivery_configuration").item((one) => one.at("log_type").value === "slow-log");
              return [must(log.at("log_type"), is("slow-log")), must(log.at("destination"), refersTo("aws_cloudwatch_log_group"))];
            }),
        },
        protection: {
          destroyRefused: (own) => groups(own).map(destroyRefused),
          lastSnapshot: (own) => groups(own).map((group) => must(group.at("final_snapshot_identifier"), matches(/\$\{random_id\./))),
        },
      },
      facts: (own) => {
        const [group] = groups(own);
        return {
          engine: `${String(group?.at("engine").value)} ${String(group?.at("engine_version").value)}`,
          "type of nodes": group?.at("node_type").value,
          nodes: group?.at("num_cache_clusters").value,
          shards: group?.at("num_node_groups").value,
          "logs kept, days": own.all("aws_cloudwatch_log_group")[0]?.at("retention_in_days").value,
        };
      },
    },
    {
      name: "Valkey in the cluster",
      main: configurations,
      proofs: {
        tlsInTransit: {
          plainTextRefused: (own) =>
            configurations(own).flatMap((map) => [mustSay(map, "server.conf", /^port 0$/), mustSay(map, "server.conf", /^tls-port \d+$/)]),
          clientsAskForTls,
        },
        encryptionAtRest: {
          volumeEncrypted: (own, environment) => volumesEncrypted(storageClasses(own), environment),
          keyRotated: (own, environment) => volumeKeysRotated(storageClasses(own), environment),
        },
        authentication: {
          anonymousRefused: (own) => [
            ...configurations(own).map((map) => mustSay(map, "server.conf", /^aclfile .*users\.acl$/)),
            ...users(own).map((file) =>
              must(
                file.as("lines").item((text) => /^user default /.test(String(text.value))),
                is("user default off"),
              ),
            ),
          ],
          applicationUser: (own, environment) => [
            must(environment.output("cache_user"), is("app")),
            ...users(own).map((file) =>
              must(
                file.as("lines").item((text) => /^user app /.test(String(text.value))),
                matches(/^user app on >\{\{ \.app \}\} .* -@dangerous( |$)/),
              ),
            ),
          ],
          passwordFromStore,
        },
        highAvailability: { failover: (own) => nodes(own).map((set) => mustBeAtLeast(2, set.at("spec", "replicas"))) },
        // Nothing copies them out of the volume.
        backup: { kept: () => [] },
        isolation: {
          denied,
          peersNamed,
          onlyCluster: (own) =>
            own
              .all("kubernetes_service_v1")
              .map((service) => must(service.at("spec", "type"), (type) => type === undefined || type === "ClusterIP")),
        },
        monitoring: {
          watched: (own) =>
            rulesFor("cache", own, nodes(own).some((set) => Number(set.at("spec", "replicas").value) > 1) ? [] : ["replicationLag"]),
          told: (_, environment) => prometheusRuns(environment),
          // The server keeps the last 128 by itself; users that look them up have the right to.
          slowCommandsLogged: (own) =>
            users(own).map((file) =>
              must(
                file.as("lines").item((text) => /^user metrics /.test(String(text.value))),
                matches(/ \+slowlog\|get /),
              ),
            ),
        },
        protection: {
          destroyRefused: (own) => nodes(own).map(destroyRefused),
          lastSnapshot: () => [],
        },
      },
      facts: (own) => {
        const [set] = nodes(own);
        const [map] = configurations(own);
        return {
          image: set?.at("spec", "template", "spec", "container", 0, "image").value,
          nodes: set?.at("spec", "replicas").value,
          memory: map ? line(map, "server.conf", /^maxmemory \d/).value : undefined,
        };
      },
    },
  ],
});
