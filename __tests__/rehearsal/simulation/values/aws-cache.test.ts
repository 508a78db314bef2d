import { appliedValue } from "./value-context";

const inRegion = "eu-central-1:111122223333";
const group = { replication_group_id: "cache", engine_version: "8.1" };

describe("values of caches and alarms", () => {
  it.each([
    ["aws_elasticache_parameter_group", "arn", { name: "g" }, `arn:aws:elasticache:${inRegion}:parametergroup:g`],
    ["aws_elasticache_subnet_group", "id", { name: "g" }, "g"],
    ["aws_elasticache_user", "id", { user_id: "u" }, "u"],
    ["aws_elasticache_user_group", "arn", { user_group_id: "g" }, `arn:aws:elasticache:${inRegion}:usergroup:g`],
    ["aws_elasticache_replication_group", "engine_version_actual", group, "8.1.0"],
    ["aws_elasticache_replication_group", "configuration_endpoint_address", group, ""],
    ["aws_elasticache_replication_group", "member_clusters", { ...group, num_cache_clusters: 2 }, ["cache-001", "cache-002"]],
    ["aws_cloudwatch_metric_alarm", "arn", { alarm_name: "a" }, `arn:aws:cloudwatch:${inRegion}:alarm:a`],
    ["aws_sns_topic", "arn", { name: "t" }, `arn:aws:sns:${inRegion}:t`],
    ["aws_sns_topic_policy", "owner", { arn: "t" }, "111122223333"],
  ])("give %s its %s", (type, path, values, expected) => {
    expect(appliedValue(path, type, values)).toEqual(expected);
  });

  it("give a cluster one address for all of its shards, and every node its name", () => {
    const cluster = { ...group, cluster_mode: "enabled", num_node_groups: 2, replicas_per_node_group: 1 };
    const value = (path: string) => appliedValue(path, "aws_elasticache_replication_group", cluster);
    expect(value("configuration_endpoint_address")).toMatch(/^clustercfg\.cache\.[0-9a-f]{6}\.eu-central-1\.cache\.amazonaws\.com$/);
    expect(value("primary_endpoint_address")).toBe("");
    expect(value("member_clusters")).toEqual(["cache-0001-001", "cache-0001-002", "cache-0002-001", "cache-0002-002"]);
  });
});
