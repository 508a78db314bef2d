import { resourcesOf, type Rule } from "./rule";

/** checkov looks at failover alone, and for backups at another type of resource. How long snapshots are kept is a matter of parity. */
export const replicatedCaches: Rule = {
  demands: "caches take encrypted connections only, and replicas are in other zones",
  problems: (stacks) =>
    resourcesOf(stacks)
      .filter(({ type }) => type === "aws_elasticache_replication_group")
      .flatMap(({ address, values }) => {
        const replicated = Number(values.num_cache_clusters ?? 0) > 1 || Number(values.replicas_per_node_group ?? 0) > 0;
        const wanted = {
          transit_encryption_enabled: true,
          transit_encryption_mode: "required",
          at_rest_encryption_enabled: true,
          ...(replicated ? { multi_az_enabled: true, automatic_failover_enabled: true } : {}),
        };
        return [
          ...Object.entries(wanted)
            .filter(([name, value]) => String(values[name]) !== String(value))
            .map(([name, value]) => `${address}: ${name} is ${String(values[name])}, must be ${String(value)}`),
          ...(values.user_group_ids === undefined && values.auth_token === undefined
            ? [`${address}: user_group_ids is missing; nobody would have to sign in`]
            : []),
        ];
      }),
};
