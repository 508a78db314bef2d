import { elasticacheNodeTypes, nodeTypeOfSize } from "../../constructs/cache/elasticache-node-types";
import type { AwsEnvironment, LocalEnvironment } from "../environment";
import { hoursInConflict, problem, type Rule } from "./rule";

/** Nodes of one cluster without an increase of the quota (ElastiCache user guide, quotas). */
const mostNodes = 90;

const nodes: Rule = {
  reads: ["cache.topology"],
  check: (environment) => {
    const { topology } = environment.cache;
    if (topology.kind !== "clustered" || topology.shards * (topology.replicas + 1) <= mostNodes) return [];
    return [
      problem(
        environment,
        "cache.topology.shards",
        topology.shards,
        `at most ${Math.floor(mostNodes / (topology.replicas + 1))} with ${topology.replicas} replicas each: a cluster has ${mostNodes} nodes`,
        "lower one of the two",
      ),
    ];
  },
};

/** ElastiCache refuses both at a time, even where snapshots are off. */
const hours: Rule = {
  reads: ["cache.snapshotAt", "cache.maintenance"],
  check: (environment) => {
    const { snapshotAt, maintenance } = environment.cache;
    return hoursInConflict(environment, "cache.snapshotAt", snapshotAt, maintenance.start);
  },
};

const availability: Rule<AwsEnvironment> = {
  reads: ["highlyAvailable", "cache.topology"],
  check: (environment) => {
    const { topology } = environment.cache;
    if (!environment.highlyAvailable) return [];
    if (topology.kind === "single") {
      const limit = '"replicated" or "clustered" where highlyAvailable is true';
      return [problem(environment, "cache.topology.kind", topology.kind, limit, "add a replica that takes over")];
    }
    return topology.replicas === 0
      ? [
          problem(
            environment,
            "cache.topology.replicas",
            0,
            "at least 1 where highlyAvailable is true",
            "raise it: a shard without a replica is lost with its zone",
          ),
        ]
      : [];
  },
};

/** ElastiCache keeps no log of writes: snapshots are all that outlives the nodes. */
const snapshots: Rule<AwsEnvironment> = {
  reads: ["name", "cache.persistence", "cache.snapshotRetentionDays"],
  check: (environment) => {
    const { persistence, snapshotRetentionDays } = environment.cache;
    if (snapshotRetentionDays > 0 || (!persistence && environment.name !== "prod")) return [];
    const limit = `at least 1 (day) ${persistence ? "where persistence is true" : "in prod"}`;
    const fix = "raise it: on AWS a snapshot is what outlives the nodes";
    return [problem(environment, "cache.snapshotRetentionDays", snapshotRetentionDays, limit, fix)];
  },
};

/** The type that is asked for by name, or by size. */
const nodeType: Rule<AwsEnvironment> = {
  reads: ["name", "highlyAvailable", "cache.size", "elasticache.nodeType"],
  check: (environment) => {
    const { cache, elasticache } = environment;
    const [field, value] = elasticache.nodeType ? ["elasticache.nodeType", elasticache.nodeType] : ["cache.size", cache.size];
    const type = elasticache.nodeType ?? nodeTypeOfSize[cache.size];
    const chosen = elasticacheNodeTypes[type];
    if (chosen === undefined) {
      const limit = `a type that ElastiCache has for Valkey and Redis, e.g. ${nodeTypeOfSize.medium}`;
      return [problem(environment, field, value, limit, "choose another, or leave it out: the size chooses one")];
    }
    if (!chosen.burstable || !(environment.highlyAvailable || environment.name === "prod")) return [];
    const limit = `one that is not burstable, in prod and where highlyAvailable is true (${type} is)`;
    return [problem(environment, field, value, limit, "choose a larger one: it slows down when its credits are used up")];
  },
};

/** There is nothing to copy a snapshot to: the server itself writes down what it keeps. */
const noSnapshots: Rule<LocalEnvironment> = {
  reads: ["cache.snapshotRetentionDays"],
  check: (environment) => {
    const { snapshotRetentionDays } = environment.cache;
    if (snapshotRetentionDays === 0) return [];
    const fix = "switch them off: persistence keeps what is cached";
    return [problem(environment, "cache.snapshotRetentionDays", snapshotRetentionDays, "0 on a laptop, which takes no snapshots", fix)];
  },
};

/** What the cache of every target must satisfy. */
export const cacheRules: readonly Rule[] = [nodes, hours];

/** What a cache of ElastiCache must satisfy beside that. */
export const elasticacheRules: readonly Rule<AwsEnvironment>[] = [availability, snapshots, nodeType];

/** What a cache in the cluster must satisfy beside that. */
export const inClusterCacheRules: readonly Rule<LocalEnvironment>[] = [noSnapshots];
