import { TerraformStack, Testing } from "cdktf";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cacheServer } from "../../../constructs/cache/cache-server";
import { cacheExpressions } from "../../../constructs/cache/cache-watch";
import { elasticacheSignals } from "../../../constructs/cache/elasticache-signals";
import { cnpgExpressions } from "../../../constructs/database/cnpg-expressions";
import { rdsSignals } from "../../../constructs/database/rds-signals";
import { EnvoyGateway } from "../../../constructs/ingress/envoy-gateway";
import { NginxGateway } from "../../../constructs/ingress/nginx-gateway";
import { albSignals } from "../../../constructs/ingress/alb-signals";
import { cloudWatchSeriesOf } from "../../../constructs/monitoring/cloudwatch-series";
import { seriesOf, signalNames, signalOf, type SignalExpressions, type SignalSubject } from "../../../constructs/monitoring/signals";
import { s3Signals } from "../../../constructs/object-store/s3-signals";
import { environments } from "../../../environments/index";
import { testRules } from "../../alerts/promtool";
import type { RuleTest } from "../../alerts/rule-test";
import { dataStackOf } from "../../data-stack";
import { describeWith } from "../../installed-tool";
import { gatewayServerOf } from "../ingress/gateway-stack";

const { dev, local, prod } = environments;

/** What Prometheus sees, and what is recorded of it after half an hour: values by the labels of the series. */
interface Example {
  readonly seen: Readonly<Record<string, string>>;
  readonly recorded: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

const gib = 1024 ** 3;
const scope = new TerraformStack(Testing.app({ outdir: tmpdir() }), "prod-data");
const backups = { namespace: "AWS/Events", metric: "Invocations", dimensions: { RuleName: "r" }, statistic: "Sum" } as const;
const database = { environment: prod, intent: prod.database, name: "database", identifier: "db", replicas: ["db-replica-1"], backups };
const cacheOf = { topology: { kind: "replicated", replicas: 1 }, nodeType: { burstable: false, connections: 65_000 } } as const;
const rds = rdsSignals(scope, database);
const elasticache = elasticacheSignals(scope, { ...cacheOf, name: "cache", group: "ca" });
const nginx = gatewayServerOf(local, (stack, props) => new NginxGateway(stack, "Gateway", props)).server.signals;
const envoy = gatewayServerOf(local, (stack, props) => new EnvoyGateway(stack, "Gateway", props)).server.signals;
const alb = albSignals(scope, "app/lb/1");
const cnpg = cnpgExpressions({ name: "db", namespace: "data", databaseName: "app", replicated: true, backups: true });
const valkey = inClusterCache();

function inClusterCache(): SignalExpressions<"cache"> {
  const found: SignalExpressions<"cache">[] = [];
  dataStackOf(local, ({ namespace, ...parts }) => {
    const intent = { ...local.cache, topology: { kind: "replicated", replicas: 1 } } as const;
    found.push(cacheExpressions(cacheServer({ ...parts, name: "ca", intent, namespace: namespace("Cache", "data") })));
  });
  const [expressions] = found;
  if (expressions === undefined) throw new Error("no cache was made");
  return expressions;
}

function test<Subject extends SignalSubject>(
  name: string,
  subject: Subject,
  made: SignalExpressions<Subject>,
  { recorded, seen }: Example,
): RuleTest {
  const rules = signalNames(subject).flatMap((signal) => {
    const expr = made[signal];
    return expr === undefined ? [] : [{ record: seriesOf(subject, signal), expr }];
  });
  const checks = Object.entries(recorded).map(([series, values]) => ({
    expr: `round(${series}, 0.001)`, // rates are reckoned with the last digit in doubt
    eval_time: "30m",
    exp_samples: Object.entries(values).map(([labels, value]) => ({ labels: labels || "{}", value: Math.round(value * 1000) / 1000 })),
  }));
  const input = Object.entries(seen).map(([series, values]) => ({ series, values }));
  return { name, rules: { groups: [{ name, rules }] }, tests: [{ name, interval: "1m", input_series: input, promql_expr_test: checks }] };
}

const one = (value: number) => ({ "": value });
const nodes = (first: number, second: number, names = ["db", "db-replica-1"]) => ({
  [`{node="${names[0]}"}`]: first,
  [`{node="${names[1]}"}`]: second,
});

/** Counters that go up by so much in a minute. */
const perMinute = (count: number) => `0+${count}x60`;

const onRds: Example = (() => {
  const of = (metric: string, instance: string) => `aws_rds_${metric}{name="db",dimension_DBInstanceIdentifier="${instance}"}`;
  const own = (metric: string) => `pg_${metric}{job="database-exporter",datname="app"}`;
  return {
    seen: {
      [of("cpuutilization_average", "db")]: "90x60",
      [of("cpuutilization_average", "db-replica-1")]: "10x60",
      [of("freeable_memory_average", "db")]: `${8 * gib}x60`,
      [of("free_storage_space_minimum", "db")]: `${(prod.database.storageGib * gib) / 4}x60`,
      [of("database_connections_maximum", "db")]: `${prod.database.connections + 20}x60`,
      [of("replica_lag_maximum", "db-replica-1")]: "7x60",
      [`aws_events_invocations_sum{name="db"}`]: "_x9 1 _x50", // in the tenth minute; rules look every ten
      'up{job="cloudwatch-exporter"}': "1x60",
      'pg_up{job="database-exporter"}': "1x60",
      [own("database_size_bytes")]: "4096x60",
      [own("stat_database_xact_commit")]: perMinute(90),
      [own("stat_database_xact_rollback")]: perMinute(30),
      [own("stat_database_deadlocks")]: perMinute(2),
      [own("stat_database_blks_hit")]: perMinute(75),
      [own("stat_database_blks_read")]: perMinute(25),
    },
    recorded: {
      "database:up:count": one(1),
      "database:cpu:percent": nodes(90, 10),
      "database:storage:percent": { '{node="db"}': 75 },
      "database:connections:percent": { '{node="db"}': 100 },
      "database:replication_lag:seconds": { '{node="db-replica-1"}': 7 },
      "database:backup_age:hours": one(1 / 3),
      "database:size:bytes": one(4096),
      "database:transactions:per_second": one(2),
      "database:deadlocks:per_minute": one(2),
      "database:cache_hits:ratio": one(0.75),
    },
  };
})();

const onCnpg: Example = (() => {
  const of = (metric: string, pod: string, further = "") => `${metric}{namespace="data",pod="${pod}"${further}}`;
  const own = (metric: string) => of(`cnpg_pg_${metric}`, "db-1", ',datname="app"');
  const container = ',container="postgres"';
  return {
    seen: {
      [of("cnpg_collector_up", "db-1")]: "1x60",
      [of("cnpg_collector_up", "db-2")]: "1x60",
      [of("container_cpu_usage_seconds_total", "db-1", container)]: perMinute(54),
      [of("container_cpu_usage_seconds_total", "db-2", container)]: perMinute(6),
      [of("kube_pod_container_resource_requests", "db-1", `${container},resource="cpu"`)]: "1x60",
      [of("kube_pod_container_resource_requests", "db-2", `${container},resource="cpu"`)]: "1x60",
      'kubelet_volume_stats_used_bytes{namespace="data",persistentvolumeclaim="db-1"}': "75x60",
      'kubelet_volume_stats_capacity_bytes{namespace="data",persistentvolumeclaim="db-1"}': "100x60",
      [of("cnpg_backends_total", "db-1", ',usename="app"')]: "60x60",
      [of("cnpg_backends_total", "db-1", ',usename="other"')]: "10x60",
      [of("cnpg_pg_settings_setting", "db-1", ',name="max_connections"')]: "70x60",
      [of("cnpg_pg_replication_lag", "db-2")]: "7x60",
      [of("barman_cloud_cloudnative_pg_io_last_available_backup_timestamp", "db-1")]: "600x60",
      [own("database_size_bytes")]: "4096x60",
      [own("stat_database_xact_commit")]: perMinute(90),
      [own("stat_database_xact_rollback")]: perMinute(30),
      [own("stat_database_deadlocks")]: perMinute(2),
      [own("stat_database_blks_hit")]: perMinute(75),
      [own("stat_database_blks_read")]: perMinute(25),
    },
    recorded: {
      "database:up:count": one(2),
      "database:cpu:percent": nodes(90, 10, ["db-1", "db-2"]),
      "database:storage:percent": { '{node="db-1"}': 75 },
      "database:connections:percent": { '{node="db-1"}': 100 },
      "database:replication_lag:seconds": { '{node="db-2"}': 7 },
      "database:backup_age:hours": one(1 / 3),
      "database:size:bytes": one(4096),
      "database:transactions:per_second": one(2),
      "database:deadlocks:per_minute": one(2),
      "database:cache_hits:ratio": one(0.75),
    },
  };
})();

const traffic = (labels: string) => ({
  [`redis_commands_processed_total${labels}`]: perMinute(120),
  [`redis_keyspace_hits_total${labels}`]: perMinute(75),
  [`redis_keyspace_misses_total${labels}`]: perMinute(25),
  [`redis_db_keys${labels.replace("}", ',db="db0"}')}`]: "40x60",
  [`redis_db_keys${labels.replace("}", ',db="db1"}')}`]: "2x60",
});

const onElastiCache: Example = {
  seen: {
    'aws_elasticache_engine_cpuutilization_average{name="ca",dimension_CacheClusterId="ca-001"}': "90x60",
    'aws_elasticache_engine_cpuutilization_average{name="ca",dimension_CacheClusterId="ca-002"}': "10x60",
    'aws_elasticache_curr_connections_maximum{name="ca",dimension_CacheClusterId="ca-001"}': "6500x60",
    'aws_elasticache_evictions_sum{name="ca",dimension_CacheClusterId="ca-001"}': "30x60",
    'aws_elasticache_replication_lag_maximum{name="ca",dimension_CacheClusterId="ca-002"}': "7x60",
    'redis_up{job="cache-exporter"}': "1x60",
    ...traffic('{job="cache-exporter"}'),
  },
  recorded: {
    "cache:up:count": one(1),
    "cache:cpu:percent": nodes(90, 10, ["ca-001", "ca-002"]),
    "cache:connections:percent": { '{node="ca-001"}': 10 },
    "cache:evictions:per_minute": { '{node="ca-001"}': 30 },
    "cache:replication_lag:seconds": { '{node="ca-002"}': 7 },
    "cache:keys:count": one(42),
    "cache:commands:per_second": one(2),
    "cache:hits:ratio": one(0.75),
  },
};

const inCluster: Example = (() => {
  const [first, second] = ["ca-0", "ca-1"].map((pod) => `{namespace="data",pod="${pod}"}`) as [string, string];
  return {
    seen: {
      [`redis_up${first}`]: "1x60",
      [`redis_cpu_sys_seconds_total${first}`]: perMinute(24),
      [`redis_cpu_user_seconds_total${first}`]: perMinute(30),
      [`redis_connected_clients${first}`]: "1000x60",
      [`redis_evicted_keys_total${first}`]: perMinute(30),
      [`redis_connected_slave_lag_seconds${first.replace("}", ',slave_ip="a"}')}`]: "7x60",
      [`redis_instance_info${first.replace("}", ',role="master"}')}`]: "1x60",
      [`redis_instance_info${second.replace("}", ',role="slave"}')}`]: "1x60",
      [`redis_db_keys${second.replace("}", ',db="db0"}')}`]: "40x60", // the same keys again
      ...traffic(first),
    },
    recorded: {
      "cache:up:count": one(1),
      "cache:cpu:percent": { '{node="ca-0"}': 90 },
      "cache:connections:percent": { '{node="ca-0"}': 10 },
      "cache:evictions:per_minute": { '{node="ca-0"}': 30 },
      "cache:replication_lag:seconds": { '{node="ca-0"}': 7 },
      "cache:keys:count": one(42),
      "cache:commands:per_second": one(2),
      "cache:hits:ratio": one(0.75),
    },
  };
})();

const inS3: Example = {
  seen: {
    'aws_s3_bucket_size_bytes_average{name="object-store",dimension_BucketName="b",dimension_StorageType="StandardStorage"}': "300x60",
    'aws_s3_bucket_size_bytes_average{name="object-store",dimension_BucketName="b",dimension_StorageType="GlacierInstantRetrievalStorage"}':
      "100x60",
    'aws_s3_number_of_objects_average{name="object-store",dimension_BucketName="b",dimension_StorageType="AllStorageTypes"}': "4x60",
  },
  recorded: { "object_store:size:bytes": { '{bucket="b"}': 400 }, "object_store:objects:count": { '{bucket="b"}': 4 } },
};

const up = { 'up{job="cloudwatch-exporter"}': "1x60" };
const balanced = (metric: string) => `aws_applicationelb_${metric}{name="gateway",dimension_LoadBalancer="app/lb/1"}`;

const behindLoadBalancer: Example = {
  seen: {
    ...up,
    [balanced("request_count_sum")]: "990x60",
    [balanced("httpcode_target_5_xx_count_sum")]: "10x60",
    [balanced("httpcode_elb_5_xx_count_sum")]: "10x60",
    [balanced("active_connection_count_sum")]: "33x60",
    [balanced("target_response_time_average")]: "0.25x60",
  },
  recorded: {
    "gateway:requests:per_second": one(16.5),
    "gateway:connections:count": one(33),
    "gateway:errors:ratio": one(0.02),
    "gateway:latency:seconds": one(0.25),
  },
};

const proxied = '{job="gateway-proxies",pod="a"}';

const behindNginx: Example = {
  seen: {
    [`nginx_http_requests_total${proxied}`]: perMinute(990),
    [`nginx_http_connection_count_connections${proxied.replace("}", ',nginx_connections_outcome="ACTIVE"}')}`]: "33x60",
    [`nginx_http_connection_count_connections${proxied.replace("}", ',nginx_connections_outcome="WAITING"}')}`]: "30x60",
  },
  recorded: { "gateway:requests:per_second": one(16.5), "gateway:connections:count": one(33) },
};

const behindEnvoy: Example = (() => {
  const of = (metric: string, further = "", prefix = "https-10443") =>
    `envoy_http_downstream_${metric}{job="gateway-proxies",envoy_http_conn_manager_prefix="${prefix}"${further}}`;
  return {
    seen: {
      [of("rq_total")]: perMinute(990),
      [of("rq_total", "", "admin")]: perMinute(600),
      [of("rq_xx", ',envoy_response_code_class="5"')]: perMinute(99),
      [of("rq_xx", ',envoy_response_code_class="2"')]: perMinute(891),
      [of("cx_active")]: "33x60",
      [of("rq_time_sum")]: perMinute(60_000), // milliseconds
      [of("rq_time_count")]: perMinute(60),
    },
    recorded: {
      "gateway:requests:per_second": one(16.5),
      "gateway:connections:count": one(33),
      "gateway:errors:ratio": one(0.1),
      "gateway:latency:seconds": one(1),
    },
  };
})();

const nobodyAsks: Example = {
  seen: up,
  recorded: { "gateway:requests:per_second": one(0), "gateway:connections:count": one(0), "gateway:errors:ratio": {} },
};

const nobodyLooks: Example = {
  seen: { 'up{job="another"}': "1x60" },
  recorded: { "gateway:requests:per_second": {}, "gateway:connections:count": {} },
};

const firstBackup: Example = {
  seen: { 'up{job="cloudwatch-exporter"}': "_x9 1x50" },
  recorded: { "database:backup_age:hours": one(1 / 3) },
};

const allGone: Example = { seen: { 'up{job="another"}': "1x60" }, recorded: { "database:up:count": one(0) } };

describeWith(["promtool"], "recorded signals", () => {
  const tests = [
    test("RDS", "database", rds, onRds),
    test("CloudNativePG", "database", cnpg, onCnpg),
    test("ElastiCache", "cache", elasticache, onElastiCache),
    test("Valkey", "cache", valkey, inCluster),
    test("S3", "objectStore", s3Signals, inS3),
    test("load-balancer", "gateway", alb, behindLoadBalancer),
    test("NGINX", "gateway", nginx, behindNginx),
    test("Envoy", "gateway", envoy, behindEnvoy),
    test("idle-load-balancer", "gateway", alb, nobodyAsks),
    test("no-exporter", "gateway", alb, nobodyLooks),
    test("no-backup-yet", "database", rds, firstBackup),
    test("RDS-gone", "database", rds, allGone),
    test("CloudNativePG-gone", "database", cnpg, allGone),
  ];
  const work = mkdtempSync(join(tmpdir(), "evenkeel-signals-"));
  afterAll(() => rmSync(work, { recursive: true }));
  const told = testRules(work, tests);

  it.each(tests.map(({ name }) => [name]))("are what they say of %s", (name) => {
    expect(told.get(name)).toBe("");
  });
});

describe("signals of all variants", () => {
  it.each<[string, SignalSubject, Readonly<Record<string, string | undefined>>]>([
    ["RDS", "database", rds],
    ["CloudNativePG", "database", cnpg],
    ["ElastiCache", "cache", elasticache],
    ["Valkey", "cache", valkey],
    ["S3", "objectStore", s3Signals],
    ["a load balancer", "gateway", alb],
  ])("are all there with %s, by node where they are of nodes", (_, subject, made) => {
    for (const name of signalNames(subject)) {
      const byLabels = signalOf(subject, name).labels.filter((label) => label !== subject);
      for (const label of byLabels) expect(made[name]).toMatch(new RegExp(`^(max|sum) by \\(${label}\\) `));
      if (byLabels.length === 0) expect(made[name]).not.toMatch(/^(max|sum) by/);
    }
  });

  it("lack what NGINX does not count, and nothing else", () => {
    expect(signalNames("gateway").filter((name) => nginx[name] === undefined)).toEqual(["errors", "latency"]);
    expect(signalNames("gateway").filter((name) => envoy[name] === undefined)).toEqual([]);
  });

  it("have CloudWatch asked for every metric that they name, in dev as in prod", () => {
    const names = new Set(cloudWatchSeriesOf(scope).metrics.map(({ name }) => name));
    expect([...names].sort()).toEqual(["ca", "db", "gateway"]);
    const clustered = elasticacheSignals(scope, {
      ...cacheOf,
      topology: { kind: "clustered", shards: 2, replicas: 1 },
      name: "c",
      group: "cc",
    });
    expect([clustered.keys, clustered.commands, clustered.hits]).toEqual([undefined, undefined, undefined]); // an exporter sees one shard
    expect(cloudWatchSeriesOf(scope).metrics.filter(({ name, metric }) => name === "cc" && metric === "Evictions")).toHaveLength(4);
    expect(rdsSignals(scope, { ...database, environment: dev, intent: dev.database, replicas: [] }).replicationLag).toBeUndefined();
  });
});
