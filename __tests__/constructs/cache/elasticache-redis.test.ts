import { TerraformOutput } from "cdktf";
import type { CacheIntent } from "../../../constructs/cache/cache";
import { elasticacheNodeTypes, nodeTypeOfSize } from "../../../constructs/cache/elasticache-node-types";
import { ElastiCacheRedis } from "../../../constructs/cache/elasticache-redis";
import { onEks } from "../../../constructs/cluster/aws-cluster";
import { onAws } from "../../../constructs/network/aws-network";
import { awsNames, nameLimitBroken } from "../../../constructs/shared/naming";
import type { AwsEnvironment } from "../../../environments/environment";
import { environments } from "../../../environments/index";
import { cacheProps, itHonoursCache } from "../../contracts/cache";
import { dataStackOf, type DataParts } from "../../data-stack";
import { networkPaths } from "../../network-paths";
import { statement, type SynthesizedStack } from "../../synthesized";

const { dev, prod, local } = environments;

function makeOf(environment: AwsEnvironment) {
  return ({ stack, cluster, network }: DataParts, id: string, props: ReturnType<typeof cacheProps>): ElastiCacheRedis =>
    new ElastiCacheRedis(stack, id, { ...props, environment, cluster: onEks(cluster, id), network: onAws(network, id) });
}

function stackOf(environment: AwsEnvironment, intent: Partial<CacheIntent> = {}): SynthesizedStack {
  return dataStackOf(environment, (parts) => {
    makeOf(environment)(parts, "Cache", cacheProps(parts, "Cache", intent));
  });
}

itHonoursCache("ElastiCacheRedis", dev, (parts, id, props) => makeOf(parts.setting.environment as AwsEnvironment)(parts, id, props));

/** The password of a user, as it goes to the user and to the store. */
const passwordOf = (stack: SynthesizedStack, prefix: string) => `\${${stack.address("random_password", prefix)}.result}`;

describe("ElastiCacheRedis", () => {
  const stack = stackOf(dev);
  const group = stack.one("aws_elasticache_replication_group");
  const prodGroup = stackOf(prod).one("aws_elasticache_replication_group");

  it("consists of, beside the guards and the benchmark of its namespace", () => {
    expect(stack.inventory.filter((type) => !type.startsWith("kubernetes_") && type !== "helm_release")).toEqual([
      "aws_cloudwatch_log_group", // of the engine
      "aws_cloudwatch_log_group", // of slow commands
      "aws_cloudwatch_metric_alarm", // CPU
      "aws_cloudwatch_metric_alarm", // memory
      "aws_cloudwatch_metric_alarm", // evictions
      "aws_cloudwatch_metric_alarm", // connections
      "aws_elasticache_parameter_group",
      "aws_elasticache_replication_group",
      "aws_elasticache_subnet_group",
      "aws_elasticache_user", // the application's
      "aws_elasticache_user", // of who asks how it does
      "aws_elasticache_user", // nobody's
      "aws_elasticache_user_group",
      "aws_kms_alias",
      "aws_kms_alias",
      "aws_kms_key", // of the cache
      "aws_kms_key", // of the topic for alarms
      "aws_secretsmanager_secret", // of the application's user, and of who asks how it does
      "aws_secretsmanager_secret",
      "aws_secretsmanager_secret_version",
      "aws_secretsmanager_secret_version",
      "aws_security_group",
      "aws_sns_topic",
      "aws_sns_topic_policy",
      "aws_vpc_security_group_ingress_rule",
      "random_password", // of the application's user
      "random_password", // of who asks how it does
      "random_password", // of nobody's
    ]);
  });

  it("encrypts what it keeps with a key of its own, and takes connections over TLS only", () => {
    const key = `\${${stack.address("aws_kms_key", "Cache_Key")}.arn}`;
    expect(group).toMatchObject({
      replication_group_id: "ml-platform-dev-cache",
      at_rest_encryption_enabled: "true",
      kms_key_id: key,
      transit_encryption_enabled: true,
      transit_encryption_mode: "required",
    });
    for (const logs of stack.all("aws_cloudwatch_log_group")) expect(logs).toMatchObject({ kms_key_id: key, retention_in_days: 14 });
    expect(statement(stack.one("aws_kms_key", "Cache_Key").policy, "CloudWatchLogs").Condition).toEqual({
      ArnEquals: {
        "kms:EncryptionContext:aws:logs:arn":
          "arn:aws:logs:eu-central-1:000000000001:log-group:/aws/vendedlogs/elasticache/ml-platform-dev-cache/*",
      },
    });
  });

  it("lets users in who do nothing to the server, and nobody who does not sign in", () => {
    expect(stack.one("aws_elasticache_user", "Cache_Users_User-app")).toEqual({
      user_id: "ml-platform-dev-cache-app",
      user_name: "app",
      engine: "valkey",
      access_string: "on ~* &* +@all -@admin -@dangerous +info",
      authentication_mode: { type: "password", passwords: [passwordOf(stack, "Cache_ApplicationPassword")] },
    });
    expect(stack.one("aws_elasticache_user", "Cache_Users_User-none")).toEqual({
      user_id: "ml-platform-dev-cache-none",
      user_name: "default",
      engine: "valkey",
      access_string: "off resetchannels -@all",
      authentication_mode: { type: "password", passwords: [passwordOf(stack, "Cache_Users")] },
    });
    expect(stack.one("aws_elasticache_user", "Cache_Users_User-metrics")).toMatchObject({
      user_name: "metrics",
      access_string: "on resetchannels -@all +ping +info", // and no key
      authentication_mode: { type: "password", passwords: [passwordOf(stack, "Cache_MetricsPassword")] },
    });
    expect(stack.one("aws_elasticache_user_group")).toMatchObject({
      user_group_id: "ml-platform-dev-cache",
      engine: "valkey",
      user_ids: ["none", "app", "metrics"].map(
        (name) => `\${${stack.address("aws_elasticache_user", `Cache_Users_User-${name}`)}.user_id}`,
      ),
    });
    expect(group.user_group_ids).toEqual([`\${${stack.address("aws_elasticache_user_group")}.user_group_id}`]);
    expect(group.auth_token).toBeUndefined();
  });

  it("keeps the application's user with its password in the secret store", () => {
    expect(JSON.parse(String(stack.one("aws_secretsmanager_secret_version", "Cache_ApplicationPassword").secret_string))).toEqual({
      username: "app",
      password: passwordOf(stack, "Cache_ApplicationPassword"),
    });
  });

  it("is in the data subnets, and admits the cluster at its port", () => {
    expect(stack.one("aws_elasticache_subnet_group").subnet_ids).toHaveLength(3);
    expect(String(stack.one("aws_elasticache_subnet_group").subnet_ids)).toMatch(/^(subnet-0123456789abcde3[abc],?){3}$/);
    expect(stack.one("aws_vpc_security_group_ingress_rule")).toMatchObject({
      security_group_id: `\${${stack.address("aws_security_group")}.id}`,
      referenced_security_group_id: "sg-0123456789abcdef0",
      ip_protocol: "tcp",
      from_port: 6379,
      to_port: 6379,
    });
    expect(group).toMatchObject({
      port: 6379,
      security_group_ids: [`\${${stack.address("aws_security_group")}.id}`],
      subnet_group_name: `\${${stack.address("aws_elasticache_subnet_group")}.name}`,
    });
  });

  it("has a window for snapshots and another for maintenance, an hour each, and changes nothing in between", () => {
    expect(group).toMatchObject({
      snapshot_retention_limit: 1,
      snapshot_window: "01:00-02:00",
      maintenance_window: "sun:04:00-sun:05:00",
      auto_minor_version_upgrade: "true",
      apply_immediately: false,
    });
    const late = stackOf(dev, { maintenance: { day: "sun", start: "23:30" }, snapshotAt: "23:00" });
    expect(late.one("aws_elasticache_replication_group")).toMatchObject({
      snapshot_window: "23:00-00:00",
      maintenance_window: "sun:23:30-mon:00:30",
    });
  });

  it("leaves a last snapshot of a name of its own, and cannot be destroyed, but where the environment may go", () => {
    expect([group.final_snapshot_identifier, group.lifecycle]).toEqual([undefined, { prevent_destroy: false }]);
    expect(prodGroup.final_snapshot_identifier).toMatch(/^ml-platform-prod-cache-final-\$\{random_id\.Cache_FinalSnapshot_\w+\.hex\}$/);
    expect(prodGroup.lifecycle).toEqual({ prevent_destroy: true });
  });

  it.each<readonly [CacheIntent["topology"], object, string]>([
    [{ kind: "single" }, { num_cache_clusters: 1, automatic_failover_enabled: false, multi_az_enabled: false }, "primary"],
    [{ kind: "replicated", replicas: 2 }, { num_cache_clusters: 3, automatic_failover_enabled: true, multi_az_enabled: true }, "primary"],
    [
      { kind: "clustered", shards: 4, replicas: 1 },
      { num_node_groups: 4, replicas_per_node_group: 1, automatic_failover_enabled: true, multi_az_enabled: true, cluster_mode: "enabled" },
      "configuration",
    ],
    [
      { kind: "clustered", shards: 3, replicas: 0 },
      { num_node_groups: 3, replicas_per_node_group: 0, automatic_failover_enabled: true, multi_az_enabled: false },
      "configuration",
    ],
  ])("is laid out as asked: %j", (topology, expected, endpoint) => {
    const laidOut = dataStackOf(dev, (parts) => {
      const cache = makeOf(dev)(parts, "Cache", cacheProps(parts, "Cache", { topology }));
      new TerraformOutput(parts.stack, "Host", { value: cache.host, staticId: true });
    });
    const made = laidOut.one("aws_elasticache_replication_group");
    expect(made).toMatchObject(expected);
    const counts = ["num_cache_clusters", "num_node_groups"].filter((name) => name in made);
    expect(counts).toHaveLength(1);
    expect(laidOut.json.output).toEqual({
      Host: { value: `\${${laidOut.address("aws_elasticache_replication_group")}.${endpoint}_endpoint_address}` },
    });
    // Terraform sees of a group only what is not so by default.
    expect(laidOut.one("aws_elasticache_parameter_group").parameter).toEqual([
      { name: "maxmemory-policy", value: "allkeys-lru" },
      ...(topology.kind === "clustered" ? [{ name: "cluster-enabled", value: "yes" }] : []),
    ]);
  });

  it("leaves out of the parameter group what is so by default, too, when it is asked for", () => {
    const { parameter } = stackOf(dev, { evictionPolicy: "volatile-lru" }).one("aws_elasticache_parameter_group");
    expect(parameter ?? []).toEqual([]);
  });

  it.each([
    ["valkey", "8.1", "valkey8"],
    ["redis", "7.1", "redis7"],
  ] as const)("sets %s %s to what was asked for, in a group of the family %s", (engine, version, family) => {
    const made = stackOf(dev, { engine, evictionPolicy: "volatile-ttl" });
    const parameters = made.one("aws_elasticache_parameter_group");
    expect(parameters).toMatchObject({ family, name: `ml-platform-dev-cache-${family}`, lifecycle: { create_before_destroy: true } });
    expect(parameters.parameter).toContainEqual({ name: "maxmemory-policy", value: "volatile-ttl" });
    expect(made.one("aws_elasticache_replication_group")).toMatchObject({
      engine,
      engine_version: version,
      parameter_group_name: `\${${made.address("aws_elasticache_parameter_group")}.name}`,
    });
    expect(made.all("aws_elasticache_user").map((user) => user.engine)).toEqual([engine, engine, engine]);
    expect(made.one("aws_elasticache_user_group").engine).toBe(engine);
  });

  it("writes what the engine says, and what was slow, to groups that keep it for a time", () => {
    expect(group.log_delivery_configuration).toEqual(
      ["engine-log", "slow-log"].map((log) => ({
        log_type: log,
        log_format: "json",
        destination_type: "cloudwatch-logs",
        destination: `\${${stack.address("aws_cloudwatch_log_group", `Cache_Logs-${log}`)}.name}`,
      })),
    );
    expect(stack.all("aws_cloudwatch_log_group").map(({ name }) => name)).toEqual([
      "/aws/vendedlogs/elasticache/ml-platform-dev-cache/engine-log",
      "/aws/vendedlogs/elasticache/ml-platform-dev-cache/slow-log",
    ]);
  });

  it("is asked by an exporter over TLS, where somebody reads what that tells", () => {
    const exporter = stack.one("kubernetes_deployment_v1");
    expect(exporter.spec).toMatchObject({
      template: { spec: { container: [{ name: "exporter", env: expect.arrayContaining([{ name: "REDIS_USER", value: "metrics" }]) }] } },
    });
    expect(JSON.stringify(exporter.spec)).toContain(`rediss://\${${stack.address("aws_elasticache_replication_group")}`);
    expect(JSON.stringify(exporter.spec)).not.toContain(passwordOf(stack, "Cache_MetricsPassword"));
    expect(networkPaths(stack)["cache-exporter-cache-exporter"]).toEqual([
      "from monitoring/prometheus 9121",
      "to kube-system/kube-dns 53/UDP 53",
      ...Array<unknown>(2).fill(expect.stringMatching(/^to 10\.10\.\d+\.\d+\/\d+ 6379$/)), // a data subnet in each zone
    ]);
    const unwatched = stackOf({ ...dev, monitoring: false });
    expect([unwatched.all("kubernetes_deployment_v1"), unwatched.all("aws_elasticache_user").length]).toEqual([[], 2]);
  });

  it("has no topic for notifications: ElastiCache takes none that is encrypted", () => {
    expect(group.notification_topic_arn).toBeUndefined();
  });

  it("is as large as asked for, or of the very type that was named", () => {
    expect([group.node_type, prodGroup.node_type]).toEqual(["cache.t4g.small", "cache.r7g.xlarge"]);
    for (const type of Object.values(nodeTypeOfSize)) expect(elasticacheNodeTypes).toHaveProperty([type]);
    const named = stackOf({ ...dev, elasticache: { ...dev.elasticache, nodeType: "cache.c7gn.large" } });
    expect(named.one("aws_elasticache_replication_group").node_type).toBe("cache.c7gn.large");
  });

  it("fails when ElastiCache has no nodes of the type", () => {
    const unknown = { ...dev, elasticache: { ...dev.elasticache, nodeType: "cache.m7g.huge" } };
    expect(() => stackOf(unknown)).toThrow(
      /Cache: nodeType is "cache\.m7g\.huge", must be a type that ElastiCache has for Valkey and Redis, e\.g\. cache\.m7g\.large/,
    );
  });

  it("fails when the secret store is not one of AWS", () => {
    expect(() =>
      dataStackOf(local, (parts) => {
        makeOf(dev)(parts, "Cache", cacheProps(parts, "Cache"));
      }),
    ).toThrow(/secretStore is "cache-app", must be a store in AWS Secrets Manager/);
  });

  it("fails when the name of its environment leaves it no name of its own", () => {
    const named = (project: string) => awsNames({ ...dev, project }).cacheUser("cache", "none");
    expect(nameLimitBroken({ service: "ElastiCache user", name: named("x".repeat(25)) })).toBeUndefined();
    expect(nameLimitBroken({ service: "ElastiCache user", name: named("x".repeat(26)) })).toBe("at most 40 characters, not 41");
    expect(nameLimitBroken({ service: "ElastiCache replication group", name: "a--b" })).toMatch(/single inner hyphens/);
  });
});

describe("alarms of ElastiCacheRedis", () => {
  const alarmsOf = (topology: CacheIntent["topology"], environment = dev) =>
    Object.fromEntries(
      stackOf(environment, { topology })
        .all("aws_cloudwatch_metric_alarm")
        .map((alarm) => [String(alarm.alarm_name).replace("ml-platform-dev-cache", ""), alarm]),
    );
  const queriesOf = (alarm: unknown) => (alarm as { readonly metric_query: readonly unknown[] }).metric_query;

  it("watch the node that is worst off", () => {
    const metric = (node: string) => ({
      namespace: "AWS/ElastiCache",
      metric_name: "EngineCPUUtilization",
      dimensions: { CacheClusterId: `ml-platform-dev-cache-${node}` },
      stat: "Average",
      period: 60,
    });
    expect(queriesOf(alarmsOf({ kind: "replicated", replicas: 1 })["-cpu"])).toEqual([
      { id: "watched", expression: "MAX([FILL(node1, 0), FILL(node2, 0)])", label: "CPU in use, percent", return_data: true },
      { id: "node1", metric: metric("001") },
      { id: "node2", metric: metric("002") },
    ]);
  });

  it("look at more than they need where they fill gaps, as the newest values are late", () => {
    const { "-cpu": filled } = alarmsOf({ kind: "replicated", replicas: 1 });
    expect(filled).toMatchObject({ datapoints_to_alarm: 15, evaluation_periods: 17 });
    const { "-cpu": single } = alarmsOf({ kind: "single" });
    expect(single).toMatchObject({ evaluation_periods: 15 });
    expect(single).not.toHaveProperty("datapoints_to_alarm");
  });

  it.each([
    ["cache.t4g.small", 65_000],
    ["cache.t3.micro", 20_000],
    ["cache.t3.small", 46_000],
  ])("count connections against what a %s takes: %d", (nodeType, most) => {
    const alarm = alarmsOf({ kind: "single" }, { ...dev, elasticache: { ...dev.elasticache, nodeType } })["-connections"];
    expect(queriesOf(alarm)[0]).toMatchObject({ expression: `100 * MAX([node1]) / ${most}` });
  });

  it("count keys that gave way by the minute", () => {
    const [, query] = queriesOf(alarmsOf({ kind: "single" })["-evictions"]);
    expect(query).toMatchObject({ metric: { metric_name: "Evictions", stat: "Sum", period: 60 } });
  });

  it("are there for each shard, of as many metrics as CloudWatch takes", () => {
    const alarms = alarmsOf({ kind: "clustered", shards: 3, replicas: 5 });
    expect(Object.keys(alarms).sort()).toEqual(
      ["-0001", "-0002", "-0003"].flatMap((shard) =>
        ["connections", "cpu", "evictions", "memory", "replicationLag"].map((watch) => `${shard}-${watch}`),
      ),
    );
    const sixth = queriesOf(alarms["-0002-replicationLag"])[6];
    expect(sixth).toMatchObject({ metric: { dimensions: { CacheClusterId: "ml-platform-dev-cache-0002-006" } } });
    for (const alarm of Object.values(alarms)) expect(queriesOf(alarm).length).toBeLessThanOrEqual(10);
  });

  it("do not wait for replicas that are not there", () => {
    expect(Object.keys(alarmsOf({ kind: "single" }))).not.toContain("-replicationLag");
    expect(Object.keys(alarmsOf({ kind: "clustered", shards: 3, replicas: 0 }))).not.toContain("-0001-replicationLag");
  });
});
