import { cacheUserName } from "../../constructs/cache/cache";
import type { Variant } from "../capability";
import { is, matches, must, mustBeAtLeast, refersTo } from "../finding";
import type { Parts } from "../parts";
import type { Place } from "../place";
import { alarmsFor, alarmsTellTopic, inDataSubnets, onlyClusterAdmitted } from "../proofs/aws";
import { denied, peersNamed } from "../proofs/namespaces";
import { destroyRefused, rotatedKey } from "../proofs/required";
import { clientsAskForTls, passwordFromStore, type cacheClaims } from "./cache-claims";

/** Replication groups of ElastiCache, whatever their topology. */
const groups = (own: Parts) => own.all("aws_elasticache_replication_group");
const isSingle = (own: Parts) =>
  groups(own).every((group) => Number(group.at("num_cache_clusters").value) === 1 || group.at("replicas_per_node_group").value === 0);

/** A user of the group that may sign in. */
function userOf(own: Parts, group: Place, name: string): Place {
  const users = own.follow(group.at("user_group_ids", 0)).at("user_ids");
  return own.follow(users.item((user) => own.follow(user).at("user_name").value === name));
}

/** Valkey or Redis on ElastiCache. */
export const elastiCache: Variant<typeof cacheClaims> = {
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
      anonymousRefused: (own) =>
        groups(own).flatMap((group) => [
          must(group.at("user_group_ids", 0), refersTo("aws_elasticache_user_group")),
          must(userOf(own, group, "default").at("access_string"), matches(/^off /)),
        ]),
      applicationUser: (own, environment) => [
        must(environment.output("cache_user"), is(cacheUserName)),
        ...groups(own).flatMap((group) => {
          const user = userOf(own, group, cacheUserName);
          return [
            must(user.at("access_string"), matches(/ -@dangerous( |$)/)),
            must(user.at("authentication_mode", "type"), is("password")),
          ];
        }),
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
      onlyCluster: (own, environment) =>
        groups(own).flatMap((group) => [
          ...onlyClusterAdmitted(group.at("security_group_ids", 0), own, environment),
          ...inDataSubnets(group.at("subnet_group_name"), own, environment),
        ]),
    },
    monitoring: {
      watched: (own) => alarmsFor("cache", groups(own)[0], own, isSingle(own) ? ["replicationLag"] : []),
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
};
